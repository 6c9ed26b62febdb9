import { findIndex, indexesOf, type ReplayedIndex, type ReplayedTable } from '../replayed-schema.ts';
import type { CreateIndexStatement, MaintenanceStatement } from '../statements.ts';
import { findTarget, leavesOf, relationName, treeOf, type Collector } from './collector.ts';

const SUX = 'ShareUpdateExclusiveLock';

/** CONCURRENTLY reads the table twice and waits for whoever uses it; writing goes on meanwhile. */
export function createIndexEffects(statement: CreateIndexStatement, collector: Collector): void {
  const { schema } = collector;
  const table = findTarget(schema, statement.table);
  if (!table) return;
  const mode = statement.concurrently ? SUX : 'ShareLock';
  collector.lock(table, mode);
  if (statement.ifNotExists && statement.name !== undefined && findIndex(schema, { ...table.name, name: statement.name })) return;
  const reached = statement.only || !table.partitioned ? [table] : treeOf(schema, table);
  for (const one of reached) {
    collector.lock(one, mode);
    collector.scan(one);
  }
}

export function reindexEffects(statement: MaintenanceStatement, collector: Collector): void {
  const { schema } = collector;
  const [name] = statement.tables;
  if (statement.object === 'index') {
    const index = name && findIndex(schema, name);
    if (index) for (const one of indexTree(index, collector)) rebuild(one.table, [one], statement, collector);
    return;
  }
  if (statement.object === 'table') {
    const table = name && findTarget(schema, name);
    if (table) for (const leaf of table.partitioned ? leavesOf(schema, table) : [table]) rebuild(leaf, indexesOf(schema, leaf), statement, collector);
    return;
  }
  for (const table of schema.tables.values()) {
    const isMeant = statement.object !== 'schema' || relationName(table).startsWith(`${name?.name ?? ''}.`);
    if (isMeant && !table.partitioned) rebuild(table, indexesOf(schema, table), statement, collector);
  }
}

function indexTree(index: ReplayedIndex, { schema }: Collector): ReplayedIndex[] {
  const children = [...schema.indexes.values()].filter(({ parent }) => parent === index);
  return index.table.partitioned ? children : [index];
}

function rebuild(table: ReplayedTable, indexes: readonly ReplayedIndex[], { concurrently }: MaintenanceStatement, collector: Collector): void {
  collector.lock(table, concurrently ? SUX : 'ShareLock');
  for (const index of indexes) {
    collector.lock(index, concurrently ? SUX : 'AccessExclusiveLock');
    collector.rewrite(index);
    collector.scan(table);
  }
}
