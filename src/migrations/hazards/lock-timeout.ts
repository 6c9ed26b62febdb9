import { formatName, quoteName } from '../column-types.ts';
import { LOCK_MODES, type LockMode, type RelationLock } from '../effects/effects.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import type { Statement } from '../statements.ts';
import { isConcurrent } from '../transactions.ts';
import { heldLocks, isTableOfOthers, writtenRelation } from './held-locks.ts';

const SHARE = LOCK_MODES.indexOf('ShareLock');

/** What locks do to those who wait: for want of a timeout, for their number, for tables that the statement does not name. */
export function findLockHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (isConcurrent(statement)) return judgeConcurrent(statement, context);
  const locks = context.effects.locks.filter((lock) => isLockOfExistingTable(lock, context));
  if (context.timeouts.lock !== undefined) return [];
  const parent = parents(statement, locks, context);
  return parent.length > 0 ? parent : [...missingTimeout(statement, locks, context), ...severalTables(statement, locks, context)];
}

function isLockOfExistingTable({ relation, mode }: RelationLock, context: HazardContext): boolean {
  return LOCK_MODES.indexOf(mode) >= SHARE && isTableOfOthers(relation, context);
}

/** The first lock of a file that makes others wait: one word per file is enough. */
function missingTimeout({ start, end }: Statement, [first]: readonly RelationLock[], context: HazardContext): Hazard[] {
  const isLater = context.before.some(({ effects }) => effects.locks.some((lock) => isLockOfExistingTable(lock, context)));
  if (!first || isLater) return [];
  const set = context.scope ? "SET LOCAL lock_timeout = '5s';" : "SET lock_timeout = '5s';";
  const remedy = `Put \`${set}\` before it, so that it gives up rather than hold the queue, and let the deployment try again.`;
  const article = /^[AE]/.test(first.mode) ? 'an' : 'a';
  const data = { table: writtenRelation(first.relation), article, mode: modeName(first.mode), waiting: whoWaits(first.mode) };
  return [{ kind: 'missingLockTimeout', start, end, data: { ...data, remedy } }];
}

/** Only AccessExclusive is in the way of plain reads: behind a request for a weaker lock, they go on. */
function whoWaits(mode: LockMode): string {
  if (mode === 'AccessExclusiveLock') return 'While it waits for a running query, everything that comes later waits behind it, plain reads included';
  return 'While it waits for a running write, all writes that come later wait behind it';
}

export function modeName(mode: LockMode): string {
  return mode.replace(/Lock$/, '');
}

/** The statement by which a transaction holds a second table. */
function severalTables({ start, end }: Statement, locks: readonly RelationLock[], context: HazardContext): Hazard[] {
  const held = new Set(heldLocks(context).map(({ table }) => table));
  if (held.size !== 1) return [];
  const added = locks.find(({ relation, mode }) => mode === 'AccessExclusiveLock' && !held.has(writtenRelation(relation)));
  if (!added) return [];
  const [first = ''] = held;
  const remedy = 'Change one table per migration, or set a `lock_timeout`, so that a transaction which takes them in another order cannot lock up with this one for long.';
  return [{ kind: 'locksSeveralTables', start, end, data: { first, table: writtenRelation(added.relation), remedy } }];
}

/** Tables that lose a foreign key to them are locked as well. */
function parents(statement: Statement, locks: readonly RelationLock[], { outline }: HazardContext): Hazard[] {
  const own = ownTables(statement);
  if (!own) return [];
  const isOther = (relation: string): boolean => !own.has(writtenRelation(relation)) && !outline.droppedTables.has(relation.slice(relation.indexOf('.') + 1));
  const parent = locks.find(({ relation, mode }) => mode === 'AccessExclusiveLock' && isOther(relation));
  if (!parent) return [];
  const remedy = "Set a `lock_timeout` before it (`SET lock_timeout = '5s';`) and try again if it fails; drop the constraint in a migration of its own.";
  const what = statement.kind === 'drop' ? `Dropping ${[...own].map((name) => `\`${name}\``).join(', ')}` : `Dropping a foreign key of ${[...own].map((name) => `\`${name}\``).join(', ')}`;
  return [{ kind: 'locksParent', start: statement.start, end: statement.end, data: { what, parent: writtenRelation(parent.relation), remedy } }];
}

function ownTables(statement: Statement): ReadonlySet<string> | undefined {
  const nameOf = (name: { readonly schema?: string; readonly name: string }): string => formatName(name.schema === 'public' ? { name: name.name } : name);
  if (statement.kind === 'drop' && statement.object === 'table') return new Set(statement.names.map(nameOf));
  const dropsConstraint = statement.kind === 'alterTable' && statement.commands.some(({ kind }) => kind === 'dropConstraint');
  return dropsConstraint ? new Set([nameOf(statement.table)]) : undefined;
}

/** Building concurrently waits for every older snapshot, on any table; a timeout leaves an invalid index behind. */
function judgeConcurrent(statement: Statement, { timeouts, before }: HazardContext): Hazard[] {
  if (statement.kind !== 'createIndex') return [];
  const { start, end, name } = statement;
  const [setting, value] = timeouts.lock !== undefined ? ['lock_timeout', timeouts.lock] : ['statement_timeout', timeouts.statement];
  const index = name === undefined ? 'the index' : quoteName(name);
  const hazards: Hazard[] = [];
  if (value !== undefined) {
    const remedy = `Put \`SET ${setting} = 0;\` before it: waiting here holds nobody up.`;
    hazards.push({ kind: 'timeoutWhileConcurrent', start, end, data: { setting, value, index, remedy } });
  }
  if (statement.ifNotExists && name !== undefined && !isDroppedBefore(name, before)) {
    const remedy = `Put \`DROP INDEX CONCURRENTLY IF EXISTS ${index};\` before it, or repair with \`REINDEX INDEX CONCURRENTLY ${index};\`.`;
    hazards.push({ kind: 'keepsInvalidIndex', start, end, data: { index, remedy } });
  }
  return hazards;
}

function isDroppedBefore(index: string, before: HazardContext['before']): boolean {
  return before.some(({ statement }) => statement.kind === 'drop' && statement.object === 'index' && statement.names.some(({ name }) => name === index));
}
