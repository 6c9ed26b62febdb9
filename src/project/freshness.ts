import { statSync } from 'node:fs';
import path from 'node:path';
import type { ListedFile, Listing } from './listed-file.ts';

/** How a project on disk differs from its listing. */
export interface Staleness {
  /** Files whose time or size is another. */
  readonly touched: readonly ListedFile[];
  /** True when a folder changed, so that files may have come or gone. */
  readonly folders: boolean;
}

export interface FolderTimes {
  readonly times: ReadonlyMap<string, number>;
}

/** Times of the folders of a listing; a file that comes or goes changes its folder's. */
export function folderTimesOf(root: string, listing: Listing): FolderTimes {
  return { times: new Map(listing.folders.map((folder) => [folder, timeOf(path.join(root, folder))])) };
}

/** Looks at the disk without reading a file: about 5 µs per file and folder. */
export function findStale(root: string, listing: Listing, { times }: FolderTimes): Staleness {
  const touched: ListedFile[] = [];
  for (const file of listing.files) {
    const stats = statSync(file.absolutePath, { throwIfNoEntry: false });
    if (stats && (stats.mtimeMs !== file.changed || stats.size !== file.size)) touched.push({ ...file, changed: stats.mtimeMs, size: stats.size });
  }
  const folders = [...times].some(([folder, time]) => timeOf(path.join(root, folder)) !== time);
  return { touched, folders };
}

function timeOf(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}
