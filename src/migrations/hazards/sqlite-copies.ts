import { quoteName } from '../column-types.ts';
import type { Hazard } from '../hazards.ts';
import { knownColumns } from '../sqlite/sqlite-schema.ts';
import type { TableRebuild } from '../sqlite/table-rebuilds.ts';
import type { CopiedColumn, Statement } from '../statements.ts';
import type { SqliteContext } from './sqlite.ts';

/** What the copy of a rebuild leaves behind, gives another name, or asks for though it is not there. */
export function findCopyHazards(statement: Statement, rebuild: TableRebuild, { schema }: SqliteContext): Hazard[] {
  const { start, end } = statement;
  const { table, other, copy, order } = rebuild;
  const [oldName, newName] = order === 'copyFirst' ? [table, other] : [other, table];
  const oldColumns = knownColumns(schema.tables.get(oldName.toLowerCase()));
  const newColumns = knownColumns(schema.tables.get(newName.toLowerCase()));
  if (!copy || !oldColumns || !newColumns) return [];
  const data = { table: quoteName(table) };
  const has = (columns: typeof oldColumns, name: string): boolean => columns.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const targets = statement.kind === 'insert' ? (statement.columns ?? []) : [];
  const copied = copy.all ? starColumns(oldColumns.map(({ name }) => name), copy.columns, targets) : copy.columns;

  const missing = copied.flatMap(({ from, to, doubleQuoted }): Hazard[] => {
    if (from === null || has(oldColumns, from) || from.toLowerCase() === 'rowid') return [];
    const remedy = `Write the value that the old rows shall have, e.g. \`NULL\`, instead of \`${quoteName(from)}\`.`;
    const kind = doubleQuoted ? 'rebuildCopiesName' : 'rebuildCopiesMissing';
    return [{ kind, start, end, data: { ...data, column: quoteName(from), target: quoteName(to ?? from), text: from, remedy } }];
  });

  const renamed = copied.flatMap(({ from, to }): Hazard[] => {
    if (from === null || to === undefined || from.toLowerCase() === to.toLowerCase()) return [];
    if (has(newColumns, from) || !has(oldColumns, from) || has(oldColumns, to)) return [];
    const remedy = 'Expand and contract: add the new column, write both, copy the values, move the reads, and drop the old one in a later release.';
    return [{ kind: 'renameColumn', start, end, data: { ...data, from: quoteName(from), to: quoteName(to), remedy } }];
  });

  const renamedFrom = new Set(renamed.map((hazard) => hazard.data['from']));
  const dropped = oldColumns.flatMap(({ name }): Hazard[] => {
    if (has(newColumns, name) || renamedFrom.has(quoteName(name))) return [];
    const remedy = 'Check that no code needs it (models, raw SQL, `SELECT *`), release that first, and leave the column out in a later migration.';
    return [{ kind: 'dropColumn', start, end, data: { ...data, column: quoteName(name), remedy } }];
  });

  const filled = new Set(copied.flatMap(({ to }) => (to === undefined ? [] : [to.toLowerCase()])));
  const emptied = oldColumns.flatMap(({ name }): Hazard[] => {
    // A target list that leaves out a column which both tables have loses its values.
    if (copy.all || filled.size === 0 || !has(newColumns, name) || filled.has(name.toLowerCase())) return [];
    if (copied.some(({ reads }) => reads.some((read) => read.toLowerCase() === name.toLowerCase()))) return [];
    return [{ kind: 'rebuildLosesValues', start, end, data: { ...data, column: quoteName(name), remedy: 'Add it to both lists of the `INSERT … SELECT`.' } }];
  });
  return [...missing, ...renamed, ...dropped, ...emptied];
}

/** `SELECT *` gives the old columns in their order, to the targets in theirs. */
function starColumns(names: readonly string[], written: readonly CopiedColumn[], targets: readonly string[]): CopiedColumn[] {
  if (written.length !== 1) return [];
  return names.map((name, i) => {
    const to = targets.length === names.length ? targets[i] : undefined;
    return { from: name, reads: [name], ...(to === undefined ? {} : { to }) };
  });
}
