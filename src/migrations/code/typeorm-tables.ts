import type { Dialect } from '../migration-files.ts';
import { quoteText } from './renderers.ts';
import { columnSql, createEnum, hashedName, isEnum, quoted, quotedList, tableName } from './typeorm-columns.ts';
import type { ForeignKeyOptions, IndexOptions, KeyOptions, TableOptions, TablePath } from './typeorm-options.ts';

/** Statements of `createTable`. `clause`: `IF NOT EXISTS ` or nothing. */
export function createTable(table: TableOptions, dialect: Dialect, clause: string, foreignKeys: boolean, indices: boolean): string[] {
  const path = tableName(table, dialect);
  const primary = table.columns.filter((column) => column.primary);
  const skipPrimary = dialect === 'mysql' || (dialect === 'sqlite' && primary.length > 1);
  const uniques = [...table.uniques, ...uniqueColumns(table, dialect)];
  const ownIndices = dialect === 'mysql' ? [...table.indices, ...uniques.map(asUniqueIndex)] : table.indices;
  const parts = [
    ...table.columns.map((column) => columnSql(table, column, dialect, skipPrimary)),
    ...(dialect === 'mysql' ? ownIndices.map((index) => mysqlIndex(table, index)) : uniques.map((unique) => uniqueSql(table, unique, dialect))),
    ...(dialect === 'mysql' ? [] : table.checks.map(({ name, expression }) => `CONSTRAINT "${name ?? hashedName('CHK', table, [expression])}" CHECK (${expression})`)),
    ...table.exclusions.map(({ name, expression }) => `CONSTRAINT "${name ?? hashedName('XCL', table, [expression])}" EXCLUDE ${expression}`),
    ...(foreignKeys ? table.foreignKeys.map((key) => foreignKeySql(table, key, dialect, ' ')) : []),
    ...primaryKeySql(table, dialect),
  ];
  const create = `CREATE TABLE ${clause}${path} (${parts.join(', ')})`;
  if (dialect === 'mysql') return [`${create} ENGINE=${table.engine ?? 'InnoDB'}${table.comment ? ` COMMENT="${table.comment}"` : ''}`];
  const comments = table.columns.flatMap(({ name, comment }) => (comment && dialect === 'postgres' ? [`COMMENT ON COLUMN ${path}."${name}" IS ${quoteText(comment)}`] : []));
  return [
    ...(dialect === 'postgres' ? table.columns.filter(isEnum).map((column) => createEnum(table, column)) : []),
    [create, ...comments].join('; '),
    ...(indices ? table.indices.map((index) => createIndex(table, index, dialect)) : []),
    ...(table.comment && dialect === 'postgres' ? [`COMMENT ON TABLE ${path} IS '${table.comment}'`] : []),
  ];
}

function uniqueColumns(table: TableOptions, dialect: Dialect): KeyOptions[] {
  const known = dialect === 'mysql' ? [...table.uniques, ...table.indices.filter(({ unique }) => unique)] : table.uniques;
  return table.columns.flatMap((column) => {
    if (!column.unique || known.some(({ columns }) => columns.length === 1 && columns[0] === column.name)) return [];
    return [{ name: hashedName('UQ', table, [column.name]), columns: [column.name] }];
  });
}

function asUniqueIndex(key: KeyOptions): IndexOptions {
  return { ...key, unique: true, concurrent: false, kind: '' };
}

function mysqlIndex(table: TableOptions, index: IndexOptions): string {
  return `${index.unique ? 'UNIQUE ' : ''}${index.kind}INDEX \`${indexName(table, index)}\` (${quotedList(index.columns, 'mysql')})`;
}

export function uniqueSql(table: TablePath, { name, columns, deferrable }: KeyOptions, dialect: Dialect): string {
  const suffix = deferrable === undefined ? '' : ` DEFERRABLE ${deferrable}`;
  return `CONSTRAINT ${quoted(name ?? hashedName('UQ', table, columns), dialect)} UNIQUE (${quotedList(columns, dialect)})${suffix}`;
}

/** `gap`: what stands between the referenced table and its columns. */
export function foreignKeySql(table: TablePath, key: ForeignKeyOptions, dialect: Dialect, gap: string): string {
  const { columns, references, referencedColumns, onDelete, onUpdate, deferrable } = key;
  const name = key.name ?? hashedName('FK', table, columns);
  const names = referencedColumns.map((column) => quoted(column, dialect)).join(gap === '' ? ',' : ', ');
  return [
    `CONSTRAINT ${quoted(name, dialect)} FOREIGN KEY (${quotedList(columns, dialect)}) REFERENCES ${tableName(references, dialect)}${gap}(${names})`,
    onDelete === undefined ? '' : ` ON DELETE ${onDelete}`,
    onUpdate === undefined ? '' : ` ON UPDATE ${onUpdate}`,
    deferrable === undefined || dialect === 'mysql' ? '' : ` DEFERRABLE ${deferrable}`,
  ].join('');
}

function primaryKeySql(table: TableOptions, dialect: Dialect): string[] {
  const primary = table.columns.filter((column) => column.primary);
  const [first] = primary;
  if (!first) return [];
  const names = primary.map(({ name }) => name);
  if (dialect === 'postgres') return [`CONSTRAINT "${first.primaryName ?? hashedName('PK', table, names)}" PRIMARY KEY (${quotedList(names, dialect)})`];
  return dialect === 'mysql' || primary.length > 1 ? [`PRIMARY KEY (${quotedList(names, dialect)})`] : [];
}

export function indexName(table: TablePath, { name, columns, where }: IndexOptions): string {
  return name ?? hashedName('IDX', table, columns, where);
}

export function createIndex(table: TablePath, index: IndexOptions, dialect: Dialect): string {
  const columns = quotedList(index.columns, dialect);
  const name = quoted(indexName(table, index), dialect);
  const path = tableName(table, dialect);
  if (dialect === 'mysql') return `CREATE ${index.unique ? 'UNIQUE ' : ''}${index.kind}INDEX ${name} ON ${path} (${columns})`;
  const method = index.kind === 'SPATIAL ' && dialect === 'postgres' ? 'USING GiST ' : '';
  const where = index.where === undefined ? '' : `WHERE ${index.where}`;
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX${index.concurrent ? ' CONCURRENTLY' : ''} ${name} ON ${path} ${method}(${columns}) ${where}`;
}
