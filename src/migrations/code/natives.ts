import { truthOf, UNDEFINED, boolean, list, number, record, text, type ListValue, type TextValue, type Value } from './values.ts';
import { isSame } from './branches.ts';
import { pieceOf } from './texts.ts';

export const NATIVE_MODULES: ReadonlySet<string> = new Set(['path', 'fs', 'fs/promises', 'util', 'crypto', 'os', 'url']);

const GLOBALS = new Set(
  'Promise Object Array String Number Boolean JSON Math console process require module exports Date Symbol Set Map RegExp Error Buffer parseInt parseFloat isNaN'.split(' '),
);

export function findNative(name: string): Value | undefined {
  if (name === 'undefined') return UNDEFINED;
  if (name === 'NaN') return number(Number.NaN);
  return GLOBALS.has(name) ? { kind: 'native', name } : undefined;
}

/** Calls a function of the program; the natives below need it for callbacks. */
export type Apply = (callback: Value, args: readonly Value[]) => Value;

type TextMethod = (self: string, args: readonly Value[]) => Value | undefined;

/** Methods of constant texts; undefined where an argument is not constant. */
const TEXT_METHODS: Readonly<Record<string, TextMethod>> = {
  trim: (self) => text(self.trim()),
  trimStart: (self) => text(self.trimStart()),
  trimEnd: (self) => text(self.trimEnd()),
  toLowerCase: (self) => text(self.toLowerCase()),
  toUpperCase: (self) => text(self.toUpperCase()),
  toString: (self: string) => text(self),
  valueOf: (self: string) => text(self),
  split: (self, [by]) => {
    const separator = by && separatorOf(by);
    return separator === undefined ? undefined : list(self.split(separator).map(text));
  },
  replace: (self, [what, by]) => {
    const pattern = what && separatorOf(what);
    return pattern === undefined || by?.kind !== 'text' || by.holes ? undefined : text(self.replace(pattern, by.text));
  },
  replaceAll: (self, [what, by]) => {
    const pattern = what && separatorOf(what);
    return pattern === undefined || by?.kind !== 'text' || by.holes ? undefined : text(self.replaceAll(pattern, by.text));
  },
  concat: (self, args) => joinTexts([text(self), ...args], ''),
  slice: (self, [from, to]) => text(self.slice(numberOf(from), numberOf(to))),
  substring: (self, [from, to]) => text(self.substring(numberOf(from) ?? 0, numberOf(to))),
  charAt: (self, [at]) => text(self.charAt(numberOf(at) ?? 0)),
  includes: (self, [part]) => (part?.kind === 'text' ? boolean(self.includes(part.text)) : undefined),
  startsWith: (self, [part]) => (part?.kind === 'text' ? boolean(self.startsWith(part.text)) : undefined),
  endsWith: (self, [part]) => (part?.kind === 'text' ? boolean(self.endsWith(part.text)) : undefined),
  repeat: (self, [times]) => (times?.kind === 'number' && times.value < 100 ? text(self.repeat(times.value)) : undefined),
};

export function callTextMethod(self: TextValue, name: string, args: readonly Value[]): Value | undefined {
  if (self.holes) return /^(?:trim|toString)/.test(name) ? self : undefined;
  return Object.hasOwn(TEXT_METHODS, name) ? TEXT_METHODS[name]?.(self.text, args) : undefined;
}

type ListMethod = (self: ListValue, args: readonly Value[], apply: Apply) => Value | undefined;

const LIST_METHODS: Readonly<Record<string, ListMethod>> = {
  forEach: (self, [callback], apply) => {
    each(self, callback, apply);
    return UNDEFINED;
  },
  map: (self, [callback], apply) => list(each(self, callback, apply)),
  flatMap: (self, [callback], apply) => list(each(self, callback, apply).flatMap((item) => (item.kind === 'list' ? item.items : [item]))),
  filter: (self, [callback], apply) => {
    const truths = each(self, callback, apply).map(truthOf);
    return truths.includes(undefined) ? undefined : list(self.items.filter((_, i) => truths[i]));
  },
  find: (self, [callback], apply) => {
    const truths = each(self, callback, apply).map(truthOf);
    return truths.includes(undefined) ? undefined : (self.items[truths.indexOf(true)] ?? UNDEFINED);
  },
  some: (self, [callback], apply) => truthOfAll(each(self, callback, apply), (truths) => truths.includes(true)),
  every: (self, [callback], apply) => truthOfAll(each(self, callback, apply), (truths) => !truths.includes(false)),
  reduce: (self, [callback, first], apply) => {
    const [start, rest] = first ? [first, self.items] : [self.items[0] ?? UNDEFINED, self.items.slice(1)];
    return rest.reduce((sum, item, i) => (callback ? apply(callback, [sum, item, number(i)]) : sum), start);
  },
  join: (self, [by]) => joinTexts(self.items, by?.kind === 'text' ? by.text : ','),
  concat: (self, args) => list([...self.items, ...args.flatMap((item) => (item.kind === 'list' ? item.items : [item]))]),
  flat: (self) => list(self.items.flatMap((item) => (item.kind === 'list' ? item.items : [item]))),
  slice: (self, [from, to]) => list(self.items.slice(numberOf(from), numberOf(to))),
  reverse: (self) => list([...self.items].reverse()),
  sort: (self) => (self.items.every((item) => item.kind === 'text') ? list([...self.items].sort((a, b) => ((a as TextValue).text < (b as TextValue).text ? -1 : 1))) : undefined),
  includes: (self, [item]) => (item && item.kind !== 'unknown' ? boolean(self.items.some((own) => isSame(own, item))) : undefined),
  indexOf: (self, [item]) => (item && item.kind !== 'unknown' ? number(self.items.findIndex((own) => isSame(own, item))) : undefined),
  push: (self, args) => number(self.items.push(...args)),
  unshift: (self, args) => number(self.items.unshift(...args)),
  entries: (self) => list(self.items.map((item, i) => list([number(i), item]))),
  keys: (self) => list(self.items.map((_, i) => number(i))),
  values: (self) => self,
  fill: (self, [item]) => list(self.items.map(() => item ?? UNDEFINED)),
};

