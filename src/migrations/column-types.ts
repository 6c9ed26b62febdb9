import type { Node, TypeName } from 'libpg-query';
import { stringsOf } from './syntax-tree.ts';
import type { ColumnType, QualifiedName } from './statements.ts';

const SERIALS: Readonly<Record<string, string>> = {
  smallserial: 'int2',
  serial2: 'int2',
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
};

/** The words people write for the server's names. */
const WRITTEN: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  bpchar: 'char',
};

/** Types whose first modifier bounds a length or a precision; `limit`: what an absent modifier means, Infinity for none. */
const BOUNDED: Readonly<Record<string, number>> = {
  varchar: Infinity,
  varbit: Infinity,
  timestamp: 6,
  timestamptz: 6,
  time: 6,
  timetz: 6,
};

export function lowerType(type: TypeName | undefined): ColumnType | undefined {
  const path = stringsOf(type?.names);
  const last = path.at(-1);
  if (!type || last === undefined) return undefined;
  const schema = path.length > 1 && path[0] !== 'pg_catalog' ? path[0] : undefined;
  const serial = schema === undefined ? SERIALS[last] : undefined;
  return {
    ...(schema === undefined ? {} : { schema }),
    name: serial ?? last,
    args: (type.typmods ?? []).map(integerOf),
    dimensions: type.arrayBounds?.length ?? 0,
    ...(serial === undefined ? {} : { serial: true as const }),
  };
}

function integerOf(node: Node): number {
  if (!('A_Const' in node)) return Number.NaN;
  return node.A_Const.ival?.ival ?? 0;
}

/** As one would write it: `varchar(20)`, `integer[]`, `"Status"`. */
export function formatType(type: ColumnType): string {
  const qualified = type.schema === undefined ? { name: type.name } : { name: type.name, schema: type.schema };
  const name = (type.schema === undefined ? WRITTEN[type.name] : undefined) ?? formatName(qualified);
  return `${name}${type.args.length > 0 ? `(${type.args.join(', ')})` : ''}${'[]'.repeat(type.dimensions)}`;
}

/** As SQL text; quoted where the server would need it. */
export function formatName(name: QualifiedName): string {
  return name.schema === undefined ? quoteName(name.name) : `${quoteName(name.schema)}.${quoteName(name.name)}`;
}

export function quoteName(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Reserved words that people do use as names. */
const RESERVED = new Set(
  [
    'all analyse analyze and any array as asc both case cast check collate column constraint create default desc distinct do else end except',
    'false fetch for foreign from grant group having in initially intersect into lateral leading limit not null offset on only or order placing',
    'primary references returning select session_user some symmetric table then to trailing true union unique user using variadic when where window with',
  ].flatMap((line) => line.split(' ')),
);

export type TypeChange = 'none' | 'catalogOnly' | 'rewriteUnlessUtc' | 'rewrite';

/**
 * What the server does with the rows when a column's type changes without a USING expression.
 * Source: ATColumnChangeRequiresRewrite and the support functions of varchar, numeric, varbit and the time types.
 */
export function classifyTypeChange(from: ColumnType, to: ColumnType): TypeChange {
  if (isSameType(from, to)) return 'none';
  // Elements of an array are coerced one by one, whatever they are.
  if (from.dimensions > 0 || to.dimensions > 0 || from.schema !== undefined || to.schema !== undefined) return 'rewrite';
  if (from.name === to.name) return isWidening(from, to) ? 'catalogOnly' : 'rewrite';
  if (to.name === 'text' && ['varchar', 'citext', 'xml'].includes(from.name)) return 'catalogOnly';
  if (to.name === 'varchar' && to.args.length === 0 && ['text', 'citext', 'xml'].includes(from.name)) return 'catalogOnly';
  if (from.name === 'cidr' && to.name === 'inet') return 'catalogOnly';
  // The cast has forgotten the old precision: only full precision needs no rounding row by row.
  const isTimestampSwap = `${from.name} ${to.name}` === 'timestamp timestamptz' || `${from.name} ${to.name}` === 'timestamptz timestamp';
  if (isTimestampSwap) return precisionOf(to) >= 6 ? 'rewriteUnlessUtc' : 'rewrite';
  return 'rewrite';
}

function isSameType(from: ColumnType, to: ColumnType): boolean {
  const isSameShape = Math.min(from.dimensions, 1) === Math.min(to.dimensions, 1);
  return from.name === to.name && from.schema === to.schema && isSameShape && modifiersOf(from) === modifiersOf(to);
}

function modifiersOf(type: ColumnType): string {
  if (type.name === 'bpchar') return String(type.args[0] ?? 1);
  if (type.name === 'numeric' && type.args.length === 1) return `${type.args[0]},0`;
  return type.name in BOUNDED ? String(precisionOf(type)) : type.args.join(',');
}

function isWidening(from: ColumnType, to: ColumnType): boolean {
  if (from.name === 'numeric') {
    if (to.args.length === 0) return true;
    if (from.args.length === 0) return false;
    return (to.args[0] ?? 0) >= (from.args[0] ?? 0) && (to.args[1] ?? 0) === (from.args[1] ?? 0);
  }
  return from.name in BOUNDED && precisionOf(to) >= precisionOf(from);
}

function precisionOf(type: ColumnType): number {
  return type.args[0] ?? BOUNDED[type.name] ?? Infinity;
}
