import { indexesOf, referencesTo, type ReplayedTable } from '../replayed-schema.ts';
import type { DataStatement } from '../statements.ts';
import { findTarget, treeOf, type Collector } from './collector.ts';

const AX = 'AccessExclusiveLock';

/** New empty files; with CASCADE for all that references the table too. */
export function truncateEffects({ tables, cascade, only, restartIdentity }: DataStatement, collector: Collector): void {
  const { schema } = collector;
  const named = tables.flatMap((name) => findTarget(schema, name) ?? []).flatMap((table) => (only ? [table] : treeOf(schema, table)));
  for (const table of cascade ? withReferencing(named, collector) : new Set(named)) {
    collector.lock(table, AX);
    if (table.partitioned) continue;
    for (const relation of [table, ...indexesOf(schema, table)]) {
      collector.lock(relation, AX);
      collector.rewrite(relation);
    }
    if (!restartIdentity) continue;
    for (const sequence of schema.sequences.values()) {
      if (sequence.ownedBy?.table !== table) continue;
      collector.lock(sequence, AX);
      collector.rewrite(sequence);
    }
  }
}

function withReferencing(tables: readonly ReplayedTable[], collector: Collector): Set<ReplayedTable> {
  const all = new Set(tables);
  for (const table of all) {
    for (const { table: other } of referencesTo(collector.schema, table)) for (const one of treeOf(collector.schema, other)) all.add(one);
  }
  return all;
}
