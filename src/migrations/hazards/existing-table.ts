import { isEmptied, isFresh, type HazardContext } from '../hazards.ts';
import { findTable, type ReplayedTable } from '../replayed-schema.ts';
import type { QualifiedName } from '../statements.ts';

/** A table whose rows others may be using: known from the history, or not seen there at all. */
export interface ExistingTable {
  readonly name: QualifiedName;
  /** Absent when no migration that is seen made it. */
  readonly replayed?: ReplayedTable;
}

/** The table that a statement changes; undefined when nobody else sees it, it has no rows, or this migration drops it anyhow. */
export function existingTable(name: QualifiedName, context: HazardContext): ExistingTable | undefined {
  const replayed = findTable(context.schema, name);
  if (isFresh(replayed, context) || isEmptied(replayed, context) || context.outline.droppedTables.has(name.name)) return undefined;
  return { name, ...(replayed ? { replayed } : {}) };
}
