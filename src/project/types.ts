import type { FileFacts } from '../facts/types.ts';

/** What a file is there for. Rules judge `source` alone unless they say otherwise. */
export type FileRole = 'source' | 'test' | 'seed' | 'script' | 'migration' | 'generated' | 'config' | 'declaration' | 'example';

/** A package of the workspace: the folder of a package.json. */
export interface PackageUnit {
  /** POSIX path relative to the root; '' for the root itself. */
  readonly folder: string;
  readonly name?: string;
  /** Merged dependencies of all kinds: name → range as written. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Type of plain `.js` files. */
  readonly type: 'module' | 'commonjs';
}

export interface SourceFile {
  /** POSIX path relative to the root. */
  readonly path: string;
  readonly absolutePath: string;
  /** Text without byte order mark. Read again when it is not kept. */
  readonly text: string;
  readonly facts: FileFacts;
  readonly role: FileRole;
  readonly package: PackageUnit;
}

export type SkipReason = 'too large' | 'unreadable' | 'binary' | 'generated' | 'unsupported';

export interface Coverage {
  readonly found: number;
  readonly parsed: number;
  /** Files with syntax errors of which a part was kept, and files of which nothing was. */
  readonly damaged: readonly { readonly path: string; readonly line: number; readonly message: string; readonly kept: boolean }[];
  readonly skipped: readonly { readonly path: string; readonly reason: SkipReason }[];
  readonly roles: Readonly<Partial<Record<FileRole, number>>>;
  readonly imports: {
    readonly internal: number;
    readonly unresolved: readonly { readonly path: string; readonly line: number; readonly source: string }[];
    readonly external: number;
  };
}
