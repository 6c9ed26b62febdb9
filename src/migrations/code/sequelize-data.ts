import type { Dialect } from '../migration-files.ts';
import { quote, quoteTable, type TableName } from './sequelize-names.ts';
import { literalOf } from './sequelize-values.ts';
import { conditionOf, type ValueWriter } from './sequelize-where.ts';
import { entryOf, findBoolean, isNothing, NotConstant, type RecordValue, type Value } from './values.ts';

/** Values of rows need not be known: a default stands in their place. */
const written: ValueWriter = (value, dialect) => inPlace(value, dialect, dialect === 'sqlite' ? 'NULL' : 'DEFAULT');
const compared: ValueWriter = (value, dialect) => inPlace(value, dialect, 'NULL');

function inPlace(value: Value, dialect: Dialect, otherwise: string): string {
  try {
    return literalOf(value, dialect, 'the value');
  } catch (error) {
    if (error instanceof NotConstant) return otherwise;
    throw error;
  }
}

/** SQL of `bulkInsert(table, rows)` and `insert`. */
export function insertSql(table: TableName, rows: Value | undefined, dialect: Dialect): string {
  const target = quoteTable(table, dialect);
  const records = rows?.kind === 'list' ? rows.items.filter((row): row is RecordValue => row.kind === 'record') : [];
  const columns = [...new Set(records.flatMap((row) => [...row.entries.keys()]))];
  if (columns.length === 0) return `INSERT INTO ${target} ${dialect === 'mysql' ? '() VALUES ()' : 'DEFAULT VALUES'};`;
  const tuples = records.map((row) => `(${columns.map((column) => valueOf(row.entries.get(column), dialect)).join(',')})`);
  return `INSERT INTO ${target} (${columns.map((column) => quote(column, dialect)).join(',')}) VALUES ${tuples.join(',')};`;
}

function valueOf(value: Value | undefined, dialect: Dialect): string {
  return isNothing(value) ? 'NULL' : written(value, dialect);
}

/** SQL of `bulkUpdate(table, values, where)`. Throws NotConstant when the columns are not known. */
export function updateSql(table: TableName, values: Value | undefined, where: Value | undefined, dialect: Dialect): string {
  if (values?.kind !== 'record' || values.entries.size === 0) throw new NotConstant('the columns that are updated are not constant');
  const set = [...values.entries].map(([column, value]) => `${quote(column, dialect)}=${valueOf(value, dialect)}`);
  return `UPDATE ${quoteTable(table, dialect)} SET ${set.join(',')}${narrowed(where, dialect)}`;
}

/** SQL of `bulkDelete(table, where, options)`. */
export function deleteSql(table: TableName, where: Value | undefined, options: Value | undefined, dialect: Dialect): string {
  if (findBoolean(entryOf(options, 'truncate'), '`truncate`') !== true) return `DELETE FROM ${quoteTable(table, dialect)}${narrowed(where, dialect)}`;
  if (dialect === 'sqlite') return `DELETE FROM ${quoteTable(table, dialect)}`;
  const is = (option: string): boolean => dialect === 'postgres' && findBoolean(entryOf(options, option), `\`${option}\``) === true;
  return `TRUNCATE ${quoteTable(table, dialect)}${is('restartIdentity') ? ' RESTART IDENTITY' : ''}${is('cascade') ? ' CASCADE' : ''}`;
}

/** A condition that is not known still narrows. */
function narrowed(where: Value | undefined, dialect: Dialect): string {
  if (isNothing(where)) return '';
  let condition: string;
  try {
    condition = conditionOf(where, dialect, compared);
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    condition = 'NULL';
  }
  return condition === '' ? '' : ` WHERE ${condition}`;
}