export function callListMethod(self: ListValue, name: string, args: readonly Value[], apply: Apply): Value | undefined {
  return Object.hasOwn(LIST_METHODS, name) ? LIST_METHODS[name]?.(self, args, apply) : undefined;
}

function each(self: ListValue, callback: Value | undefined, apply: Apply): Value[] {
  return callback ? self.items.map((item, i) => apply(callback, [item, number(i), self])) : [];
}

function truthOfAll(values: readonly Value[], judge: (truths: readonly (boolean | undefined)[]) => boolean): Value | undefined {
  const truths = values.map(truthOf);
  return truths.includes(undefined) ? undefined : boolean(judge(truths));
}

function joinTexts(items: readonly Value[], by: string): Value | undefined {
  const pieces = items.map(pieceOf);
  return pieces.every((piece) => piece !== undefined && !piece.holes) ? text(pieces.map((piece) => piece?.text ?? '').join(by)) : undefined;
}

type Global = (args: readonly Value[], apply: Apply) => Value | undefined;

/** Functions by their name: `Object.keys`, `Promise.all`. */
const FUNCTIONS: Readonly<Record<string, Global>> = {
  'Promise.all': ([values]) => values,
  'Promise.allSettled': ([values]) => values,
  'Promise.resolve': ([value]) => value ?? UNDEFINED,
  'Promise.reject': () => UNDEFINED,
  'Object.keys': ([value]) => (value?.kind === 'record' && !value.open ? list([...value.entries.keys()].map(text)) : undefined),
  'Object.values': ([value]) => (value?.kind === 'record' && !value.open ? list([...value.entries.values()]) : undefined),
  'Object.entries': ([value]) => (value?.kind === 'record' && !value.open ? list([...value.entries].map(([key, entry]) => list([text(key), entry]))) : undefined),
  'Object.freeze': ([value]) => value,
  'Object.assign': (args) => {
    if (!args.every((value) => value.kind === 'record' && !value.open)) return undefined;
    return record(Object.fromEntries(args.flatMap((value) => (value.kind === 'record' ? [...value.entries] : []))));
  },
  'Object.fromEntries': ([value]) => {
    const pairs = value?.kind === 'list' ? value.items.map((pair) => (pair.kind === 'list' ? pair.items : [])) : [];
    return record(Object.fromEntries(pairs.flatMap(([key, entry]) => (key?.kind === 'text' && entry ? [[key.text, entry]] : []))));
  },
  'Array.from': ([value]) => (value?.kind === 'list' ? list(value.items) : undefined),
  'Array.of': (args) => list(args),
  'Array.isArray': ([value]) => (value && value.kind !== 'unknown' ? boolean(value.kind === 'list') : undefined),
  String: ([value]) => (value ? joinTexts([value], '') : text('')),
  Number: ([value]) => (value?.kind === 'number' ? value : value?.kind === 'text' && !value.holes ? number(Number(value.text)) : undefined),
  Boolean: ([value]) => {
    const truth = value && truthOf(value);
    return truth === undefined ? value : boolean(truth);
  },
  parseInt: ([value]) => (value?.kind === 'text' && !value.holes ? number(Number.parseInt(value.text, 10)) : undefined),
  'JSON.stringify': ([value]) => {
    const plain = value && plainOf(value);
    return plain === undefined ? undefined : text(JSON.stringify(plain));
  },
};

export function callGlobal(name: string, args: readonly Value[], apply: Apply): Value | undefined {
  if (name.startsWith('console.')) return UNDEFINED;
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]?.(args, apply) : undefined;
}

/** A constant as JSON has it; undefined when a part is not constant. */
export function plainOf(value: Value): unknown {
  if (value.kind === 'text') return value.holes ? undefined : value.text;
  if (value.kind === 'number' || value.kind === 'boolean') return value.value;
  if (value.kind === 'null') return null;
  if (value.kind === 'list') {
    const items = value.items.map(plainOf);
    return items.includes(undefined) ? undefined : items;
  }
  if (value.kind !== 'record' || value.open) return undefined;
  const entries = [...value.entries].map(([key, entry]) => [key, plainOf(entry)] as const);
  return entries.some(([, entry]) => entry === undefined) ? undefined : Object.fromEntries(entries);
}

function separatorOf(value: Value): string | RegExp | undefined {
  if (value.kind === 'text' && !value.holes) return value.text;
  return value.kind === 'native' ? value.pattern : undefined;
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'number' ? value.value : undefined;
}
