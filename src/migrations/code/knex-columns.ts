import type { Dialect } from '../migration-files.ts';
import { isIncrements, nameOfColumn, typeOf, type ColumnState } from './knex-states.ts';
import { columnType } from './knex-types.ts';
import { defaultOf, literal, wrap } from './knex-values.ts';
import { quoteText } from './renderers.ts';
import { NotConstant, findBoolean, findNumber, isNothing, textOf, textsOf, type Value } from './values.ts';

const MODIFIERS: Readonly<Partial<Record<Dialect, readonly string[]>>> = {
  postgres: ['nullable', 'defaultTo'],
  mysql: ['unsigned', 'nullable', 'defaultTo', 'comment', 'collate', 'first', 'after'],
  sqlite: ['nullable', 'defaultTo'],
};

const CHECKS = ['check', 'checkPositive', 'checkNegative', 'checkIn', 'checkNotIn', 'checkBetween', 'checkLength', 'checkRegex'];

/** Definition of a column: name, type, modifiers. */
export function columnSql(column: ColumnState, dialect: Dialect): string {
  const name = wrap(nameOfColumn(column), dialect);
  const type = columnType(column, dialect);
  const order = isIncrements(column) ? (dialect === 'mysql' ? ['comment'] : []) : [...(MODIFIERS[dialect] ?? []), ...CHECKS];
  const parts = order.flatMap((modifier) => {
    const args = column.modifiers.get(modifier);
    return args ? (modifierSql(modifier, args, column, dialect) ?? []) : [];
  });
  return [name, type, ...parts.filter((part) => part !== '')].join(' ');
}

function modifierSql(modifier: string, args: readonly Value[], column: ColumnState, dialect: Dialect): string | undefined {
  const [first, second] = args;
  const name = wrap(nameOfColumn(column), dialect);
  switch (modifier) {
    case 'nullable':
      return findBoolean(first, 'nullable') === false ? 'not null' : 'null';
    case 'defaultTo':
      return defaultSql(first, column, dialect);
    case 'unsigned':
      return 'unsigned';
    case 'comment':
      return `comment ${quoteText(textOf(first, 'the comment'))}`;
    case 'collate':
      return `collate '${textOf(first, 'the collation')}'`;
    case 'first':
      return 'first';
    case 'after':
      return `after ${wrap(textOf(first, 'the column before'), dialect)}`;
    case 'checkPositive':
    case 'checkNegative':
      return check(`${name} ${modifier === 'checkPositive' ? '>' : '<'} 0`, first);
    case 'checkIn':
    case 'checkNotIn':
      return check(`${name} ${modifier === 'checkIn' ? '' : 'not '}in (${textsOf(first, 'the values').map(quoteText).join(',')})`, second);
    case 'checkBetween':
      return check(between(name, first, dialect), second);
    case 'checkLength':
      return check(`length(${name}) ${textOf(first, 'the operator')} ${String(findNumber(second, 'the length') ?? 0)}`, args[2]);
    case 'checkRegex':
      return check(`${name} ${dialect === 'postgres' ? '~' : 'REGEXP'} ${literal(first, dialect)}`, second);
    default:
      throw new NotConstant(`\`${modifier}\` of a column is not known`);
  }
}

/** MySQL refuses some defaults, which Knex leaves out. */
function defaultSql(value: Value | undefined, column: ColumnState, dialect: Dialect): string | undefined {
  const type = typeOf(column);
  if (dialect === 'mysql') {
    if (isNothing(value)) return undefined;
    if (type.startsWith('json') && (value.kind === 'record' || value.kind === 'list')) return `default (${defaultOf(value, type)})`;
    if (type === 'blob' || type.includes('text')) return undefined;
  }
  return `default ${defaultOf(value, type)}`;
}

function check(predicate: string, name: Value | undefined): string {
  return `${isNothing(name) ? '' : `constraint ${textOf(name, 'the name of the check')} `}check (${predicate})`;
}

function between(name: string, value: Value | undefined, dialect: Dialect): string {
  const items = value?.kind === 'list' ? value.items : [];
  const intervals = items.every((item) => item.kind === 'list') ? items.map((item) => (item.kind === 'list' ? item.items : [])) : [items];
  return intervals.map(([from, to]) => `${name} between ${literal(from, dialect)} and ${literal(to, dialect)}`).join(' or ');
}
