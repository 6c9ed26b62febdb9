import type {
  ColumnDefinition, ConstraintDefinition, IndexKey, OnlineClauses, PartitionBound, Place, QualifiedName, QueryUse, TableIndex,
} from './statement-parts.ts';
import type { AlterCommand } from './table-commands.ts';

export interface LikeClause extends QualifiedName {
  /** `all`, or the parser's words: `defaults`, `constraints`, `indexes`, `identity`, `generated`, `storage`, `statistics`, `comments`. */
  readonly including?: readonly string[];
}

export interface CreateTableStatement extends Place {
  readonly kind: 'createTable';
  readonly table: QualifiedName;
  readonly temporary: boolean;
  readonly unlogged?: true;
  readonly foreign?: true;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly ConstraintDefinition[];
  readonly partitioned: boolean;
  /** Columns of the partition key; null for an expression. */
  readonly partitionKey?: readonly (string | null)[];
  readonly partitionOf?: QualifiedName;
  readonly partitionBound?: PartitionBound;
  readonly like: readonly LikeClause[];
  readonly inherits: readonly QualifiedName[];
  readonly ofType?: QualifiedName;
  /** `CREATE TABLE … AS`, `SELECT … INTO`: the columns come from a query. */
  readonly fromQuery: boolean;
  /** `SELECT … INTO`: in PL/pgSQL that is an assignment. */
  readonly into?: true;
  readonly query?: QueryUse;
  /** MySQL: indexes written among the columns. */
  readonly indexes?: readonly TableIndex[];
  /** MySQL: options after the columns, in lower case: `engine`, `charset`, `collate`. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface AlterTableStatement extends Place {
  readonly kind: 'alterTable';
  /** `table`, `foreign_table`, `index`, `view`, `matview`, `sequence`, `type`. */
  readonly object: string;
  readonly table: QualifiedName;
  readonly ifExists: boolean;
  readonly only?: true;
  readonly commands: readonly AlterCommand[];
  readonly online?: OnlineClauses;
}

export type RelationObject = 'table' | 'index' | 'view' | 'materializedView' | 'sequence';
export type AttachedObject = 'trigger' | 'policy' | 'rule';

export interface RenameStatement extends Place {
  readonly kind: 'rename';
  /** What gets the new name; `column`, `constraint`, `trigger`, `policy` and `rule` belong to `target`. */
  readonly object: RelationObject | AttachedObject | 'column' | 'constraint' | 'schema' | 'type' | 'domain' | 'attribute' | 'function' | 'other';
  /** What `target` is. */
  readonly on: RelationObject | 'type' | 'domain' | 'other';
  readonly target: QualifiedName;
  readonly from: string;
  readonly to: string;
  readonly ifExists: boolean;
}

export interface MoveStatement extends Place {
  readonly kind: 'setSchema';
  readonly object: string;
  readonly target: QualifiedName;
  readonly schema: string;
}

export interface DropStatement extends Place {
  readonly kind: 'drop';
  readonly object: RelationObject | AttachedObject | 'type' | 'domain' | 'schema' | 'function' | 'extension' | 'statistics' | 'publication' | 'other';
  readonly names: readonly QualifiedName[];
  /** Table of a trigger, a policy or a rule. */
  readonly on?: QualifiedName;
  readonly online?: OnlineClauses;
  readonly concurrently: boolean;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

export interface CreateIndexStatement extends Place {
  readonly kind: 'createIndex';
  readonly name?: string;
  readonly table: QualifiedName;
  readonly unique: boolean;
  readonly concurrently: boolean;
  readonly ifNotExists: boolean;
  /** `ON ONLY`: the partitions get no index. */
  readonly only: boolean;
  readonly method: string;
  /** Plain key columns; an expression is null. */
  readonly columns: readonly (string | null)[];
  readonly keys?: readonly IndexKey[];
  readonly included: readonly string[];
  readonly partial: boolean;
  /** Columns that the WHERE of a partial index reads. */
  readonly whereColumns?: readonly string[];
  readonly online?: OnlineClauses;
  readonly nullsNotDistinct?: true;
}

export interface CreateViewStatement extends Place {
  readonly kind: 'createView';
  readonly view: QualifiedName;
  readonly materialized: boolean;
  readonly orReplace?: true;
  readonly ifNotExists?: true;
  readonly temporary?: true;
  readonly query?: QueryUse;
  /** False for `WITH NO DATA`. */
  readonly withData?: boolean;
}
