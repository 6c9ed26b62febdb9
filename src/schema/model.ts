import type { ClassId, Span, ValueId } from '../facts/types.ts';

/** A property of a model that stands for one column. The span is that of its name. */
export interface ModelColumn extends Span {
  readonly property: string;
  readonly column: string;
  /** File of the declaration: another one than the model's for columns that are shared between models. */
  readonly path: string;
  readonly nullable: boolean;
  /** True when an insert may leave it out because the database or the library fills it in. */
  readonly filled: boolean;
}

/** Databases whose treatment of keys differs. */
export type ModelDialect = 'postgres' | 'mysql' | 'sqlite' | 'mssql' | 'mongodb';

/** An index, or a key that the database keeps one for. The span is that of what declares it. */
export interface ModelIndex extends Span {
  readonly path: string;
  readonly kind: 'primary' | 'unique' | 'index';
  /** Columns of the table in order; null for an expression, or for what could not be read. */
  readonly columns: readonly (string | null)[];
  readonly partial: boolean;
  /** True for ascending columns with the usual operators in a B-tree. */
  readonly plain: boolean;
}

/** A reference to another table, with a constraint of the database or without. The span is that of the property that declares it. */
export interface ModelForeignKey extends Span {
  readonly path: string;
  /** As code names it: the relation of a Prisma model or an entity, the column of a Drizzle table. */
  readonly property: string;
  /** Columns of the table. */
  readonly columns: readonly string[];
  /** The same columns as code names them. */
  readonly properties: readonly string[];
  /** Model that it leads to, when it is known. */
  readonly target?: string;
  /** As written, in lower case with spaces: `cascade`, `set null`, `no action`. Absent where nothing says it. */
  readonly onDelete?: string;
}

export interface ModelRelation {
  readonly property: string;
  /** Name of the model it leads to. */
  readonly target: string;
  /** File of that model, where models of one name are told apart by it. */
  readonly path?: string;
}

/** A table as code declares it. The span is that of its name. */
export interface Model extends Span {
  /** Id of the library. */
  readonly library: string;
  /** As code names it: the Prisma model, the constant that holds the table, the class. */
  readonly name: string;
  readonly table: string;
  readonly schema?: string;
  readonly path: string;
  readonly columns: readonly ModelColumn[];
  readonly relations: readonly ModelRelation[];
  /** Absent where the declaration does not say. */
  readonly dialect?: ModelDialect;
  /** True when the database makes an index for each foreign key. */
  readonly indexesForeignKeys?: true;
  readonly indexes: readonly ModelIndex[];
  readonly foreignKeys: readonly ModelForeignKey[];
  /** Offset of the brace that ends it, of models that stand in blocks of their own. */
  readonly close?: number;
  /** What declares it, for models that are values or classes of a source file. */
  readonly value?: ValueId;
  readonly class?: ClassId;
}
