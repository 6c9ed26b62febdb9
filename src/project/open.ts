import { libraries } from '../libraries/registry.ts';
import { readProjectSettings } from '../settings/project-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { createLinker, type ImportTarget, type Linker } from './linker.ts';
import { loadProject, type LoadedFiles, type LoadOptions } from './load.ts';
import type { Project } from './project.ts';
import { createRecogniser, type Recogniser } from './recognise.ts';
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
  const files = loadProject({ ...loading, root, settings: own.ignore ? { ignore: own.ignore } : {} });
  const { settings } = readProjectSettings(root, files.packages.map((unit) => unit.folder), overrides);
  if (options.onProgress) files.readAll();

  let linker: Linker | undefined;
  let recogniser: Recogniser | undefined;
  let coverage: Coverage | undefined;
  const forget = (changes: Changes): void => {
    if (changes.added.length + changes.changed.length + changes.removed.length === 0 && !changes.setup) return;
    linker = undefined;
    recogniser = undefined;
    coverage = undefined;
  };
  const project: Project = {
    root: files.root,
    settings,
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
      linker ??= createLinker({ files: files.files, resolve: (from, specifier) => targetOf(files, from, specifier) });
      return linker;
    },
    get recogniser() {
      recogniser ??= createRecogniser(libraries);
      return recogniser;
    },
    fileAt: (absolutePath) => files.fileAt(absolutePath),
    update: (absolutePath, text) => forget(files.update(absolutePath, text)),
  };
  return project;
}

function targetOf(files: LoadedFiles, from: SourceFile, specifier: string): ImportTarget {
  const resolution = files.resolver.resolve(from.path, specifier);
  if ('external' in resolution) return resolution;
  const file = 'file' in resolution ? files.files.get(resolution.file) : undefined;
  return file && { file };
}
