import type { ColumnType, ConstraintDefinition, DefaultValue, ForeignKeyAction, PartitionBound, QualifiedName } from './statements.ts';

export interface ReplayedColumn {
  /** Absent when the migration that made it was not seen. */
  readonly type?: ColumnType;
  readonly notNull: boolean;
  readonly default?: DefaultValue;
  /** Type of the column when the default was made, where it has changed since: the default still depends on it. */
  readonly defaultType?: ColumnType;
  readonly generated?: 'stored' | 'virtual';
  readonly generatedFrom?: readonly string[];
  readonly identity?: true;
  /** Migration that added it to a table that was there already. */
  readonly addedIn?: string;
  /** Name before the migration `file` renamed it. */
  readonly renamed?: { readonly from: string; readonly file: string };
}

/** What is known to hold of NOT NULL: CHECKs and named NOT NULL constraints. */
export interface ReplayedCheck {
  readonly provesNotNull: readonly string[];
  readonly valid: boolean;
}

export interface ReplayedReference {
  readonly table: ReplayedTable;
  readonly columns: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
}

export interface ReplayedConstraint {
  readonly kind: ConstraintDefinition['kind'];
  readonly columns: readonly string[];
  readonly valid: boolean;
  readonly enforced: boolean;
  readonly noInherit: boolean;
  readonly deferrable: boolean;
  /** Expression of a CHECK as written. */
  readonly expression?: string;
  readonly references?: ReplayedReference;
  /** Index of a unique, primary key or exclusion constraint. */
  readonly index?: ReplayedIndex;
  readonly createdIn: string;
}

export interface ReplayedTable {
  name: QualifiedName;
  readonly kind: 'table' | 'materializedView';
  readonly temporary: boolean;
  readonly partitioned: boolean;
  /** Columns of the partition key; null for an expression. */
  readonly partitionKey?: readonly (string | null)[];
  unlogged?: boolean;
  readonly columns: Map<string, ReplayedColumn>;
  readonly checks: Map<string, ReplayedCheck>;
  /** By name; the server's own names where the text gives none. */
  readonly constraints: Map<string, ReplayedConstraint>;
  readonly triggers: Map<string, QualifiedName>;
  readonly policies: Set<string>;
  readonly rules: Set<string>;
  /** Table that it is a partition of. */
  partitionOf?: ReplayedTable;
  partitionBound?: PartitionBound;
  /** Tables that it inherits from. */
  inherits: ReplayedTable[];
  /** `CREATE TABLE … OF`. */
  ofType?: QualifiedName;
  /** What the query of a materialized view reads. */
  reads?: readonly (ReplayedTable | ReplayedView)[];
  /** Index that `CLUSTER` goes by. */
  clusterIndex?: string;
  rowSecurity?: boolean;
  /** Migration that created it; absent when it was there before the history that is seen. */
  readonly createdIn?: string;
  /** Migration that last took all rows out, or made it empty. */
  emptiedIn?: string;
}

export interface ReplayedIndex {
  name: QualifiedName;
  readonly table: ReplayedTable;
  /** Key columns and included ones; an expression is null. */
  readonly columns: readonly (string | null)[];
  /** Number of key columns among `columns`. */
  readonly keyCount: number;
  readonly unique: boolean;
  readonly method: string;
  readonly partial?: true;
  readonly whereColumns?: readonly string[];
  /** Columns that key expressions read. */
  readonly expressionColumns?: readonly string[];
  readonly nullsNotDistinct?: true;
  /** Index of the partitioned table above it. */
  parent?: ReplayedIndex;
  readonly createdIn: string;
}

export interface ReplayedView {
  name: QualifiedName;
  reads: readonly (ReplayedTable | ReplayedView)[];
  readonly temporary: boolean;
  readonly createdIn: string;
}

export interface ReplayedSequence {
  name: QualifiedName;
  ownedBy?: { readonly table: ReplayedTable; column: string };
  /** It belongs to an identity column. */
  readonly identity: boolean;
  readonly temporary: boolean;
  readonly createdIn: string;
}

export interface ReplayedEnum {
  name: QualifiedName;
  /** In the server's order, with the migration that added each. */
  readonly values: { value: string; readonly addedIn: string }[];
  readonly createdIn: string;
}

export interface ReplayedDomain {
  name: QualifiedName;
  readonly type: ColumnType;
  notNull: boolean;
  hasDefault: boolean;
  /** CHECKs by name; whether they hold for all rows. */
  readonly checks: Map<string, { readonly valid: boolean }>;
  readonly createdIn: string;
}

