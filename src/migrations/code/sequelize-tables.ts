import type { Dialect } from '../migration-files.ts';
import { columnOf, definitionOf, type SequelizeColumn } from './sequelize-columns.ts';
import { quote, quoteTable, type TableName } from './sequelize-names.ts';
import { quoteString } from './sequelize-values.ts';
import { entriesOf, entryOf, findText, isNothing, textsOf, type Value } from './values.ts';

/** SQL of `createTable(table, attributes, options)`, in the order in which it is sent. Throws NotConstant. */
export function createTableSql(table: TableName, attributes: Value | undefined, options: Value | undefined, dialect: Dialect): string[] {
  const columns = [...entriesOf(attributes, 'the columns of the table')].map(([key, attribute]) => columnOf(key, attribute, table, dialect));
  const quoted = quoteTable(table, dialect);
  const parts = [...(dialect === 'sqlite' ? sqliteColumns(columns) : plainColumns(columns, dialect)), ...uniqueKeys(options, dialect)];
  if (dialect !== 'sqlite') parts.push(...primaryKey(columns, dialect));
  if (dialect === 'mysql') parts.push(...foreignKeys(columns, dialect));
  const create = `CREATE TABLE IF NOT EXISTS ${quoted} (${parts.join(', ')})`;
  const comment = findText(entryOf(options, 'comment'), 'the comment');
  if (dialect === 'mysql') return [`${create}${tableOptions(options, comment)};`];
  if (dialect !== 'postgres') return [`${create};`];
  const comments = [
    ...(comment === undefined ? [] : [`COMMENT ON TABLE ${quoted} IS ${quoteString(comment, dialect)}`]),
    ...columns.flatMap((column) => (column.comment === undefined ? [] : [commentOn(table, column.name, column.comment)])),
  ];
  return [...columns.flatMap(({ createEnum }) => createEnum ?? []), `${[create, ...comments].join('; ')};`];
}

function plainColumns(columns: readonly SequelizeColumn[], dialect: Dialect): string[] {
  const inline = { primaryKey: false, references: dialect !== 'mysql' };
  return columns.map((column) => `${quote(column.name, dialect)} ${definitionOf(column, dialect, inline)}`);
}

function primaryKey(columns: readonly SequelizeColumn[], dialect: Dialect): string[] {
  const keys = columns.filter((column) => column.primaryKey).map(({ name }) => quote(name, dialect));
  return keys.length === 0 ? [] : [`PRIMARY KEY (${keys.join(dialect === 'postgres' ? ',' : ', ')})`];
}

function foreignKeys(columns: readonly SequelizeColumn[], dialect: Dialect): string[] {
  return columns.flatMap(({ name, references }) => (references ? [`FOREIGN KEY (${quote(name, dialect)}) ${references}`] : []));
}

/** A single integer key is the row's own number in SQLite; several keys are listed at the end. */
function sqliteColumns(columns: readonly SequelizeColumn[]): string[] {
  const composite = columns.filter((column) => column.primaryKey).length > 1;
  const parts = columns.map((column) => {
    const name = quote(column.name, 'sqlite');
    if (!column.primaryKey) return `${name} ${definitionOf(column, 'sqlite', { primaryKey: true, references: true })}`;
    const increment = column.autoIncrement ? ' AUTOINCREMENT' : '';
    if (composite) return `${name} ${definitionOf({ ...column, notNull: true }, 'sqlite', { primaryKey: false, references: true })}`;
    if (column.type.includes('INT')) return `${name} INTEGER PRIMARY KEY${increment}${column.references ? ` ${column.references}` : ''}`;
    const { references, ...rest } = column;
    return `${name} ${definitionOf(rest, 'sqlite', { primaryKey: true, references: false })}${increment}${references ? ` ${references}` : ''}`;
  });
  return composite ? [...parts, ...primaryKey(columns, 'sqlite')] : parts;
}

function uniqueKeys(options: Value | undefined, dialect: Dialect): string[] {
  const keys = entryOf(options, 'uniqueKeys');
  if (isNothing(keys)) return [];
  return [...entriesOf(keys, 'the unique keys')].map(([name, key]) => {
    const columns = textsOf(entryOf(key, 'fields'), 'the columns of the unique key').map((column) => quote(column, dialect));
    return `UNIQUE ${dialect === 'mysql' ? `${quote(name, dialect)} ` : ''}(${columns.join(', ')})`;
  });
}

