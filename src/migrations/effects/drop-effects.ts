import {
  childrenOf, dependentViews, findIndex, findSequence, findView, indexesOf, referencesTo, type ReplayedIndex, type ReplayedTable,
} from '../replayed-schema.ts';
import type { DropStatement, QualifiedName } from '../statements.ts';
import { findTarget, hasColumnOfType, treeOf, type Collector } from './collector.ts';
import type { LockMode } from './lock-modes.ts';
import { lockDefault } from './partition-effects.ts';

const AX = 'AccessExclusiveLock';

type Drop = (name: QualifiedName, statement: DropStatement, collector: Collector) => void;

const DROPS: Readonly<Partial<Record<DropStatement['object'], Drop>>> = {
  table: (name, { ifExists, cascade }, collector) => dropTable(findTarget(collector.schema, name, ifExists), cascade, collector),
  materializedView: (name, { ifExists, cascade }, collector) => dropTable(findTarget(collector.schema, name, ifExists), cascade, collector),
  view: (name, { cascade }, collector) => {
    const view = findView(collector.schema, name);
    collector.lock(view, AX);
    if (view && cascade) for (const above of dependentViews(collector.schema, view)) lockView(above, collector);
  },
  index: dropIndex,
  sequence: (name, { cascade }, collector) => {
    const sequence = findSequence(collector.schema, name);
    collector.lock(sequence, AX);
    // The default that takes its values falls.
    if (sequence?.ownedBy && cascade) collector.lock(sequence.ownedBy.table, AX);
  },
  type: dropType,
  domain: dropType,
  schema: dropSchema,
  trigger: lockOwner,
  policy: lockOwner,
  rule: lockOwner,
  function: (name, { cascade }, collector) => {
    if (!cascade) return;
    for (const table of collector.schema.tables.values()) {
      if ([...table.triggers.values()].some((called) => called.name === name.name)) collector.lock(table, AX);
    }
  },
  statistics: (name, _, collector) => {
    const key = `${name.schema ?? collector.schema.defaultSchema}.${name.name}`;
    collector.lock(collector.schema.statistics.get(key), 'ShareUpdateExclusiveLock');
  },
};

export function dropEffects(statement: DropStatement, collector: Collector): void {
  for (const name of statement.names) DROPS[statement.object]?.(name, statement, collector);
}

function lockOwner({ name }: QualifiedName, { on, ifExists, object }: DropStatement, collector: Collector): void {
  const table = on && (findView(collector.schema, on) ?? findTarget(collector.schema, on, ifExists));
  const isMissing = table && 'columns' in table && table.createdIn !== undefined && !namesOn(table, object).has(name);
  if (ifExists && isMissing) return;
  if (!table || !('columns' in table)) return collector.lock(table, AX);
  for (const one of table.partitioned ? treeOf(collector.schema, table) : [table]) collector.lock(one, AX);
}

function namesOn(table: ReplayedTable, object: DropStatement['object']): { has(name: string): boolean } {
  if (object === 'trigger') return table.triggers;
  return object === 'policy' ? table.policies : table.rules;
}

/** A foreign key holds triggers on both tables: dropping one side locks the other. */
export function dropTable(table: ReplayedTable | undefined, cascade: boolean, collector: Collector): void {
  if (!table) return;
  const { schema } = collector;
  collector.lock(table, AX);
  for (const index of indexesOf(schema, table)) collector.lock(index, AX);
  for (const sequence of schema.sequences.values()) if (sequence.ownedBy?.table === table) collector.lock(sequence, AX);
  for (const [name, { references }] of table.constraints) {
    // A foreign key that the partitioned table has stays there.
    if (references && !table.partitionOf?.constraints.has(name)) collector.lock(references.table, AX);
  }
  if (table.partitionOf) {
    collector.lock(table.partitionOf, AX);
    if (table.partitionBound?.isDefault !== true) lockDefault(table.partitionOf, undefined, collector, false);
  }
  for (const child of childrenOf(schema, table)) if (child.partitionOf === table || cascade) dropTable(child, cascade, collector);
  if (!cascade) return;
  for (const { table: other } of referencesTo(schema, table)) collector.lock(other, AX);
  for (const view of dependentViews(schema, table)) lockView(view, collector);
}

function lockView(view: ReturnType<typeof dependentViews>[number], collector: Collector): void {
  collector.lock(view, AX);
  if ('columns' in view) for (const index of indexesOf(collector.schema, view)) collector.lock(index, AX);
}

function dropIndex(name: QualifiedName, { concurrently }: DropStatement, collector: Collector): void {
  const index = findIndex(collector.schema, name);
  if (index) lockIndexTree(index, concurrently ? 'ShareUpdateExclusiveLock' : AX, collector);
}

function lockIndexTree(index: ReplayedIndex, mode: LockMode, collector: Collector): void {
  collector.lock(index.table, mode);
  // Concurrently, too, at the very end, when nobody uses it any more.
  collector.lock(index, AX);
  for (const child of collector.schema.indexes.values()) if (child.parent === index) lockIndexTree(child, mode, collector);
}

/** With CASCADE the columns of the type fall, and what reads them. */
function dropType(type: QualifiedName, { cascade }: DropStatement, collector: Collector): void {
  if (!cascade) return;
  for (const table of collector.schema.tables.values()) {
    if (!hasColumnOfType(table, type) && !hasDefaultOfType(table, type)) continue;
    collector.lock(table, AX);
    for (const view of dependentViews(collector.schema, table)) if (!('columns' in view)) collector.lock(view, AX);
  }
}

/** A default that was written for a type the column had before. */
function hasDefaultOfType(table: ReplayedTable, { schema = 'public', name }: QualifiedName): boolean {
  return [...table.columns.values()].some(({ defaultType }) => defaultType?.name === name && (defaultType.schema ?? 'public') === schema);
}

function dropSchema({ name }: QualifiedName, { cascade }: DropStatement, collector: Collector): void {
  if (!cascade) return;
  const { tables, views, sequences } = collector.schema;
  for (const [key, table] of tables) if (key.startsWith(`${name}.`)) dropTable(table, true, collector);
  for (const [key, relation] of [...views, ...sequences]) if (key.startsWith(`${name}.`)) collector.lock(relation, AX);
}
