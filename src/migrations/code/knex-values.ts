import type { Dialect } from '../migration-files.ts';
import { quoteName, quoteText } from './renderers.ts';
import { isNothing, itemsOf, notConstant, textOf, type BuilderValue, type Hole, type Value } from './values.ts';
import { plainOf } from './natives.ts';

/** `knex.raw('…')`. `used`: it became a part of something else and is not sent by itself. */
export interface RawState {
  readonly sql: string;
  readonly holes?: readonly Hole[];
  used: boolean;
}

export function isRaw(value: Value | undefined): value is BuilderValue<RawState> {
  return value?.kind === 'builder' && value.type === 'raw';
}

/** Takes raw SQL as a part of something else. */
export function useRaw(value: BuilderValue<RawState>): string {
  value.state.used = true;
  const hole = value.state.holes?.[0];
  if (hole) throw notConstant('a part of the raw SQL', hole.unknown);
  return value.state.sql;
}

/** Quotes a name; each part of a dotted one, and the name after `as`. */
export function wrap(name: string, dialect: Dialect): string {
  const alias = /^(.*?)\s+as\s+(.*)$/i.exec(name.trim());
  if (alias) return `${wrap(alias[1] ?? '', dialect)} as ${wrap(alias[2] ?? '', dialect)}`;
  return name
    .trim()
    .split('.')
    .map((part) => (part === '*' ? part : quoteName(part, dialect)))
    .join('.');
}

/** A name given as text or as raw SQL. */
export function nameOf(value: Value | undefined, what: string, dialect: Dialect): string {
  if (isRaw(value)) return useRaw(value);
  return wrap(textOf(value, what), dialect);
}

export function columnize(columns: readonly Value[], dialect: Dialect): string {
  return columns.map((column) => nameOf(column, 'the name of the column', dialect)).join(', ');
}

export function plainNames(value: Value | undefined): string[] {
  return itemsOf(value, 'the columns').map((item) => (isRaw(item) ? item.state.sql : textOf(item, 'the name of the column')));
}

/** SQL of a value as a binding is written out; what is not known stands as NULL. */
export function literal(value: Value | undefined, dialect: Dialect): string {
  if (isRaw(value)) return useRaw(value);
  if (isNothing(value)) return 'NULL';
  if (value.kind === 'raw') return value.sql;
  if (value.kind === 'text' && !value.holes) return quoteText(value.text);
  if (value.kind === 'number') return String(value.value);
  if (value.kind === 'boolean') return dialect === 'sqlite' ? (value.value ? '1' : '0') : String(value.value);
  const plain = plainOf(value);
  return plain === undefined ? 'NULL' : quoteText(JSON.stringify(plain));
}

/** DEFAULT of a column as Knex writes it. */
export function defaultOf(value: Value | undefined, type: string): string {
  if (value === undefined || value.kind === 'undefined') return '';
  if (isRaw(value)) return useRaw(value);
  if (value.kind === 'raw') return value.sql;
  if (value.kind === 'null') return 'null';
  if (type === 'bool' && (value.kind === 'boolean' || value.kind === 'number')) return quoteText(value.value ? '1' : '0');
  if (type === 'bool' && value.kind === 'text') return quoteText(value.text === 'false' || value.text === '' ? '0' : '1');
  if (value.kind === 'record' || value.kind === 'list') {
    const plain = plainOf(value);
    if (plain === undefined) throw notConstant('the default', value.kind === 'record' ? value.open : undefined);
    return quoteText(type.startsWith('json') ? JSON.stringify(plain) : String(plain as string));
  }
  if (value.kind === 'boolean') return quoteText(String(value.value));
  return quoteText(textOf(value, 'the default'));
}

/** Puts bindings into raw SQL: `?` values, `??` names, `:name` and `:name:` from a record. */
export function bind(sql: string, bindings: Value | undefined, dialect: Dialect): string {
  if (isNothing(bindings)) return sql;
  if (bindings.kind === 'record') {
    const { entries } = bindings;
    return sql.replace(/\\?(::(\w+)::|:(\w+):|:(\w+))/g, (match, _all, _escaped, name: string | undefined, value: string | undefined) => {
      if (match.startsWith('\\')) return match.slice(1);
      const key = name ?? value ?? '';
      if (!entries.has(key)) return match;
      return name === undefined ? literal(entries.get(key), dialect) : nameOf(entries.get(key), 'a name in the raw SQL', dialect);
    });
  }
  const values = bindings.kind === 'unknown' ? undefined : itemsOf(bindings, 'the bindings');
  let next = 0;
  return sql.replace(/\\\?|\?\??/g, (match) => {
    if (match === '\\?') return '?';
    const value = values?.[next];
    next += 1;
    if (match === '??') return nameOf(value ?? bindings, 'a name in the raw SQL', dialect);
    return value?.kind === 'list' ? value.items.map((item) => literal(item, dialect)).join(', ') : literal(value, dialect);
  });
}

