import { createHash } from 'node:crypto';
import path from 'node:path';
import { coverageOf } from './coverage.ts';
import { cacheFolder, hashText, openFactsCache, type FactsCache } from './facts-cache.ts';
import type { FileSource } from './file-source.ts';
import { importEdgesOf, type ImportEdge } from './import-edges.ts';
import type { FileKind, ListedFile, Listing } from './listed-file.ts';
import type { LoadedFile } from './loaded-file.ts';
import { readPackages, type Packages, type WorkspacePackage } from './packages.ts';
import { requestedPaths, type RequestedPaths } from './requested-paths.ts';
import { createResolver, type Resolver } from './resolution.ts';
import { findRoot } from './root.ts';
import { createTextReader } from './source-text.ts';
import { NO_CHANGES, trackFiles, type Changes, type TrackedFiles } from './tracked-files.ts';
import type { Coverage } from './types.ts';

export interface LoadOptions {
  /** Absolute path; found from `from` when absent. */
  readonly root?: string;
  /** File or folder in which somebody stands; default: the current folder. */
  readonly from?: string;
  /** What is asked for: files, folders or globs relative to `from`. Restricts `requested`, never what is read. */
  readonly paths?: readonly string[];
  /** `ignore` leaves files out; all settings are part of the fingerprint. */
  readonly settings?: { readonly ignore?: readonly string[] };
  /** False: no facts are read from or written to disk. */
  readonly cache?: boolean;
  /** Folder of the cache, instead of the usual place. */
  readonly cacheFolder?: string;
  /** Where the files come from, instead of the disk. */
  readonly source?: FileSource;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LoadedFiles {
  readonly root: string;
  /** Source files by path; the same map over all updates, a new object for each file that changes. */
  readonly files: ReadonlyMap<string, LoadedFile>;
  readonly listing: Listing;
  readonly packages: readonly WorkspacePackage[];
  readonly resolver: Resolver;
  readonly cache: FactsCache;
  readonly requested: RequestedPaths;
  /** Listed files of a kind. */
  others(kind: FileKind): readonly ListedFile[];
  fileAt(absolutePath: string): LoadedFile | undefined;
  /** Text of a file of any kind by its path relative to the root, without byte order mark; undefined when it cannot be read. */
  textOf(path: string): string | undefined;
  edgesOf(path: string): readonly ImportEdge[];
  /** Reads every file, telling progress, and writes the cache. */
  readAll(): void;
  /** Reads every file. */
  coverage(): Coverage;
  /** Takes the text of a buffer for a file, which counts until the file changes on disk, and looks at all files at most once a second. */
  update(absolutePath: string, text?: string): Changes;
  /** Looks at the disk now. */
  refresh(): Changes;
  /** Texts of SQL files in an editor that differ from what lies on disk, by path; a new map whenever one changes. */
  readonly buffers: ReadonlyMap<string, string>;
  /** Hash over paths and contents of all listed files, and the settings. */
  fingerprint(): string;
}

const LOOK_EVERY_MS = 1000;

/** Lists the files of a project; reads each one when it is first asked for. What is wrong on disk is told by `coverage`, not thrown. */
export function loadProject(options: LoadOptions = {}): LoadedFiles {
  const base = path.resolve(options.from ?? '.');
  const root = options.root === undefined ? findRoot(base) : path.resolve(options.root);
  const cache = options.source?.cache ?? openFactsCache({ folder: options.cacheFolder ?? cacheFolder(root), enabled: options.cache ?? true });
  const texts = createTextReader(options.source?.read);
  const tracked: TrackedFiles = trackFiles(root, options.settings?.ignore, { texts, cache, packages: () => setup.packages }, options.source);
  const { files } = tracked;
  let setup = setUp(root, tracked.listing, options.source?.read);
  let fingerprint: string | undefined;

  const edgesOf = (name: string): readonly ImportEdge[] => {
    const file = files.get(name);
    if (!file) return [];
    const found = setup.edges.get(file) ?? importEdgesOf(file, setup.resolver);
    setup.edges.set(file, found);
    return found;
  };
  const follow = (changes: Changes): Changes => {
    if (changes === NO_CHANGES) return changes;
    fingerprint = undefined;
    if (changes.setup || changes.added.length > 0 || changes.removed.length > 0) setup = setUp(root, tracked.listing, options.source?.read);
    return changes;
  };
  const readAll = (): void => {
    let done = 0;
    for (const file of files.values()) {
      void file.outcome;
      // Nothing asks for tests but the coverage, and that is content with what is known now.
      if (file.role === 'test') {
        edgesOf(file.path);
        file.forget();
      }
      options.onProgress?.(++done, files.size);
    }
    cache.flush();
  };

  return {
    root,
    files,
    cache,
    requested: requestedPaths(root, base, options.paths ?? [], files.keys()),
    get listing() {
      return tracked.listing;
    },
    get packages() {
      return setup.packages.units;
    },
    get resolver() {
      return setup.resolver;
    },
    get buffers() {
      return tracked.buffers;
    },
    others: (kind) => tracked.listing.files.filter((file) => file.kind === kind),
    fileAt: (absolutePath) => files.get(path.relative(root, absolutePath).split(path.sep).join('/')),
    textOf(name) {
      const content = texts.read(path.join(root, name));
      return 'text' in content ? content.text : undefined;
    },
    edgesOf,
    readAll,
    coverage() {
      readAll();
      return coverageOf(tracked.listing, files.values(), edgesOf);
    },
    update(absolutePath, text) {
      const own = text === undefined ? NO_CHANGES : tracked.takeBuffer(absolutePath, text);
      const rest = Date.now() - tracked.lookedAt >= LOOK_EVERY_MS ? tracked.refresh() : NO_CHANGES;
      return follow(joinChanges(own, rest));
    },
    refresh: () => follow(tracked.refresh()),
    fingerprint() {
      fingerprint ??= fingerprintOf(tracked, (file) => texts.read(file), options.settings);
      return fingerprint;
    },
  };
}

/** What depends on which files there are, but on no text of a source. */
interface Setup {
  readonly packages: Packages;
  readonly resolver: Resolver;
  readonly edges: WeakMap<LoadedFile, readonly ImportEdge[]>;
}

function setUp(root: string, listing: Listing, read: FileSource['read'] | undefined): Setup {
  const packages = readPackages(listing.files, read);
  return { packages, resolver: createResolver({ root, listing, packages, ...(read ? { read } : {}) }), edges: new WeakMap() };
}

function fingerprintOf({ listing, files }: TrackedFiles, read: (absolutePath: string) => object, settings: unknown): string {
  const hash = createHash('sha1').update(JSON.stringify(settings ?? {}));
  for (const file of [...listing.files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`\n${file.path}\0${files.get(file.path)?.hash ?? hashText(JSON.stringify(read(file.absolutePath)))}`);
  }
  return hash.digest('hex');
}

function joinChanges(own: Changes, rest: Changes): Changes {
  if (own === NO_CHANGES || rest === NO_CHANGES) return own === NO_CHANGES ? rest : own;
  const changed = new Set([...own.changed, ...rest.changed]);
  return { added: [...own.added, ...rest.added], changed: [...changed], removed: rest.removed, setup: rest.setup };
}
