import type { Place, QualifiedName, QueryUse } from './statement-parts.ts';

export interface TransactionStatement extends Place {
  readonly kind: 'transaction';
  readonly action: 'begin' | 'commit' | 'rollback' | 'savepoint';
}

/**
 * What narrows an UPDATE or a DELETE: `key` is an equality (or IN list) of constants with a column named as a key; `range` a column between two
 * constants or `ctid`; `limited` a subquery with LIMIT; `condition` anything else in a WHERE.
 */
export type Narrowing = 'none' | 'key' | 'range' | 'limited' | 'condition';

export interface DataStatement extends Place {
  readonly kind: 'update' | 'delete' | 'insert' | 'merge' | 'truncate' | 'copy';
  /** What is written. */
  readonly tables: readonly QualifiedName[];
  /** True when a WHERE narrows it. */
  readonly filtered: boolean;
  readonly narrowing?: Narrowing;
  /** Columns an UPDATE sets or an INSERT names. */
  readonly columns?: readonly string[];
  /** What an UPDATE sets columns to. PostgreSQL. */
  readonly assignments?: readonly ColumnAssignment[];
  /** Rows of `INSERT … VALUES`; absent when a query gives them. */
  readonly rows?: number;
  /** The first of these rows: constants as text, null for NULL and for what is no constant. At most twenty. */
  readonly values?: readonly (readonly (string | null)[])[];
  /** TRUNCATE. */
  readonly cascade?: true;
  /** `TRUNCATE … RESTART IDENTITY`. */
  readonly restartIdentity?: true;
  /** `ONLY`. */
  readonly only?: true;
  /** `ON CONFLICT`. */
  readonly onConflict?: true;
  /** `ON CONFLICT (…)`, `ON CONFLICT ON CONSTRAINT`. */
  readonly conflictTarget?: true;
  /** `INSERT … SELECT` from one table: what fills each column. SQLite and MySQL. */
  readonly copy?: RowCopy;
  readonly query?: QueryUse;
}

export interface CopiedColumn {
  readonly to?: string;
  readonly from: string | null;
  /** Columns that an expression reads. */
  readonly reads: readonly string[];
  /** The name stands in double quotes: where there is no such column, SQLite takes it for a string. */
  readonly doubleQuoted?: true;
}

/** `SET column = …`: the columns of the same table that the value is made of. */
export interface ColumnAssignment {
  readonly column: string;
  readonly reads: readonly string[];
}

/** Rows copied from one table into another. */
export interface RowCopy {
  readonly from: QualifiedName;
  /** `SELECT *`: column by column in their order. */
  readonly all: boolean;
  /** Target (absent when the INSERT names no columns) and the plain column that fills it; null for an expression. */
  readonly columns: readonly CopiedColumn[];
}

/** A query by itself, `CALL`, `VALUES`, `EXPLAIN ANALYZE`, `COPY … TO`. */
export interface SelectStatement extends Place {
  readonly kind: 'select';
  readonly query: QueryUse;
  /** `explained`: planned and not run. `copied`: `COPY table TO`, read without a plan. */
  readonly how?: 'explained' | 'copied';
}

export interface LockStatement extends Place {
  readonly kind: 'lock';
  readonly tables: readonly QualifiedName[];
  /** As `LOCK_MODES` names it. */
  readonly mode: string;
  readonly only: boolean;
}

/** `tables` is empty when all of the database are meant. */
export interface MaintenanceStatement extends Place {
  readonly kind: 'vacuum' | 'analyze' | 'cluster' | 'refresh' | 'reindex';
  readonly tables: readonly QualifiedName[];
  /** `VACUUM FULL`. */
  readonly full?: true;
  /** `REFRESH`, `REINDEX`. */
  readonly concurrently?: true;
  /** `REFRESH … WITH NO DATA`. */
  readonly withData?: boolean;
  /** What `REINDEX` rebuilds. */
  readonly object?: 'index' | 'table' | 'schema' | 'database' | 'system';
  /** Index of `CLUSTER … USING`. */
  readonly index?: string;
  /** `VACUUM (ANALYZE)`. */
  readonly analyze?: true;
}

export interface SettingStatement extends Place {
  readonly kind: 'set';
  readonly name: string;
  /** Empty for `RESET` and `SET … TO DEFAULT`. */
  readonly value: string;
  readonly local: boolean;
  readonly reset?: 'one' | 'all';
}

/** SQLite: `PRAGMA name = value`; the value is absent where the pragma only asks. */
export interface PragmaStatement extends Place {
  readonly kind: 'pragma';
  readonly name: string;
  readonly value?: string;
}
