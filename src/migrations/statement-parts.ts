import type { Span } from '../facts/types.ts';

/** Names as the server keeps them: unquoted ones in lower case. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

/** A piece of the script and its text. `start` and `end` point into the file, `text` is what the parser saw. */
export interface Written extends Span {
  readonly text: string;
}

/** A name that a statement gives to something, before the server cuts it to 63 bytes. `text` is without quotes. */
export interface WrittenName extends Written {
  readonly what: 'table' | 'column' | 'constraint' | 'index' | 'view' | 'type' | 'schema' | 'sequence' | 'trigger' | 'policy' | 'function' | 'other';
  readonly quoted: boolean;
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
  /** MySQL. */
  readonly unsigned?: true;
  /** Members of MySQL's ENUM and SET, in order. */
  readonly values?: readonly string[];
}

/** `constant` and `stable` are evaluated once for all rows; `unknown` is a function nobody here knows. */
export type Volatility = 'constant' | 'stable' | 'volatile' | 'unknown';

export interface DefaultValue {
  readonly volatility: Volatility;
  readonly isNull: boolean;
  /** The expression as written, where its place is known. */
  readonly expression?: Written;
  /** Functions it calls, without schemas. */
  readonly calls?: readonly string[];
}

/** `start`, `end`: the whole definition, from the name to the last of its clauses; the command's where an `ADD COLUMN` holds it. */
export interface ColumnDefinition extends Span {
  readonly name: string;
  readonly nameAt?: Span;
  /** Absent for `CREATE TABLE … PARTITION OF` columns. */
  readonly type?: ColumnType;
  /** The type as written: `serial`, `varchar(20)`, `timestamp without time zone`. */
  readonly typeAsWritten?: Written;
  readonly notNull: boolean;
  /** `NULL` stands there. */
  readonly explicitNull?: true;
  readonly default?: DefaultValue;
  readonly generated?: 'stored' | 'virtual';
  /** Columns that the expression of a generated column reads. */
  readonly generatedFrom?: readonly string[];
  readonly identity?: true;
  readonly collation?: true;
  /** MySQL: character set of the column, in lower case. */
  readonly charset?: string;
  /** MySQL's `FIRST` and `AFTER`. */
  readonly position?: 'first' | { readonly after: string };
  /** Constraints written at the column, except the above. */
  readonly constraints: readonly ConstraintDefinition[];
}

export type ForeignKeyAction = 'noAction' | 'restrict' | 'cascade' | 'setNull' | 'setDefault';

/** `start`, `end`: the constraint from `CONSTRAINT` or its first word on; the command's where an `ADD CONSTRAINT` holds it. */
export interface ConstraintDefinition extends Partial<Span> {
  readonly kind: 'check' | 'foreignKey' | 'unique' | 'primaryKey' | 'exclude' | 'notNull';
  readonly name?: string;
  /** Of a CHECK: those that it reads, as the server lists them. Expressions of an EXCLUDE are left out. */
  readonly columns: readonly string[];
  readonly notValid: boolean;
  /** `NOT ENFORCED`, from PostgreSQL 18 on. */
  readonly notEnforced?: true;
  readonly noInherit?: true;
  readonly references?: QualifiedName;
  readonly referencedColumns?: readonly string[];
  readonly onDelete?: ForeignKeyAction;
  readonly onUpdate?: ForeignKeyAction;
  readonly deferrable?: true;
  readonly initiallyDeferred?: true;
  /** `UNIQUE USING INDEX`. */
  readonly usingIndex?: string;
  readonly nullsNotDistinct?: true;
  readonly included?: readonly string[];
  /** Columns that a CHECK proves to be not null. */
  readonly provesNotNull?: readonly string[];
  /** Expression of a CHECK, as written. */
  readonly expression?: Written;
}

export interface IndexKey {
  /** Null for an expression. */
  readonly column: string | null;
  /** Columns that an expression reads. */
  readonly reads: readonly string[];
  readonly expression?: true;
  /** What the server calls an expression in a generated name: its function; `expr` otherwise. */
  readonly named?: string;
  readonly opclass?: string;
  readonly collation?: string;
  readonly descending?: true;
  readonly nullsFirst?: boolean;
}

export interface PartitionBound {
  readonly isDefault: boolean;
  readonly strategy?: 'list' | 'range' | 'hash';
  /** Constants as written, `MINVALUE` and `MAXVALUE` among them; null for what is no constant. For `list` all are in `from`. */
  readonly from: readonly (string | null)[];
  readonly to: readonly (string | null)[];
}

/** What MySQL is asked to do an `ALTER TABLE` with: `instant`, `inplace`, `nocopy`, `copy` and `none`, `shared`, `exclusive`, `default`. */
export interface OnlineClauses {
  readonly algorithm?: string;
  readonly lock?: string;
}

/** An index written in a MySQL `CREATE TABLE` or `ALTER TABLE`. */
export interface TableIndex {
  readonly name?: string;
  /** `btree`, `hash`, `fulltext`, `spatial`. */
  readonly method: string;
  readonly unique: boolean;
  /** Plain key columns; an expression is null. */
  readonly columns: readonly (string | null)[];
}

export interface FunctionCall {
  readonly schema?: string;
  readonly name: string;
  /** Constant arguments as text; null for the others. */
  readonly args: readonly (string | null)[];
}

/** Offsets are UTF-16 code units into the file. */
export interface Place extends Span {
  /** Names that it gives, as written. */
  readonly introduces?: readonly WrittenName[];
}

/** What a query or a body of SQL does with tables. */
export interface QueryUse {
  /** Tables and views that are read; names of its own `WITH` are left out. */
  readonly reads: readonly QualifiedName[];
  /** Tables that `INSERT`, `UPDATE`, `DELETE` or `MERGE` in it write. */
  readonly writes: readonly QualifiedName[];
  /** Those of `writes` that are only inserted into. */
  readonly inserts?: readonly QualifiedName[];
  /** Tables whose rows `FOR UPDATE`, `FOR SHARE` … lock. */
  readonly locksRows: readonly QualifiedName[];
  readonly calls: readonly FunctionCall[];
  /** Columns that a WHERE in it compares with constants for equality (`=`, `IN`), without the names of their tables. */
  readonly keyed?: readonly string[];
  /** Columns that it names, whatever their table; of a trigger those of its row (`NEW.x`, `OLD.x`). SQLite alone. */
  readonly columns?: readonly string[];
}
