import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { judgedFiles } from '../findings/judged-files.ts';
import { compareText } from '../findings/rule-selection.ts';
import { migrationsOf } from '../migrations/project-migrations.ts';
import { cacheFolder } from '../project/facts-cache.ts';
import { layerOf } from '../project/layers.ts';
import type { Project } from '../project/project.ts';
import { routes } from '../project/routes.ts';
import { styleOf, tracedRoutes } from '../project/style.ts';
import { wordRoles, wordSkipped } from '../report/coverage-summary.ts';
import { count } from '../report/run-report.ts';
import { SETTINGS_FILE } from '../settings/settings.ts';
import type { Command, CommandInput } from './command.ts';
import { detectionNotes } from './detection-notes.ts';
import { EXIT, notCheckedReasons } from './exit-codes.ts';
import { librariesUsed } from './libraries-used.ts';
import { openFor } from './open.ts';
import { PACKAGE_NAME, packageVersion } from './package-files.ts';

const MOST_LISTED = 20;

type Section = readonly [title: string, lines: readonly string[]];

export const run: Command = (input) => {
  const project = openFor(input);
  const sections: readonly Section[] = [
    ['Versions', [`${PACKAGE_NAME} ${packageVersion()}, Node.js ${process.versions.node}`]],
    ['Root', [project.root, `listed by ${project.loaded.listing.listedBy === 'git' ? 'git' : 'a walk that honours ignore files'}`]],
    ['Settings', settingsLines(project)],
    ['Packages', packageLines(project)],
    ['Files', fileLines(project)],
    ['Libraries', librariesUsed(project).map(({ library, files }) => `${library.title} (${library.category}): imported by ${count(files, 'file')}`)],
    ['Routes', routeLines(project)],
    ['Style', styleLines(project)],
    ['Layers', layerLines(project)],
    ['Migrations', migrationLines(project)],
    ['Imports', importLines(project)],
    ['Cache', cacheLines(project, input)],
    ['Checked', notCheckedReasons(project.coverage)],
  ];
  for (const [title, lines] of sections) {
    input.write(`${input.paint('bold', title)}\n${(lines.length > 0 ? lines : [EMPTY[title] ?? 'none']).map((line) => `  ${line}\n`).join('')}`);
  }
  return EXIT.clean;
};

/** What an empty section says. */
const EMPTY: Readonly<Record<string, string>> = { Checked: 'yes: enough was found, parsed and resolved', Libraries: 'none that is known' };

function settingsLines({ root, settings, packages }: Project): string[] {
  const files = packages.map((unit) => join(unit.folder, SETTINGS_FILE)).concat(SETTINGS_FILE);
  const present = [...new Set(files)].filter((file) => existsSync(join(root, file))).sort(compareText);
  const keys = Object.keys(settings).sort(compareText);
  return [present.length > 0 ? present.join(', ') : `no ${SETTINGS_FILE}: everything is detected`, ...(keys.length > 0 ? [`set: ${keys.join(', ')}`] : [])];
}

function packageLines({ packages }: Project): string[] {
  return listed(packages.map((unit) => `${unit.name ?? '(no name)'}: ${unit.folder || '.'}`));
}

function fileLines({ coverage }: Project): string[] {
  const { found, parsed, roles, damaged, skipped } = coverage;
  return [
    `${found} found, ${parsed} parsed: ${wordRoles(roles) || 'none classified'}`,
    ...(skipped.length > 0 ? [`skipped: ${wordSkipped(skipped)}`] : []),
    ...listed(damaged.map(({ path, line, message, kept }) => `${path}:${line} ${message}${kept ? ' (the rest was read)' : ''}`)),
  ];
}

function routeLines(project: Project): string[] {
  const all = routes(project);
  const byFramework = countBy(all.map((route) => route.framework));
  const traced = all.filter((route) => route.handler).length;
  return all.length === 0 ? [] : [`${byFramework.map(([name, amount]) => `${amount} ${name}`).join(', ')}; handler known of ${traced}`];
}

function styleLines(project: Project): string[] {
  const styles = [...tracedRoutes(project).keys()].map((unit) => {
    const { name, pinned, evidence } = styleOf(project, unit);
    return `${unit.name ?? (unit.folder || '.')}: ${name}${pinned ? ' (pinned)' : ''}; ${evidence}`;
  });
  return [...styles, ...detectionNotes(project)];
}

function layerLines(project: Project): string[] {
  const labels = judgedFiles(project, 'source').map((file) => layerOf(project, file));
  return countBy(labels.map((label) => label.layer)).map(([layer, amount]) => {
    const sure = labels.filter((label) => label.layer === layer && label.confidence === 'high').length;
    return `${layer}: ${count(amount, 'file')}, ${sure} of high confidence`;
  });
}

function migrationLines(project: Project): string[] {
  return migrationsOf(project).folders.map(({ folder, tool, dialect, files, evidence, notAnalysed }) => {
    return `${folder || '.'}: ${tool}, ${dialect}, ${count(files.length, 'file')} (${evidence})${notAnalysed === undefined ? '' : `; ${notAnalysed}`}`;
  });
}

function importLines({ coverage }: Project): string[] {
  const { internal, unresolved, external } = coverage.imports;
  return [
    `${internal} resolved within the project, ${unresolved.length} unresolved, ${external} of packages`,
    ...listed(unresolved.map(({ path, line, source }) => `${path}:${line} ${source}`)),
  ];
}

function cacheLines(project: Project, { values }: CommandInput): string[] {
  if (values['no-cache'] === true) return ['off (--no-cache)'];
  const folder = cacheFolder(project.root);
  const found = folder === undefined ? undefined : statSync(folder, { throwIfNoEntry: false });
  const { hits, misses } = project.loaded.cache;
  return [`${folder ?? 'no place to write it'}${found ? '' : ' (not written)'}`, `${hits} of ${hits + misses} files came from it`];
}

function listed(lines: readonly string[]): string[] {
  return lines.length <= MOST_LISTED ? [...lines] : [...lines.slice(0, MOST_LISTED), `and ${lines.length - MOST_LISTED} more`];
}

function countBy(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
}
