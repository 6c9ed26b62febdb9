import { relative } from 'node:path';
import { migrationsOf } from '../migrations/project-migrations.ts';
import { envelopeOf } from '../project/envelope.ts';
import type { Project } from '../project/project.ts';
import { styleOf, tracedRoutes } from '../project/style.ts';
import type { PackageUnit } from '../project/types.ts';
import { writePinned } from '../settings/pin.ts';
import type { MigrationSettings, Settings } from '../settings/settings.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { openFor } from './open.ts';

/** Pins what was detected with a clear majority, per package; what a settings file already says stays. */
export const run: Command = (input) => {
  const project = openFor(input);
  const written = [...pinsByFolder(project)].map(([folder, pins]) => {
    const file = writePinned(folder === '' ? project.root : `${project.root}/${folder}`, pins);
    return `${relative(input.cwd, file) || file}: ${Object.keys(pins).join(', ')}`;
  });
  const nothing = 'Nothing was detected clearly enough to be pinned; `backend-patterns doctor` shows what was seen.';
  input.write(`${written.length > 0 ? written.join('\n') : nothing}\n`);
  return EXIT.clean;
};

function pinsByFolder(project: Project): ReadonlyMap<string, Partial<Settings>> {
  const pins = new Map<string, Partial<Settings>>();
  const put = (folder: string, found: Partial<Settings>): void => {
    if (Object.keys(found).length > 0) pins.set(folder, { ...pins.get(folder), ...found });
  };
  for (const unit of tracedRoutes(project).keys()) put(unit.folder, { ...pinnedStyle(project, unit), ...pinnedEnvelope(project, unit) });
  put('', pinnedMigrations(project));
  return pins;
}

function pinnedStyle(project: Project, unit: PackageUnit): Partial<Settings> {
  const { name, pinned } = styleOf(project, unit);
  return pinned || name === 'mixed' ? {} : { style: name };
}

function pinnedEnvelope(project: Project, unit: PackageUnit): Partial<Settings> {
  const { form, pinned, kept, known, fitting } = envelopeOf(project, unit);
  const isClear = known > 0 && fitting >= 0.8 * known && (kept || form.name === 'bare');
  if (pinned || !isClear) return {};
  return { envelope: form.name === 'custom' ? { success: form.keys, error: ['error'] } : form.name };
}

/** One folder is pinned; of several the tool finds its way each time. `since`: what lies before the newest migration has already run. */
function pinnedMigrations(project: Project): Partial<Settings> {
  const { folders, files } = migrationsOf(project);
  const [folder, ...others] = folders;
  if (!folder || others.length > 0 || folder.dialect === 'other') return {};
  const newest = files.filter((file) => file.tool !== 'code').at(-1)?.name;
  const migrations: MigrationSettings = { folder: folder.folder, dialect: folder.dialect, ...(newest === undefined ? {} : { since: newest }) };
  return { migrations };
}
