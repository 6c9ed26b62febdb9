import type { ColumnDefinition, ConstraintDefinition, CreateTableStatement, ForeignKeyAction, RenameStatement, Statement } from '../statements.ts';

/** Keys of maps and names in sets are in lower case: SQLite tells no case apart. `name` is as written. */
export interface SqliteColumn {
  readonly name: string;
  readonly notNull: boolean;
  /** `PRIMARY KEY` or `UNIQUE` at the column. */
  readonly key?: 'primaryKey' | 'unique';
  readonly generatedFrom: readonly string[];
  /** It has a default other than NULL. */
  readonly hasDefault: boolean;
}

export interface SqliteForeignKey {
  readonly columns: readonly string[];
  readonly references: string;
  readonly onDelete: ForeignKeyAction;
  /** Written at the column: it goes with it. */
  readonly inline: boolean;
}

export interface SqliteTable {
  name: string;
  columns: Map<string, SqliteColumn>;
  keys: { readonly kind: 'primaryKey' | 'unique'; readonly columns: readonly string[] }[];
  /** `own`: the column at which the CHECK is written; it goes with it. */
  checks: { readonly columns: readonly string[]; readonly own?: string }[];
  foreignKeys: SqliteForeignKey[];
  /** Absent when its creation was not seen; its columns are then not all known. */
  readonly createdIn?: string;
}

/** An index, a view or a trigger: what it needs. */
export interface SqliteUser {
  readonly kind: 'index' | 'view' | 'trigger';
  readonly name: string;
  readonly tables: readonly string[];
  readonly columns: readonly string[];
}

/** What the migrations so far have left, as far as SQLite's own rules need it. */
export interface SqliteSchema {
  readonly tables: Map<string, SqliteTable>;
  readonly users: Map<string, SqliteUser>;
}

export function emptySqliteSchema(): SqliteSchema {
  return { tables: new Map(), users: new Map() };
}

const lower = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());

/** Applies one statement of the migration `file`. */
export function applySqlite(schema: SqliteSchema, statement: Statement, file: string): void {
  switch (statement.kind) {
    case 'createTable':
      return createTable(schema, statement, file);
    case 'createIndex': {
      const columns = lower([...(statement.keys ?? []).flatMap(({ reads }) => reads), ...(statement.whereColumns ?? [])]);
      return addUser(schema, { kind: 'index', name: statement.name ?? '', tables: lower([statement.table.name]), columns }, statement.ifNotExists);
    }
    case 'createView': {
      const { reads = [], columns = [] } = statement.query ?? {};
      return addUser(schema, { kind: 'view', name: statement.view.name, tables: lower(reads.map(({ name }) => name)), columns: lower(columns) });
    }
    case 'createTrigger':
      return addUser(schema, { kind: 'trigger', name: statement.name, tables: lower([statement.table.name]), columns: lower(statement.query?.columns ?? []) });
    case 'drop':
      for (const { name } of statement.names) dropObject(schema, statement.object, name.toLowerCase());
      return;
    case 'rename':
      return statement.object === 'table' ? renameTable(schema, statement) : renameColumn(schema, statement);
    case 'alterTable': {
      const table = schema.tables.get(statement.table.name.toLowerCase()) ?? addTable(schema, statement.table.name);
      for (const command of statement.commands) {
        if (command.kind === 'addColumn') addColumn(table, command.column);
        if (command.kind === 'dropColumn') dropColumn(table, command.column.toLowerCase());
        if (command.kind === 'modifyColumn') addColumn(table, command.definition);
      }
      return;
    }
    default:
  }
}

/** Columns of a table in their order; undefined when the history does not tell them all. */
export function knownColumns(table: SqliteTable | undefined): readonly SqliteColumn[] | undefined {
  return table?.createdIn === undefined || table.columns.size === 0 ? undefined : [...table.columns.values()];
}

function addTable(schema: SqliteSchema, name: string, createdIn?: string): SqliteTable {
  const table = { name, columns: new Map(), keys: [], checks: [], foreignKeys: [], ...(createdIn === undefined ? {} : { createdIn }) };
  schema.tables.set(name.toLowerCase(), table);
  return table;
}

