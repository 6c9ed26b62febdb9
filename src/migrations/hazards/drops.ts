import { formatName, quoteName } from '../column-types.ts';
import { isFresh, type Hazard, type HazardContext, type HazardTarget } from '../hazards.ts';
import { findTable, keyOf, type ReplayedTable } from '../replayed-schema.ts';
import type { AlterTableStatement, DropStatement, QualifiedName, Statement } from '../statements.ts';

/** Every drop of a table or column that a running release may still use. */
export function findDropHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind === 'drop' && statement.object === 'table') return droppedTables(statement, context);
  if (statement.kind === 'alterTable' && statement.object === 'table') return droppedColumns(statement, context);
  return [];
}

function droppedTables(statement: DropStatement, context: HazardContext): Hazard[] {
  const { schema, outline } = context;
  return statement.names.flatMap((name) => {
    const table = findTable(schema, name);
    if (isFresh(table, context) || name.schema === 'pg_temp') return [];
    // Scripts that start from nothing drop what they are about to create; without a history there was nothing before them.
    if (!table && statement.ifExists && (schema.dropped.has(keyOf(schema, name)) || outline.createdNames.has(name.name))) return [];
    const remedy = 'Check that no code needs it (models, raw SQL, joins, jobs), release that first, and drop the table in a later migration.';
    const target = targetOf(table?.name ?? name);
    return [{ kind: 'dropTable' as const, start: statement.start, end: statement.end, data: { table: formatName(name), remedy }, target }];
  });
}

function droppedColumns(statement: AlterTableStatement, context: HazardContext): Hazard[] {
  const { file, schema, outline } = context;
  const table = findTable(schema, statement.table);
  // The drop of the table says it already.
  if (isFresh(table, context) || outline.droppedTables.has(statement.table.name)) return [];
  return statement.commands.flatMap((command): Hazard[] => {
    if (command.kind !== 'dropColumn' || (command.ifExists && isKnownToBeGone(table, command.column))) return [];
    // A column that this migration added is known to nobody yet.
    const known = table?.columns.get(command.column);
    if (known?.addedIn === file) return [];
    // Code knows a column that this migration renamed by its old name.
    const name = known?.renamed?.file === file ? known.renamed.from : command.column;
    const data = { table: formatName(statement.table), column: quoteName(name) };
    const { start, end } = command;
    const target = targetOf(table?.name ?? statement.table, name);
    if (outline.addedColumns.has(`${statement.table.name}.${command.column}`)) {
      const remedy = 'Add the new column under another name, copy the values, move the code, and drop the old one in a later release.';
      return [{ kind: 'recreateColumn', start, end, data: { ...data, remedy }, target }];
    }
    const remedy = 'Check that no code needs it (models, raw SQL, `SELECT *`), release that first, and drop the column in a later migration.';
    return [{ kind: 'dropColumn', start, end, data: { ...data, remedy }, target }];
  });
}

/** By the names that code knows. */
export function targetOf({ schema, name }: QualifiedName, column?: string): HazardTarget {
  return { ...(schema === undefined ? {} : { schema }), table: name, ...(column === undefined ? {} : { column }) };
}

/** All columns are known of a table whose creation was seen. */
function isKnownToBeGone(table: ReplayedTable | undefined, column: string): boolean {
  return table?.createdIn !== undefined && table.columns.size > 0 && !table.columns.has(column);
}
