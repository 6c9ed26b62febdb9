import type { AlterCommand, ColumnDefinition, ColumnType, CreateTableStatement, Statement, TableIndex } from '../statements.ts';
import { charsetOf } from './columns.ts';

/** Keys of maps are in lower case: columns have no case in MySQL. */
export interface MysqlColumn {
  readonly name: string;
  /** Absent when the migration that made it was not seen. */
  readonly type?: ColumnType;
  readonly notNull: boolean;
  /** Its own, else the table's. */
  readonly charset?: string;
  readonly generated?: 'stored' | 'virtual';
}

export interface MysqlTable {
  readonly name: string;
  readonly columns: Map<string, MysqlColumn>;
  readonly indexes: Map<string, TableIndex>;
  readonly engine?: string;
  readonly charset?: string;
  readonly temporary: boolean;
  /** Absent when its creation was not seen. */
  readonly createdIn?: string;
}

/** What the migrations so far have left, as far as MySQL's own rules need it. */
export type MysqlSchema = Map<string, MysqlTable>;

/** Applies one statement of the migration `file`. */
export function applyMysql(schema: MysqlSchema, statement: Statement, file: string): void {
  switch (statement.kind) {
    case 'createTable':
      return createTable(schema, statement, file);
    case 'alterTable': {
      for (const command of statement.commands) applyCommand(schema, tableOrUnseen(schema, statement.table.name), command);
      return;
    }
    case 'createIndex':
      addIndex(tableOrUnseen(schema, statement.table.name), { ...statement, ...(statement.name === undefined ? {} : { name: statement.name }) });
      return;
    case 'drop':
      for (const { name } of statement.names) {
        if (statement.object === 'table') schema.delete(name);
        if (statement.object === 'index' && statement.on) schema.get(statement.on.name)?.indexes.delete(name.toLowerCase());
      }
      return;
    case 'rename':
      return renameTable(schema, statement.from, statement.to);
    default:
  }
}

export function findColumn(table: MysqlTable | undefined, name: string): MysqlColumn | undefined {
  return table?.columns.get(name.toLowerCase());
}

function createTable(schema: MysqlSchema, statement: CreateTableStatement, file: string): void {
  const { name } = statement.table;
  if (statement.ifNotExists && schema.has(name)) return;
  const like = statement.like[0] ? schema.get(statement.like[0].name) : undefined;
  const { engine = like?.engine, charset = like?.charset, collate } = statement.options ?? {};
  const own = charset ?? (collate === undefined ? undefined : charsetOf(collate));
  const table: MysqlTable = {
    name, columns: new Map(like?.columns), indexes: new Map(like?.indexes), temporary: statement.temporary, createdIn: file,
    ...(engine === undefined ? {} : { engine }), ...(own === undefined ? {} : { charset: own }),
  };
  schema.set(name, table);
  for (const column of statement.columns) setColumn(table, column);
  for (const index of statement.indexes ?? []) addIndex(table, index);
}

/** A table that a migration changes and none created: it was there before, with columns nobody here knows. */
function tableOrUnseen(schema: MysqlSchema, name: string): MysqlTable {
  const table = schema.get(name) ?? { name, columns: new Map(), indexes: new Map(), temporary: false };
  schema.set(name, table);
  return table;
}

function setColumn(table: MysqlTable, { name, type, notNull, generated, charset = table.charset, constraints }: ColumnDefinition): void {
  const isKey = constraints.some(({ kind }) => kind === 'primaryKey');
  table.columns.set(name.toLowerCase(), {
    name, notNull: notNull || isKey,
    ...(type ? { type } : {}), ...(charset === undefined ? {} : { charset }), ...(generated ? { generated } : {}),
  });
}

function addIndex(table: MysqlTable, { method, unique, columns, name }: TableIndex): void {
  const key = name ?? columns[0] ?? `functional_index_${table.indexes.size}`;
  table.indexes.set(key.toLowerCase(), { name: key, method, unique, columns });
}

function applyCommand(schema: MysqlSchema, table: MysqlTable, command: AlterCommand): void {
  switch (command.kind) {
    case 'addColumn':
      return setColumn(table, command.column);
    case 'modifyColumn':
      table.columns.delete(command.column.toLowerCase());
      return setColumn(table, command.definition);
    case 'dropColumn':
      table.columns.delete(command.column.toLowerCase());
      return;
    case 'renameColumn': {
      const column = findColumn(table, command.from);
      table.columns.delete(command.from.toLowerCase());
      if (column) table.columns.set(command.to.toLowerCase(), { ...column, name: command.to });
      return;
    }
    case 'addConstraint':
      if (command.constraint.kind !== 'primaryKey') return;
      for (const name of command.constraint.columns) table.columns.set(name.toLowerCase(), { name, ...findColumn(table, name), notNull: true });
      return;
    case 'addIndex':
      return addIndex(table, command.index);
    case 'dropIndex':
      table.indexes.delete(command.index.toLowerCase());
      return;
    case 'renameTable':
      return renameTable(schema, table.name, command.to.name);
    case 'convertCharset': {
      const columns = [...table.columns].map(([key, column]) => [key, { ...column, charset: command.charset }] as const);
      schema.set(table.name, { ...table, columns: new Map(columns), charset: command.charset });
      return;
    }
    case 'setOptions':
      for (const option of command.options) {
        const [name, value = ''] = option.split('=');
        if (name === 'engine' || name === 'charset') schema.set(table.name, { ...tableOrUnseen(schema, table.name), [name]: value });
      }
      return;
    default:
  }
}

function renameTable(schema: MysqlSchema, from: string, to: string): void {
  const table = schema.get(from);
  schema.delete(from);
  if (table) schema.set(to, { ...table, name: to });
}
