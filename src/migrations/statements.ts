import type { Span } from '../facts/types.ts';

/** Names as the server keeps them: unquoted ones in lower case. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

/** A type by the server's own name (`int4`, `varchar`, `timestamptz`); serials are integers with `serial`. */
export interface ColumnType {
  readonly schema?: string;
  readonly name: string;
  /** Type modifiers, e.g. `[10, 2]` of `numeric(10,2)`. */
  readonly args: readonly number[];
  /** Number of array dimensions. */
  readonly dimensions: number;
  readonly serial?: true;
}

/** `constant` and `stable` are evaluated once for all rows; `unknown` is a function nobody here knows. */
export type Volatility = 'constant' | 'stable' | 'volatile' | 'unknown';

export interface DefaultValue {
  readonly volatility: Volatility;
  readonly isNull: boolean;
}

export interface ColumnDefinition extends Span {
  readonly name: string;
  /** Absent for `CREATE TABLE … PARTITION OF` columns. */
  readonly type?: ColumnType;
  readonly notNull: boolean;
  readonly default?: DefaultValue;
  readonly generated?: 'stored' | 'virtual';
  readonly identity?: true;
  readonly collation?: true;
  /** Constraints written at the column, except the above. */
  readonly constraints: readonly ConstraintDefinition[];
}

export interface ConstraintDefinition {
  readonly kind: 'check' | 'foreignKey' | 'unique' | 'primaryKey' | 'exclude' | 'notNull';
  readonly name?: string;
  readonly columns: readonly string[];
  readonly notValid: boolean;
  readonly references?: QualifiedName;
  readonly referencedColumns?: readonly string[];
  /** `UNIQUE USING INDEX`. */
  readonly usingIndex?: string;
  /** Columns that a CHECK proves to be not null. */
  readonly provesNotNull?: readonly string[];
}

export type AlterCommand = Span &
  (
    | { readonly kind: 'addColumn'; readonly column: ColumnDefinition; readonly ifNotExists: boolean }
    | { readonly kind: 'dropColumn'; readonly column: string; readonly ifExists: boolean; readonly cascade: boolean }
    | {
        readonly kind: 'setType';
        readonly column: string;
        readonly type: ColumnType;
        /** `plainCast` says what the server would do anyhow. */
        readonly using: 'none' | 'plainCast' | 'expression';
        readonly collation?: true;
      }
    | { readonly kind: 'setNotNull' | 'dropNotNull' | 'dropDefault' | 'dropExpression'; readonly column: string }
    | { readonly kind: 'setDefault'; readonly column: string; readonly default: DefaultValue }
    | { readonly kind: 'addConstraint'; readonly constraint: ConstraintDefinition }
    | { readonly kind: 'validateConstraint' | 'dropConstraint'; readonly constraint: string; readonly ifExists: boolean }
    | { readonly kind: 'attachPartition' | 'detachPartition'; readonly partition: QualifiedName; readonly concurrently: boolean }
    /** What has no meaning here yet; `command` is the parser's name for it. */
    | { readonly kind: 'other'; readonly command: string; readonly column?: string }
  );

export interface CreateTableStatement extends Span {
  readonly kind: 'createTable';
  readonly table: QualifiedName;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly ConstraintDefinition[];
  readonly partitioned: boolean;
  readonly partitionOf?: QualifiedName;
  readonly like: readonly QualifiedName[];
  readonly inherits: readonly QualifiedName[];
  /** `CREATE TABLE … AS`, `SELECT … INTO`: the columns come from a query. */
  readonly fromQuery: boolean;
}

export interface AlterTableStatement extends Span {
  readonly kind: 'alterTable';
  readonly object: string;
  readonly table: QualifiedName;
  readonly ifExists: boolean;
  readonly commands: readonly AlterCommand[];
}

export interface RenameStatement extends Span {
  readonly kind: 'rename';
  /** What gets the new name; `column` and `constraint` belong to `target`. */
  readonly object: 'table' | 'column' | 'constraint' | 'index' | 'view' | 'materializedView' | 'schema' | 'type' | 'other';
  /** What `target` is. */
  readonly on: 'table' | 'view' | 'materializedView' | 'type' | 'other';
  readonly target: QualifiedName;
  readonly from: string;
  readonly to: string;
  readonly ifExists: boolean;
}

export interface MoveStatement extends Span {
  readonly kind: 'setSchema';
  readonly object: string;
  readonly target: QualifiedName;
  readonly schema: string;
}

export interface DropStatement extends Span {
  readonly kind: 'drop';
  readonly object: 'table' | 'index' | 'view' | 'materializedView' | 'type' | 'schema' | 'other';
  readonly names: readonly QualifiedName[];
  readonly concurrently: boolean;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

export interface CreateIndexStatement extends Span {
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
  readonly included: readonly string[];
  readonly partial: boolean;
}

export interface CreateViewStatement extends Span {
  readonly kind: 'createView';
  readonly view: QualifiedName;
  readonly materialized: boolean;
}

export interface TransactionStatement extends Span {
  readonly kind: 'transaction';
  readonly action: 'begin' | 'commit' | 'rollback' | 'savepoint';
}

export interface DataStatement extends Span {
  readonly kind: 'update' | 'delete' | 'insert' | 'truncate' | 'copy';
  readonly tables: readonly QualifiedName[];
  /** True when a WHERE narrows it. */
  readonly filtered: boolean;
}

/** A `DO` block: the SQL written out in its body. What it builds at run time is listed as not analysed. */
export interface BlockStatement extends Span {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}

export interface EnumValueStatement extends Span {
  readonly kind: 'enumValue';
  readonly type: QualifiedName;
  readonly action: 'add' | 'rename';
  readonly value: string;
}

export interface SettingStatement extends Span {
  readonly kind: 'set';
  readonly name: string;
  readonly value: string;
  readonly local: boolean;
}

/** Understood by the parser and without meaning here yet; `node` is the parser's name for it. */
export interface OtherStatement extends Span {
  readonly kind: 'other';
  readonly node: string;
}

export type Statement =
  | CreateTableStatement
  | AlterTableStatement
  | RenameStatement
  | MoveStatement
  | DropStatement
  | CreateIndexStatement
  | CreateViewStatement
  | TransactionStatement
  | DataStatement
  | BlockStatement
  | EnumValueStatement
  | SettingStatement
  | OtherStatement;
