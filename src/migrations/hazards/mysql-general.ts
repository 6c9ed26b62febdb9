import { isFresh, type Hazard, type HazardContext } from '../hazards.ts';
import { findTable } from '../replayed-schema.ts';
import type { AlterTableStatement, RenameStatement, Statement } from '../statements.ts';
import { findDropHazards } from './drops.ts';
import { findRenameHazards } from './renames.ts';

/** Hazards that MySQL shares with the others, with names as MySQL writes them. */
export function findMysqlGeneralHazards(statement: Statement, context: HazardContext): Hazard[] {
  const renames = statement.kind === 'alterTable' ? renamesIn(statement).flatMap((rename) => findRenameHazards(rename, context)) : [];
  const found = [...renames, ...findRenameHazards(statement, context), ...findDropHazards(statement, context), ...requiredColumns(statement, context)];
  return found.map((hazard) => ({ ...hazard, data: Object.fromEntries(Object.entries(hazard.data).map(([key, text]) => [key, inMysql(text)])) }));
}

/** Renames that stand beside other clauses, as statements of their own. */
function renamesIn({ table, commands }: AlterTableStatement): RenameStatement[] {
  return commands.flatMap((command): RenameStatement[] => {
    const base = { start: command.start, end: command.end, kind: 'rename', on: 'table', target: table, ifExists: false } as const;
    if (command.kind === 'renameColumn') return [{ ...base, object: 'column', from: command.from, to: command.to }];
    if (command.kind === 'renameTable') return [{ ...base, object: 'table', from: table.name, to: command.to.name }];
    if (command.kind !== 'modifyColumn' || command.column.toLowerCase() === command.definition.name.toLowerCase()) return [];
    return [{ ...base, object: 'column', from: command.column, to: command.definition.name }];
  });
}

/** MySQL fills the rows that are there with 0 or an empty string, and refuses inserts that leave the column out. */
function requiredColumns(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'alterTable' || isFresh(findTable(context.schema, statement.table), context)) return [];
  return statement.commands.flatMap((command): Hazard[] => {
    if (command.kind !== 'addColumn') return [];
    const { name, notNull, default: value, generated, identity } = command.column;
    if (!notNull || generated !== undefined || identity || (value && !value.isNull)) return [];
    const remedy = 'Give it a `DEFAULT`, or add it as nullable, fill it in batches, and make it NOT NULL in a later migration.';
    const { start, end } = command;
    return [{ kind: 'addNotNullImplicit', start, end, data: { table: statement.table.name, column: name, remedy } }];
  });
}

/** Double quotes are strings in MySQL, and names need quotes only when they are no plain words. Drizzle's word for a table differs, too. */
function inMysql(text: string): string {
  // `@map("name")` is Prisma's.
  return text.replace(/(?<!\()"([A-Za-z_$][\w$]*)"/g, '$1').replaceAll('pgTable(', 'mysqlTable(').replace(' in the same transaction', '');
}
