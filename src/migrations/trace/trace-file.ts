import type { Span } from '../../facts/types.ts';
import type { AnalyzedMigration } from '../analyze.ts';
import { NO_EFFECTS, type Effects } from '../effects/effects.ts';
import type { ReadStatement } from '../place-statements.ts';
import { serverErrorOf, type Connection, type ServerError } from './connection.ts';
import { differencesBetween, type Difference } from './differences.ts';
import { measureInTransaction, measureOutside, type Measurement } from './measure.ts';
import type { TraceDatabase } from './trace-database.ts';

export interface TracedStatement extends Span {
  readonly kind: string;
  readonly sql: string;
  readonly outcome: 'ran' | 'failed' | 'skipped';
  /** Why it was skipped, or what there is to say of an error. */
  readonly note?: string;
  readonly error?: ServerError;
  /** What the server did; undefined unless it ran. */
  readonly server?: Effects;
  /** False where a statement ran outside a transaction and its locks were gone when it ended. */
  readonly sawLocks: boolean;
  /** What the analyzer says without a server. */
  readonly static: Effects;
  readonly differences: readonly Difference[];
}

/** Errors that a missing object brings about. */
const MISSING_OBJECT = new Set(['42P01', '42703', '42883', '42704', '3F000', '42P07', '42710']);

interface State {
  readonly database: TraceDatabase;
  /** Number of the transaction that is open. */
  open: number | undefined;
  failed: boolean;
}

/**
 * Runs the statements of one file in the transactions of its plan. Each has a savepoint of its own, so that one that fails leaves the rest to be
 * traced; what a failed statement would have made is missing then, and what fails because of it is marked. Statements that send rows of the client
 * (`COPY … FROM stdin`) are skipped.
 */
export async function traceFile(
  database: TraceDatabase,
  read: readonly ReadStatement[],
  migration: AnalyzedMigration,
  earlierFailed: boolean,
): Promise<TracedStatement[]> {
  const state: State = { database, open: undefined, failed: earlierFailed };
  const traced: TracedStatement[] = [];
  await database.connection.exec('reset all');
  for (const [i, statement] of read.entries()) {
    const scope = migration.transactions[i] ?? undefined;
    if (state.open !== scope?.id) await endTransaction(state, traced);
    const result = await traceStatement(state, statement, scope?.id, migration.effects[i] ?? NO_EFFECTS);
    state.failed ||= result.outcome !== 'ran';
    traced.push(result);
  }
  await endTransaction(state, traced);
  return traced;
}

async function traceStatement(state: State, read: ReadStatement, scope: number | undefined, said: Effects): Promise<TracedStatement> {
  const { statement, sql } = read;
  const { start, end, kind } = statement;
  const base = { start, end, kind, sql, static: said, sawLocks: true, differences: [] };
  if (/^\s*copy\b[^;]*\bfrom\s+stdin\b/i.test(sql)) return { ...base, outcome: 'skipped', note: 'Rows that a client sends are not replayed.' };
  const allowed = state.database.admit(read);
  if ('skip' in allowed) return { ...base, outcome: 'skipped', note: allowed.skip };
  const { connection } = state.database;
  if (scope !== undefined && state.open === undefined) {
    await connection.exec('begin');
    state.open = scope;
  }
  if (statement.kind === 'transaction') {
    const error = await controlTransaction(state, statement.action, sql);
    return error ? { ...base, outcome: 'failed', error } : { ...base, outcome: 'ran', server: NO_EFFECTS };
  }
  const raw = scope === undefined ? await measureAlone(connection, allowed.sql) : await measureGuarded(state, allowed.sql);
  const measured = inPublic(raw, state.database.ownSchema);
  if (measured.error) {
    const follows = state.failed && MISSING_OBJECT.has(measured.error.sqlstate);
    const note = follows ? 'Something before it failed or was skipped; this may only follow from it.' : undefined;
    return { ...base, outcome: 'failed', error: measured.error, ...(note === undefined ? {} : { note }) };
  }
  const { locks, rewrites, scans, sawLocks } = measured;
  return { ...base, outcome: 'ran', server: { locks, rewrites, scans }, sawLocks, differences: differencesBetween(statement, state.failed ? existing(said, measured) : said, measured) };
}

/** Errors of what refuses to run in a transaction: the statement itself, or the COMMIT of a block. */
const REFUSES_TRANSACTION = new Set(['25001', '2D000']);

/** A statement that commits by itself is a transaction of its own, in which its locks can be seen; CONCURRENTLY and VACUUM refuse one. */
async function measureAlone(connection: Connection, sql: string): Promise<Measurement> {
  await connection.exec('begin');
  const measured = await measureInTransaction(connection, sql);
  if (measured.error) {
    await connection.exec('rollback');
    return REFUSES_TRANSACTION.has(measured.error.sqlstate) ? measureOutside(connection, sql) : measured;
  }
  try {
    await connection.exec('commit');
    return measured;
  } catch (error) {
    return { ...measured, error: serverErrorOf(error) };
  }
}

const SAVEPOINT = 'backend_patterns_trace';

async function measureGuarded({ database: { connection } }: State, sql: string): Promise<Measurement> {
  await connection.exec(`savepoint ${SAVEPOINT}`);
  const measured = await measureInTransaction(connection, sql);
  await connection.exec(measured.error ? `rollback to savepoint ${SAVEPOINT}; release savepoint ${SAVEPOINT}` : `release savepoint ${SAVEPOINT}`);
  return measured;
}

/** What a failed statement would have made is not on the server: nothing can be locked there. */
function existing({ locks, rewrites, scans }: Effects, { relations }: Measurement): Effects {
  const exists = (relation: string): boolean => relations.has(relation);
  return { locks: locks.filter(({ relation }) => exists(relation)), rewrites: rewrites.filter(exists), scans: scans.filter(exists) };
}

/** The schema of a trace stands for `public`. */
function inPublic(measured: Measurement, ownSchema: string | undefined): Measurement {
  if (ownSchema === undefined) return measured;
  const named = (relation: string): string => (relation.startsWith(`${ownSchema}.`) ? `public${relation.slice(ownSchema.length)}` : relation);
  const locks = (of: Measurement['locks']): Measurement['locks'] => of.map(({ relation, mode }) => ({ relation: named(relation), mode }));
  const { rewrites, scans } = measured;
  return {
    ...measured,
    locks: locks(measured.locks),
    held: locks(measured.held),
    rewrites: rewrites.map(named),
    scans: scans.map(named),
    relations: new Set([...measured.relations].map(named)),
  };
}

/** BEGIN is the plan's; COMMIT, ROLLBACK and savepoints are run as they stand. */
async function controlTransaction(state: State, action: string, sql: string): Promise<ServerError | undefined> {
  if (action === 'begin' || state.open === undefined) return undefined;
  const ends = action === 'commit' || action === 'rollback';
  try {
    await state.database.connection.exec(ends ? action : sql);
    return undefined;
  } catch (error) {
    if (!ends) await state.database.connection.exec('rollback');
    return serverErrorOf(error);
  } finally {
    if (ends) state.open = undefined;
  }
}

/** Commits. What the server refuses only then (deferred constraints) is put down to the last statement. */
async function endTransaction(state: State, traced: TracedStatement[]): Promise<void> {
  if (state.open === undefined) return;
  state.open = undefined;
  try {
    await state.database.connection.exec('commit');
  } catch (error) {
    const refused = serverErrorOf(error);
    const last = traced.pop();
    if (last) traced.push({ ...last, outcome: 'failed', error: refused, note: 'Refused when the transaction was committed: all of it is undone.' });
    state.failed = true;
  }
}
