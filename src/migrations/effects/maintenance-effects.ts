import { findIndex, findTable, findView, indexesOf, type ReplayedTable, type ReplayedView } from '../replayed-schema.ts';
import type { LockStatement, MaintenanceStatement, QualifiedName } from '../statements.ts';
import { findTarget, lockPlanned, rewriteTable, treeOf, type Collector } from './collector.ts';
import { LOCK_MODES, type LockMode } from './lock-modes.ts';

const SUX = 'ShareUpdateExclusiveLock';

/** The named tables; all of the database when none is named. */
function meant(names: readonly QualifiedName[], { schema }: Collector): ReplayedTable[] {
  return names.length === 0 ? [...schema.tables.values()] : names.flatMap((name) => findTarget(schema, name) ?? []);
}

export function vacuumEffects({ tables, full, analyze }: MaintenanceStatement, collector: Collector): void {
  for (const table of meant(tables, collector).flatMap((one) => treeOf(collector.schema, one))) {
    if (table.partitioned) continue;
    if (full) rewriteTable(collector, table);
    else {
      collector.lock(table, SUX);
      for (const index of indexesOf(collector.schema, table)) collector.lock(index, analyze ? 'AccessShareLock' : 'RowExclusiveLock');
    }
  }
}

export function analyzeEffects({ tables }: MaintenanceStatement, collector: Collector): void {
  for (const table of meant(tables, collector).flatMap((one) => treeOf(collector.schema, one))) {
    // Up to PostgreSQL 17 children that inherit are only sampled for what is above them.
    const isSampled = collector.version < 18 && table.inherits.length > 0 && !tables.some((name) => findTarget(collector.schema, name) === table);
    collector.lock(table, isSampled ? 'AccessShareLock' : SUX);
    if (!table.partitioned) for (const index of indexesOf(collector.schema, table)) collector.lock(index, 'AccessShareLock');
  }
}

/** Without a name: the tables that were clustered before. */
export function clusterEffects({ tables, index }: MaintenanceStatement, collector: Collector): void {
  const all = tables.length === 0 ? [...collector.schema.tables.values()].filter((table) => table.clusterIndex !== undefined) : meant(tables, collector);
  for (const table of all) {
    collector.lock(table, 'AccessExclusiveLock');
    if (index !== undefined) collector.lock(findIndex(collector.schema, { ...table.name, name: index }), 'AccessExclusiveLock');
    rewriteTable(collector, table);
  }
}

/** Concurrently the new rows are compared with the old ones: readers go on, writers of the view there are none. */
export function refreshEffects({ tables, concurrently, withData }: MaintenanceStatement, collector: Collector): void {
  for (const view of meant(tables, collector)) {
    if (concurrently) {
      collector.lock(view, 'ExclusiveLock');
      for (const index of indexesOf(collector.schema, view)) collector.lock(index, 'RowExclusiveLock');
    } else {
      collector.lock(view, 'AccessExclusiveLock');
      for (const relation of [view, ...indexesOf(collector.schema, view)]) {
        collector.lock(relation, 'AccessExclusiveLock');
        collector.rewrite(relation);
      }
    }
    if (withData === false) continue;
    // The indexes are built from the new rows.
    if (indexesOf(collector.schema, view).length > 0) collector.scan(view);
    for (const read of view.reads ?? []) readWhole(read, collector);
  }
}

function readWhole(relation: ReplayedTable | ReplayedView, collector: Collector): void {
  if (!('columns' in relation)) {
    collector.lock(relation, 'AccessShareLock');
    for (const read of relation.reads) readWhole(read, collector);
    return;
  }
  for (const table of treeOf(collector.schema, relation)) {
    lockPlanned(collector, table, 'AccessShareLock');
    collector.scan(table);
  }
}

/** Of a view its tables are locked too. */
export function lockEffects({ tables, mode, only }: LockStatement, collector: Collector): void {
  const asMode: LockMode = LOCK_MODES.find((known) => known === mode) ?? 'AccessExclusiveLock';
  for (const name of tables) {
    const view = findTable(collector.schema, name) ? undefined : findView(collector.schema, name);
    const relation = view ?? findTarget(collector.schema, name);
    if (relation) lockDeep(relation, asMode, only, collector);
  }
}

function lockDeep(relation: ReplayedTable | ReplayedView, mode: LockMode, only: boolean, collector: Collector): void {
  collector.lock(relation, mode);
  if (!('columns' in relation)) for (const read of relation.reads) lockDeep(read, mode, false, collector);
  else if (!only) for (const child of treeOf(collector.schema, relation)) collector.lock(child, mode);
}
