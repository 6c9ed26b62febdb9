import path from 'node:path';
import { parse } from 'jsonc-parser';
import { readFromDisk, type FileSource } from './file-source.ts';
import type { ListedFile } from './listed-file.ts';

/** One entry of `compilerOptions.paths`, ready to be matched. `targets` are POSIX paths relative to the root, with one `*` at most. */
export interface PathAlias {
  readonly prefix: string;
  readonly suffix: string;
  readonly wildcard: boolean;
  readonly targets: readonly string[];
}

/** What a tsconfig says about module names. `baseUrl` is a POSIX path relative to the root. */
export interface ModuleNames {
  readonly aliases: readonly PathAlias[];
  readonly baseUrl?: string;
}

interface RawConfig {
  readonly extends: readonly string[];
  readonly references: readonly string[];
  readonly baseUrl?: string;
  readonly paths?: Readonly<Record<string, unknown>>;
}

const FIRST = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'];

/**
 * Reads tsconfig files tolerantly: a broken one, or one that extends a package that is not installed, still gives what it
 * says itself. (oxc-resolver answers each request under such a file with an error.)
 *
 * The returned function gives, for a folder, the module names of all configurations that may apply, nearest first:
 * tsconfig.json, what it references, other tsconfig files beside it, then those of the folders above.
 */
export function createModuleNames(root: string, files: readonly ListedFile[], readText: FileSource['read'] = readFromDisk): (folder: string) => readonly ModuleNames[] {
  const read = createReader(root, readText);
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    if (file.kind !== 'tsconfig') continue;
    const folder = path.posix.dirname(file.path);
    const key = folder === '.' ? '' : folder;
    byFolder.set(key, [...(byFolder.get(key) ?? []), file.path]);
  }
  const known = new Map<string, readonly ModuleNames[]>();
  const namesOf = (folder: string): readonly ModuleNames[] => {
    const hit = known.get(folder);
    if (hit) return hit;
    const configs = (byFolder.get(folder) ?? []).toSorted((a, b) => rankOf(a) - rankOf(b));
    const own = configs.flatMap((config) => withReferences(config, read)).map((config) => moduleNamesOf(config, read));
    const above = folder === '' ? [] : namesOf(folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '');
    const all = [...own.filter((names) => names.aliases.length > 0 || names.baseUrl !== undefined), ...above];
    known.set(folder, all);
    return all;
  };
  return namesOf;
}

type ReadConfig = (file: string) => RawConfig | undefined;

function rankOf(file: string): number {
  const rank = FIRST.indexOf(path.posix.basename(file));
  return rank < 0 ? FIRST.length : rank;
}

function withReferences(file: string, read: ReadConfig): string[] {
  const references = read(file)?.references ?? [];
  return [file, ...references.map((reference) => resolveConfig(file, reference, read)).filter((found) => found !== undefined)];
}

function moduleNamesOf(file: string, read: ReadConfig): ModuleNames {
  const pathsFrom = findDeclaring(file, read, (config) => config.paths !== undefined);
  const baseFrom = findDeclaring(file, read, (config) => config.baseUrl !== undefined);
  const baseUrl = baseFrom && path.posix.join(path.posix.dirname(baseFrom.file), baseFrom.config.baseUrl ?? '.');
  const folder = baseUrl ?? (pathsFrom ? path.posix.dirname(pathsFrom.file) : '.');
  const aliases = Object.entries(pathsFrom?.config.paths ?? {}).flatMap(([pattern, targets]) => aliasOf(pattern, targets, folder));
  // TypeScript prefers exact names, then the longest prefix.
  aliases.sort((a, b) => Number(a.wildcard) - Number(b.wildcard) || b.prefix.length - a.prefix.length);
  return { aliases, ...(baseUrl === undefined ? {} : { baseUrl: relative(baseUrl) }) };
}

function aliasOf(pattern: string, targets: unknown, folder: string): PathAlias[] {
  const texts = (Array.isArray(targets) ? targets : [targets]).filter((target): target is string => typeof target === 'string');
  if (texts.length === 0) return [];
  const star = pattern.indexOf('*');
  const wildcard = star >= 0;
  return [
    {
      prefix: wildcard ? pattern.slice(0, star) : pattern,
      suffix: wildcard ? pattern.slice(star + 1) : '',
      wildcard,
      targets: texts.map((target) => relative(path.posix.join(folder, target.replace(/^\$\{configDir\}/, '.')))),
    },
  ];
}

/** The nearest file of the `extends` chain that declares something; later entries of an `extends` list win. */
function findDeclaring(
  file: string,
  read: ReadConfig,
  declares: (config: RawConfig) => boolean,
  seen: Set<string> = new Set(),
): { file: string; config: RawConfig } | undefined {
  if (seen.has(file)) return undefined;
  seen.add(file);
  const config = read(file);
  if (!config) return undefined;
  if (declares(config)) return { file, config };
  for (const base of config.extends.toReversed()) {
    const target = resolveConfig(file, base, read);
    const found = target === undefined ? undefined : findDeclaring(target, read, declares, seen);
    if (found) return found;
  }
  return undefined;
}

function resolveConfig(from: string, specifier: string, read: ReadConfig): string | undefined {
  const folder = path.posix.dirname(from);
  if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    const target = path.posix.join(folder, specifier);
    return [target, `${target}.json`, `${target}/tsconfig.json`].find((candidate) => read(candidate));
  }
  for (let at = folder; ; at = path.posix.dirname(at)) {
    const target = path.posix.join(at, 'node_modules', specifier);
    const found = [target, `${target}.json`, `${target}/tsconfig.json`].find((candidate) => read(candidate));
    if (found !== undefined || at === '.' || at === '/' || at.startsWith('..')) return found;
  }
}

function createReader(root: string, readText: FileSource['read']): ReadConfig {
  const known = new Map<string, RawConfig | undefined>();
  return (file) => {
    if (known.has(file)) return known.get(file);
    const config = readConfig(readText(path.join(root, file)));
    known.set(file, config);
    return config;
  };
}

function readConfig(text: string | undefined): RawConfig | undefined {
  if (text === undefined) return undefined;
  const json: unknown = parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  if (!isRecord(json)) return { extends: [], references: [] };
  const options = isRecord(json['compilerOptions']) ? json['compilerOptions'] : {};
  const listed = Array.isArray(json['references']) ? json['references'] : [];
  const baseUrl = options['baseUrl'];
  return {
    extends: [json['extends']].flat().filter((base): base is string => typeof base === 'string'),
    references: listed.map((reference: unknown) => (isRecord(reference) ? reference['path'] : undefined)).filter((target) => typeof target === 'string'),
    ...(typeof baseUrl === 'string' ? { baseUrl } : {}),
    ...(isRecord(options['paths']) ? { paths: options['paths'] } : {}),
  };
}

function relative(target: string): string {
  const plain = target.replace(/^\.\//, '').replace(/\/$/, '');
  return plain === '.' ? '' : plain;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
