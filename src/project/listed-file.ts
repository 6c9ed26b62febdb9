import type { SkipReason } from './types.ts';

/** Why a file is on the list. `migrationMeta`: what migration tools keep beside their migrations (journals, lock files). */
export type FileKind = 'source' | 'package' | 'tsconfig' | 'sql' | 'prisma' | 'lockfile' | 'workspace' | 'settings' | 'migrationMeta';

/** A file of the project as it lies on disk. */
export interface ListedFile {
  /** POSIX path relative to the root. */
  readonly path: string;
  readonly absolutePath: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Time of the last change in milliseconds since 1970. */
  readonly changed: number;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: SkipReason }[];
  /** Symbolic links within the root: path of the link → path of what it points at, both POSIX and relative. */
  readonly links: ReadonlyMap<string, string>;
  /** Folders of everything that was listed, of interest or not; POSIX, relative, '' for the root. */
  readonly folders: readonly string[];
  readonly listedBy: 'git' | 'walk';
}

const KINDS: readonly (readonly [RegExp, FileKind])[] = [
  [/\.[cm]?[jt]s$|\.[jt]sx$/, 'source'],
  [/^package\.json$/, 'package'],
  [/^(?:ts|js)config(?:[.-][^/]*)?\.json$/, 'tsconfig'],
  [/\.sql$/i, 'sql'],
  [/\.prisma$/, 'prisma'],
  [/^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/, 'lockfile'],
  [/^pnpm-workspace\.yaml$/, 'workspace'],
  [/^backend-patterns\.config\.json$/, 'settings'],
  [/^(?:_journal\.json|migration_lock\.toml)$/, 'migrationMeta'],
];

/** Kind of a file by its path (POSIX); undefined for files that are of no interest. */
export function kindOf(path: string): FileKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return KINDS.find(([pattern]) => pattern.test(name))?.[1];
}
