import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FileSource } from './file-source.ts';
import { listFiles } from './discovery.ts';
import { findStale, folderTimesOf } from './freshness.ts';
import { kindOf, type ListedFile, type Listing } from './listed-file.ts';
import { createLoadedFile, type FileSources, type LoadedFile } from './loaded-file.ts';
import { withoutMark } from './source-text.ts';

/** POSIX paths relative to the root. `setup`: package.json, tsconfig or another file that is no source changed. */
export interface Changes {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly setup: boolean;
}

export const NO_CHANGES: Changes = { added: [], changed: [], removed: [], setup: false };

/** The files of a project over time. */
export interface TrackedFiles {
  readonly listing: Listing;
  /** The same map over all changes. */
  readonly files: ReadonlyMap<string, LoadedFile>;
  /** Texts of SQL files in an editor that differ from what lies on disk, by path; a new map whenever one changes. */
  readonly buffers: ReadonlyMap<string, string>;
  /** A buffer counts until the file changes on disk. */
  takeBuffer(absolutePath: string, text: string): Changes;
  /** Looks at the disk. */
  refresh(): Changes;
  /** Time of the last look, as `Date.now()`. */
  readonly lookedAt: number;
}

export function trackFiles(root: string, ignored: readonly string[] | undefined, sources: FileSources, source?: FileSource): TrackedFiles {
  const files = new Map<string, LoadedFile>();
  /** Files that are only in an editor so far, or that the listing leaves out although somebody has them linted. */
  const unlisted = new Map<string, ListedFile>();
  const list = (): Listing => withUnlisted(source?.listing ?? listFiles(root, ignored), unlisted);
  let listing = list();
  let folderTimes = folderTimesOf(root, listing);
  let lookedAt = Date.now();
  let buffers: ReadonlyMap<string, string> = new Map();
  for (const file of listing.files.filter(isSource)) files.set(file.path, createLoadedFile(file, sources));

  /** False when the text is the same: then the object stays, and whatever was concluded from it. */
  const replace = (listed: ListedFile, buffer?: string): boolean => {
    const before = files.get(listed.path);
    sources.texts.forget(listed.absolutePath);
    const after = createLoadedFile(listed, sources, buffer);
    if (before && before.hash === after.hash) return false;
    files.set(listed.path, after);
    return true;
  };

  /** SQL is no program: what follows from its text is asked of the buffers, and nothing else has to be forgotten. */
  const takeSql = (name: string, absolutePath: string, text: string): Changes => {
    const isListed = listing.files.some((file) => file.path === name);
    if (!isListed && !isInProject(name, absolutePath)) return NO_CHANGES;
    const onDisk = diskText(absolutePath);
    if ((buffers.get(name) ?? onDisk) !== text) {
      const others = [...buffers].filter(([path]) => path !== name);
      buffers = new Map(text === onDisk ? others : [...others, [name, text]]);
    }
    if (isListed) return NO_CHANGES;
    const listed: ListedFile = { path: name, absolutePath, kind: 'sql', size: text.length, changed: 0 };
    unlisted.set(name, listed);
    listing = { ...listing, files: [...listing.files, listed] };
    return { ...NO_CHANGES, setup: true };
  };

  const addUnlisted = (name: string, absolutePath: string, text: string): Changes => {
    if (kindOf(name) !== 'source' || !isInProject(name, absolutePath)) return NO_CHANGES;
    const listed: ListedFile = { path: name, absolutePath, kind: 'source', size: text.length, changed: 0 };
    unlisted.set(name, listed);
    listing = { ...listing, files: [...listing.files, listed] };
    replace(listed, text);
    return { ...NO_CHANGES, added: [name] };
  };

  const refresh = (): Changes => {
    lookedAt = Date.now();
    if (source) return NO_CHANGES;
    const stale = findStale(root, listing, folderTimes);
    if (stale.touched.length === 0 && !stale.folders) return NO_CHANGES;
    const before = new Map(listing.files.map((file) => [file.path, file]));
    listing = stale.folders ? list() : withTouched(listing, stale.touched);
    folderTimes = folderTimesOf(root, listing);
    const present = new Set(listing.files.map((file) => file.path));
    const gone = [...before.values()].filter((file) => !present.has(file.path));
    const added = listing.files.filter((file) => !before.has(file.path));
    const touched = listing.files.filter((file) => isOther(before.get(file.path), file));
    for (const file of touched) sources.texts.forget(file.absolutePath);
    if (touched.some((file) => buffers.has(file.path))) {
      const onDisk = new Set(touched.map(pathOf));
      buffers = new Map([...buffers].filter(([name]) => !onDisk.has(name)));
    }
    for (const file of gone) files.delete(file.path);
    for (const file of added.filter(isSource)) replace(file);
    return {
      added: added.filter(isSource).map(pathOf),
      changed: touched.filter((file) => isSource(file) && replace(file)).map(pathOf),
      removed: gone.filter(isSource).map(pathOf),
      setup: [...gone, ...added, ...touched].some((file) => !isSource(file)),
    };
  };

  return {
    files,
    get listing() {
      return listing;
    },
    get lookedAt() {
      return lookedAt;
    },
    get buffers() {
      return buffers;
    },
    takeBuffer(absolutePath, text) {
      const name = path.relative(root, absolutePath).split(path.sep).join('/');
      if (kindOf(name) === 'sql') return takeSql(name, absolutePath, withoutMark(text));
      const known = files.get(name);
      if (!known) return addUnlisted(name, absolutePath, withoutMark(text));
      return replace(known.listed, withoutMark(text)) ? { ...NO_CHANGES, changed: [name] } : NO_CHANGES;
    },
    refresh,
  };
}

function withUnlisted(listing: Listing, unlisted: Map<string, ListedFile>): Listing {
  for (const file of listing.files) unlisted.delete(file.path);
  return unlisted.size === 0 ? listing : { ...listing, files: [...listing.files, ...unlisted.values()] };
}

/** Processors make up files such as `guide.md/0.ts`; those are no part of the project. */
function isInProject(name: string, absolutePath: string): boolean {
  if (name.startsWith('../') || path.isAbsolute(name)) return false;
  return statSync(path.dirname(absolutePath), { throwIfNoEntry: false })?.isDirectory() === true;
}

function diskText(absolutePath: string): string | undefined {
  try {
    return withoutMark(readFileSync(absolutePath, 'utf8'));
  } catch {
    return undefined;
  }
}

function withTouched(listing: Listing, touched: readonly ListedFile[]): Listing {
  const fresh = new Map(touched.map((file) => [file.path, file]));
  return { ...listing, files: listing.files.map((file) => fresh.get(file.path) ?? file) };
}

function isOther(before: ListedFile | undefined, after: ListedFile): boolean {
  return before !== undefined && (before.changed !== after.changed || before.size !== after.size);
}

function isSource(file: ListedFile): boolean {
  return file.kind === 'source';
}

function pathOf(file: ListedFile): string {
  return file.path;
}
