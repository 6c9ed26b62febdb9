import path from 'node:path';

const SOURCE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const DECLARATION_EXTENSIONS = ['.d.ts', '.d.mts', '.d.cts'];

/** What stands in the sources where an import says `.js`: TypeScript writes the extension of the output. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx', '.d.ts'],
  '.jsx': ['.tsx', '.jsx', '.d.ts'],
  '.mjs': ['.mts', '.mjs', '.d.mts'],
  '.cjs': ['.cts', '.cjs', '.d.cts'],
};

/** Finds the file that a path without certainty about its extension names; paths are POSIX and relative to the root. */
export interface ModuleFiles {
  /** The file itself, `x.ts` for `x.js` or `x`, or the index file of the folder `x`. Sources win over declarations. */
  findModule(target: string): string | undefined;
  hasFolder(folder: string): boolean;
}

/** `links`: symbolic links within the root, path → target. */
export function indexModuleFiles(paths: Iterable<string>, links: ReadonlyMap<string, string>): ModuleFiles {
  const files = new Set<string>();
  const folders = new Set<string>(['']);
  for (const file of paths) {
    files.add(file);
    for (let folder = parentOf(file); !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  }

  const findFile = (target: string): string | undefined => {
    const extension = path.posix.extname(target);
    const stem = target.slice(0, target.length - extension.length);
    for (const written of WRITTEN_AS[extension] ?? []) {
      if (files.has(stem + written)) return stem + written;
    }
    if (files.has(target)) return target;
    return findWith(target, SOURCE_EXTENSIONS);
  };
  const findWith = (target: string, extensions: readonly string[]): string | undefined => {
    const extension = extensions.find((candidate) => files.has(target + candidate));
    return extension === undefined ? undefined : target + extension;
  };
  const findModule = (target: string): string | undefined => {
    const index = target === '' ? 'index' : `${target}/index`;
    const isFolder = target.endsWith('/') || target === '';
    const found = (isFolder ? undefined : findFile(target)) ?? findWith(path.posix.normalize(index), SOURCE_EXTENSIONS);
    return found ?? findWith(target, DECLARATION_EXTENSIONS) ?? findWith(path.posix.normalize(index), DECLARATION_EXTENSIONS);
  };
  const throughLinks = (target: string): string | undefined => {
    for (const [link, real] of links) {
      if (target === link || target.startsWith(`${link}/`)) return findModule(real + target.slice(link.length));
    }
    return undefined;
  };
  return {
    findModule: (target) => findModule(target) ?? (links.size > 0 ? throughLinks(target) : undefined),
    hasFolder: (folder) => folders.has(folder),
  };
}

function parentOf(target: string): string {
  return target.slice(0, Math.max(target.lastIndexOf('/'), 0));
}
