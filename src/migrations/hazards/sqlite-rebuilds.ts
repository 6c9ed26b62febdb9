import { quoteName } from '../column-types.ts';
import type { Hazard } from '../hazards.ts';
import { TOOL_NAMES } from '../migration-files.ts';
import { knownColumns, type SqliteForeignKey, type SqliteTable } from '../sqlite/sqlite-schema.ts';
import { sameName, type TableRebuild } from '../sqlite/table-rebuilds.ts';
import type { Statement } from '../statements.ts';
import { findCopyHazards } from './sqlite-copies.ts';
import type { SqliteContext } from './sqlite.ts';

/** Hazards of the statements of a table rebuild. Measured with SQLite 3.40 and 3.54. */
export function findRebuildHazards(statement: Statement, context: SqliteContext): Hazard[] {
  const { at, rebuilds, isPending } = context;
  return rebuilds.flatMap((rebuild) => {
    if (isPending(rebuild.order === 'copyFirst' || at <= rebuild.rename ? rebuild.table : rebuild.other)) return [];
    if (at === rebuild.insert) return findCopyHazards(statement, rebuild, context);
    if (at === rebuild.drop) {
      if (rebuild.order === 'renameFirst') return droppedOnItself(statement, rebuild, context);
      return [...judgeDrop(statement, rebuild, context), ...lostWithTable(statement, rebuild, context)];
    }
    if (at === rebuild.rename) return rebuild.order === 'copyFirst' ? brokenViews(statement, rebuild, context) : renamedAway(statement, rebuild, context);
    return [];
  });
}

interface Child {
  readonly table: SqliteTable;
  readonly key: SqliteForeignKey;
}

/**
 * Tables with rows that refer to the table; those that this migration made have none. The new table refers to the old one
 * where rows refer to their own kind.
 */
function childrenOf(rebuild: TableRebuild, { schema, isPending }: SqliteContext): Child[] {
  const parent = rebuild.table.toLowerCase();
  return [...schema.tables.values()].flatMap((table) => {
    const isCopy = rebuild.order === 'copyFirst' && sameName(table.name, rebuild.other);
    if (sameName(table.name, rebuild.table) || (!isCopy && isPending(table.name))) return [];
    return table.foreignKeys.filter(({ references }) => references === parent).map((key) => ({ table, key }));
  });
}

/** Dropping a table deletes its rows first, where foreign keys are enforced: children follow, or forbid it. */
function judgeDrop({ start, end }: Statement, rebuild: TableRebuild, context: SqliteContext): Hazard[] {
  if (context.foreignKeys.enforced === 'off') return [];
  const children = childrenOf(rebuild, context);
  const data = { table: quoteName(rebuild.table), why: reasonOf(context), remedy: remedyOf(context) };
  const forbidding = children.filter(isForbidding);
  if (forbidding.length > 0) {
    return [{ kind: 'rebuildFails', start, end, data: { ...data, children: namesOf(forbidding, rebuild) } }];
  }
  if (children.length === 0) return [];
  const deleted = children.filter(({ key }) => key.onDelete === 'cascade');
  const emptied = children.filter(({ key }) => key.onDelete !== 'cascade');
  const effects = [
    ...(deleted.length > 0 ? [`deletes the rows of ${namesOf(deleted, rebuild)} that refer to it (ON DELETE CASCADE)`] : []),
    ...(emptied.length > 0 ? [`clears the references of ${namesOf(emptied, rebuild)} (ON DELETE SET NULL or SET DEFAULT)`] : []),
  ];
  return [{ kind: 'rebuildDeletesRows', start, end, data: { ...data, effect: effects.join(' and ') } }];
}

/** A default that refers to a row refers to one that goes as well. */
function isForbidding({ table, key }: Child): boolean {
  const isDefaultKept = key.onDelete === 'setDefault' && key.columns.some((column) => table.columns.get(column)?.hasDefault);
  return key.onDelete === 'noAction' || key.onDelete === 'restrict' || isDefaultKept;
}

/** The old table, renamed away, with rows that restrict the deletion of each other. */
function droppedOnItself({ start, end }: Statement, rebuild: TableRebuild, context: SqliteContext): Hazard[] {
  const { schema, foreignKeys, scope } = context;
  const other = rebuild.other.toLowerCase();
  const restricts = schema.tables.get(other)?.foreignKeys.some(({ references, onDelete }) => references === other && onDelete === 'restrict');
  if (!restricts || foreignKeys.enforced === 'off' || (foreignKeys.deferred && scope)) return [];
  const data = { table: quoteName(rebuild.table), children: `\`${quoteName(rebuild.other)}\``, why: reasonOf(context), remedy: remedyOf(context) };
  return [{ kind: 'rebuildFails', start, end, data }];
}

