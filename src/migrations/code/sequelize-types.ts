import type { Dialect } from '../migration-files.ts';
import { stepsOf } from './sequelize-values.ts';
import { entriesOf, entryOf, findBoolean, findNumber, findText, isNothing, itemsOf, notConstant, NotConstant, textOf, textsOf, type Value } from './values.ts';

/** A type of a column. `sql` of an enumeration in Postgres is named by its table and column and filled in later. */
export interface SequelizeType {
  /** Sequelize's key: `STRING`, `ENUM`; `TEXT_OF_PROGRAM` for types given as text. */
  readonly key: string;
  readonly sql: string;
  /** Values of an enumeration. */
  readonly values?: readonly string[];
  readonly element?: SequelizeType;
  readonly binary?: true;
}

interface Options {
  readonly length?: number;
  readonly decimals?: number;
  readonly size?: string;
  readonly binary: boolean;
  readonly unsigned: boolean;
  readonly zerofill: boolean;
}

const INTEGERS: ReadonlySet<string> = new Set(['TINYINT', 'SMALLINT', 'MEDIUMINT', 'INTEGER', 'BIGINT']);
const FLOATS: ReadonlySet<string> = new Set(['FLOAT', 'REAL', 'DOUBLE', 'DOUBLE PRECISION', 'NUMBER']);
const RANGES: Readonly<Record<string, string>> = { INTEGER: 'int4range', DECIMAL: 'numrange', DATE: 'tstzrange', DATEONLY: 'daterange', BIGINT: 'int8range' };
const WITHOUT_OPTIONS: ReadonlySet<string> = new Set(
  'TIME DATE DATEONLY BOOLEAN BLOB UUID UUIDV1 UUIDV4 NOW JSON JSONB HSTORE CIDR INET MACADDR CITEXT TSVECTOR VIRTUAL TEXT'.split(' '),
);

/** The type that an attribute has: `Sequelize.STRING(32)`, `'VARCHAR(32)'`. Throws NotConstant. */
export function typeOf(value: Value | undefined, dialect: Dialect, values: readonly string[] | undefined = undefined): SequelizeType {
  if (value?.kind === 'raw') return { key: 'TEXT_OF_PROGRAM', sql: value.sql };
  if (value?.kind !== 'member') return { key: 'TEXT_OF_PROGRAM', sql: textOf(value, 'the type of the column') };
  const [step, ...modifiers] = stepsOf(value);
  if (!step) throw notConstant('the type of the column', value);
  const args = [...(step.args ?? []), ...modifiers.flatMap(({ args }) => args ?? [])];
  const names = new Set(modifiers.map(({ name }) => name));
  const key = step.name === 'NUMERIC' ? 'DECIMAL' : step.name === 'DOUBLE' ? 'DOUBLE PRECISION' : step.name;
  if (key === 'literal') return { key: 'TEXT_OF_PROGRAM', sql: textOf(args[0], 'the type of the column') };
  if (key === 'ENUM') return enumeration(values ?? enumValues(args), dialect);
  if (key === 'ARRAY') return arrayOf(typeOf(entryOf(args[0], 'type') ?? args[0], dialect));
  if (key === 'RANGE') return { key, sql: rangeSql(entryOf(args[0], 'subtype') ?? args[0], dialect) };
  if (key === 'GEOMETRY' || key === 'GEOGRAPHY') return { key, sql: geometrySql(key, args, dialect) };
  return plainType(key, optionsOf(key, args, names), dialect, value);
}

function enumeration(values: readonly string[], dialect: Dialect): SequelizeType {
  const listed = values.map((value) => (dialect === 'mysql' ? `'${value.replace(/[\\'"]/g, '\\$&')}'` : `'${value.replaceAll("'", "''")}'`));
  return { key: 'ENUM', sql: dialect === 'sqlite' ? 'TEXT' : `ENUM(${listed.join(', ')})`, values };
}

function enumValues(args: readonly Value[]): readonly string[] {
  const given = args[0]?.kind === 'record' ? itemsOf(entriesOf(args[0], 'the values of the enumeration').get('values'), 'the values of the enumeration') : args;
  return given.flatMap((item) => textsOf(item, 'a value of the enumeration'));
}

function arrayOf(element: SequelizeType): SequelizeType {
  return { key: 'ARRAY', sql: `${element.sql}[]`, element, ...(element.values ? { values: element.values } : {}) };
}

function rangeSql(subtype: Value | undefined, dialect: Dialect): string {
  if (dialect !== 'postgres') return 'RANGE';
  const key = subtype?.kind === 'member' ? (stepsOf(subtype)[0]?.name ?? 'INTEGER') : 'INTEGER';
  return RANGES[key] ?? 'int4range';
}

