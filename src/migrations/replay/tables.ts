import {
  findTable, findView, indexesOf, keyIn, keyOf, type ReplayedColumn, type ReplayedSchema, type ReplayedTable, type ReplayedView,
} from '../replayed-schema.ts';
import type { ColumnDefinition, CreateTableStatement, LikeClause, QualifiedName, QueryUse } from '../statements.ts';
import { addConstraint, inheritConstraints } from './constraints.ts';
import { generatedName, isRelationTaken } from './generated-names.ts';
import { addIndex, indexName } from './indexes.ts';

export function newTable(name: QualifiedName, createdIn?: string): ReplayedTable {
  return {
    name,
    kind: 'table',
    temporary: false,
    partitioned: false,
    columns: new Map(),
    checks: new Map(),
    constraints: new Map(),
    triggers: new Map(),
    policies: new Set(),
    rules: new Set(),
    inherits: [],
    ...(createdIn === undefined ? {} : { createdIn }),
  };
}

export function addTable(schema: ReplayedSchema, table: ReplayedTable): void {
  const key = table.temporary ? `pg_temp.${table.name.name}` : keyOf(schema, table.name);
  schema.tables.set(key, table);
  schema.dropped.delete(key);
}

/** A table that a migration changes and none created: it was there before, with columns nobody here knows. */
export function tableOrUnseen(schema: ReplayedSchema, name: QualifiedName): ReplayedTable {
  const found = findTable(schema, name);
  if (found) return found;
  const table = newTable(name);
  addTable(schema, table);
  return table;
}

/** A name in the schema where unqualified things are made. */
export function placedName(schema: ReplayedSchema, name: QualifiedName, temporary = false): QualifiedName {
  return name.schema === undefined && !temporary && schema.defaultSchema !== 'public' ? { ...name, schema: schema.defaultSchema } : name;
}

export function createTable(schema: ReplayedSchema, statement: CreateTableStatement, file: string): void {
  const existing = findTable(schema, statement.table);
  if (existing && statement.ifNotExists && existing.temporary === statement.temporary) return;
  const parent = statement.partitionOf && findTable(schema, statement.partitionOf);
  const above = statement.inherits.flatMap((name) => findTable(schema, name) ?? []);
  const table: ReplayedTable = {
    ...newTable(placedName(schema, statement.table, statement.temporary), file),
    temporary: statement.temporary,
    partitioned: statement.partitioned,
    ...(statement.partitionKey ? { partitionKey: statement.partitionKey } : {}),
    ...(statement.unlogged ? { unlogged: true } : {}),
    ...(parent ? { partitionOf: parent } : {}),
    ...(statement.partitionBound ? { partitionBound: statement.partitionBound } : {}),
    inherits: above,
    ...(statement.ofType ? { ofType: statement.ofType } : {}),
  };
  const ofType = statement.ofType && schema.composites.get(keyOf(schema, statement.ofType));
  for (const columns of [...(ofType ? [ofType] : []), ...[...above, ...(parent ? [parent] : [])].map((one) => one.columns)]) {
    for (const [column, known] of columns) table.columns.set(column, known);
  }
  addTable(schema, table);
  for (const like of statement.like) copyLike(schema, table, like, file);
  for (const column of statement.columns) addColumn(schema, table, column, file);
  for (const constraint of statement.constraints) addConstraint(schema, table, constraint, file);
  for (const one of [...above, ...(parent ? [parent] : [])]) inheritConstraints(schema, table, one, file);
}

function copyLike(schema: ReplayedSchema, table: ReplayedTable, like: LikeClause, file: string): void {
  const source = findTable(schema, like);
  if (!source) return;
  const has = (what: string): boolean => like.including?.includes(what) === true;
  for (const [name, column] of source.columns) {
    const { type, notNull, default: fallback, generated, generatedFrom, identity } = column;
    table.columns.set(name, {
      ...(type ? { type } : {}),
      notNull,
      ...(fallback && has('defaults') ? { default: fallback } : {}),
      ...(generated && has('generated') ? { generated, ...(generatedFrom ? { generatedFrom } : {}) } : {}),
      ...(identity && has('identity') ? { identity } : {}),
    });
  }
  if (has('constraints')) {
    for (const [name, constraint] of source.constraints) if (constraint.kind === 'check') table.constraints.set(name, constraint);
    for (const [name, check] of source.checks) table.checks.set(name, check);
  }
  if (!has('indexes')) return;
  for (const index of indexesOf(schema, source)) {
    const owner = [...source.constraints.values()].find((constraint) => constraint.index === index);
    const words = index.columns.slice(0, index.keyCount).map((column) => column ?? 'expr');
    if (owner) {
      addConstraint(schema, table, { kind: owner.kind, columns: owner.columns, notValid: false }, file);
      continue;
    }
    const { name: _, table: __, parent: ___, createdIn: ____, ...shape } = index;
    addIndex(schema, table, indexName(schema, table, words, 'idx'), shape, file, { words, label: 'idx' });
  }
}

/** `addedIn`: set when the table was there before. */
export function addColumn(schema: ReplayedSchema, table: ReplayedTable, column: ColumnDefinition, file: string, addedIn?: string): void {
  const known = table.columns.get(column.name);
  table.columns.set(column.name, {
    // A partition's list of columns and a child's own one add to what the parent says.
    ...(known && !column.type ? known : {}),
    ...(column.type ? { type: column.type } : {}),
    notNull: column.notNull || known?.notNull === true,
    ...(column.default && !column.default.isNull ? { default: column.default } : {}),
    ...(column.generated ? { generated: column.generated } : {}),
    ...(column.generatedFrom ? { generatedFrom: column.generatedFrom } : {}),
    ...(column.identity ? { identity: true } : {}),
    ...(addedIn === undefined ? {} : { addedIn }),
  });
  if (column.identity || column.type?.serial) addOwnedSequence(schema, table, column.name, file, column.identity === true);
  for (const constraint of column.constraints) addConstraint(schema, table, constraint, file);
}

/** The sequence behind a serial or identity column. */
export function addOwnedSequence(schema: ReplayedSchema, table: ReplayedTable, column: string, file: string, identity: boolean): void {
  const name = generatedName(table.name.name, [column], 'seq', (candidate) => isRelationTaken(schema, table.name, candidate));
  const key = table.temporary ? `pg_temp.${name}` : keyOf(schema, { ...table.name, name });
  schema.sequences.set(key, { name: { ...table.name, name }, ownedBy: { table, column }, identity, temporary: table.temporary, createdIn: file });
  schema.dropped.delete(key);
}

/** Tables and views that a query reads, as far as they are known. */
export function relationsRead(schema: ReplayedSchema, query: QueryUse | undefined): (ReplayedTable | ReplayedView)[] {
  return (query?.reads ?? []).flatMap((name) => findTable(schema, name) ?? findView(schema, name) ?? []);
}

export function changeColumn(table: ReplayedTable, name: string, change: Partial<ReplayedColumn>): void {
  table.columns.set(name, { notNull: false, ...table.columns.get(name), ...change });
}

/** A relation moves under another key. */
export function rekey<T extends { name: QualifiedName; readonly temporary?: boolean }>(
  schema: ReplayedSchema,
  entries: Map<string, T>,
  entry: T,
  name: QualifiedName,
): void {
  const key = keyIn(entries, entry);
  entries.delete(key);
  schema.dropped.add(key);
  entry.name = name;
  const next = key.startsWith('pg_temp.') ? `pg_temp.${name.name}` : keyOf(schema, name);
  entries.set(next, entry);
  schema.dropped.delete(next);
}
