import type { RowCopy, Statement } from '../statements.ts';

/**
 * SQLite changes most of a table by building it anew: `copyFirst` creates the new table under another name, copies the rows, drops the old
 * one and renames; `renameFirst` renames the old one away, creates the new one under its name, copies, and drops the old one.
 */
export interface TableRebuild {
  readonly order: 'copyFirst' | 'renameFirst';
  /** Name that the table has before and after. */
  readonly table: string;
  /** The other name: of the new table, or of the old one once it has been renamed away. */
  readonly other: string;
  /** Positions among the statements of the file. */
  readonly create: number;
  readonly drop: number;
  readonly rename: number;
  readonly insert?: number;
  readonly copy?: RowCopy;
}

/** Names are compared as SQLite does it, without case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function findTableRebuilds(statements: readonly Statement[]): TableRebuild[] {
  return statements.flatMap((statement, rename): TableRebuild[] => {
    if (statement.kind !== 'rename' || statement.object !== 'table') return [];
    const { from, to } = statement;
    const drops = positionsOf(statements, (other) => isDropOf(other, to));
    const copyFirst = positionsOf(statements, (other) => other.kind === 'createTable' && sameName(other.table.name, from)).at(-1);
    const drop = drops.filter((at) => at < rename).at(-1);
    if (copyFirst !== undefined && drop !== undefined && copyFirst < drop) {
      const copy = copyBetween(statements, to, from);
      return [{ order: 'copyFirst', table: to, other: from, create: copyFirst, drop, rename, ...copy }];
    }
    const create = positionsOf(statements, (other) => other.kind === 'createTable' && sameName(other.table.name, from)).find((at) => at > rename);
    const later = drops.find((at) => create !== undefined && at > create);
    if (create === undefined || later === undefined) return [];
    return [{ order: 'renameFirst', table: from, other: to, create, drop: later, rename, ...copyBetween(statements, from, to, true) }];
  });
}

/** Names that only serve a rebuild, and those of the tables that are rebuilt. */
export function rebuiltNames(statements: readonly Statement[]): Set<string> {
  return new Set(findTableRebuilds(statements).flatMap(({ table, other }) => [table, other]));
}

function copyBetween(statements: readonly Statement[], table: string, other: string, reversed = false): { insert?: number; copy?: RowCopy } {
  const [from, into] = reversed ? [other, table] : [table, other];
  const insert = statements.findIndex((statement) => {
    if (statement.kind !== 'insert' || statement.copy === undefined) return false;
    return sameName(statement.copy.from.name, from) && sameName(statement.tables[0]?.name ?? '', into);
  });
  const found = statements[insert];
  return found?.kind === 'insert' && found.copy ? { insert, copy: found.copy } : {};
}

function isDropOf(statement: Statement, table: string): boolean {
  return statement.kind === 'drop' && statement.object === 'table' && statement.names.some(({ name }) => sameName(name, table));
}

function positionsOf(statements: readonly Statement[], is: (statement: Statement) => boolean): number[] {
  return statements.flatMap((statement, i) => (is(statement) ? [i] : []));
}
