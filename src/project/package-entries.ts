import path from 'node:path';
import type { ModuleFiles } from './module-files.ts';
import type { WorkspacePackage } from './packages.ts';

/** Folders that builds write to; `dist/esm/index.js` comes from `src/index.ts`. */
const OUTPUT_SEGMENT = /^(?:dist|build|lib|out|output|_?build|esm?|cjs|mjs|types?|typings|node|module|commonjs|\.[\w-]+)$/;
const SOURCE_FOLDERS = ['src', 'source', 'lib', ''];
const MODULE_EXTENSION = /\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/;
/** Targets of other run times come last; a backend does not run there. */
const FOREIGN_CONDITION = new Set(['browser', 'react-native', 'edge-light', 'worker', 'workerd', 'deno', 'style', 'sass']);

/**
 * The source file that a subpath (`.` or `./name`) of a workspace package is built from, without any build: what `exports`,
 * `main` and the like say, read back from the output folder to the sources.
 */
export function findPackageEntry(unit: WorkspacePackage, subpath: string, files: ModuleFiles): string | undefined {
  const targets = targetsOf(unit, subpath);
  const inPackage = (target: string): string => path.posix.join(unit.folder, target);
  let declaration: string | undefined;
  const find = (target: string): string | undefined => {
    const found = files.findModule(normalized(inPackage(target)));
    if (found === undefined || !/\.d\.[cm]?ts$/.test(found)) return found;
    declaration ??= found;
    return undefined;
  };
  for (const target of targets) {
    const found = find(target);
    if (found !== undefined) return found;
  }
  const plain = subpath === '.' ? 'index' : subpath.slice(2);
  const built = [...targets, ...(subpath === '.' ? [] : [plain])].flatMap(sourcesOfOutput);
  const conventional = SOURCE_FOLDERS.map((folder) => path.posix.join(folder, plain));
  for (const candidate of [...built, ...conventional]) {
    const found = find(candidate);
    if (found !== undefined) return found;
  }
  return declaration;
}

/** What package.json `imports` says about a `#name`: targets relative to the package (`./…`) or names of packages. */
export function importTargets(unit: WorkspacePackage, specifier: string): string[] {
  return matchTargets(unit.entries.imports, specifier);
}

/** Places where the source of a build output may lie, relative to the package: the output folders are taken off one by one. */
export function sourcesOfOutput(target: string): string[] {
  const segments = path.posix.normalize(target).split('/');
  const candidates: string[] = [];
  while (segments.length > 1 && OUTPUT_SEGMENT.test(segments[0] ?? '')) {
    segments.shift();
    const rest = segments.join('/').replace(MODULE_EXTENSION, '');
    candidates.push(...SOURCE_FOLDERS.map((folder) => path.posix.join(folder, rest)));
  }
  return candidates;
}

function targetsOf(unit: WorkspacePackage, subpath: string): string[] {
  const { exports, source, types, module, main } = unit.entries;
  const exported = exports === undefined ? [] : matchTargets(hasSubpaths(exports) ? exports : { '.': exports }, subpath);
  if (subpath !== '.') return exported;
  return [source, ...exported, module, main, types].filter((target) => target !== undefined);
}

function hasSubpaths(exports: unknown): boolean {
  return isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
}

/** Targets for a name in an `exports` or `imports` table: the exact key, else the pattern with the longest prefix. */
function matchTargets(table: unknown, name: string): string[] {
  if (!isRecord(table)) return [];
  if (name in table) return leavesOf(table[name], '');
  const patterns = Object.keys(table).filter((key) => key.includes('*') || key.endsWith('/'));
  patterns.sort((a, b) => b.indexOf('*') - a.indexOf('*') || b.length - a.length);
  for (const pattern of patterns) {
    const [prefix = '', suffix = ''] = pattern.split('*');
    if (!name.startsWith(prefix) || !name.endsWith(suffix) || name.length < prefix.length + suffix.length) continue;
    const matched = name.slice(prefix.length, name.length - suffix.length);
    return leavesOf(table[pattern], matched).map((leaf) => (pattern.includes('*') ? leaf : leaf + matched));
  }
  return [];
}

/** All targets under all conditions: whichever leads to a source is the one that is meant. */
function leavesOf(entry: unknown, matched: string): string[] {
  if (typeof entry === 'string') return [entry.replaceAll('*', matched)];
  if (Array.isArray(entry)) return entry.flatMap((item) => leavesOf(item, matched));
  if (!isRecord(entry)) return [];
  const conditions = Object.keys(entry).sort((a, b) => Number(FOREIGN_CONDITION.has(a)) - Number(FOREIGN_CONDITION.has(b)));
  return conditions.flatMap((condition) => leavesOf(entry[condition], matched));
}

function normalized(target: string): string {
  return target === '.' ? '' : target.replace(/^\.\//, '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
