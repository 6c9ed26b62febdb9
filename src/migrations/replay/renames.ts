import {
  findDomain, findEnum, findIndex, findSequence, findTable, findView, indexesOf, keyOf, type ReplayedIndex, type ReplayedSchema, type ReplayedTable,
} from '../replayed-schema.ts';
import type { MoveStatement, QualifiedName, RenameStatement } from '../statements.ts';
import { rekey, tableOrUnseen } from './tables.ts';

export function applyRename(schema: ReplayedSchema, statement: RenameStatement, file: string): void {
  const { object, on, target, from, to } = statement;
  if (object === 'schema') return renameSchema(schema, from, to);
  if (object === 'type' || object === 'domain') return renameType(schema, target, to);
  if (object === 'index' || object === 'sequence' || object === 'view' || isOtherRelation(schema, statement)) return renameRelation(schema, target, to);
  const table = object === 'table' || on === 'table' ? tableOrUnseen(schema, target) : findTable(schema, target);
  if (!table) return;
  if (object === 'table' || object === 'materializedView') rekey(schema, schema.tables, table, { ...table.name, name: to });
  if (object === 'column') renameColumn(schema, table, from, to, file);
  if (object === 'constraint') renameConstraint(schema, table, from, to);
  if (object === 'trigger') renameKey(table.triggers, from, to);
  if (object === 'policy' && table.policies.delete(from)) table.policies.add(to);
  if (object === 'rule' && table.rules.delete(from)) table.rules.add(to);
}

/** `ALTER TABLE` renames indexes, views and sequences too. */
function isOtherRelation(schema: ReplayedSchema, { object, target }: RenameStatement): boolean {
  return object === 'table' && !findTable(schema, target) && Boolean(findIndex(schema, target) ?? findView(schema, target) ?? findSequence(schema, target));
}

function renameRelation(schema: ReplayedSchema, target: QualifiedName, to: string): void {
  const index = findIndex(schema, target);
  const view = findView(schema, target);
  const sequence = findSequence(schema, target);
  if (index) renameIndex(schema, index, to);
  if (view) rekey(schema, schema.views, view, { ...view.name, name: to });
  if (sequence) rekey(schema, schema.sequences, sequence, { ...sequence.name, name: to });
}

/** A constraint bears the name of its index. */
function renameIndex(schema: ReplayedSchema, index: ReplayedIndex, to: string): void {
  const from = index.name.name;
  rekey(schema, schema.indexes, index, { ...index.name, name: to });
  if (index.table.constraints.get(from)?.index === index) renameKey(index.table.constraints, from, to);
}

function renameConstraint(schema: ReplayedSchema, table: ReplayedTable, from: string, to: string): void {
  const index = table.constraints.get(from)?.index;
  renameKey(table.checks, from, to);
  if (index) renameIndex(schema, index, to);
  else renameKey(table.constraints, from, to);
}

function renameColumn(schema: ReplayedSchema, table: ReplayedTable, from: string, to: string, file: string): void {
  const column = table.columns.get(from);
  if (!column) return;
  table.columns.delete(from);
  table.columns.set(to, { ...column, renamed: { from, file } });
  const swap = (names: readonly string[]): string[] => names.map((name) => (name === from ? to : name));
  for (const [name, constraint] of table.constraints) table.constraints.set(name, { ...constraint, columns: swap(constraint.columns) });
  for (const [name, check] of table.checks) table.checks.set(name, { ...check, provesNotNull: swap(check.provesNotNull) });
  for (const other of schema.tables.values()) {
    for (const [name, constraint] of other.constraints) {
      if (constraint.references?.table !== table) continue;
      other.constraints.set(name, { ...constraint, references: { ...constraint.references, columns: swap(constraint.references.columns) } });
    }
    if (other.partitionOf === table || other.inherits.includes(table)) renameColumn(schema, other, from, to, file);
  }
  for (const index of indexesOf(schema, table)) renameInIndex(schema, table, index, from, to);
  for (const sequence of schema.sequences.values()) {
    if (sequence.ownedBy?.table === table && sequence.ownedBy.column === from) sequence.ownedBy.column = to;
  }
}

function renameInIndex(schema: ReplayedSchema, table: ReplayedTable, index: ReplayedIndex, from: string, to: string): void {
  if (![...index.columns, ...(index.whereColumns ?? []), ...(index.expressionColumns ?? [])].includes(from)) return;
  const swap = (name: string): string => (name === from ? to : name);
  const next: ReplayedIndex = {
    ...index,
    columns: index.columns.map((name) => (name === null ? null : swap(name))),
    ...(index.whereColumns ? { whereColumns: index.whereColumns.map(swap) } : {}),
    ...(index.expressionColumns ? { expressionColumns: index.expressionColumns.map(swap) } : {}),
  };
  for (const [key, candidate] of schema.indexes) {
    if (candidate === index) schema.indexes.set(key, next);
    else if (candidate.parent === index) candidate.parent = next;
  }
  for (const [name, constraint] of table.constraints) if (constraint.index === index) table.constraints.set(name, { ...constraint, index: next });
}

/** Prisma and Drizzle replace an enum by a new one that then takes over the name. */
function renameType(schema: ReplayedSchema, target: QualifiedName, to: string): void {
  for (const table of schema.tables.values()) {
    for (const [name, column] of table.columns) {
      if (column.type?.name !== target.name || (column.type.schema ?? 'public') !== (target.schema ?? 'public')) continue;
      table.columns.set(name, { ...column, type: { ...column.type, name: to } });
    }
  }
  const [known, domain] = [findEnum(schema, target), findDomain(schema, target)];
  if (known) rekey(schema, schema.enums, known, { ...known.name, name: to });
  if (domain) rekey(schema, schema.domains, domain, { ...domain.name, name: to });
  renameKey(schema.composites, keyOf(schema, target), keyOf(schema, { ...target, name: to }));
}

function renameSchema(schema: ReplayedSchema, from: string, to: string): void {
  for (const entries of [schema.tables, schema.indexes, schema.views, schema.sequences, schema.enums, schema.domains]) {
    for (const entry of [...(entries as Map<string, { name: QualifiedName }>).values()]) {
      if (entry.name.schema === from) rekey(schema, entries as Map<string, { name: QualifiedName }>, entry, { ...entry.name, schema: to });
    }
  }
}

/** Indexes and owned sequences move along. */
export function applyMove(schema: ReplayedSchema, { target, schema: to }: MoveStatement): void {
  const table = findTable(schema, target);
  if (!table) {
    const [view, sequence, known] = [findView(schema, target), findSequence(schema, target), findEnum(schema, target)];
    if (view) rekey(schema, schema.views, view, { ...view.name, schema: to });
    if (sequence) rekey(schema, schema.sequences, sequence, { ...sequence.name, schema: to });
    if (known) rekey(schema, schema.enums, known, { ...known.name, schema: to });
    return;
  }
  for (const index of indexesOf(schema, table)) rekey(schema, schema.indexes, index, { ...index.name, schema: to });
  for (const sequence of [...schema.sequences.values()]) {
    if (sequence.ownedBy?.table === table) rekey(schema, schema.sequences, sequence, { ...sequence.name, schema: to });
  }
  rekey(schema, schema.tables, table, { ...table.name, schema: to });
}

function renameKey<T>(map: Map<string, T>, from: string, to: string): void {
  const value = map.get(from);
  if (value === undefined) return;
  map.delete(from);
  map.set(to, value);
}
