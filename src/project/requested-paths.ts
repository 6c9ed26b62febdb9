import path from 'node:path';
import picomatch from 'picomatch';

export interface RequestedPaths {
  /** True for files under one of the paths; for all files when none was given. Path POSIX, relative to the root. */
  includes(path: string): boolean;
  /** Paths, as given, under which there is no file. */
  readonly unmatched: readonly string[];
}

/** Reads what a user named on the command line: files, folders or globs, absolute or relative to `base`. Case counts. */
export function requestedPaths(root: string, base: string, given: readonly string[], files: Iterable<string>): RequestedPaths {
  if (given.length === 0) return { includes: () => true, unmatched: [] };
  const listed = [...files];
  const matchers = given.map((text) => ({ text, matches: matcherOf(root, base, text) }));
  return {
    includes: (file) => matchers.some(({ matches }) => matches(file)),
    unmatched: matchers.filter(({ matches }) => !listed.some(matches)).map(({ text }) => text),
  };
}

function matcherOf(root: string, base: string, text: string): (file: string) => boolean {
  const relative = path.relative(root, path.resolve(base, text)).split(path.sep).join('/');
  if (relative === '') return () => true;
  // `[id]` and `(group)` are names of folders in some frameworks: a plain match goes first.
  const matchesGlob = picomatch(relative, { dot: true });
  return (file) => file === relative || file.startsWith(`${relative}/`) || matchesGlob(file);
}
