import { libraries } from '../libraries/registry.ts';
import { readProjectSettings } from '../settings/project-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { declaredLibraries, declareExports } from './declared-clients.ts';
import { createLinker, type ImportTarget, type Linker } from './linker.ts';
import { loadProject, type LoadedFiles, type LoadOptions } from './load.ts';
import type { Project } from './project.ts';
import { createRecogniser, type Recogniser } from './recognise.ts';
import { relinkFile } from './relink.ts';
import { findRoot } from './root.ts';
import type { Changes } from './tracked-files.ts';
import type { Coverage, SourceFile } from './types.ts';

export interface OpenOptions extends Omit<LoadOptions, 'settings'> {
  /** Laid over what `backend-patterns.config.json` says. */
  readonly settings?: Partial<Settings>;
}

/**
 * Opens the project around a path. Files are read when they are first needed; linking and views are computed on demand
 * and forgotten when a file changes.
 * @throws SettingsError when the settings are wrong.
 */
export function openProject(options: OpenOptions = {}): Project {
  const root = options.root ?? findRoot(options.from ?? '.');
  const { settings: overrides, ...loading } = options;
  const { settings: own } = readProjectSettings(root, [], overrides);
  const files = openFiles({ ...loading, root, settings: own.ignore ? { ignore: own.ignore } : {} });
  const readSettings = () => readProjectSettings(root, files.packages.map((unit) => unit.folder), overrides);
  let pinned = readSettings();
  if (options.onProgress) files.readAll();

  const contexts = libraries.flatMap((library) => library.contexts ?? []);
  let linker: Linker | undefined;
  let recogniser: Recogniser | undefined;
  let coverage: Coverage | undefined;
  /** Path of the file that the linker has taken a newer text of, while all others see its older one. */
  let ahead: string | undefined;
  const forget = (): void => {
    linker = undefined;
    recogniser = undefined;
    coverage = undefined;
    ahead = undefined;
  };
  const take = (absolutePath: string, text: string | undefined): void => {
    const old = files.fileAt(absolutePath);
    const changes = files.update(absolutePath, text);
    const fresh = files.fileAt(absolutePath);
    if (ahead !== undefined && ahead !== fresh?.path) forget();
    if (changes.added.length + changes.changed.length + changes.removed.length === 0 && !changes.setup) return undefined;
    if (changes.setup) pinned = readSettings();
    if (!linker || !old || !fresh || !isOnlyChange(changes, fresh.path) || importsDiffer(old, fresh)) return forget();
    linker = relinkFile(linker, old, fresh);
    coverage = undefined;
    ahead = fresh.path;
    return undefined;
  };
  const project: Project = {
    root: files.root,
    get settings() {
      return pinned.settings;
    },
    settingsOf: (unit) => pinned.byPackage.get(unit.folder) ?? pinned.settings,
    libraries,
    loaded: files,
    files: files.files,
    get packages() {
      return files.packages;
    },
    get coverage() {
      coverage ??= files.coverage();
      return coverage;
    },
    get linker() {
      if (!linker) {
        linker = createLinker({ files: files.files, contexts, resolve: (from, specifier) => targetOf(files, from, specifier) });
        declareExports(linker, pinned.settings);
      }
      return linker;
    },
    get recogniser() {
      recogniser ??= createRecogniser([...declaredLibraries(pinned.settings), ...libraries]);
      return recogniser;
    },
    fileAt: (absolutePath) => files.fileAt(absolutePath),
    update: take,
  };
  return project;
}

const unwritten = new Set<LoadedFiles>();

/** What was read is kept for the next process: commands write it when they are done, editors and linters when they end. */
function openFiles(options: LoadOptions): LoadedFiles {
  const files = loadProject(options);
  if (options.cache === false) return files;
  if (unwritten.size === 0) process.once('exit', () => unwritten.forEach(({ cache }) => cache.flush()));
  unwritten.add(files);
  return files;
}

function isOnlyChange({ added, changed, removed, setup }: Changes, path: string): boolean {
  return !setup && added.length === 0 && removed.length === 0 && changed.length === 1 && changed[0] === path;
}

/** Other imports may bring files and packages into play that nothing has looked at yet. */
function importsDiffer(old: SourceFile, fresh: SourceFile): boolean {
  const sources = (file: SourceFile): string => file.facts.imports.map((fact) => fact.source).join('\n');
  return sources(old) !== sources(fresh);
}

function targetOf(files: LoadedFiles, from: SourceFile, specifier: string): ImportTarget {
  const resolution = files.resolver.resolve(from.path, specifier);
  if ('external' in resolution) return resolution;
  const file = 'file' in resolution ? files.files.get(resolution.file) : undefined;
  return file && { file };
}
