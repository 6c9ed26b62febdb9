import { formatName, formatType, quoteName } from '../column-types.ts';
import { isFresh, type Hazard, type HazardContext } from '../hazards.ts';
import type { MigrationTool } from '../migration-files.ts';
import { findTable } from '../replayed-schema.ts';
import type { QualifiedName, Statement } from '../statements.ts';

/** Where the code can take the new name while the database keeps the old one. */
const MAPPED: Partial<Record<MigrationTool, Record<'column' | 'table', (from: string, to: string) => string>>> = {
  prisma: {
    column: (from, to) => `rename only the field: \`${to} … @map("${from}")\``,
    table: (from, to) => `rename only the model: \`model ${to} { … @@map("${from}") }\``,
  },
  drizzle: {
    column: (from, to) => `rename only the property: \`${to}: text('${from}')\` (with the column's own type)`,
    table: (from, to) => `rename only the constant: \`export const ${to} = pgTable('${from}', …)\``,
  },
};

export function findRenameHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'rename') return [];
  const { file, tool, schema, outline } = context;
  const { start, end, target, from, to } = statement;
  const table = findTable(schema, target);
  if (isFresh(table, context) || outline.droppedTables.has(target.name)) return [];
  if (statement.object === 'column' && statement.on === 'table') {
    // A column that this migration added is known to nobody yet; one that it drops afterwards is reported there.
    const column = table?.columns.get(from);
    if (column?.addedIn === file || (column && outline.droppedColumns.has(`${target.name}.${to}`))) return [];
    const remedy = expandColumn(target, from, to, column?.type ? formatType(column.type) : '<type>', tool);
    return [{ kind: 'renameColumn', start, end, data: { table: formatName(target), from: quoteName(from), to: quoteName(to), remedy } }];
  }
  if (statement.object !== 'table') return [];
  // A view under the old name keeps the running release alive.
  if (outline.createdNames.has(from)) return [];
  const data = { table: formatName(target), from: quoteName(from), to: quoteName(to), remedy: keepTable(target, to, tool) };
  return [{ kind: 'renameTable', start, end, data }];
}

function expandColumn(table: QualifiedName, from: string, to: string, type: string, tool: MigrationTool): string {
  const mapped = MAPPED[tool]?.column(from, to);
  const add = `\`ALTER TABLE ${formatName(table)} ADD COLUMN ${quoteName(to)} ${type};\``;
  const steps = `add the new column (${add}), write both, backfill in batches, move the reads, and drop the old one in a later release`;
  return mapped === undefined ? `Expand and contract: ${steps}.` : `Keep the column and ${mapped}; or ${steps}.`;
}

function keepTable(table: QualifiedName, to: string, tool: MigrationTool): string {
  const mapped = MAPPED[tool]?.table(table.name, to);
  const target = formatName({ ...table, name: to });
  const view = `\`CREATE VIEW ${formatName(table)} AS SELECT * FROM ${target};\``;
  const bridge = `leave a view under the old name in the same transaction (${view}) until no release uses it`;
  return mapped === undefined ? `Keep the name, or ${bridge}.` : `Keep the table and ${mapped}; or ${bridge}.`;
}
