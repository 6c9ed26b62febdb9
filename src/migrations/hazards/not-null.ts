import type { Span } from '../../facts/types.ts';
import { formatName, formatType, quoteName } from '../column-types.ts';
import { isEmptied, isFresh, type Hazard, type HazardContext } from '../hazards.ts';
import { targetOf } from './drops.ts';
import { findTable, type ReplayedTable } from '../replayed-schema.ts';
import type { AlterCommand, AlterTableStatement, ColumnDefinition, Statement } from '../statements.ts';

export function findNotNullHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'alterTable' || statement.object !== 'table') return [];
  const { schema, outline } = context;
  const table = findTable(schema, statement.table);
  if (isFresh(table, context) || outline.droppedTables.has(statement.table.name)) return [];
  const hasNoRows = isEmptied(table, context);
  return statement.commands.flatMap((command) => {
    if (command.kind === 'addColumn') return judgeAddition(statement, table, command, { hasNoRows, droppedColumns: outline.droppedColumns });
    if (hasNoRows) return [];
    if (command.kind === 'dropNotNull') return judgeDropNotNull(statement, table, command.column, command);
    return command.kind === 'setNotNull' ? judgeSetNotNull(statement, table, command.column, command) : [];
  });
}

function judgeAddition(
  statement: AlterTableStatement,
  table: ReplayedTable | undefined,
  { start, end, column, ifNotExists }: Extract<AlterCommand, { kind: 'addColumn' }>,
  { hasNoRows, droppedColumns }: { readonly hasNoRows: boolean; readonly droppedColumns: ReadonlySet<string> },
): Hazard[] {
  if (!column.notNull || hasValueForOldRows(column)) return [];
  const isReplaced = droppedColumns.has(`${statement.table.name}.${column.name}`);
  if (ifNotExists && table?.columns.has(column.name) && !isReplaced) return [];
  const name = formatName(statement.table);
  if (hasNoRows) {
    const remedy = 'Add it as nullable or with a constant `DEFAULT`, release code that writes it, and set NOT NULL in a later migration.';
    return [{ kind: 'addNotNullEmptied', start, end, data: { table: name, column: quoteName(column.name), remedy } }];
  }
  const type = column.type ? formatType(column.type) : '<type>';
  const nullable = `\`ALTER TABLE ${name} ADD COLUMN ${quoteName(column.name)} ${type};\``;
  const remedy = `Add it as nullable (${nullable}) or with a constant \`DEFAULT\`, backfill in batches, and set NOT NULL in a later migration.`;
  return [{ kind: 'addNotNull', start, end, data: { table: name, column: quoteName(column.name), remedy } }];
}

function hasValueForOldRows(column: ColumnDefinition): boolean {
  if (column.generated !== undefined || column.identity || column.type?.serial) return true;
  return column.default !== undefined && !column.default.isNull;
}

function judgeSetNotNull(
  statement: AlterTableStatement,
  table: ReplayedTable | undefined,
  column: string,
  { start, end }: Span,
): Hazard[] {
  if (table?.columns.get(column)?.notNull) return [];
  const dropped = new Set(statement.commands.flatMap((command) => (command.kind === 'dropConstraint' ? [command.constraint] : [])));
  // The scan comes back when the same ALTER TABLE drops the CHECK that would have spared it.
  const isProven = [...(table?.checks ?? [])].some(([name, check]) => check.valid && check.provesNotNull.includes(column) && !dropped.has(name));
  if (isProven) return [];
  const name = formatName(statement.table);
  const constraint = quoteName(`${statement.table.name}_${column}_not_null`);
  const remedy =
    `First \`ALTER TABLE ${name} ADD CONSTRAINT ${constraint} CHECK (${quoteName(column)} IS NOT NULL) NOT VALID;\`, ` +
    `in the next migration \`ALTER TABLE ${name} VALIDATE CONSTRAINT ${constraint};\`, and only then \`SET NOT NULL\`, which needs no scan any more.`;
  const target = targetOf(table?.name ?? statement.table, column);
  return [{ kind: 'setNotNull', start, end, data: { table: name, column: quoteName(column), remedy }, target }];
}

/** Code that has read the column as never being NULL goes on doing so. */
function judgeDropNotNull({ table: name }: AlterTableStatement, table: ReplayedTable | undefined, column: string, { start, end }: Span): Hazard[] {
  if (table?.columns.get(column)?.notNull === false) return [];
  const remedy = 'Release code that copes with NULL first, and let nothing write NULL before that.';
  return [{ kind: 'dropNotNull', start, end, data: { table: formatName(name), column: quoteName(column), remedy } }];
}
