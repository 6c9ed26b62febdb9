import { parse } from 'jsonc-parser';
import { readFromDisk, type FileSource } from './file-source.ts';
import type { ListedFile } from './listed-file.ts';
import type { PackageUnit } from './types.ts';

/** Where a package's code is entered, as its package.json says; values are unchecked JSON. */
export interface PackageEntries {
  readonly main?: string;
  readonly module?: string;
  readonly types?: string;
  readonly source?: string;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

export interface WorkspacePackage extends PackageUnit {
  readonly entries: PackageEntries;
}

export interface Packages {
  /** Root package first, then by folder. There is always one for the root. */
  readonly units: readonly WorkspacePackage[];
  /** Package of a file: the nearest folder above it that has a package.json. Path POSIX, relative to the root. */
  packageOf(path: string): WorkspacePackage;
  /** Package of the workspace by its name. */
  findByName(name: string): WorkspacePackage | undefined;
}

const DEPENDENCY_FIELDS = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'];

/** Reads every package.json of the listing; a broken one counts as an empty one. */
export function readPackages(files: readonly ListedFile[], read: FileSource['read'] = readFromDisk): Packages {
  const units = files.filter((file) => file.kind === 'package').map((file) => readPackage(read(file.absolutePath), folderOf(file.path)));
  if (!units.some((unit) => unit.folder === '')) units.push(unitFrom('', {}));
  units.sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const byFolder = new Map(units.map((unit) => [unit.folder, unit]));
  const byName = new Map<string, WorkspacePackage>();
  // The shallowest package has the name: copies of a manifest in fixtures and templates lie deeper.
  for (const unit of [...units].sort((a, b) => depthOf(a.folder) - depthOf(b.folder))) {
    if (unit.name !== undefined && !byName.has(unit.name)) byName.set(unit.name, unit);
  }
  const root = byFolder.get('') ?? unitFrom('', {});
  const known = new Map<string, WorkspacePackage>();
  const packageOfFolder = (folder: string): WorkspacePackage => {
    const hit = byFolder.get(folder) ?? known.get(folder);
    if (hit) return hit;
    const unit = folder === '' ? root : packageOfFolder(folderOf(folder));
    known.set(folder, unit);
    return unit;
  };
  return { units, packageOf: (path) => packageOfFolder(folderOf(path)), findByName: (name) => byName.get(name) };
}

function readPackage(text: string | undefined, folder: string): WorkspacePackage {
  const manifest: unknown = parse((text ?? '').replace(/^\uFEFF/, ''));
  return unitFrom(folder, isRecord(manifest) ? manifest : {});
}

function unitFrom(folder: string, manifest: Record<string, unknown>): WorkspacePackage {
  const dependencies = new Map<string, string>();
  for (const field of DEPENDENCY_FIELDS) {
    const listed = manifest[field];
    if (!isRecord(listed)) continue;
    for (const [name, range] of Object.entries(listed)) dependencies.set(name, String(range));
  }
  const texts = { main: manifest['main'], module: manifest['module'], types: manifest['types'] ?? manifest['typings'], source: manifest['source'] };
  const entries: PackageEntries = {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => typeof value === 'string')),
    ...(manifest['exports'] === undefined ? {} : { exports: manifest['exports'] }),
    ...(manifest['imports'] === undefined ? {} : { imports: manifest['imports'] }),
  };
  const name = manifest['name'];
  return {
    folder,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    dependencies,
    type: manifest['type'] === 'module' ? 'module' : 'commonjs',
    entries,
  };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
