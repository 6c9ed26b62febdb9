import { classifyTypeChange, formatName, formatType, quoteName } from '../column-types.ts';
import { isEmptied, isFresh, type Hazard, type HazardContext, type HazardKind } from '../hazards.ts';
import { findTable, keyOf } from '../replayed-schema.ts';
import type { AlterCommand, AlterTableStatement, ColumnType, Statement } from '../statements.ts';

type TypeCommand = Extract<AlterCommand, { kind: 'setType' }>;

export function findTypeChangeHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'alterTable' || statement.object !== 'table') return [];
  const { schema, outline } = context;
  const table = findTable(schema, statement.table);
  if (isFresh(table, context) || isEmptied(table, context) || outline.droppedTables.has(statement.table.name)) return [];
  return statement.commands.flatMap((command) => {
    if (command.kind !== 'setType') return [];
    const from = table?.columns.get(command.column)?.type;
    const kind = judge(from, command) ?? (readsAnyhow(statement, context) ? 'typeScans' : undefined);
    if (!kind || (kind === 'typeRewrite' && isLeftAsItIs(statement, context))) return [];
    const data = {
      table: formatName(statement.table),
      column: quoteName(command.column),
      from: from ? formatType(from) : '',
      to: formatType(command.type),
      remedy: remedyFor(kind, formatName(statement.table), command),
    };
    return [{ kind, start: command.start, end: command.end, data }];
  });
}

/** A constraint or an index on the column is checked or built anew, though the values stay as they are. */
function readsAnyhow({ table, commands }: AlterTableStatement, { schema, effects }: HazardContext): boolean {
  return commands.length === 1 && (effects.scans.includes(keyOf(schema, table)) || effects.rewrites.length > 0);
}

/** A domain without constraints is stored as its base type. */
function isLeftAsItIs({ commands }: AlterTableStatement, { effects }: HazardContext): boolean {
  return commands.length === 1 && effects.rewrites.length === 0 && effects.scans.length === 0;
}

function judge(from: ColumnType | undefined, command: TypeCommand): HazardKind | undefined {
  if (!from) return 'typeMayRewrite';
  const change = classifyTypeChange(from, command.type);
  // An expression is evaluated row by row, also where the types alone would ask for nothing.
  if (command.using === 'expression') return 'typeRewrite';
  // A new collation rebuilds the indexes on the column.
  if (command.collation) return 'typeMayRewrite';
  if (change === 'rewriteUnlessUtc') return 'typeUnlessUtc';
  return change === 'rewrite' ? 'typeRewrite' : undefined;
}

function remedyFor(kind: HazardKind, table: string, { column, type }: TypeCommand): string {
  const to = formatType(type);
  if (kind === 'typeUnlessUtc') {
    return "If the values are in UTC, put `SET timezone = 'UTC';` before it, which makes it a change of the catalogue alone; else add a column beside it.";
  }
  if (kind === 'typeScans') {
    return 'Drop the constraint or index first, change the type, and bring it back as `NOT VALID` or `CONCURRENTLY` in a later migration.';
  }
  const shadow = `${column}_new`;
  const add = `\`ALTER TABLE ${table} ADD COLUMN ${quoteName(shadow)} ${to};\``;
  const steps = `Add a column beside it (${add}), write both, backfill in batches, move the reads, and drop the old one in a later release`;
  return kind === 'typeMayRewrite' ? `If it is no mere widening: ${steps[0]?.toLowerCase()}${steps.slice(1)}.` : `${steps}.`;
}
