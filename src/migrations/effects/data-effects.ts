import {
  findSequence, findTable, findView, indexesOf, referencesTo, type ReplayedColumn, type ReplayedTable, type ReplayedView,
} from '../replayed-schema.ts';
import type { DataStatement, QueryUse, SelectStatement } from '../statements.ts';
import { nameOfPath } from '../syntax-tree.ts';
import { findTarget, leavesOf, lockPlanned, treeOf, type Collector } from './collector.ts';
import { lockSequencesOf } from './column-effects.ts';
import type { LockMode } from './lock-modes.ts';
import { partitionsFor } from './partition-routing.ts';
import { truncateEffects } from './truncate-effects.ts';

const SEQUENCE_CALLS: ReadonlySet<string> = new Set(['nextval', 'setval', 'currval']);

export function dataEffects(statement: DataStatement, collector: Collector): void {
  if (statement.kind === 'truncate') return truncateEffects(statement, collector);
  const targets = statement.tables.flatMap((name) => findTarget(collector.schema, name) ?? []);
  for (const table of targets) {
    if (statement.kind === 'insert' || statement.kind === 'copy') insertEffects(table, statement, collector);
    else changeEffects(table, statement, collector);
  }
  if (statement.query) queryEffects(statement.query, collector, targets);
}

/** Indexes of the table that is written are let go at the end of the statement, save where ON CONFLICT names columns. */
function insertEffects(table: ReplayedTable, statement: DataStatement, collector: Collector): void {
  const { columns } = statement;
  if (statement.conflictTarget) lockPlanned(collector, table, 'RowExclusiveLock');
  else collector.lock(table, 'RowExclusiveLock');
  if (table.partitioned) for (const leaf of partitionsFor(table, statement, collector.schema)) collector.lock(leaf, 'RowExclusiveLock');
  for (const [name, column] of table.columns) if (columns?.includes(name) !== true) drawFromSequence(table, name, column, collector);
  for (const constraint of table.constraints.values()) {
    const isGiven = (column: string): boolean => columns === undefined || columns.includes(column) || table.columns.get(column)?.default !== undefined;
    if (constraint.references && constraint.columns.every(isGiven)) lookUp(constraint.references.table, 'RowShareLock', collector);
  }
}

function drawFromSequence(table: ReplayedTable, name: string, column: ReplayedColumn, collector: Collector): void {
  lockSequencesOf(column.default, collector, 'RowExclusiveLock');
  if (!column.identity && !column.type?.serial) return;
  for (const sequence of collector.schema.sequences.values()) {
    if (sequence.ownedBy?.table === table && sequence.ownedBy.column === name) collector.lock(sequence, 'RowExclusiveLock');
  }
}

function changeEffects(table: ReplayedTable, statement: DataStatement, collector: Collector): void {
  const { schema } = collector;
  for (const one of statement.only ? [table] : treeOf(schema, table)) {
    lockPlanned(collector, one, 'RowExclusiveLock');
    if (!isReachedByKey(one, statement.query, collector)) collector.scan(one);
  }
  if (statement.kind === 'update') {
    for (const { columns, references } of table.constraints.values()) {
      if (references && columns.some((column) => statement.columns?.includes(column))) lookUp(references.table, 'RowShareLock', collector);
    }
  }
  for (const { table: other, constraint } of referencesTo(schema, table)) {
    const { columns = [], onDelete = 'noAction', onUpdate = 'noAction' } = constraint.references ?? {};
    if (statement.kind === 'update' && !columns.some((column) => statement.columns?.includes(column))) continue;
    if (statement.kind === 'merge') continue;
    const action = statement.kind === 'delete' ? onDelete : onUpdate;
    lookUp(other, action === 'noAction' || action === 'restrict' ? 'RowShareLock' : 'RowExclusiveLock', collector);
    const isIndexed = indexesOf(schema, other).some((index) => index.columns[0] !== null && constraint.columns.includes(index.columns[0] ?? ''));
    if (!isIndexed) for (const leaf of leavesOf(schema, other)) collector.scan(leaf);
  }
}

/** The query of a foreign key's trigger, planned like any other. */
function lookUp(table: ReplayedTable, mode: LockMode, collector: Collector): void {
  for (const one of table.partitioned ? treeOf(collector.schema, table) : [table]) lockPlanned(collector, one, mode);
}

/** What a query locks by being planned and run. `written`: tables that the statement itself changes. */
export function queryEffects(query: QueryUse, collector: Collector, written: readonly ReplayedTable[] = [], how?: SelectStatement['how']): void {
  const { schema } = collector;
  const locked = new Set(query.locksRows.map(({ name }) => name));
  for (const name of query.reads) {
    const view = findTable(schema, name) ? undefined : findView(schema, name);
    const relation = view ?? findTarget(schema, name);
    if (relation) read(relation, locked.has(name.name) ? 'RowShareLock' : 'AccessShareLock', query, collector, how);
  }
  for (const name of query.writes) {
    const table = findTarget(schema, name);
    if (!table || written.includes(table)) continue;
    const isInserted = query.inserts?.some((one) => one.name === name.name && one.schema === name.schema);
    if (isInserted) collector.lock(table, 'RowExclusiveLock');
    else for (const one of treeOf(schema, table)) lockPlanned(collector, one, 'RowExclusiveLock');
  }
  lockSequenceCalls(query, collector, 'RowExclusiveLock');
}

/** `nextval('…')` and its like, where the name is a constant. */
export function lockSequenceCalls({ calls }: QueryUse, collector: Collector, mode: LockMode): void {
  for (const { name, args } of calls) {
    const [sequence] = args;
    if (!SEQUENCE_CALLS.has(name) || sequence === null || sequence === undefined) continue;
    const path = sequence.split('.').map((part) => part.replaceAll('"', ''));
    collector.lock(findSequence(collector.schema, nameOfPath(path)), name === 'currval' ? 'AccessShareLock' : mode);
  }
}

function read(relation: ReplayedTable | ReplayedView, mode: LockMode, query: QueryUse, collector: Collector, how: SelectStatement['how']): void {
  if (!('columns' in relation)) {
    collector.lock(relation, mode);
    for (const below of relation.reads) read(below, mode, query, collector, how);
    return;
  }
  for (const table of treeOf(collector.schema, relation)) {
    if (how === 'copied') collector.lock(table, mode);
    else lockPlanned(collector, table, mode);
    if (how !== 'explained' && !isReachedByKey(table, query, collector)) collector.scan(table);
  }
}

/** An index leads to the rows. What the planner really does depends on the rows; nobody here knows them. */
function isReachedByKey(table: ReplayedTable, query: QueryUse | undefined, { schema }: Collector): boolean {
  const keyed = query?.keyed ?? [];
  return indexesOf(schema, table).some((index) => {
    const [first] = index.columns;
    return first !== null && first !== undefined && keyed.includes(first) && table.columns.has(first);
  });
}
