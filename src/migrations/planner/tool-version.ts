import { folderOf, joinPath, type ReaderInput } from '../migration-files.ts';

export interface ToolVersion {
  readonly major: number;
  readonly minor: number;
  /** As written there: `0.45.4`, `^6.19.0`. */
  readonly text: string;
  /** Path of the lock file, or of the package that names a range. */
  readonly place: string;
}

/** Finds the version of a package in the text of a lock file. `folder`: of the package, relative to the lock file's. */
type LockReader = (source: string, name: string, folder: string) => string | undefined;

const LOCK_FILES: Readonly<Record<string, LockReader>> = {
  'package-lock.json': inNpmLock,
  'npm-shrinkwrap.json': inNpmLock,
  'pnpm-lock.yaml': inPnpmLock,
  'yarn.lock': inYarnLock,
  'bun.lock': inBunLock,
};

/** Version of the first of `names` that the nearest package depends on: from the lock file, else the range as it is written. */
export function findToolVersion(names: readonly string[], folder: string, text: ReaderInput['text']): ToolVersion | undefined {
  for (const { path, dependencies } of packagesAround(folder, text)) {
    const name = names.find((candidate) => dependencies[candidate] !== undefined);
    if (name === undefined) continue;
    const range = dependencies[name] ?? '';
    return lockedVersion(name, folderOf(path), text, range) ?? versionIn(range, path);
  }
  return undefined;
}

export function isFrom(version: ToolVersion | undefined, major: number, minor: number): boolean {
  return version !== undefined && (version.major > major || (version.major === major && version.minor >= minor));
}

/** The package of a folder and those above it, the nearest first. */
export function packagesAround(folder: string, text: ReaderInput['text']): { path: string; source: string; dependencies: Record<string, string> }[] {
  return foldersAround(folder).flatMap((at) => {
    const path = joinPath(at, 'package.json');
    const source = text(path);
    return source === undefined ? [] : [{ path, source, dependencies: dependenciesIn(source) }];
  });
}

/** A folder and those above it up to the root (''), the nearest first. */
export function foldersAround(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== ''; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

function dependenciesIn(source: string): Record<string, string> {
  try {
    const manifest = JSON.parse(source) as Record<string, Record<string, string> | undefined>;
    return { ...manifest['devDependencies'], ...manifest['peerDependencies'], ...manifest['dependencies'] };
  } catch {
    return {};
  }
}

function lockedVersion(name: string, packageFolder: string, text: ReaderInput['text'], range: string): ToolVersion | undefined {
  for (const at of foldersAround(packageFolder)) {
    for (const [file, read] of Object.entries(LOCK_FILES)) {
      const place = joinPath(at, file);
      const source = text(place);
      if (source === undefined) continue;
      const relative = at === '' ? packageFolder : packageFolder.slice(at.length + 1);
      const found = read === inYarnLock ? inYarnLock(source, name, relative, range) : read(source, name, relative);
      return found === undefined ? undefined : versionIn(found, place);
    }
  }
  return undefined;
}

/** `>=6 <8` is taken by its first number, as the lowest that may run. */
function versionIn(written: string, place: string): ToolVersion | undefined {
  const match = /(\d+)(?:\.(\d+))?/.exec(written.replace(/^npm:(?:@[^/]+\/)?[^@]+@/, ''));
  return match ? { major: Number(match[1]), minor: Number(match[2] ?? 0), text: written, place } : undefined;
}

function inNpmLock(source: string, name: string, folder: string): string | undefined {
  const places = [...foldersAround(folder).map((at) => `"${joinPath(at, `node_modules/${name}`)}"`), `"${name}"`];
  for (const place of places) {
    const at = source.search(new RegExp(`${escape(place)}\\s*:\\s*\\{`));
    const version = at === -1 ? undefined : /^[^{]*\{\s*(?:"name"\s*:\s*"[^"]*",\s*)?"version"\s*:\s*"([^"]+)"/.exec(source.slice(at, at + 400))?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

function inPnpmLock(source: string, name: string, folder: string): string | undefined {
  const importer = folder === '' ? '.' : folder;
  const start = source.search(new RegExp(`^  ['"]?${escape(importer)}['"]?:\\s*$`, 'm'));
  const rest = start === -1 ? source : source.slice(start);
  const end = start === -1 ? -1 : rest.slice(1).search(/^(?: {2})?\S/m);
  const part = end === -1 ? rest : rest.slice(0, end + 1);
  const key = `^ +['"]?${escape(name)}['"]?:`;
  const version = new RegExp(`${key}\\s*\\n(?: +specifier:.*\\n)? +version: ['"]?([^\\s'"(]+)`, 'm').exec(part)?.[1];
  return version ?? new RegExp(`${key} ['"]?(\\d[^\\s'"(_]*)`, 'm').exec(part)?.[1];
}

/** Version 1 and Berry. Of several versions the one that was asked for. */
function inYarnLock(source: string, name: string, _folder: string, range = ''): string | undefined {
  const entries = [...source.matchAll(new RegExp(`^"?(${escape(name)}@[^\\n]*):\\n(?: +[^\\n]*\\n)*? +version:? "?([^"\\n]+)"?`, 'gm'))];
  const asked = entries.find((entry) => (entry[1] ?? '').split(/,\s*/).some((key) => key.replace(/"/g, '').replace('@npm:', '@') === `${name}@${range}`));
  return (asked ?? entries[0])?.[2];
}

function inBunLock(source: string, name: string): string | undefined {
  return new RegExp(`"${escape(name)}"\\s*:\\s*\\[\\s*"${escape(name)}@([^"]+)"`).exec(source)?.[1];
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