function namesOf(children: readonly Child[], rebuild: TableRebuild): string {
  const names = new Set(children.map(({ table }) => quoteName(sameName(table.name, rebuild.other) ? rebuild.table : table.name)));
  return [...names].map((name) => `\`${name}\``).join(', ');
}

function reasonOf({ foreignKeys, scope, folder }: SqliteContext): string {
  const tool = TOOL_NAMES[folder.tool];
  const by = scope?.by === 'explicit' ? 'the file has opened a transaction with `BEGIN`' : `${tool} has opened a transaction`;
  if (scope && foreignKeys.ignoredOff) return `\`PRAGMA foreign_keys=OFF\` does nothing here, because ${by}`;
  if (foreignKeys.deferred) return '`PRAGMA defer_foreign_keys` does not help: it puts off the check, not the actions';
  return foreignKeys.enforced === 'on' ? 'The file has set `PRAGMA foreign_keys=ON`' : 'Nothing switches foreign keys off before it';
}

function remedyOf({ scope, folder }: SqliteContext): string {
  const check = '`PRAGMA foreign_key_check` afterwards shows what is broken';
  if (!scope) return `Put \`PRAGMA foreign_keys=OFF;\` before the first of its statements and \`PRAGMA foreign_keys=ON;\` after the last; ${check}.`;
  if (scope.by === 'explicit') return `Put \`PRAGMA foreign_keys=OFF;\` before \`BEGIN\` and \`PRAGMA foreign_keys=ON;\` after \`COMMIT\`; ${check}.`;
  const off = 'run `PRAGMA foreign_keys=OFF` on the connection before the migrations begin and `PRAGMA foreign_keys=ON` after them';
  const how = folder.tool === 'drizzle' ? `Around the call of \`migrate()\`, ${off}` : `In the program that starts the migrations, ${off}`;
  return `${how}; ${check}.`;
}

/** The old table takes its indexes and triggers along. */
function lostWithTable({ start, end }: Statement, rebuild: TableRebuild, { schema, statements }: SqliteContext): Hazard[] {
  const table = rebuild.table.toLowerCase();
  const isMade = (name: string): boolean =>
    statements.some((statement) => (statement.kind === 'createIndex' || statement.kind === 'createTrigger') && sameName(statement.name ?? '', name));
  const remaining = knownColumns(schema.tables.get(rebuild.other.toLowerCase()))?.map(({ name }) => name.toLowerCase());
  const lost = [...schema.users.values()].filter(({ kind, name, tables, columns }) => {
    const isOfTable = kind !== 'view' && tables.includes(table) && !isMade(name);
    return isOfTable && (remaining === undefined || columns.every((column) => remaining.includes(column)));
  });
  if (lost.length === 0) return [];
  const what = lost.map(({ kind, name }) => `${kind} \`${quoteName(name)}\``).join(', ');
  return [{ kind: 'rebuildLosesIndex', start, end, data: { table: quoteName(rebuild.table), what, remedy: 'Create it again after the rename.' } }];
}

/** A rename looks through all views, and one that names a table which is not there stops it. */
function brokenViews({ start, end }: Statement, rebuild: TableRebuild, { schema, foreignKeys }: SqliteContext): Hazard[] {
  if (foreignKeys.legacy) return [];
  const views = [...schema.users.values()].filter(({ kind, tables }) => kind === 'view' && tables.includes(rebuild.table.toLowerCase()));
  const [view] = views;
  if (!view) return [];
  const remedy = `Drop ${views.length > 1 ? 'the views' : 'the view'} before the table and create ${views.length > 1 ? 'them' : 'it'} again at the end.`;
  const names = views.map(({ name }) => `\`${quoteName(name)}\``).join(', ');
  return [{ kind: 'rebuildBreaksView', start, end, data: { table: quoteName(rebuild.table), views: names, remedy } }];
}

/** Foreign keys of other tables follow the old table to its new name, and lose it there. */
function renamedAway({ start, end }: Statement, rebuild: TableRebuild, context: SqliteContext): Hazard[] {
  const children = childrenOf(rebuild, context);
  if (children.length === 0 || (context.foreignKeys.legacy && context.foreignKeys.enforced === 'off')) return [];
  const table = quoteName(rebuild.table);
  const other = quoteName(rebuild.other);
  const order = `Create the new table under another name, copy the rows, drop \`${table}\`, and rename the new one to \`${table}\``;
  const remedy = `${order}, with \`PRAGMA foreign_keys=OFF\` in force.`;
  return [{ kind: 'rebuildRenamesAway', start, end, data: { table, other, children: namesOf(children, rebuild), remedy } }];
}
