import { createHash } from 'node:crypto';
import type { Dialect } from '../migration-files.ts';
import { quoteText } from './renderers.ts';
import type { ColumnOptions, TablePath } from './typeorm-options.ts';

/** TypeORM quotes with double quotes except on MySQL. */
export function quoted(name: string, dialect: Dialect): string {
  return dialect === 'mysql' ? `\`${name}\`` : `"${name}"`;
}

export function quotedList(names: readonly string[], dialect: Dialect): string {
  return names.map((name) => quoted(name, dialect)).join(', ');
}

/** The schema of the connection is left out; here it is taken to be `public`. */
export function tableName({ schema, name }: TablePath, dialect: Dialect): string {
  return schema === undefined || (dialect === 'postgres' && schema === 'public') ? quoted(name, dialect) : `${quoted(schema, dialect)}.${quoted(name, dialect)}`;
}

/** Names that TypeORM's own naming strategy gives to what has none: a prefix and a hash, of the key as it would stand in a URI. */
export function hashedName(prefix: string, { name }: TablePath, parts: readonly string[], rest?: string): string {
  const key = `${name}_${[...parts].sort().join('_')}${rest === undefined ? '' : `_${rest}`}`;
  return `${prefix}_${createHash('sha1').update(encodeURIComponent(key)).digest('hex').slice(0, prefix.length === 2 ? 27 : 26)}`;
}

export function enumName(table: TablePath, column: ColumnOptions): string {
  const own = column.enumName ?? `${table.name}_${column.name.toLowerCase()}_enum`;
  return [table.schema ?? 'public', own].join('.').split('.').map((part) => `"${part}"`).join('.');
}

export function isEnum({ type }: ColumnOptions): boolean {
  return type === 'enum' || type === 'simple-enum';
}

export function createEnum(table: TablePath, column: ColumnOptions): string {
  return `CREATE TYPE ${enumName(table, column)} AS ENUM(${(column.enum ?? []).map(quoteText).join(', ')})`;
}

const TIMES: Readonly<Record<string, readonly [string, string]>> = {
  'time without time zone': ['TIME', ''],
  'time with time zone': ['TIME', ' WITH TIME ZONE'],
  'timestamp without time zone': ['TIMESTAMP', ''],
  'timestamp with time zone': ['TIMESTAMP', ' WITH TIME ZONE'],
};

const MYSQL_LENGTHS: Readonly<Record<string, string>> = { varchar: '255', nvarchar: '255', 'national varchar': '255', varbinary: '255', uuid: '36' };

export function fullType(column: ColumnOptions, dialect: Dialect): string {
  const { precision, scale, width } = column;
  const type = dialect === 'sqlite' && isEnum(column) ? 'varchar' : column.type;
  const lengths = dialect === 'mysql' && (type !== 'uuid' || column.generated === 'uuid') ? MYSQL_LENGTHS : {};
  const length = column.length || lengths[type];
  const timed = dialect === 'postgres' ? TIMES[type] : undefined;
  const suffix = column.array ? ' array' : '';
  if (timed) return `${timed[0]}${precision === undefined ? '' : `(${String(precision)})`}${timed[1]}${suffix}`;
  if (length) return `${type}(${length})${suffix}`;
  if (dialect === 'mysql' && width !== undefined) return `${type}(${String(width)})${suffix}`;
  if (precision !== undefined) return `${type}(${String(precision)}${scale === undefined ? '' : `,${String(scale)}`})${suffix}`;
  return type + suffix;
}

const SERIALS: Readonly<Record<string, string>> = {
  integer: ' SERIAL',
  int: ' SERIAL',
  int4: ' SERIAL',
  smallint: ' SMALLSERIAL',
  int2: ' SMALLSERIAL',
  bigint: ' BIGSERIAL',
  int8: ' BIGSERIAL',
};

type ColumnRenderer = (table: TablePath, column: ColumnOptions, skipPrimary: boolean) => string;

