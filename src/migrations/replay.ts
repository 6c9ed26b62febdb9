import { findIndex, findTable, keyOf, type ReplayedSchema, type ReplayedTable } from './replayed-schema.ts';
import type { AlterCommand, ColumnDefinition, ConstraintDefinition, CreateTableStatement, QualifiedName, Statement } from './statements.ts';

/** Applies one statement of the migration `file` (a path). Statements on tables that were never seen leave a table of unknown columns. */
export function applyStatement(schema: ReplayedSchema, statement: Statement, file: string): void {
  switch (statement.kind) {
    case 'createTable':
      return createTable(schema, statement, file);
    case 'alterTable': {
      if (statement.object !== 'table') return;
      const table = tableOrUnseen(schema, statement.table);
      for (const command of statement.commands) applyCommand(table, command, file);
      return;
    }
    case 'createIndex': {
      if (statement.name === undefined) return;
      const table = tableOrUnseen(schema, statement.table);
      const name = { name: statement.name, ...(table.name.schema === undefined ? {} : { schema: table.name.schema }) };
      schema.indexes.set(keyOf(schema, name), { table, columns: [...statement.columns, ...statement.included], createdIn: file });
      schema.dropped.delete(keyOf(schema, name));
      return;
    }
    case 'createView':
      if (statement.materialized) addTable(schema, { ...newTable(statement.view, file), kind: 'materializedView' });
      return;
    case 'drop':
      for (const name of statement.names) dropObject(schema, statement.object, name);
      return;
    case 'rename':
      return renameObject(schema, statement, file);
    case 'setSchema':
      return moveTable(schema, findTable(schema, statement.target), statement.schema);
    case 'truncate':
      return markEmpty(schema, statement.tables, file);
    case 'delete':
      if (!statement.filtered) markEmpty(schema, statement.tables, file);
      return;
    case 'insert':
    case 'copy':
      for (const table of statement.tables.flatMap((name) => findTable(schema, name) ?? [])) delete table.emptiedIn;
      return;
    case 'set':
      if (statement.name === 'search_path') schema.defaultSchema = statement.value.split(',')[0]?.trim() || 'public';
      return;
    default:
  }
}

function newTable(name: QualifiedName, createdIn?: string): ReplayedTable {
  return {
    name, kind: 'table', temporary: false, partitioned: false, columns: new Map(), checks: new Map(), ...(createdIn === undefined ? {} : { createdIn }),
  };
}

function addTable(schema: ReplayedSchema, table: ReplayedTable): void {
  const key = table.temporary ? `pg_temp.${table.name.name}` : keyOf(schema, table.name);
  schema.tables.set(key, table);
  schema.dropped.delete(key);
}

/** A table that a migration changes and none created: it was there before, with columns nobody here knows. */
function tableOrUnseen(schema: ReplayedSchema, name: QualifiedName): ReplayedTable {
  const found = findTable(schema, name);
  if (found) return found;
  const table = newTable(name);
  addTable(schema, table);
  return table;
}

function createTable(schema: ReplayedSchema, statement: CreateTableStatement, file: string): void {
  const existing = findTable(schema, statement.table);
  if (existing && statement.ifNotExists && existing.temporary === statement.temporary) return;
  const isElsewhere = statement.table.schema === undefined && !statement.temporary && schema.defaultSchema !== 'public';
  const name = isElsewhere ? { ...statement.table, schema: schema.defaultSchema } : statement.table;
  const table: ReplayedTable = { ...newTable(name, file), temporary: statement.temporary, partitioned: statement.partitioned };
  const parents = [...statement.like, ...statement.inherits, ...(statement.partitionOf ? [statement.partitionOf] : [])];
  for (const parent of parents.flatMap((parentName) => findTable(schema, parentName) ?? [])) {
    for (const [column, known] of parent.columns) table.columns.set(column, known);
  }
  for (const column of statement.columns) addColumn(table, column);
  for (const constraint of statement.constraints) addConstraint(table, constraint);
  addTable(schema, table);
}

function addColumn(table: ReplayedTable, column: ColumnDefinition, addedIn?: string): void {
  table.columns.set(column.name, { ...(column.type ? { type: column.type } : {}), notNull: column.notNull, ...(addedIn === undefined ? {} : { addedIn }) });
  for (const constraint of column.constraints) addConstraint(table, constraint);
}

