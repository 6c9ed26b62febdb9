import { flatten } from '../flatten.ts';
import type { FolderHazards, FolderHistory, HistoryFile } from '../folder-hazards.ts';
import type { Hazard } from '../hazards.ts';
import type { MigrationTool } from '../migration-files.ts';
import type { WrittenName } from '../statements.ts';

const STYLES = {
  snake_case: /^_?[a-z0-9]+(?:_[a-z0-9]+)*_?$/,
  camelCase: /^_?[a-z0-9]+(?:[A-Z][a-z0-9]*)*$/,
  PascalCase: /^_?[A-Z][A-Za-z0-9]*$/,
} as const;

type Style = keyof typeof STYLES;

/** A style counts from so many names on, when so many of them keep it. */
const ENOUGH = 20;
const CLEAR = 0.9;

/** Names of tables and columns that leave the style of nearly all others. A name of one word in lower case fits two styles and counts for both. */
export function findNamingHazards({ files }: FolderHistory): FolderHazards {
  const named = files.map((file) => ({ file, names: namesOf(file) }));
  const all = named.flatMap(({ names }) => names);
  const styles = { table: majorityOf(all, 'table'), column: majorityOf(all, 'column') };
  return new Map(named.filter(({ file }) => file.judged).map(({ file, names }) => [file.path, names.flatMap((name) => judge(name, styles[name.what as 'table' | 'column']))]));
}

function namesOf({ statements }: HistoryFile): WrittenName[] {
  return statements.flatMap(flatten).flatMap(({ introduces = [] }) => introduces.filter(({ what }) => what === 'table' || what === 'column'));
}

function majorityOf(names: readonly WrittenName[], what: WrittenName['what']): Style | undefined {
  const own = [...new Set(names.filter((name) => name.what === what).map(kept))];
  if (own.length < ENOUGH) return undefined;
  return (Object.keys(STYLES) as Style[]).find((style) => own.filter((name) => STYLES[style].test(name)).length >= own.length * CLEAR);
}

/** The name as the server keeps it. */
function kept({ text, quoted }: WrittenName): string {
  return quoted ? text : text.toLowerCase();
}

function judge(name: WrittenName, style: Style | undefined): Hazard[] {
  if (!style || STYLES[style].test(kept(name))) return [];
  const remedy = 'Name it like them before anybody uses it: a name that is in use is hard to change.';
  return [{ kind: 'inconsistentName', start: name.start, end: name.end, data: { what: name.what, name: kept(name), style, remedy } }];
}

/** Tools that tell migrations apart by the number or time at the beginning of their names. */
const VERSION: Partial<Record<MigrationTool, RegExp>> = {
  supabase: /^(\d+)_/,
  dbmate: /^(\d+)_/,
  goose: /^(\d+)_/,
  'golang-migrate': /^(\d+)_/,
  flyway: /^V([\d._]+?)__/,
  'postgres-migrations': /^(\d+)[-_]/,
};

/** Two migrations of the same version: the tool refuses them, or takes one for the other. */
export function findVersionHazards({ folder, files }: FolderHistory): FolderHazards {
  const pattern = VERSION[folder.tool];
  const first = new Map<string, string>();
  const hazards = new Map<string, Hazard[]>();
  for (const { path, name } of files) {
    const version = pattern?.exec(name)?.[1]?.replace(/^0+(?=\d)/, '').replaceAll('_', '.');
    if (version === undefined) continue;
    const other = first.get(version);
    if (other === undefined) first.set(version, name);
    else hazards.set(path, [{ kind: 'duplicateVersion', start: 0, end: 0, data: { version, other, remedy: 'Give it a version of its own, behind the latest one.' } }]);
  }
  return hazards;
}
