import type { Place, TextValue, NumberValue, BooleanValue, NullValue, UndefinedValue, ListValue, RecordValue, RawSqlValue, BuilderValue, UnknownValue, Value } from './value-types.ts';

export type * from './value-types.ts';

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
