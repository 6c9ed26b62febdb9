import type { Dialect } from '../migration-files.ts';
import { quoteParts } from './sequelize-names.ts';
import { isNothing, notConstant, textOf, type MemberStep, type MemberValue, type Value } from './values.ts';

/** Steps of something from Sequelize without the namespaces: `Sequelize.DataTypes.STRING(10)` is `STRING(10)`. */
export function stepsOf(value: MemberValue): readonly MemberStep[] {
  return value.steps.filter(({ name }) => !NAMESPACES.has(name));
}

const NAMESPACES: ReadonlySet<string> = new Set(['DataTypes', 'DataType', 'Sequelize', 'default', 'sequelize']);

/** The method of `Sequelize.fn(…)`, `col`, `cast`, `literal`, `where`, `json`. */
export function findSqlMethod(value: Value | undefined): { readonly name: string; readonly args: readonly Value[] } | undefined {
  if (value?.kind !== 'member') return undefined;
  const step = stepsOf(value)[0];
  return step?.args && SQL_METHODS.has(step.name) ? { name: step.name, args: step.args } : undefined;
}

const SQL_METHODS: ReadonlySet<string> = new Set(['fn', 'col', 'cast', 'literal', 'json', 'where']);

/** A value as SQL. Throws NotConstant. */
export function literalOf(value: Value | undefined, dialect: Dialect, what: string): string {
  if (isNothing(value)) return 'NULL';
  const method = findSqlMethod(value);
  if (method) return methodSql(method.name, method.args, dialect);
  switch (value.kind) {
    case 'raw':
      if (value.holes?.[0]) throw notConstant(what, value.holes[0].unknown);
      return value.sql;
    case 'text':
      return quoteString(textOf(value, what), dialect);
    case 'number':
      return String(value.value);
    case 'boolean':
      return dialect === 'sqlite' ? String(Number(value.value)) : String(value.value);
    case 'list': {
      const items = value.items.map((item) => literalOf(item, dialect, what)).join(dialect === 'postgres' ? ',' : ', ');
      return dialect === 'postgres' ? `ARRAY[${items}]` : `(${items})`;
    }
    case 'record':
      return quoteString(JSON.stringify(plainOf(value, what)), dialect);
    default:
      throw notConstant(what, value);
  }
}

function methodSql(name: string, args: readonly Value[], dialect: Dialect): string {
  const [first, second, third] = args;
  if (name === 'literal') return first?.kind === 'raw' ? first.sql : textOf(first, 'the SQL');
  if (name === 'col') {
    const column = textOf(first, 'the name of the column');
    return column.startsWith('*') ? '*' : quoteParts(column, dialect);
  }
  if (name === 'cast') return `CAST(${literalOf(first, dialect, 'the value that is cast')} AS ${textOf(second, 'the type of the cast').toUpperCase()})`;
  if (name === 'fn') {
    const given = args.slice(1).map((arg) => literalOf(arg, dialect, 'an argument of the SQL function'));
    return `${textOf(first, 'the name of the SQL function')}(${given.join(', ')})`;
  }
  if (name !== 'where') throw notConstant(`the SQL of ${name}()`, undefined);
  const comparator = third === undefined ? '=' : textOf(second, 'the comparator');
  const other = literalOf(third ?? second, dialect, 'the value of the condition');
  const is = other === 'NULL' ? (comparator === '=' ? 'IS' : comparator === '!=' ? 'IS NOT' : comparator) : comparator;
  return `${literalOf(first, dialect, 'the condition')} ${is} ${other}`;
}

/** A constant as JSON has it. Throws NotConstant. */
export function plainOf(value: Value, what: string): unknown {
  switch (value.kind) {
    case 'text':
      return textOf(value, what);
    case 'number':
    case 'boolean':
      return value.value;
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'list':
      return value.items.map((item) => plainOf(item, what));
    case 'record': {
      if (value.open) throw notConstant(what, value.open);
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plainOf(entry, what)]));
    }
    default:
      throw notConstant(what, value);
  }
}

const MYSQL_ESCAPES: Readonly<Record<string, string>> = { '\0': '\\0', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\t': '\\t', '\u001a': '\\Z' };

export function quoteString(value: string, dialect: Dialect): string {
  if (dialect !== 'mysql') return `'${value.replaceAll("'", "''")}'`;
  return `'${[...value].map((char) => MYSQL_ESCAPES[char] ?? (/[\\'"]/.test(char) ? `\\${char}` : char)).join('')}'`;
}
