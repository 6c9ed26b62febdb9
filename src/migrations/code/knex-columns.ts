import type { Dialect } from '../migration-files.ts';
import { quoteText } from './renderers.ts';
import { defaultOf, isRaw, literal, useRaw, wrap } from './knex-values.ts';
import { entryOf, findBoolean, findNumber, findText, isNothing, NotConstant, textOf, textsOf, truthOf, type Value } from './values.ts';

export interface ColumnState {
  readonly type: string;
  readonly args: readonly Value[];
  readonly table: TableState;
  readonly modifiers: Map<string, readonly Value[]>;
  altered: boolean;
  alterNullable: boolean;
  alterType: boolean;
}

/** What a table builder collects. */
export interface TableState {
  readonly create: boolean;
  readonly schema?: string;
  readonly name: string;
  readonly columns: ColumnState[];
  /** Indexes, keys, drops and renames in the order in which they were called. */
  readonly commands: { readonly method: string; readonly args: readonly Value[]; readonly foreign?: ForeignState }[];
  readonly checks: { readonly args: readonly Value[] }[];
  readonly single: Map<string, string>;
}

export interface ForeignState {
  readonly columns: Value | undefined;
  keyName?: string;
  references?: Value;
  inTable?: string;
  onDelete?: string;
  onUpdate?: string;
  deferrable?: string;
}

const ALIASES: Readonly<Record<string, string>> = { float: 'floating', enum: 'enu', boolean: 'bool', string: 'varchar', bigint: 'bigInteger', int: 'integer' };

/** Types of the table builder by the method. */
export const COLUMN_TYPES: readonly string[] = (
  'tinyint smallint mediumint int bigint decimal float double real bit boolean serial date datetime timestamp time year geometry geography point char varchar ' +
  'tinytext tinyText text mediumtext mediumText longtext longText binary varbinary tinyblob tinyBlob mediumblob mediumBlob blob longblob longBlob enum set bool ' +
  'dateTime increments bigincrements bigIncrements integer biginteger bigInteger string json jsonb uuid enu specificType'
).split(' ');

export function typeOf(column: ColumnState): string {
  return (ALIASES[column.type] ?? column.type).toLowerCase();
}

export function isIncrements(column: ColumnState): boolean {
  return typeOf(column).includes('increments');
}

export function nameOfColumn(column: ColumnState): string {
  return isNothing(column.args[0]) && isIncrements(column) ? 'id' : textOf(column.args[0], 'the name of the column');
}

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
      return check(`length(${name}) ${textOf(first, 'the operator')} ${number(second, 0)}`, args[2]);
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
