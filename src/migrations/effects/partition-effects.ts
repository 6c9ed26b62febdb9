import { childrenOf, findIndex, findTable, indexesOf, type ReplayedIndex, type ReplayedTable } from '../replayed-schema.ts';
import type { AlterCommand, OfKind, PartitionBound } from '../statements.ts';
import { findTarget, leavesOf, treeOf, type Collector } from './collector.ts';
import type { CommandScope } from './command-scope.ts';
import { boundColumns, isImpliedBy, isRefutedBy } from './partition-checks.ts';
import { validateReference } from './constraint-effects.ts';

type Command<K extends AlterCommand['kind']> = OfKind<AlterCommand, K>;

/** The partition's rows are read unless a CHECK shows that they belong; the default partition's unless one shows that they do not. */
export function attachEffects({ partition: name, bound }: Command<'attachPartition'>, { table, collector }: CommandScope): void {
  const { schema } = collector;
  const partition = findTarget(schema, name);
  if (!partition) return;
  for (const one of treeOf(schema, partition)) collector.lock(one, 'AccessExclusiveLock');
  const indexes = indexesOf(schema, table);
  for (const index of indexes) collector.lock(index, 'ShareUpdateExclusiveLock');
  const missing = indexes.some((index) => !indexesOf(schema, partition).some((own) => isSameIndex(own, index)));
  const belongs = bound !== undefined && isImpliedBy(bound, boundColumns(table), partition);
  if (missing || !belongs) for (const leaf of leavesOf(schema, partition)) collector.scan(leaf);
  lockDefault(table, bound, collector);
  for (const { references, valid } of table.constraints.values()) {
    if (!references || !valid) continue;
    validateReference(collector, partition, references.table, { mode: 'ShareRowExclusiveLock', checked: true, depends: true, columns: references.columns });
  }
}

function isSameIndex(a: ReplayedIndex, b: ReplayedIndex): boolean {
  return a.unique === b.unique && a.method === b.method && a.columns.join('\0') === b.columns.join('\0');
}

/** A new partition takes rows away from the default one: none of its rows may belong there. */
export function lockDefault(table: ReplayedTable, bound: PartitionBound | undefined, collector: Collector, scans = true): void {
  const rest = childrenOf(collector.schema, table).find((child) => child.partitionBound?.isDefault);
  if (!rest || bound?.isDefault) return;
  for (const one of treeOf(collector.schema, rest)) collector.lock(one, 'AccessExclusiveLock');
  if (!scans || (bound && isRefutedBy(bound, boundColumns(table), rest))) return;
  for (const leaf of leavesOf(collector.schema, rest)) collector.scan(leaf);
}

/** Concurrently it locks the partition at the end alone, and waits for those who use it. */
export function detachEffects({ partition: name, concurrently, finalize }: Command<'detachPartition'>, { table, collector }: CommandScope): void {
  const { schema, version } = collector;
  const partition = findTarget(schema, name);
  if (!partition) return;
  // Before PostgreSQL 14 the partition stayed writable.
  const mode = version < 14 ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock';
  collector.lock(partition, mode);
  for (const index of indexesOf(schema, partition)) if (index.parent) collector.lock(index, 'AccessExclusiveLock');
  if (concurrently || finalize) return;
  lockDefault(table, undefined, collector, false);
  // Its foreign keys become its own, with triggers of their own on the referenced tables.
  for (const { references } of partition.constraints.values()) collector.lock(references?.table, 'ShareRowExclusiveLock');
}

/** `ALTER INDEX … ATTACH PARTITION`. */
export function attachIndexEffects(index: ReplayedIndex, { partition: name }: Command<'attachPartition'>, collector: Collector): void {
  const part = findIndex(collector.schema, name);
  collector.lock(index, 'ShareUpdateExclusiveLock');
  collector.lock(part, 'AccessExclusiveLock');
  collector.lock(findTable(collector.schema, index.table.name), 'AccessShareLock');
  collector.lock(part?.table, 'AccessShareLock');
}