/** The schema as the migrations so far have left it. Keys are `schema.name`; those of temporary relations begin with `pg_temp.` */
export interface ReplayedSchema {
  /** Tables and materialized views. */
  readonly tables: Map<string, ReplayedTable>;
  readonly indexes: Map<string, ReplayedIndex>;
  readonly views: Map<string, ReplayedView>;
  readonly sequences: Map<string, ReplayedSequence>;
  readonly enums: Map<string, ReplayedEnum>;
  readonly domains: Map<string, ReplayedDomain>;
  /** Columns of composite types. */
  readonly composites: Map<string, ReadonlyMap<string, ReplayedColumn>>;
  /** Extended statistics: the table that they are of. */
  readonly statistics: Map<string, ReplayedTable>;
  readonly publications: Map<string, Set<ReplayedTable>>;
  /** Functions by name, without schema: how they may be evaluated. */
  readonly functions: Map<string, 'immutable' | 'stable' | 'volatile'>;
  /** Keys of relations that are known to be gone. */
  readonly dropped: Set<string>;
  /** Settings of the session that the migrations made, in lower case: `timezone`, `lock_timeout`. */
  readonly settings: Map<string, string>;
  /** Schema of unqualified names in the file at hand; `SET search_path` changes it. */
  defaultSchema: string;
}

export function emptySchema(): ReplayedSchema {
  return {
    tables: new Map(),
    indexes: new Map(),
    views: new Map(),
    sequences: new Map(),
    enums: new Map(),
    domains: new Map(),
    composites: new Map(),
    statistics: new Map(),
    publications: new Map(),
    functions: new Map(),
    dropped: new Set(),
    settings: new Map(),
    defaultSchema: 'public',
  };
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

export function findView(schema: ReplayedSchema, name: QualifiedName): ReplayedView | undefined {
  return findByName(schema, schema.views, name);
}

export function findSequence(schema: ReplayedSchema, name: QualifiedName): ReplayedSequence | undefined {
  return findByName(schema, schema.sequences, name);
}

export function findEnum(schema: ReplayedSchema, name: QualifiedName): ReplayedEnum | undefined {
  return findByName(schema, schema.enums, name);
}

export function findDomain(schema: ReplayedSchema, name: QualifiedName): ReplayedDomain | undefined {
  return findByName(schema, schema.domains, name);
}

function findByName<T>(schema: ReplayedSchema, entries: ReadonlyMap<string, T>, name: QualifiedName): T | undefined {
  if (name.schema !== undefined) return entries.get(keyOf(schema, name));
  const found = entries.get(`pg_temp.${name.name}`) ?? entries.get(keyOf(schema, name)) ?? entries.get(`public.${name.name}`);
  if (found || schema.dropped.has(keyOf(schema, name))) return found;
  const suffix = `.${name.name}`;
  let elsewhere: T | undefined;
  for (const [key, entry] of entries) {
    if (!key.endsWith(suffix)) continue;
    if (elsewhere !== undefined) return undefined;
    elsewhere = entry;
  }
  return elsewhere;
}

export function keyIn<T>(entries: ReadonlyMap<string, T>, value: T): string {
  for (const [key, candidate] of entries) if (candidate === value) return key;
  return '';
}

/** Partitions and tables that inherit, one level down. */
export function childrenOf(schema: ReplayedSchema, table: ReplayedTable): ReplayedTable[] {
  return [...schema.tables.values()].filter((other) => other.partitionOf === table || other.inherits.includes(table));
}

/** Partitions and tables that inherit, at any depth. */
export function descendantsOf(schema: ReplayedSchema, table: ReplayedTable): ReplayedTable[] {
  return childrenOf(schema, table).flatMap((child) => [child, ...descendantsOf(schema, child)]);
}

export function indexesOf(schema: ReplayedSchema, table: ReplayedTable): ReplayedIndex[] {
  return [...schema.indexes.values()].filter((index) => index.table === table);
}

export interface Referencing {
  readonly table: ReplayedTable;
  readonly name: string;
  readonly constraint: ReplayedConstraint;
}

/** Foreign keys of other tables (and its own) that reference a table. Asked for each statement that writes rows: loops without copies. */
export function referencesTo(schema: ReplayedSchema, table: ReplayedTable): Referencing[] {
  const found: Referencing[] = [];
  for (const other of schema.tables.values()) {
    for (const [name, constraint] of other.constraints) if (constraint.references?.table === table) found.push({ table: other, name, constraint });
  }
  return found;
}

/** Views and materialized views that read a relation, directly or through others. */
export function dependentViews(schema: ReplayedSchema, relation: ReplayedTable | ReplayedView): (ReplayedTable | ReplayedView)[] {
  const direct = [...schema.views.values(), ...schema.tables.values()].filter((view) => view.reads?.includes(relation));
  return [...new Set(direct.flatMap((view) => [view, ...dependentViews(schema, view)]))];
}
