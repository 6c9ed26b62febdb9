import { formatName, formatType, quoteName } from '../column-types.ts';
import { flatten } from '../flatten.ts';
import type { FolderHazards, FolderHistory } from '../folder-hazards.ts';
import { isFresh, type Hazard, type HazardContext } from '../hazards.ts';
import type { MigrationTool } from '../migration-files.ts';
import { findTable } from '../replayed-schema.ts';
import type { EnumValueStatement, QualifiedName, RenameStatement, Statement } from '../statements.ts';
import { targetOf } from './drops.ts';
import { MAPPED, planColumnRename } from './rename-plan.ts';

/** Renames of columns and tables that a running release knows by their old names. */
export function findRenameHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'rename') return [];
  const { tool, schema, outline } = context;
  const { start, end, target, from, to } = statement;
  const table = findTable(schema, target);
  if (isFresh(table, context) || outline.droppedTables.has(target.name)) return [];
  if (statement.object === 'column' && statement.on === 'table') return renamedColumn(statement, context);
  if (statement.object !== 'table') return [];
  // A view under the old name keeps the running release alive.
  if (outline.createdNames.has(from)) return [];
  const data = { table: formatName(target), from: quoteName(from), to: quoteName(to), remedy: keepTable(target, to, tool), plan: viewPlan(target, to) };
  return [{ kind: 'renameTable', start, end, data, target: targetOf(table?.name ?? target) }];
}

function renamedColumn({ start, end, target, from, to }: RenameStatement, { file, tool, dialect, schema, outline }: HazardContext): Hazard[] {
  const table = findTable(schema, target);
  // A column that this migration added is known to nobody yet; one that it drops afterwards is reported there.
  const column = table?.columns.get(from);
  if (column?.addedIn === file || (column && outline.droppedColumns.has(`${target.name}.${to}`))) return [];
  const type = column?.type ? formatType(column.type) : '<type>';
  const plan = planColumnRename({ table: target, from, to, type, notNull: column?.notNull ?? false, tool, dialect });
  const data = { table: formatName(target), from: quoteName(from), to: quoteName(to), remedy: expandColumn(target, from, to, type, tool), plan };
  return [{ kind: 'renameColumn', start, end, data, target: targetOf(table?.name ?? target, from) }];
}

function expandColumn(table: QualifiedName, from: string, to: string, type: string, tool: MigrationTool): string {
  const mapped = MAPPED[tool]?.column(from, to);
  const add = `\`ALTER TABLE ${formatName(table)} ADD COLUMN ${quoteName(to)} ${type};\``;
  const steps = `add the new column (${add}), write both, backfill in batches, move the reads, and drop the old one in a later release`;
  return mapped === undefined ? `Expand and contract: ${steps}.` : `Keep the column and ${mapped}; or ${steps}.`;
}

function bridgeView(table: QualifiedName, to: string): string {
  return `CREATE VIEW ${formatName(table)} AS SELECT * FROM ${formatName({ ...table, name: to })};`;
}

function keepTable(table: QualifiedName, to: string, tool: MigrationTool): string {
  const mapped = MAPPED[tool]?.table(table.name, to);
  const bridge = `leave a view under the old name in the same transaction (\`${bridgeView(table, to)}\`) until no release uses it`;
  return mapped === undefined ? `Keep the name, or ${bridge}.` : `Keep the table and ${mapped}; or ${bridge}.`;
}

function viewPlan(table: QualifiedName, to: string): string {
  return [
    '-- One migration, in one transaction:',
    'BEGIN;',
    `ALTER TABLE ${formatName(table)} RENAME TO ${quoteName(to)};`,
    bridgeView(table, to),
    'COMMIT;',
    '',
    '-- When no release uses the old name any more:',
    `DROP VIEW ${formatName(table)};`,
  ].join('\n');
}

/** Renames of schemas, types and values of enums. What they mean shows only with the rest of the file. */
export function findRenamedTypeHazards({ files, folder }: FolderHistory): FolderHazards {
  if (folder.dialect !== 'postgres') return new Map();
  return new Map(files.filter(({ judged }) => judged).map(({ path, statements }) => [path, renamedTypes(statements.flatMap(flatten))]));
}

function renamedTypes(statements: readonly Statement[]): Hazard[] {
  const made = new Set(statements.flatMap(namesMade));
  return statements.flatMap((statement): Hazard[] => {
    if (statement.kind === 'enumValue') return statement.action === 'rename' && !made.has(statement.type.name) ? [renamedValue(statement)] : [];
    if (statement.kind !== 'rename') return [];
    const { start, end, object, target, from, to } = statement;
    // Prisma and Drizzle put a new type in the place of an enum: the name is there again before anybody looks.
    if (made.has(from) || statements.some((other) => other.kind === 'rename' && other.object === object && other.to === from)) return [];
    const data = { from: quoteName(from), to: quoteName(to) };
    if (object === 'schema') {
      const remedy = 'Keep the name; or move tables one by one with a view left under the old schema until no release uses it.';
      return [{ kind: 'renameSchema', start, end, data: { ...data, remedy } }];
    }
    if (object !== 'type' && object !== 'domain') return [];
    const remedy = `Keep the name, and rename the type in the code only${object === 'domain' ? '' : ' (Prisma: `@@map`; Drizzle: the first argument of `pgEnum`)'}.`;
    return [{ kind: 'renameType', start, end, data: { ...data, type: formatName(target), remedy } }];
  });
}

function renamedValue({ start, end, type, value, oldValue }: EnumValueStatement): Hazard {
  const name = formatName(type);
  const [from, to] = [`'${(oldValue ?? '').replaceAll("'", "''")}'`, `'${value.replaceAll("'", "''")}'`];
  const remedy = `Add the new value (\`ALTER TYPE ${name} ADD VALUE ${to};\`), release code that takes both, write the new one, and update old rows in batches.`;
  return { kind: 'renameEnumValue', start, end, data: { type: name, from, to, remedy } };
}

function namesMade(statement: Statement): string[] {
  if (statement.kind === 'createType') return [statement.type.name];
  if (statement.kind === 'createDomain') return [statement.domain.name];
  return statement.kind === 'createSchema' ? [statement.name] : [];
}
