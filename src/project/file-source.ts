import { readFileSync } from 'node:fs';
import type { FactsCache } from './facts-cache.ts';
import type { Listing } from './listed-file.ts';

/** Where the files of a project come from, when not from the disk: a state of the past, for one. It never changes. */
export interface FileSource {
  readonly listing: Listing;
  /** Text by absolute path; undefined when there is none. */
  read(absolutePath: string): string | undefined;
  /** Facts that somebody has at hand already: most texts of two states are the same. */
  readonly cache?: FactsCache;
}

/** The text of a file on disk. */
export function readFromDisk(absolutePath: string): string | undefined {
  try {
    return readFileSync(absolutePath, 'utf8');
  } catch {
    return undefined;
  }
}
