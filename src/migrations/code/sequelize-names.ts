import type { Dialect } from '../migration-files.ts';
import { quoteName } from './renderers.ts';
import { entriesOf, entryOf, findText, textOf, type Value } from './values.ts';

/** A table as Sequelize takes it: a name, or `{ tableName, schema }`. */
export interface TableName {
  readonly schema?: string;
  readonly name: string;
}

export function tableOf(value: Value | undefined, what = 'the name of the table'): TableName {
  if (value?.kind !== 'record') return { name: textOf(value, what) };
  const entries = entriesOf(value, what);
  const schema = findText(entries.get('schema'), 'the schema of the table');
  return { name: textOf(entries.get('tableName'), what), ...(schema === undefined ? {} : { schema }) };
}

/** The table with the schema that an option names, if it has none itself. */
export function inSchema(table: TableName, options: Value | undefined): TableName {
  if (table.schema !== undefined) return table;
  const schema = findText(entryOf(options, 'schema'), 'the schema of the table');
  return schema === undefined ? table : { ...table, schema };
}

/** Sequelize quotes only once: a quoted name may be given already. */
export function quote(name: string, dialect: Dialect): string {
  return quoteName(name.replaceAll(dialect === 'postgres' ? '"' : '`', ''), dialect);
}

/** Quotes each part of a dotted name, as Sequelize does for names of indexes and constraints. */
export function quoteParts(name: string, dialect: Dialect): string {
  return name
    .split('.')
    .map((part) => quote(part, dialect))
    .join('.');
}

/** Only Postgres has schemas for Sequelize; elsewhere they become part of the table's name. */
export function quoteTable({ schema, name }: TableName, dialect: Dialect): string {
  if (schema === undefined) return quote(name, dialect);
  return dialect === 'postgres' ? `${quote(schema, dialect)}.${quote(name, dialect)}` : quote(`${schema}.${name}`, dialect);
}

/** Statements on indexes and constraints read dots in a plain name as a schema. */
export function quoteTableParts(table: TableName, dialect: Dialect): string {
  return table.schema === undefined ? quoteParts(table.name, dialect) : quoteTable(table, dialect);
}

/** Sequelize's default name of an index: `userTeams` and `teamId` give `user_teams_team_id`. */
export function indexName(table: string, columns: readonly string[]): string {
  return underscore(`${table.replaceAll('.', '_').replace(/["']/g, '')}_${columns.join('_')}`);
}

export function underscore(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .replace(/^_/, '')
    .toLowerCase();
}