function addConstraint(table: ReplayedTable, constraint: ConstraintDefinition): void {
  if (constraint.kind === 'primaryKey' || (constraint.kind === 'notNull' && !constraint.notValid)) {
    for (const column of constraint.columns) table.columns.set(column, { ...table.columns.get(column), notNull: true });
  }
  const proves = constraint.kind === 'notNull' ? constraint.columns : (constraint.provesNotNull ?? []);
  if (proves.length > 0) table.checks.set(constraint.name ?? `${table.name.name}_${proves[0]}_check`, { provesNotNull: proves, valid: !constraint.notValid });
}

function applyCommand(table: ReplayedTable, command: AlterCommand, file: string): void {
  switch (command.kind) {
    case 'addColumn':
      if (!command.ifNotExists || !table.columns.has(command.column.name)) addColumn(table, command.column, file);
      return;
    case 'dropColumn':
      table.columns.delete(command.column);
      return;
    case 'setType':
      table.columns.set(command.column, { notNull: false, ...table.columns.get(command.column), type: command.type });
      return;
    case 'setNotNull':
    case 'dropNotNull':
      table.columns.set(command.column, { ...table.columns.get(command.column), notNull: command.kind === 'setNotNull' });
      return;
    case 'addConstraint':
      return addConstraint(table, command.constraint);
    case 'validateConstraint': {
      const check = table.checks.get(command.constraint);
      if (check) table.checks.set(command.constraint, { ...check, valid: true });
      return;
    }
    case 'dropConstraint':
      table.checks.delete(command.constraint);
      return;
    default:
  }
}

function dropObject(schema: ReplayedSchema, object: string, name: QualifiedName): void {
  if (object === 'index') {
    const index = findIndex(schema, name);
    if (!index) return;
    const key = keyIn(schema.indexes, index);
    schema.indexes.delete(key);
    schema.dropped.add(key);
    return;
  }
  if (object !== 'table' && object !== 'materializedView') return;
  const table = findTable(schema, name);
  if (!table) return;
  const key = keyIn(schema.tables, table);
  schema.tables.delete(key);
  schema.dropped.add(key);
  for (const [indexKey, index] of schema.indexes) {
    if (index.table !== table) continue;
    schema.indexes.delete(indexKey);
    schema.dropped.add(indexKey);
  }
}

function renameObject(schema: ReplayedSchema, { object, on, target, from, to }: Extract<Statement, { kind: 'rename' }>, file: string): void {
  if (object === 'type') return renameType(schema, target, to);
  if (object === 'index') {
    const index = findIndex(schema, target);
    if (!index) return;
    schema.indexes.delete(keyIn(schema.indexes, index));
    schema.indexes.set(keyOf(schema, { ...target, name: to }), index);
    return;
  }
  const table = object === 'table' || on === 'table' ? tableOrUnseen(schema, target) : findTable(schema, target);
  if (!table) return;
  if (object === 'table' || object === 'materializedView') {
    const key = keyIn(schema.tables, table);
    schema.tables.delete(key);
    schema.dropped.add(key);
    table.name = { ...table.name, name: to };
    addTable(schema, table);
  }
  const column = table.columns.get(from);
  if (object === 'column' && column) {
    table.columns.delete(from);
    table.columns.set(to, { ...column, renamed: { from, file } });
  }
  if (object === 'constraint') renameKey(table.checks, from, to);
}

/** Prisma and Drizzle replace an enum by a new one that then takes over the name. */
function renameType(schema: ReplayedSchema, target: QualifiedName, to: string): void {
  for (const table of schema.tables.values()) {
    for (const [name, column] of table.columns) {
      if (column.type?.name !== target.name || (column.type.schema ?? 'public') !== (target.schema ?? 'public')) continue;
      table.columns.set(name, { ...column, type: { ...column.type, name: to } });
    }
  }
}

function moveTable(schema: ReplayedSchema, table: ReplayedTable | undefined, to: string): void {
  if (!table) return;
  const key = keyIn(schema.tables, table);
  schema.tables.delete(key);
  schema.dropped.add(key);
  table.name = { name: table.name.name, schema: to };
  addTable(schema, table);
}

function markEmpty(schema: ReplayedSchema, names: readonly QualifiedName[], file: string): void {
  for (const name of names) tableOrUnseen(schema, name).emptiedIn = file;
}

function renameKey<T>(map: Map<string, T>, from: string, to: string): void {
  const value = map.get(from);
  if (value === undefined) return;
  map.delete(from);
  map.set(to, value);
}

function keyIn<T>(map: ReadonlyMap<string, T>, value: T): string {
  for (const [key, candidate] of map) if (candidate === value) return key;
  return '';
}
