import type { ReadStatement } from '../place-statements.ts';
import type { OpenDatabase } from './pglite.ts';

/** Where a history is replayed: a database or a schema of its own. */
export interface TraceDatabase extends OpenDatabase {
  /** What it is, for people, e.g. `PGlite (PostgreSQL 18.6)`. */
  readonly name: string;
  /** The schema that stands for `public`, when it is another one. */
  readonly ownSchema?: string;
  /** The SQL to send for a statement, or why it is not run here. */
  admit(read: ReadStatement): { readonly sql: string } | { readonly skip: string };
}

/** What an embedded database, which nobody else uses, runs: everything. */
export function admitAll({ sql }: ReadStatement): { readonly sql: string } {
  return { sql };
}