function tableOptions(options: Value | undefined, comment: string | undefined): string {
  const option = (name: string): string | undefined => findText(entryOf(options, name), `\`${name}\` of the table`);
  return [
    ` ENGINE=${option('engine') ?? 'InnoDB'}`,
    comment === undefined ? '' : ` COMMENT ${quoteString(comment, 'mysql')}`,
    option('charset') === undefined ? '' : ` DEFAULT CHARSET=${option('charset')}`,
    option('collate') === undefined ? '' : ` COLLATE ${option('collate')}`,
  ].join('');
}

function commentOn(table: TableName, column: string, comment: string): string {
  return `COMMENT ON COLUMN ${quoteTable(table, 'postgres')}.${quote(column, 'postgres')} IS ${quoteString(comment, 'postgres')}`;
}

/** SQL of `addColumn(table, key, attribute)`: one query of one or several statements. `ifNotExists`: the program asked before. */
export function addColumnSql(table: TableName, key: string, attribute: Value | undefined, dialect: Dialect, ifNotExists: boolean): string {
  const column = columnOf(key, attribute, table, dialect);
  const name = quote(column.name, dialect);
  if (dialect === 'postgres') {
    const { references, ...rest } = column;
    const definition = definitionOf(rest, dialect, { primaryKey: false, references: false });
    const added = `${ifNotExists ? 'IF NOT EXISTS ' : ''}${name} ${definition}${references ? ` ${references}` : ''}`;
    const add = `ALTER TABLE ${quoteTable(withSchema(table), dialect)} ADD COLUMN ${added};`;
    return `${column.createEnum ?? ''}${add}${column.comment === undefined ? '' : ` ${commentOn(table, key, column.comment)};`}`;
  }
  const inline = { primaryKey: true, references: dialect === 'sqlite' };
  const constraint = quote(`${table.name}_${column.name}_foreign_idx`, dialect);
  const foreign = dialect === 'mysql' && column.references ? `, ADD CONSTRAINT ${constraint} FOREIGN KEY (${name}) ${column.references}` : '';
  return `ALTER TABLE ${quoteTable(table, dialect)} ADD ${name} ${definitionOf(column, dialect, inline)}${foreign};`;
}

/** Sequelize writes the default schema of Postgres into these statements. */
export function withSchema(table: TableName): TableName {
  return { ...table, schema: table.schema ?? 'public' };
}

/**
 * SQL of `changeColumn`: one query of several statements in Postgres. Whatever the attribute leaves out is dropped: `NOT NULL` and the default too,
 * unless it only adds a foreign key.
 */
export function changeColumnSql(table: TableName, key: string, attribute: Value | undefined, dialect: Dialect): string {
  const column = columnOf(key, attribute, table, dialect);
  const name = quote(column.name, dialect);
  const quoted = quoteTable(table, dialect);
  if (dialect === 'mysql') {
    if (column.references) return `ALTER TABLE ${quoted} ADD FOREIGN KEY (${name}) ${column.references};`;
    return `ALTER TABLE ${quoted} CHANGE ${name} ${name} ${definitionOf(column, dialect, { primaryKey: true, references: false })};`;
  }
  const alter = (action: string): string => `ALTER TABLE ${quoted} ALTER COLUMN ${name} ${action};`;
  const statements = [
    column.notNull ? alter('SET NOT NULL') : column.references ? '' : alter('DROP NOT NULL'),
    column.default !== undefined ? alter(`SET DEFAULT ${column.default}`) : column.references ? '' : alter('DROP DEFAULT'),
    column.createEnum ?? '',
    column.unique && !column.references ? `ALTER TABLE ${quoted} ADD UNIQUE (${name});` : '',
    column.references ? `ALTER TABLE ${quoted} ADD FOREIGN KEY (${name}) ${column.references};` : alter(`TYPE ${column.type}${usingOf(column, name)}`),
    column.comment === undefined ? '' : commentOn(table, column.name, column.comment) + ';',
  ];
  return statements.join('');
}

function usingOf({ enumName }: SequelizeColumn, name: string): string {
  return enumName === undefined ? '' : ` USING (${name}::${enumName})`;
}
