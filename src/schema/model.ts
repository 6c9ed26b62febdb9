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
  /** What declares it, for models that are values or classes of a source file. */
  readonly value?: ValueId;
  readonly class?: ClassId;
}
