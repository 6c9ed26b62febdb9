import type { Dialect } from '../migration-files.ts';
import { quoteParts } from './sequelize-names.ts';
import { findSqlMethod, literalOf } from './sequelize-values.ts';
import { entriesOf, isNothing, itemsOf, NotConstant, text, textOf, type Value } from './values.ts';

const COMPARATORS: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '!=',
  gte: '>=',
  gt: '>',
  lte: '<=',
  lt: '<',
  not: 'IS NOT',
  is: 'IS',
  like: 'LIKE',
  notLike: 'NOT LIKE',
  iLike: 'ILIKE',
  notILike: 'NOT ILIKE',
  regexp: '~',
  notRegexp: '!~',
  iRegexp: '~*',
  notIRegexp: '!~*',
  overlap: '&&',
  contains: '@>',
  contained: '<@',
};

const LIKE: Readonly<Record<string, (part: string) => string>> = {
  startsWith: (start) => `${start}%`,
  endsWith: (end) => `%${end}`,
  substring: (part) => `%${part}%`,
};

/** How values are written: throws NotConstant for what is not known, or gives something in its place. */
export type ValueWriter = (value: Value, dialect: Dialect) => string;

const exact: ValueWriter = (value, dialect) => literalOf(value, dialect, 'a value of the condition');

/** The condition that a `where` object is; empty for one that narrows nothing. Throws NotConstant. */
export function conditionOf(where: Value | undefined, dialect: Dialect, write: ValueWriter = exact): string {
  if (isNothing(where)) return '';
  if (where.kind === 'list') return joined(where.items, ' AND ', dialect, write);
  if (findSqlMethod(where) || where.kind === 'raw') return literalOf(where, dialect, 'the condition');
  return [...entriesOf(where, 'the condition')]
    .map(([key, value]) => comparison(key, value, dialect, write))
    .filter((item) => item !== '')
    .join(' AND ');
}

/** Name of an operator: `Op.gt` as the interpreter writes a computed key, or the old alias `$gt`. */
function operatorOf(key: string): string | undefined {
  return /(?:^|\.)Op\.(\w+)$/.exec(key)?.[1] ?? /^\$(\w+)$/.exec(key)?.[1];
}

function comparison(key: string, value: Value, dialect: Dialect, write: ValueWriter): string {
  const group = operatorOf(key);
  if (group === 'or' || group === 'and' || group === 'not') {
    const parts = value.kind === 'list' ? value.items : [...entriesOf(value, 'the condition')].map(([name, item]) => single(name, item));
    const inside = joined(parts, group === 'or' ? ' OR ' : ' AND ', dialect, write);
    return inside === '' ? (group === 'and' ? '' : '0 = 1') : `${group === 'not' ? 'NOT ' : ''}(${inside})`;
  }
  const column = quoteParts(key, dialect);
  if (value.kind === 'record' && !findSqlMethod(value)) {
    const entries = [...entriesOf(value, 'the condition')];
    const parts = entries.map(([name, item]) => operation(column, key, operatorOf(name), item, dialect, write)).filter((part) => part !== '');
    return parts.length > 1 ? `(${parts.join(' AND ')})` : (parts[0] ?? '');
  }
  if (value.kind === 'list') return operation(column, key, 'in', value, dialect, write);
  if (value.kind === 'null' || value.kind === 'undefined') return `${column} IS NULL`;
  const method = findSqlMethod(value);
  return method && method.name !== 'fn' ? write(value, dialect) : `${column} = ${write(value, dialect)}`;
}

function operation(column: string, key: string, operator: string | undefined, value: Value, dialect: Dialect, write: ValueWriter): string {
  if (operator === undefined) throw new NotConstant(`the operator on \`${key}\` is not known`);
  if (operator === 'or' || operator === 'and') {
    const parts = value.kind === 'list' ? value.items : [...entriesOf(value, 'the condition')].map(([name, item]) => single(name, item));
    return `(${parts.map((part) => comparison(key, part, dialect, write)).join(operator === 'or' ? ' OR ' : ' AND ')})`;
  }
  if (operator === 'in' || operator === 'notIn' || (operator === 'not' && value.kind === 'list')) {
    const comparator = operator === 'in' ? 'IN' : 'NOT IN';
    if (value.kind !== 'list') return `${column} ${comparator} (${write(value, dialect)})`;
    if (value.items.length === 0) return comparator === 'IN' ? `${column} IN (NULL)` : '';
    return `${column} ${comparator} (${value.items.map((item) => write(item, dialect)).join(', ')})`;
  }
  if (operator === 'between' || operator === 'notBetween') {
    const [low, high] = itemsOf(value, 'the bounds').map((item) => write(item, dialect));
    return `${column} ${operator === 'between' ? 'BETWEEN' : 'NOT BETWEEN'} ${low ?? 'NULL'} AND ${high ?? 'NULL'}`;
  }
  if (operator === 'col') return `${column} = ${quoteParts(textOf(value, 'the name of the column'), dialect)}`;
  const pattern = LIKE[operator];
  if (pattern) return `${column} LIKE ${write(value.kind === 'text' ? text(pattern(textOf(value, 'the pattern'))) : value, dialect)}`;
  const comparator = COMPARATORS[operator];
  if (comparator === undefined) throw new NotConstant(`the operator \`${operator}\` on \`${key}\` is not known`);
  if (value.kind === 'null') return `${column} ${operator === 'ne' || operator === 'not' ? 'IS NOT' : 'IS'} NULL`;
  const onlyDiffers = operator === 'not' && value.kind !== 'boolean';
  return `${column} ${onlyDiffers ? '!=' : comparator} ${write(value, dialect)}`;
}

function joined(items: readonly Value[], binding: string, dialect: Dialect, write: ValueWriter): string {
  return items
    .map((item) => {
      const inside = conditionOf(item, dialect, write);
      return item.kind === 'record' && item.entries.size > 1 && inside !== '' ? `(${inside})` : inside;
    })
    .filter((item) => item !== '')
    .join(binding);
}

function single(name: string, item: Value): Value {
  return { kind: 'record', entries: new Map([[name, item]]) };
}

