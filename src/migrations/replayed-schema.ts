import type { ColumnType, QualifiedName } from './statements.ts';

export interface ReplayedColumn {
  /** Absent when the migration that made it was not seen. */
  readonly type?: ColumnType;
  readonly notNull: boolean;
  /** Migration that added it to a table that was there already. */
  readonly addedIn?: string;
  /** Name before the migration `file` renamed it. */
  readonly renamed?: { readonly from: string; readonly file: string };
}

export interface ReplayedCheck {
  readonly provesNotNull: readonly string[];
  readonly valid: boolean;
}

export interface ReplayedTable {
  name: QualifiedName;
  readonly kind: 'table' | 'materializedView';
  readonly temporary: boolean;
  readonly partitioned: boolean;
  readonly columns: Map<string, ReplayedColumn>;
  readonly checks: Map<string, ReplayedCheck>;
  /** Migration that created it; absent when it was there before the history that is seen. */
  readonly createdIn?: string;
  /** Migration that last took all rows out, or made it empty. */
  emptiedIn?: string;
}

export interface ReplayedIndex {
  readonly table: ReplayedTable;
  readonly columns: readonly (string | null)[];
  readonly createdIn: string;
}

/** The schema as the migrations so far have left it. */
export interface ReplayedSchema {
  readonly tables: Map<string, ReplayedTable>;
  readonly indexes: Map<string, ReplayedIndex>;
  /** Keys of tables and indexes that are known to be gone. */
  readonly dropped: Set<string>;
  /** Schema of unqualified names in the file at hand; `SET search_path` changes it. */
  defaultSchema: string;
}

export function emptySchema(): ReplayedSchema {
  return { tables: new Map(), indexes: new Map(), dropped: new Set(), defaultSchema: 'public' };
}

export function keyOf(schema: ReplayedSchema, name: QualifiedName): string {
  return `${name.schema ?? schema.defaultSchema}.${name.name}`;
}

/**
 * The table a name means: temporary ones first, then the search path. A name without a schema that is in no path but in exactly
 * one schema means that one: the search path may be set for the role, where no migration shows it.
 */
export function findTable(schema: ReplayedSchema, name: QualifiedName): ReplayedTable | undefined {
  return findByName(schema, schema.tables, name);
}

export function findIndex(schema: ReplayedSchema, name: QualifiedName): ReplayedIndex | undefined {
  return findByName(schema, schema.indexes, name);
}

function findByName<T>(schema: ReplayedSchema, entries: ReadonlyMap<string, T>, name: QualifiedName): T | undefined {
  if (name.schema !== undefined) return entries.get(keyOf(schema, name));
  const found = entries.get(`pg_temp.${name.name}`) ?? entries.get(keyOf(schema, name)) ?? entries.get(`public.${name.name}`);
  if (found || schema.dropped.has(keyOf(schema, name))) return found;
  const elsewhere = [...entries].filter(([key]) => key.endsWith(`.${name.name}`));
  return elsewhere.length === 1 ? elsewhere[0]?.[1] : undefined;
}
