import path from 'node:path';
import { ResolverFactory } from 'oxc-resolver';
import type { FileSource } from './file-source.ts';
import type { Listing } from './listed-file.ts';
import { indexModuleFiles, type ModuleFiles } from './module-files.ts';
import { findPackageEntry, importTargets, sourcesOfOutput } from './package-entries.ts';
import type { Packages } from './packages.ts';
import { isAssetSpecifier, isBuiltinSpecifier, isGeneratedSpecifier, isRelative, splitPackageSpecifier } from './specifiers.ts';
import { createModuleNames, type ModuleNames, type PathAlias } from './tsconfig.ts';

/**
 * Where an import leads. `file`: POSIX path relative to the root. `external`: the specifier as written, of a package, a
 * module of the run time, or of code that a tool generates. `internal`: the project means a file of its own and it is not there.
 */
export type Resolution =
  | { readonly file: string }
  | { readonly external: string }
  | { readonly unresolved: true; readonly internal: boolean }
  | { readonly asset: true };

export interface Resolver {
  /** `fromPath`: POSIX path of the importing file, relative to the root. */
  resolve(fromPath: string, specifier: string): Resolution;
}

export interface ResolverOptions {
  readonly root: string;
  readonly listing: Listing;
  readonly packages: Packages;
  /** Reads configurations; from disk when absent. */
  readonly read?: FileSource['read'];
  /** False: names of workspace packages are treated like any other package. Only measurements want that. */
  readonly workspace?: boolean;
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts', '.json'];
const MISSING: Resolution = { unresolved: true, internal: true };

/**
 * Resolves against the listed files, so that neither an install nor a build of the project is needed and what an editor
 * has not saved counts. Only what that leaves open is asked of oxc-resolver, which looks at the disk.
 */
export function createResolver({ root, listing, packages, read, workspace = true }: ResolverOptions): Resolver {
  const files = indexModuleFiles(sourcePathsOf(listing), listing.links);
  const namesOf = createModuleNames(root, listing.files, read);
  const askDisk = createDiskResolver(root, files);
  const known = new Map<string, Map<string, Resolution>>();

  const findFile = (target: string): string | undefined => {
    if (target.startsWith('..')) return undefined;
    const found = files.findModule(target);
    if (found !== undefined) return found;
    const unit = packages.units.find((candidate) => candidate.folder === target && target !== '');
    return unit && findPackageEntry(unit, '.', files);
  };

  const findByAlias = (names: readonly ModuleNames[], specifier: string): { file?: string; matched: boolean; foreign: boolean } => {
    let matched = false;
    let foreign = false;
    for (const alias of names.flatMap(({ aliases }) => aliases)) {
      const targets = targetsOfAlias(alias, specifier);
      if (!targets) continue;
      for (const target of targets) {
        const file = findFile(target) ?? sourcesOfOutput(target).map(findFile).find((found) => found !== undefined);
        if (file !== undefined) return { file, matched: true, foreign: false };
      }
      // `*` stands for every package, and targets in node_modules are somebody else's.
      matched ||= alias.prefix !== '' && targets.some((target) => !/(?:^|\/)node_modules\//.test(target));
      foreign ||= targets.some(isGeneratedSpecifier);
    }
    return { matched, foreign };
  };

  const resolveImports = (fromPath: string, specifier: string): Resolution | undefined => {
    const unit = packages.packageOf(fromPath);
    const targets = importTargets(unit, specifier);
    for (const target of targets) {
      if (!target.startsWith('./')) return resolveBare(fromPath, target);
      const inPackage = [target, ...sourcesOfOutput(target)].map((candidate) => path.posix.join(unit.folder, candidate));
      const file = inPackage.map(findFile).find((found) => found !== undefined);
      if (file !== undefined) return { file };
    }
    return undefined;
  };

  const resolveRelative = (fromPath: string, specifier: string): Resolution => {
    const target = path.posix.join(path.posix.dirname(fromPath), specifier);
    const file = findFile(target === '.' || target === './' ? '' : target);
    if (file !== undefined) return { file };
    if (isAssetSpecifier(specifier)) return { asset: true };
    if (isGeneratedSpecifier(target)) return { external: specifier };
    return askDisk(fromPath, specifier) ?? MISSING;
  };

  const resolveBare = (fromPath: string, specifier: string): Resolution => {
    const names = namesOf(path.posix.dirname(fromPath).replace(/^\.$/, ''));
    const alias = findByAlias(names, specifier);
    if (alias.file !== undefined) return { file: alias.file };
    const imported = specifier.startsWith('#') ? resolveImports(fromPath, specifier) : undefined;
    if (imported) return imported;

    const { name, subpath } = splitPackageSpecifier(specifier);
    const unit = workspace ? packages.findByName(name) : undefined;
    const entry = unit && findPackageEntry(unit, subpath, files);
    if (entry !== undefined) return { file: entry };

    const base = findFromBaseUrl(names, specifier, findFile);
    if (base !== undefined) return { file: base };
    const conventional = /^[@~]\//.test(specifier) ? findByConvention(packages.packageOf(fromPath).folder, specifier.slice(2), findFile) : undefined;
    if (conventional !== undefined) return { file: conventional };

    if (isAssetSpecifier(specifier)) return { asset: true };
    if (isBuiltinSpecifier(specifier)) return { external: specifier };
    if (isGeneratedSpecifier(specifier) || alias.foreign) return { external: specifier };
    const isOwn = alias.matched || unit !== undefined || /^[#~@]\/|^[#~]/.test(specifier);
    if (isOwn) return askDisk(fromPath, specifier) ?? MISSING;
    if (isFolderOfProject(names, packages.packageOf(fromPath).dependencies, specifier, files)) return MISSING;
    return { external: specifier };
  };

  const resolve = (fromPath: string, specifier: string): Resolution => {
    if (specifier === '') return { unresolved: true, internal: false };
    return isRelative(specifier) ? resolveRelative(fromPath, specifier) : resolveBare(fromPath, specifier);
  };

  return {
    resolve(fromPath, specifier) {
      const folder = path.posix.dirname(fromPath);
      const inFolder = known.get(folder) ?? new Map<string, Resolution>();
      known.set(folder, inFolder);
      const hit = inFolder.get(specifier) ?? resolve(fromPath, specifier);
      inFolder.set(specifier, hit);
      return hit;
    },
  };
}

function sourcePathsOf(listing: Listing): string[] {
  return listing.files.filter((file) => file.kind === 'source').map((file) => file.path);
}

function targetsOfAlias({ prefix, suffix, wildcard, targets }: PathAlias, specifier: string): string[] | undefined {
  if (!wildcard) return specifier === prefix ? [...targets] : undefined;
  if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix) || specifier.length < prefix.length + suffix.length) return undefined;
  const matched = specifier.slice(prefix.length, specifier.length - suffix.length);
  return targets.map((target) => path.posix.normalize(target.replace('*', () => matched)));
}

function findFromBaseUrl(names: readonly ModuleNames[], specifier: string, findFile: (target: string) => string | undefined): string | undefined {
  for (const { baseUrl } of names) {
    const found = baseUrl === undefined ? undefined : findFile(path.posix.join(baseUrl, specifier));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `@/x` and `~/x` mean the package's sources to Vite, Next and webpack projects that say so in a configuration that is code. */
function findByConvention(folder: string, rest: string, findFile: (target: string) => string | undefined): string | undefined {
  const targets = ['src', '', 'app', 'server'].map((sources) => path.posix.join(folder, sources, rest));
  return targets.map(findFile).find((found) => found !== undefined);
}

/** With a `baseUrl`, `modules/user` is meant as a file of the project when there is such a folder and no such package. */
function isFolderOfProject(names: readonly ModuleNames[], dependencies: ReadonlyMap<string, string>, specifier: string, files: ModuleFiles): boolean {
  const { name } = splitPackageSpecifier(specifier);
  if (dependencies.has(name) || !specifier.includes('/')) return false;
  const first = specifier.slice(0, specifier.indexOf('/'));
  return names.some(({ baseUrl }) => baseUrl !== undefined && files.hasFolder(path.posix.join(baseUrl, first)));
}

/** Asks oxc-resolver, for links, installed workspaces, `rootDirs` and whatever else only the disk knows. */
function createDiskResolver(root: string, files: ModuleFiles): (fromPath: string, specifier: string) => Resolution | undefined {
  let factory: ResolverFactory | undefined;
  return (fromPath, specifier) => {
    factory ??= new ResolverFactory({
      tsconfig: 'auto',
      extensions: EXTENSIONS,
      extensionAlias: { '.js': ['.ts', '.tsx', '.js', '.jsx'], '.jsx': ['.tsx', '.jsx'], '.mjs': ['.mts', '.mjs'], '.cjs': ['.cts', '.cjs'] },
      conditionNames: ['source', 'development', 'node', 'import', 'require', 'types', 'default'],
      mainFields: ['source', 'module', 'main', 'types'],
    });
    const found = factory.resolveFileSync(path.join(root, fromPath), specifier).path;
    if (found === undefined) return undefined;
    const relative = path.relative(root, found).split(path.sep).join('/');
    const isListed = files.findModule(relative) === relative;
    if (isListed) return { file: relative };
    // On disk and not on the list: generated and ignored, installed, or outside the project.
    return isAssetSpecifier(found) ? { asset: true } : { external: specifier };
  };
}