function createTable(schema: SqliteSchema, statement: CreateTableStatement, file: string): void {
  if (statement.ifNotExists && schema.tables.has(statement.table.name.toLowerCase())) return;
  const table = addTable(schema, statement.table.name, file);
  for (const column of statement.columns) addColumn(table, column);
  for (const constraint of statement.constraints) addConstraint(table, constraint);
}

function addColumn(table: SqliteTable, column: ColumnDefinition): void {
  const key = column.constraints.find(({ kind }) => kind === 'primaryKey' || kind === 'unique')?.kind;
  table.columns.set(column.name.toLowerCase(), {
    name: column.name,
    notNull: column.notNull,
    ...(key === 'primaryKey' || key === 'unique' ? { key } : {}),
    generatedFrom: lower(column.generatedFrom ?? []),
    hasDefault: column.default !== undefined && !column.default.isNull,
  });
  for (const constraint of column.constraints) addConstraint(table, constraint, column.name.toLowerCase());
}

function addConstraint(table: SqliteTable, constraint: ConstraintDefinition, own?: string): void {
  const columns = lower(constraint.columns);
  if (constraint.kind === 'check') table.checks.push({ columns, ...(own === undefined ? {} : { own }) });
  if (own === undefined && (constraint.kind === 'primaryKey' || constraint.kind === 'unique')) table.keys.push({ kind: constraint.kind, columns });
  if (constraint.kind !== 'foreignKey' || !constraint.references) return;
  const { references, onDelete = 'noAction' } = constraint;
  table.foreignKeys.push({ columns, references: references.name.toLowerCase(), onDelete, inline: own !== undefined });
}

function dropColumn(table: SqliteTable, column: string): void {
  table.columns.delete(column);
  table.checks = table.checks.filter(({ own }) => own !== column);
  table.foreignKeys = table.foreignKeys.filter(({ inline, columns }) => !inline || !columns.includes(column));
}

function addUser(schema: SqliteSchema, user: SqliteUser, ifNotExists = false): void {
  const key = user.name.toLowerCase();
  if (!ifNotExists || !schema.users.has(key)) schema.users.set(key, user);
}

/** The rows that refer to a dropped table keep their foreign keys: they wait for a table of that name. */
function dropObject(schema: SqliteSchema, object: string, name: string): void {
  if (object !== 'table') {
    schema.users.delete(name);
    return;
  }
  schema.tables.delete(name);
  for (const [key, user] of schema.users) if (user.kind !== 'view' && user.tables.includes(name)) schema.users.delete(key);
}

/** What refers to the table under its old name follows it. */
function renameTable(schema: SqliteSchema, { from, to }: RenameStatement): void {
  const [before, after] = [from.toLowerCase(), to.toLowerCase()];
  const renamed = (name: string): string => (name === before ? after : name);
  const table = schema.tables.get(before);
  if (table) {
    schema.tables.delete(before);
    table.name = to;
    schema.tables.set(after, table);
  }
  for (const other of schema.tables.values()) other.foreignKeys = other.foreignKeys.map((key) => ({ ...key, references: renamed(key.references) }));
  for (const [key, user] of schema.users) schema.users.set(key, { ...user, tables: user.tables.map(renamed) });
}

function renameColumn(schema: SqliteSchema, { object, target, from, to }: RenameStatement): void {
  const name = target.name.toLowerCase();
  const table = schema.tables.get(name);
  if (object !== 'column' || !table) return;
  const [before, after] = [from.toLowerCase(), to.toLowerCase()];
  const renamed = (columns: readonly string[]): string[] => columns.map((column) => (column === before ? after : column));
  const entries = [...table.columns].map(([key, column]) => (key === before ? ([after, { ...column, name: to }] as const) : ([key, column] as const)));
  table.columns = new Map(entries.map(([key, column]) => [key, { ...column, generatedFrom: renamed(column.generatedFrom) }]));
  table.keys = table.keys.map((key) => ({ ...key, columns: renamed(key.columns) }));
  table.checks = table.checks.map(({ columns, own }) => ({ columns: renamed(columns), ...(own === undefined ? {} : { own: own === before ? after : own }) }));
  table.foreignKeys = table.foreignKeys.map((key) => ({ ...key, columns: renamed(key.columns) }));
  for (const [key, user] of schema.users) if (user.tables.includes(name)) schema.users.set(key, { ...user, columns: renamed(user.columns) });
}
