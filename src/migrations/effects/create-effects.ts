import { findTable, findView, indexesOf, type ReplayedTable } from '../replayed-schema.ts';
import type { ConstraintDefinition, CreateTableStatement, CreateViewStatement, DefaultValue } from '../statements.ts';
import { findTarget, type Collector } from './collector.ts';
import { lockSequencesOf } from './column-effects.ts';
import { validateReference } from './constraint-effects.ts';
import { lockSequenceCalls, queryEffects } from './data-effects.ts';
import { lockDefault } from './partition-effects.ts';

export function createTableEffects(statement: CreateTableStatement, collector: Collector): void {
  const { schema, version } = collector;
  if (statement.ifNotExists && findTable(schema, statement.table)) return;
  for (const column of statement.columns) lockSequencesOf(column.default, collector, 'AccessShareLock');
  for (const constraint of [...statement.constraints, ...statement.columns.flatMap((column) => column.constraints)]) lockReferenced(constraint, collector);
  for (const like of statement.like) {
    const source = findTarget(schema, like);
    collector.lock(source, 'AccessShareLock');
    const copies = like.including?.includes('defaults') && version >= 18;
    if (copies) for (const column of source?.columns.values() ?? []) lockDefaultSequence(column.type?.serial, column.default, source, collector);
  }
  for (const parent of statement.inherits) collector.lock(findTarget(schema, parent), 'ShareUpdateExclusiveLock');
  if (statement.partitionOf) partitionEffects(statement, findTarget(schema, statement.partitionOf), collector);
  if (statement.query) queryEffects(statement.query, collector);
}

/** A copied `DEFAULT nextval(…)` depends on the sequence of the table it comes from. */
function lockDefaultSequence(serial: true | undefined, value: DefaultValue | undefined, source: ReplayedTable | undefined, collector: Collector): void {
  lockSequencesOf(value, collector, 'AccessShareLock');
  if (!serial || !source) return;
  for (const sequence of collector.schema.sequences.values()) {
    if (sequence.ownedBy?.table === source && !sequence.identity) collector.lock(sequence, 'AccessShareLock');
  }
}

/** There are no rows yet, but the referenced table gets triggers. */
function lockReferenced({ references, referencedColumns = [] }: ConstraintDefinition, collector: Collector): void {
  const parent = references && findTable(collector.schema, references);
  if (parent) validateReference(collector, parent, parent, { mode: 'ShareRowExclusiveLock', checked: false, depends: true, columns: referencedColumns });
}

function partitionEffects({ partitionBound }: CreateTableStatement, parent: ReplayedTable | undefined, collector: Collector): void {
  if (!parent) return;
  collector.lock(parent, 'AccessExclusiveLock');
  for (const index of indexesOf(collector.schema, parent)) collector.lock(index, 'ShareUpdateExclusiveLock');
  lockDefault(parent, partitionBound, collector);
  for (const { references } of parent.constraints.values()) {
    if (!references) continue;
    validateReference(collector, parent, references.table, { mode: 'ShareRowExclusiveLock', checked: false, depends: true, columns: references.columns });
  }
}

export function createViewEffects(statement: CreateViewStatement, collector: Collector): void {
  const { schema } = collector;
  if (statement.materialized) {
    if (statement.ifNotExists && findTable(schema, statement.view)) return;
    if (statement.query && statement.withData !== false) queryEffects(statement.query, collector);
    else if (statement.query) collector.lockReads(statement.query, 'AccessShareLock');
    return;
  }
  if (statement.query) collector.lockReads(statement.query, 'AccessShareLock');
  if (statement.query && collector.version >= 18) lockSequenceCalls(statement.query, collector, 'AccessShareLock');
  if (statement.orReplace) collector.lock(findView(schema, statement.view), 'AccessExclusiveLock');
}
