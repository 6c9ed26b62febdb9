import type { ts } from 'ts-morph';

/** Where something stands; offsets are UTF-16. */
export interface Place {
  /** POSIX path relative to the root. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A part of a text that is only known when the program runs. */
export interface Hole {
  /** Index in the text at which it would stand. */
  readonly index: number;
  readonly unknown: UnknownValue;
}

export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
  /** Place of the characters when the text is a verbatim slice of a file. */
  readonly from?: Place;
  readonly holes?: readonly Hole[];
}

export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
}

export interface BooleanValue {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullValue {
  readonly kind: 'null';
}

export interface UndefinedValue {
  readonly kind: 'undefined';
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: Value[];
}

export interface RecordValue {
  readonly kind: 'record';
  readonly entries: Map<string, Value>;
  /** Something unknown was spread into it: entries may be missing. */
  open?: UnknownValue;
}

/** A function of the program, with the scope in which it was written. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly node: ts.FunctionLikeDeclaration;
  readonly scope: Scope;
  readonly self?: Value;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly node: ts.ClassLikeDeclaration;
  readonly scope: Scope;
}

/** An object of a class of the program. `fields` has the members evaluated so far; `base` is what the tool's base class offers. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly of: ClassValue;
  readonly fields: Map<string, Value>;
  readonly base?: BuilderValue;
}

/** What `import * as` and `require` give for a file of the program. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly path: string;
}

/** Something built into the language or its run time: `Promise`, `path`, a regular expression. */
export interface NativeValue {
  readonly kind: 'native';
  readonly name: string;
  readonly pattern?: RegExp;
}

export interface Cell {
  value: Value;
}

/** Names that a piece of the program sees. */
export interface Scope {
  readonly cells: Map<string, Cell>;
  readonly parent?: Scope;
  /** Path of the file that it lies in. */
  readonly file: string;
  /** What `this` is, when this scope sets it. */
  readonly self?: Value;
}

/** SQL to be taken as it is: `knex.raw('now()')`, sql`…`, `pgm.func('now()')`, `Sequelize.literal('now()')`. */
export interface RawSqlValue {
  readonly kind: 'raw';
  readonly sql: string;
  readonly holes?: readonly Hole[];
}

export interface MemberStep {
  readonly name: string;
  /** Present when it is called: `STRING(255)`; or constructed: `new Table({ … })`. */
  readonly args?: readonly Value[];
}

/** Something taken from a package or a namespace of the tool: `DataTypes.STRING(255)` has the root `sequelize` and the steps `DataTypes`, `STRING`. */
export interface MemberValue {
  readonly kind: 'member';
  readonly root: string;
  readonly steps: readonly MemberStep[];
  readonly at?: Place;
}

/** An object of the tool: `knex`, `queryRunner`, a table builder. `type` selects its methods in the tool's table; `state` is the tool's own. */
export interface BuilderValue<State = unknown> {
  readonly kind: 'builder';
  readonly type: string;
  readonly state: State;
  /** What it is only if a table or a column exists: `await queryRunner.getTable('t')`. A condition on it asks for that. */
  readonly maybe?: Guarded;
}

/** A table or a column of it. */
export interface Guarded {
  readonly table: string;
  readonly column?: string;
}

/** A method of a builder that is not called yet: `const { query } = queryRunner`. */
export interface MethodValue {
  readonly kind: 'method';
  readonly self: BuilderValue;
  readonly name: string;
}

/** The answer to `hasTable` and the like. A condition on it becomes `IF [NOT] EXISTS`. */
export interface ExistsValue {
  readonly kind: 'exists';
  readonly table: string;
  readonly column?: string;
  /** True for `!(await hasTable('t'))`. */
  readonly negated: boolean;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  /** Why, for people: "the answer of the database". */
  readonly reason: string;
  readonly at: Place;
}

export type Value =
  | TextValue
  | NumberValue
  | BooleanValue
  | NullValue
  | UndefinedValue
  | ListValue
  | RecordValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | ModuleValue
  | NativeValue
  | RawSqlValue
  | MemberValue
  | BuilderValue
  | MethodValue
  | ExistsValue
  | UnknownValue;
