import type { Dialect } from '../migration-files.ts';
import { nameOfColumn, typeOf, type ColumnState } from './knex-states.ts';
import { isRaw, useRaw, wrap } from './knex-values.ts';
import { entryOf, findBoolean, findNumber, findText, isNothing, textOf, textsOf, truthOf, type Value } from './values.ts';

type TypeSql = string | ((args: readonly Value[], column: ColumnState) => string);

const number = (value: Value | undefined, fallback: number): string => String(findNumber(value, 'the size of the column') ?? fallback);
const quotedValues = (values: Value | undefined): string => `'${textsOf(values, 'the values of the enum').join("', '")}'`;
const sized = (name: string) => ([size]: readonly Value[]): string => (isNothing(size) || truthOf(size) === false ? name : `${name}(${number(size, 0)})`);
const primaryUnlessOff = (options: Value | undefined, fallback: boolean): boolean => findBoolean(entryOf(options, 'primaryKey'), 'primaryKey') ?? fallback;

const BASE: Readonly<Record<string, TypeSql>> = {
  varchar: ([length]) => `varchar(${number(length, 255)})`,
  floating: ([precision, scale]) => `float(${number(precision, 8)}, ${number(scale, 2)})`,
  decimal: ([precision, scale]) => `decimal(${number(precision, 8)}, ${number(scale, 2)})`,
  specifictype: ([type]) => (isRaw(type) ? useRaw(type) : textOf(type, 'the type of the column')),
  binary: 'blob',
  bool: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  timestamp: 'timestamp',
  geometry: 'geometry',
  geography: 'geography',
  point: 'point',
  bit: 'text',
  json: 'text',
  uuid: ([options]) => (findBoolean(entryOf(options, 'useBinaryUuid'), 'useBinaryUuid') === true ? 'binary(16)' : 'char(36)'),
  integer: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  biginteger: 'bigint',
  text: 'text',
  tinyint: 'tinyint',
};

const POSTGRES: Readonly<Record<string, TypeSql>> = {
  ...BASE,
  bit: ([options]) => (isNothing(entryOf(options, 'length')) ? 'bit' : `bit(${number(entryOf(options, 'length'), 1)})`),
  enu: (args, column) => postgresEnum(args, column),
  decimal: ([precision, scale]) => (precision?.kind === 'null' ? 'decimal' : `decimal(${number(precision, 8)}, ${number(scale, 2)})`),
  json: 'json',
  jsonb: 'jsonb',
  datetime: postgresTime,
  timestamp: postgresTime,
  increments: ([options], column) => `serial${takesPrimary(options, column, true) ? ' primary key' : ''}`,
  bigincrements: ([options], column) => `bigserial${takesPrimary(options, column, true) ? ' primary key' : ''}`,
  uuid: ([options], column) => `uuid${takesPrimary(options, column, false) ? ' primary key' : ''}`,
  binary: 'bytea',
  double: 'double precision',
  floating: 'real',
  smallint: 'smallint',
  tinyint: 'smallint',
};

const MYSQL: Readonly<Record<string, TypeSql>> = {
  ...BASE,
  double: ([precision, scale]) => (isNothing(precision) ? 'double' : `double(${number(precision, 8)}, ${number(scale, 2)})`),
  integer: sized('int'),
  tinyint: sized('tinyint'),
  text: ([size]) => mysqlText(findText(size, 'the size of the text')),
  mediumtext: 'mediumtext',
  longtext: 'longtext',
  enu: ([values]) => `enum(${quotedValues(values)})`,
  datetime: mysqlTime('datetime'),
  timestamp: mysqlTime('timestamp'),
  time: mysqlTime('time'),
  bit: sized('bit'),
  binary: ([length]) => (isNothing(length) ? 'blob' : `varbinary(${number(length, 0)})`),
  json: 'json',
  jsonb: 'json',
  increments: ([options], column) => `int unsigned not null${takesPrimary(options, column, true) ? ' auto_increment primary key' : ''}`,
  bigincrements: ([options], column) => `bigint unsigned not null${takesPrimary(options, column, true) ? ' auto_increment primary key' : ''}`,
  mediumint: 'mediumint',
  smallint: 'smallint',
};

const SQLITE: Readonly<Record<string, TypeSql>> = {
  ...BASE,
  enu: ([values], column) => `text check (${wrap(nameOfColumn(column), 'sqlite')} in (${quotedValues(values)}))`,
  json: 'json',
  jsonb: 'json',
  double: 'float',
  decimal: 'float',
  floating: 'float',
  timestamp: 'datetime',
  increments: 'integer not null primary key autoincrement',
  bigincrements: 'integer not null primary key autoincrement',
};

const TYPES: Readonly<Partial<Record<Dialect, Readonly<Record<string, TypeSql>>>>> = { postgres: POSTGRES, mysql: MYSQL, sqlite: SQLITE };

/** Type of a column; a type without a rule of its own is written as the method is called. */
export function columnType(column: ColumnState, dialect: Dialect): string {
  const type = typeOf(column);
  const sql = TYPES[dialect]?.[type] ?? type;
  return typeof sql === 'string' ? sql : sql(column.args.slice(1), column);
}

function postgresEnum([values, options]: readonly Value[], column: ColumnState): string {
  if (findBoolean(entryOf(options, 'useNative'), 'useNative') !== true) return `text check (${wrap(nameOfColumn(column), 'postgres')} in (${quotedValues(values)}))`;
  return nativeEnum(options, column);
}

function nativeEnum(options: Value | undefined, column: ColumnState): string {
  const schema = findText(entryOf(options, 'schemaName'), 'the schema of the enum') ?? column.table.schema;
  return `${schema === undefined ? '' : `"${schema}".`}"${textOf(entryOf(options, 'enumName'), 'the name of the enum')}"`;
}

/** `create type` that comes before the table of a native enum. */
export function createEnum(column: ColumnState): string[] {
  const [, values, options] = column.args;
  if (typeOf(column) !== 'enu' || findBoolean(entryOf(options, 'useNative'), 'useNative') !== true) return [];
  if (findBoolean(entryOf(options, 'existingType'), 'existingType') === true) return [];
  return [`create type ${nativeEnum(options, column)} as enum (${quotedValues(values)})`];
}

function postgresTime([first, second]: readonly Value[]): string {
  const options = first?.kind === 'record' ? first : undefined;
  const zoned = options ? (findBoolean(entryOf(options, 'useTz'), 'useTz') ?? true) : findBoolean(first, 'whether the time has a zone') !== true;
  const precision = findNumber(options ? entryOf(options, 'precision') : second, 'the precision');
  return `${zoned ? 'timestamptz' : 'timestamp'}${precision === undefined ? '' : `(${String(precision)})`}`;
}

function mysqlTime(name: string): TypeSql {
  return ([first]) => {
    const precision = first?.kind === 'record' ? entryOf(first, 'precision') : first;
    return precision?.kind === 'number' ? `${name}(${String(precision.value)})` : name;
  };
}

function mysqlText(size: string | undefined): string {
  return size === 'medium' || size === 'mediumtext' ? 'mediumtext' : size === 'long' || size === 'longtext' ? 'longtext' : 'text';
}

/** A key over several columns takes precedence over the one of an incremented column. */
function takesPrimary(options: Value | undefined, { table }: ColumnState, fallback: boolean): boolean {
  return primaryUnlessOff(options, fallback) && !table.commands.some(({ method, args }) => method === 'primary' && args.length > 0);
}
