import type { ExistenceGuard } from './code/code-migration.ts';
import { findTable, keyOf, type ReplayedSchema } from './replayed-schema.ts';

/**
 * Whether the history rules out what a program asks for before it sends something: a column that is there already, a table that was dropped.
 * Nothing is concluded about tables that no migration is seen to make.
 */
export function isRuledOut(schema: ReplayedSchema, { table: name, column, present }: ExistenceGuard): boolean {
  const table = findTable(schema, { name });
  if (!table) return present && column === undefined && schema.dropped.has(keyOf(schema, { name }));
  if (table.createdIn === undefined) return false;
  return column === undefined ? !present : table.columns.size > 0 && table.columns.has(column) !== present;
}
