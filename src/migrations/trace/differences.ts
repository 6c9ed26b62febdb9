import { LOCK_MODES, type Effects, type LockMode, type RelationLock } from '../effects/effects.ts';
import type { Statement } from '../statements.ts';
import type { Measurement } from './measure.ts';

/** One point in which the static answer and the server differ. `static` and `server`: the mode of the lock, or undefined for none. */
export type Difference =
  | { readonly what: 'lock'; readonly relation: string; readonly static?: LockMode; readonly server?: LockMode }
  | { readonly what: 'rewrite' | 'scan'; readonly relation: string; readonly only: 'static' | 'server' };

/**
 * Where the server did something else than what was said of the statement. A lock that an earlier statement of the transaction took hides weaker
 * ones, so that the strongest per relation are compared, those held before included. Nothing is compared that the server could not show.
 */
export function differencesBetween(statement: Statement, said: Effects, measured: Measurement): Difference[] {
  if (measured.error) return [];
  const differences = [
    ...(measured.sawLocks ? lockDifferences(said.locks, measured) : []),
    ...setDifferences('rewrite', said.rewrites, measured.rewrites),
    ...(measured.sawLocks ? setDifferences('scan', said.scans, measured.scans) : []),
  ];
  return differences.filter((difference) => isSeenOnEmptyTables(difference, statement));
}

/** What data statements do to other tables they do per row, and how they find rows the planner decides. */
const ROW_KINDS = new Set<Statement['kind']>(['select', 'insert', 'update', 'delete', 'merge', 'copy', 'block']);

/** Empty tables show neither what happens per row nor which way the planner takes, e.g. to the referenced rows of a foreign key. */
function isSeenOnEmptyTables(difference: Difference, statement: Statement): boolean {
  const { what, relation } = difference;
  const own = 'table' in statement ? [statement.table] : 'tables' in statement ? statement.tables : [];
  const isOwn = own.some(({ name }) => relation.endsWith(`.${name}`));
  if (ROW_KINDS.has(statement.kind)) return what === 'rewrite' || (what === 'lock' && (isOwn || isServerStronger(difference)));
  return what !== 'scan' || isOwn || difference.only === 'server';
}

function isServerStronger({ static: said, server }: { readonly static?: LockMode; readonly server?: LockMode }): boolean {
  return server !== undefined && stronger(server, said) === server;
}

function lockDifferences(said: readonly RelationLock[], { locks, held }: Measurement): Difference[] {
  const before = modesOf(held);
  const [fromStatic, fromServer] = [modesOf(said), modesOf(locks)];
  const relations = [...new Set([...fromStatic.keys(), ...fromServer.keys()])].sort();
  return relations.flatMap((relation): Difference[] => {
    const [staticMode, serverMode] = [fromStatic, fromServer].map((modes) => stronger(modes.get(relation), before.get(relation)));
    if (staticMode === serverMode) return [];
    return [{ what: 'lock', relation, ...(staticMode ? { static: staticMode } : {}), ...(serverMode ? { server: serverMode } : {}) }];
  });
}

function setDifferences(what: 'rewrite' | 'scan', said: readonly string[], measured: readonly string[]): Difference[] {
  const only = (side: 'static' | 'server', relations: readonly string[], others: readonly string[]): Difference[] =>
    relations.filter((relation) => !others.includes(relation)).map((relation) => ({ what, relation, only: side }));
  return [...only('static', said, measured), ...only('server', measured, said)];
}

function modesOf(locks: readonly RelationLock[]): Map<string, LockMode> {
  return new Map(locks.map(({ relation, mode }) => [relation, mode]));
}

function stronger(a: LockMode | undefined, b: LockMode | undefined): LockMode | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return LOCK_MODES.indexOf(a) > LOCK_MODES.indexOf(b) ? a : b;
}
