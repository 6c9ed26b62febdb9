import type { Hazard, HazardContext } from '../hazards.ts';
import { sameName } from '../sqlite/table-rebuilds.ts';
import type { Statement } from '../statements.ts';
import { findDropHazards } from './drops.ts';
import { findNotNullHazards } from './not-null.ts';
import { findRenameHazards } from './renames.ts';

const NOT_NULL = 'Give it a constant `DEFAULT`; or add it as nullable, fill it, and build the table anew with NOT NULL in a later migration.';

/** Hazards that SQLite shares with the others. What a rebuild drops and renames is no drop and no rename. */
export function findSqliteGeneralHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (isPartOfRebuild(statement, context)) return [];
  const notNull = findNotNullHazards(statement, context).map((hazard) => ({ ...hazard, data: { ...hazard.data, remedy: NOT_NULL } }));
  return [...findRenameHazards(statement, context).map(withSqliteTable), ...findDropHazards(statement, context), ...notNull];
}

/** Drizzle's word for a table differs by dialect. */
function withSqliteTable(hazard: Hazard): Hazard {
  return { ...hazard, data: Object.fromEntries(Object.entries(hazard.data).map(([key, text]) => [key, text.replaceAll('pgTable(', 'sqliteTable(')])) };
}

function isPartOfRebuild(statement: Statement, { outline }: HazardContext): boolean {
  const isRebuilt = (name: string): boolean => [...outline.rebuiltTables].some((table) => sameName(table, name));
  if (statement.kind === 'rename' && statement.object === 'table') return isRebuilt(statement.from) && isRebuilt(statement.to);
  return statement.kind === 'drop' && statement.object === 'table' && statement.names.every(({ name }) => isRebuilt(name));
}
