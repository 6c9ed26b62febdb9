import { findIndex, findSequence, findTable, findView, type ReplayedTable } from '../replayed-schema.ts';
import type { MoveStatement, RenameStatement } from '../statements.ts';
import { findRelation, findTarget, treeOf, type Collector } from './collector.ts';

const AX = 'AccessExclusiveLock';
const NO_RELATION: ReadonlySet<string> = new Set(['schema', 'type', 'domain', 'function', 'other']);

export function renameEffects(statement: RenameStatement, collector: Collector): void {
  const { object, on, target, from, ifExists } = statement;
  const { schema } = collector;
  if (NO_RELATION.has(object) || on === 'domain') return;
  if (object === 'attribute') return lockTyped(target.name, collector);
  // ALTER INDEX asks for less than ALTER TABLE does for the same index.
  if (object === 'index') return collector.lock(findIndex(schema, target) ?? findRelation(schema, target), 'ShareUpdateExclusiveLock');
  const other = findTable(schema, target) ? undefined : (findView(schema, target) ?? findIndex(schema, target) ?? findSequence(schema, target));
  if (other) return collector.lock(other, AX);
  const table = findTarget(schema, target, ifExists);
  if (!table) return;
  for (const one of object === 'column' || object === 'trigger' ? reached(table, object, collector) : [table]) collector.lock(one, AX);
  if (object !== 'constraint') return;
  collector.lock(table.constraints.get(from)?.index, 'ShareUpdateExclusiveLock');
  if (table.constraints.get(from)?.kind === 'check') for (const one of treeOf(schema, table)) collector.lock(one, AX);
}

/** Columns are renamed in all that inherits, triggers in the partitions. */
function reached(table: ReplayedTable, object: string, { schema }: Collector): ReplayedTable[] {
  return object === 'column' || table.partitioned ? treeOf(schema, table) : [table];
}

function lockTyped(type: string, collector: Collector): void {
  for (const table of collector.schema.tables.values()) if (table.ofType?.name === type) collector.lock(table, AX);
}

/** Sequences move along under the same lock; indexes need none of their own. */
export function moveEffects({ target, object }: MoveStatement, collector: Collector): void {
  const { schema } = collector;
  if (!['table', 'view', 'matview', 'sequence', 'foreign_table'].includes(object)) return;
  const relation = findRelation(schema, target);
  collector.lock(relation, AX);
  for (const sequence of schema.sequences.values()) if (sequence.ownedBy?.table === relation && relation) collector.lock(sequence, AX);
}
