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

/** Thrown by what needs a constant and has none; the interpreter turns it into a place that is not analysed. */
export class NotConstant extends Error {
  readonly at: Place | undefined;

  constructor(reason: string, at?: Place) {
    super(reason);
    this.name = 'NotConstant';
    this.at = at;
  }
}

export const NULL: NullValue = { kind: 'null' };
export const UNDEFINED: UndefinedValue = { kind: 'undefined' };

export function text(value: string): TextValue {
  return { kind: 'text', text: value };
}

export function raw(sql: string): RawSqlValue {
  return { kind: 'raw', sql };
}

export function number(value: number): NumberValue {
  return { kind: 'number', value };
}

export function boolean(value: boolean): BooleanValue {
  return { kind: 'boolean', value };
}

export function list(items: readonly Value[]): ListValue {
  return { kind: 'list', items: [...items] };
}

export function record(entries: Readonly<Record<string, Value>> = {}): RecordValue {
  return { kind: 'record', entries: new Map(Object.entries(entries)) };
}

export function unknown(reason: string, at: Place): UnknownValue {
  return { kind: 'unknown', reason, at };
}

export function builder<State>(type: string, state: State): BuilderValue<State> {
  return { kind: 'builder', type, state };
}

export function isNothing(value: Value | undefined): value is NullValue | UndefinedValue | undefined {
  return value === undefined || value.kind === 'undefined' || value.kind === 'null';
}

/** The text of a constant. `what` names it in the reason: "the name of the table". Throws NotConstant. */
export function textOf(value: Value | undefined, what: string): string {
  if (value?.kind === 'text') {
    const hole = value.holes?.[0];
    if (!hole) return value.text;
    throw notConstant(what, hole.unknown);
  }
  if (value?.kind === 'number') return String(value.value);
  throw notConstant(what, value);
}

export function findText(value: Value | undefined, what: string): string | undefined {
  return isNothing(value) ? undefined : textOf(value, what);
}

export function findNumber(value: Value | undefined, what: string): number | undefined {
  if (isNothing(value)) return undefined;
  const found = value.kind === 'number' ? value.value : value.kind === 'text' && value.text !== '' ? Number(value.text) : Number.NaN;
  if (Number.isNaN(found)) throw notConstant(what, value);
  return found;
}

export function findBoolean(value: Value | undefined, what: string): boolean | undefined {
  if (value === undefined || value.kind === 'undefined') return undefined;
  const truth = truthOf(value);
  if (truth === undefined) throw notConstant(what, value);
  return truth;
}

/** Items of a constant list; a single value counts as a list of one. Throws NotConstant. */
export function itemsOf(value: Value | undefined, what: string): readonly Value[] {
  if (isNothing(value)) return [];
  if (value.kind === 'list') return value.items;
  if (value.kind === 'unknown') throw notConstant(what, value);
  return [value];
}

export function textsOf(value: Value | undefined, what: string): string[] {
  return itemsOf(value, what).map((item) => textOf(item, what));
}

/** Entries of a constant record; empty for nothing. Throws NotConstant, also where something unknown was spread into it. */
export function entriesOf(value: Value | undefined, what: string): ReadonlyMap<string, Value> {
  if (isNothing(value)) return new Map();
  if (value.kind !== 'record') throw notConstant(what, value);
  if (value.open) throw notConstant(what, value.open);
  return value.entries;
}

/** An entry of a record; undefined for what is no record. */
export function entryOf(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'record' ? value.entries.get(name) : undefined;
}

/** What a condition makes of a value; undefined when it is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'text':
      return value.text !== '' ? true : value.holes ? undefined : false;
    case 'number':
      return value.value !== 0 && !Number.isNaN(value.value);
    case 'boolean':
      return value.value;
    case 'null':
    case 'undefined':
      return false;
    case 'unknown':
    case 'exists':
      return undefined;
    case 'builder':
      return value.maybe ? undefined : true;
    default:
      return true;
  }
}

export function notConstant(what: string, value: Value | undefined): NotConstant {
  if (value?.kind === 'unknown') return new NotConstant(`${what} is not a constant: ${value.reason}`, value.at);
  if (isNothing(value)) return new NotConstant(`${what} is missing`);
  return new NotConstant(`${what} is not a constant`);
}
