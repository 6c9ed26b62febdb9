import { formatName } from '../column-types.ts';
import { isFresh, type HazardContext } from '../hazards.ts';

/** A table that this transaction keeps all others from reading. */
export interface HeldLock {
  /** As one writes it. */
  readonly table: string;
}

/** Existing tables on which the statements before hold an AccessExclusive lock, which lasts until the transaction ends. */
export function heldLocks(context: HazardContext): HeldLock[] {
  const relations = new Set<string>();
  for (const { statement, effects } of context.earlier) {
    for (const { relation, mode } of effects.locks) if (mode === 'AccessExclusiveLock') relations.add(relation);
    if (statement.kind !== 'rename' || statement.object !== 'table') continue;
    // The lock stays on the table, whatever its name.
    const { schema = context.schema.defaultSchema } = statement.target;
    if (relations.delete(`${schema}.${statement.from}`)) relations.add(`${schema}.${statement.to}`);
  }
  return [...relations].filter((relation) => isTableOfOthers(relation, context)).map((relation) => ({ table: writtenRelation(relation) }));
}

/** Whether a locked relation is a table that others use; one that no migration is seen to make is, unless it is known as something else. */
export function isTableOfOthers(relation: string, context: HazardContext): boolean {
  const { schema } = context;
  const table = schema.tables.get(relation);
  if (table) return table.kind === 'table' && !isFresh(table, context);
  return !schema.indexes.has(relation) && !schema.views.has(relation) && !schema.sequences.has(relation);
}

/** `schema.name` as one writes it. */
export function writtenRelation(relation: string): string {
  const dot = relation.indexOf('.');
  const [schema, name] = [relation.slice(0, dot), relation.slice(dot + 1)];
  return formatName(schema === 'public' ? { name } : { schema, name });
}

export function lockedBefore(context: HazardContext): HeldLock | undefined {
  return heldLocks(context)[0];
}