function geometrySql(key: string, args: readonly Value[], dialect: Dialect): string {
  const type = findText(entryOf(args[0], 'type') ?? args[0], 'the type of the geometry');
  const reference = findNumber(entryOf(args[0], 'srid') ?? args[1], 'the reference system');
  if (dialect === 'mysql') return type ?? key;
  if (dialect === 'sqlite' || type === undefined) return key;
  return `${key}(${type}${reference === undefined ? '' : `,${reference}`})`;
}

function optionsOf(key: string, args: readonly Value[], modifiers: ReadonlySet<string>): Options {
  const given = args[0]?.kind === 'record' ? entriesOf(args[0], 'the options of the type') : undefined;
  const first = given ? given.get(key === 'DECIMAL' ? 'precision' : 'length') : args[0];
  const second = given ? given.get(key === 'DECIMAL' ? 'scale' : 'decimals') : args[1];
  const size = first?.kind === 'text' && /^[a-z]+$/i.test(first.text) ? first.text.toLowerCase() : undefined;
  const length = size === undefined ? findNumber(first, 'the length of the type') : undefined;
  const binary = key === 'STRING' || key === 'CHAR' ? findBoolean(given ? given.get('binary') : args[1], 'BINARY') : false;
  const decimals = binary === undefined || key === 'STRING' || key === 'CHAR' || isNothing(second) ? undefined : findNumber(second, 'the decimals of the type');
  return {
    ...(length === undefined ? {} : { length }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(size === undefined ? {} : { size }),
    binary: modifiers.has('BINARY') || binary === true,
    unsigned: modifiers.has('UNSIGNED') || findBoolean(given?.get('unsigned'), 'UNSIGNED') === true,
    zerofill: modifiers.has('ZEROFILL') || findBoolean(given?.get('zerofill'), 'ZEROFILL') === true,
  };
}

function plainType(key: string, options: Options, dialect: Dialect, value: Value): SequelizeType {
  if (key === 'STRING' || key === 'CHAR') return stringType(key, options, dialect);
  if (key === 'DECIMAL' || INTEGERS.has(key) || FLOATS.has(key)) return { key, sql: numberSql(key, options, dialect) };
  if (WITHOUT_OPTIONS.has(key)) return { key, sql: simpleSql(key, options, dialect) };
  throw new NotConstant(`\`${key}\` is no type of Sequelize`, value.kind === 'member' ? value.at : undefined);
}

function stringType(key: 'STRING' | 'CHAR', { length, binary }: Options, dialect: Dialect): SequelizeType {
  const name = key === 'STRING' ? 'VARCHAR' : 'CHAR';
  const size = `(${length ?? 255})`;
  if (!binary) return { key, sql: `${name}${size}` };
  return { key, binary: true, sql: dialect === 'postgres' ? 'BYTEA' : dialect === 'sqlite' ? `${name} BINARY${size}` : `${name}${size} BINARY` };
}

/** Postgres and SQLite have no unsigned numbers; Postgres has no display width either. */
function numberSql(key: string, { length, decimals, unsigned, zerofill }: Options, dialect: Dialect): string {
  const isInteger = INTEGERS.has(key);
  const isDecimal = key === 'DECIMAL';
  const sizes = isDecimal ? [length, decimals].filter(Boolean) : length === undefined ? [] : [length, decimals].filter((size) => size !== undefined);
  const dropsSize = dialect === 'postgres' && (isInteger || key === 'REAL' || key === 'DOUBLE PRECISION' || (key === 'FLOAT' && decimals !== undefined));
  const size = sizes.length === 0 || dropsSize ? '' : `(${sizes.join(',')})`;
  const marks = dialect === 'mysql' ? `${unsigned ? ' UNSIGNED' : ''}${zerofill ? ' ZEROFILL' : ''}` : '';
  return `${key}${size}${marks}`;
}

const SIMPLE: Readonly<Record<string, Readonly<Partial<Record<Dialect, string>>>>> = {
  BOOLEAN: { postgres: 'BOOLEAN', mysql: 'TINYINT(1)', sqlite: 'TINYINT(1)' },
  DATE: { postgres: 'TIMESTAMP WITH TIME ZONE', mysql: 'DATETIME', sqlite: 'DATETIME' },
  DATEONLY: { postgres: 'DATE', mysql: 'DATE', sqlite: 'DATE' },
  UUID: { mysql: 'CHAR(36) BINARY' },
  BLOB: { postgres: 'BYTEA' },
  CITEXT: { sqlite: 'TEXT COLLATE NOCASE' },
};

function simpleSql(key: string, { size, length }: Options, dialect: Dialect): string {
  if (key === 'DATE' && dialect === 'mysql' && length !== undefined) return `DATETIME(${length})`;
  const sized = size !== undefined && /^(?:tiny|medium|long)$/.test(size) ? size.toUpperCase() : '';
  if (key === 'TEXT') return dialect === 'mysql' ? `${sized}TEXT` : 'TEXT';
  if (key === 'BLOB' && dialect !== 'postgres') return `${sized}BLOB`;
  return SIMPLE[key]?.[dialect] ?? key;
}
