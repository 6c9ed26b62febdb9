import { formatName } from '../column-types.ts';
import { isFresh, type HazardContext } from '../hazards.ts';
import { findTable } from '../replayed-schema.ts';

/** A table that this transaction keeps all others from reading. */
export interface HeldLock {
  /** As one writes it. */
  readonly table: string;
}

/** Existing tables on which the statements before hold an AccessExclusive lock, which lasts until the transaction ends. */
export function heldLocks(context: HazardContext): HeldLock[] {
  const relations = new Set<string>();
  for (const { effects } of context.earlier) {
    for (const { relation, mode } of effects.locks) if (mode === 'AccessExclusiveLock') relations.add(relation);
  }
  return [...relations].flatMap((relation) => {
    const dot = relation.indexOf('.');
    const name = { schema: relation.slice(0, dot), name: relation.slice(dot + 1) };
    const table = findTable(context.schema, name);
    if (table?.kind !== 'table' || isFresh(table, context)) return [];
    return [{ table: formatName(name.schema === 'public' ? { name: name.name } : name) }];
  });
}

export function lockedBefore(context: HazardContext): HeldLock | undefined {
  return heldLocks(context)[0];
}
