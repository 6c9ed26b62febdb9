import { formatName } from '../column-types.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import type { AlterCommand, MaintenanceStatement, QualifiedName, Statement } from '../statements.ts';
import { existingTable } from './existing-table.ts';

/** Commands whose purpose is a new copy of the table, and what to do instead. */
const REWRITING_COMMANDS: Partial<Record<AlterCommand['kind'], readonly [written: string, remedy: string]>> = {
  setLogged: ['SET LOGGED', 'Do it while nothing uses the table, or copy the rows in batches into a new logged table.'],
  setUnlogged: ['SET UNLOGGED', 'Create an unlogged table beside it; after a crash an unlogged table is empty.'],
  setAccessMethod: ['SET ACCESS METHOD', 'Create a table with the access method beside it and copy the rows in batches.'],
  setTablespace: ['SET TABLESPACE', 'Move it while nothing uses the table, or with pg_repack, which copies in the background.'],
  setExpression: ['SET EXPRESSION', 'Add a new generated column under another name while nothing writes, or fill a plain column in batches.'],
};

/** Statements that copy a whole relation under a lock that stops reads. */
export function findTableRewriteHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind === 'alterTable') {
    // What is set already, or computed when read, copies nothing.
    if (context.effects.rewrites.length === 0 || !existingTable(statement.table, context)) return [];
    return statement.commands.flatMap((command) => {
      const [written, remedy] = REWRITING_COMMANDS[command.kind] ?? [];
      if (written === undefined || remedy === undefined || (command.kind === 'setTablespace' && statement.object !== 'table')) return [];
      return [hazard(command, written, statement.table, remedy)];
    });
  }
  if (statement.kind === 'vacuum' && statement.full) {
    return [hazard(statement, 'VACUUM FULL', statement.tables[0], 'Use plain `VACUUM`, or pg_repack, which copies in the background.')];
  }
  if (statement.kind === 'cluster') return [hazard(statement, 'CLUSTER', statement.tables[0], 'Use pg_repack, which orders the rows in the background.')];
  return statement.kind === 'refresh' ? judgeRefresh(statement, context) : [];
}

function hazard(at: { readonly start: number; readonly end: number }, command: string, table: QualifiedName | undefined, remedy: string): Hazard {
  const data = { command, table: table ? `\`${formatName(table)}\`` : 'each table of the database', remedy };
  return { kind: 'rewriteCommand', start: at.start, end: at.end, data };
}

function judgeRefresh({ start, end, tables, concurrently, withData }: MaintenanceStatement, context: HazardContext): Hazard[] {
  const [view] = tables;
  if (concurrently || withData === false || !view || !existingTable(view, context)) return [];
  const name = formatName(view);
  const remedy = `With a unique index on it, \`REFRESH MATERIALIZED VIEW CONCURRENTLY ${name};\` lets reads go on.`;
  return [{ kind: 'refreshBlocking', start, end, data: { view: name, remedy } }];
}