const COLUMNS: Readonly<Partial<Record<Dialect, ColumnRenderer>>> = { postgres: postgresColumn, mysql: mysqlColumn, sqlite: sqliteColumn };

/** Definition of a column as it stands in CREATE TABLE and ADD. */
export function columnSql(table: TablePath, column: ColumnOptions, dialect: Dialect, skipPrimary = false): string {
  return (COLUMNS[dialect] ?? postgresColumn)(table, column, skipPrimary);
}

function postgresColumn(table: TablePath, column: ColumnOptions): string {
  const { generated, type } = column;
  let sql = `"${column.name}"`;
  if (generated !== undefined && generated !== 'uuid') {
    sql += generated === 'identity' ? ` ${type} GENERATED ${column.identity ?? 'BY DEFAULT'} AS IDENTITY` : (SERIALS[type] ?? '');
  }
  if (isEnum(column)) sql += ` ${enumName(table, column)}${column.array ? ' array' : ''}`;
  else if (generated === undefined || type === 'uuid') sql += ` ${fullType(column, 'postgres')}`;
  if (column.generatedType === 'STORED' && column.asExpression !== undefined) sql += ` GENERATED ALWAYS AS (${column.asExpression}) STORED`;
  if (column.charset !== undefined) sql += ` CHARACTER SET "${column.charset}"`;
  if (column.collation !== undefined) sql += ` COLLATE "${column.collation}"`;
  if (!column.nullable) sql += ' NOT NULL';
  if (column.default !== undefined) sql += ` DEFAULT ${column.default}`;
  if (generated === 'uuid' && column.default === undefined) sql += ' DEFAULT uuid_generate_v4()';
  return sql;
}

function mysqlColumn(_table: TablePath, column: ColumnOptions, skipPrimary: boolean): string {
  let sql = `\`${column.name}\` ${fullType(column, 'mysql')}`;
  if (column.charset !== undefined) sql += ` CHARACTER SET "${column.charset}"`;
  if (column.collation !== undefined) sql += ` COLLATE "${column.collation}"`;
  if (column.asExpression !== undefined) sql += ` AS (${column.asExpression}) ${column.generatedType ?? 'VIRTUAL'}`;
  if (column.zerofill) sql += ' ZEROFILL';
  else if (column.unsigned) sql += ' UNSIGNED';
  if (column.enum) sql += ` (${column.enum.map(quoteText).join(', ')})`;
  sql += column.nullable ? ' NULL' : ' NOT NULL';
  if (column.primary && !skipPrimary) sql += ' PRIMARY KEY';
  if (column.generated === 'increment') sql += ' AUTO_INCREMENT';
  if (column.comment) sql += ` COMMENT ${quoteText(column.comment.replaceAll('\\', '\\\\'))}`;
  if (column.default !== undefined) sql += ` DEFAULT ${column.default}`;
  if (column.onUpdate !== undefined) sql += ` ON UPDATE ${column.onUpdate}`;
  return sql;
}

function sqliteColumn(_table: TablePath, column: ColumnOptions, skipPrimary: boolean): string {
  let sql = `"${column.name}" ${fullType(column, 'sqlite')}`;
  if (column.enum) sql += ` CHECK( "${column.name}" IN (${column.enum.map((value) => `'${value}'`).join(',')}) )`;
  if (column.primary && !skipPrimary) sql += ' PRIMARY KEY';
  if (column.generated === 'increment') sql += ' AUTOINCREMENT';
  if (column.collation !== undefined) sql += ` COLLATE ${column.collation}`;
  if (!column.nullable) sql += ' NOT NULL';
  if (column.asExpression !== undefined) sql += ` AS (${column.asExpression}) ${column.generatedType ?? 'VIRTUAL'}`;
  else if (column.default !== undefined) sql += ` DEFAULT (${column.default})`;
  return sql;
}
