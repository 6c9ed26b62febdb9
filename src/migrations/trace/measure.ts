import { LOCK_MODES, type Effects, type LockMode, type RelationLock } from '../effects/effects.ts';
import { serverErrorOf, type Connection, type ServerError } from './connection.ts';

export interface Measurement extends Effects {
  /** False where the statement ran outside a transaction: its locks are gone when it has ended. */
  readonly sawLocks: boolean;
  /** What the transaction held already, the strongest mode per relation. */
  readonly held: readonly RelationLock[];
  /** Names of all relations that were there before. */
  readonly relations: ReadonlySet<string>;
  readonly error?: ServerError;
}

/** A relation as it was before the statement. */
interface Relation {
  readonly oid: string;
  readonly name: string;
  readonly file: string;
  /** The planner's count of rows; 0 when it has none. */
  readonly rows: number;
}

interface HeldLock {
  readonly oid: string;
  readonly mode: string;
}

interface Counters {
  readonly scans: number;
  readonly rows: number;
}

const [FIELD, ROW] = ['\u0001', '\u0002'];

/** All in one row of one query: a statement of a history is measured with few round trips, and names may hold any character but these two. */
const SNAPSHOT = `
  with relations as materialized (
    select c.oid, case when n.nspname ~ '^pg_temp_' then 'pg_temp' else n.nspname end || '.' || c.relname as name, c.relfilenode, c.reltuples, c.relkind
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast' and c.relkind in ('r', 'p', 'i', 'I', 'v', 'm', 'S', 'f')
  )
  select
    (select string_agg(concat_ws(chr(1), oid, relfilenode, greatest(reltuples, 0), name), chr(2)) from relations) as relations,
    (select string_agg(concat_ws(chr(1), oid, pg_catalog.pg_stat_get_xact_numscans(oid), pg_catalog.pg_stat_get_xact_tuples_returned(oid)), chr(2))
      from relations where relkind in ('r', 'm')) as counters,
    (select string_agg(concat_ws(chr(1), relation, mode), chr(2)) from pg_catalog.pg_locks
      where locktype = 'relation' and pid = pg_catalog.pg_backend_pid() and granted) as locks`;

/** The state of the database as a transaction sees it. */
interface State {
  /** By OID. */
  readonly relations: ReadonlyMap<string, Relation>;
  readonly counters: ReadonlyMap<string, Counters>;
  readonly locks: readonly HeldLock[];
}

async function readState(connection: Connection): Promise<State> {
  const [row] = await connection.query(SNAPSHOT);
  const rowsOf = (column: string): string[][] => {
    const text = row?.[column];
    return typeof text === 'string' && text !== '' ? text.split(ROW).map((line) => line.split(FIELD)) : [];
  };
  return {
    relations: new Map(rowsOf('relations').map(([oid = '', file = '', rows = '', name = '']) => [oid, { oid, file, rows: Number(rows), name }])),
    counters: new Map(rowsOf('counters').map(([oid = '', scans, rows]) => [oid, { scans: Number(scans), rows: Number(rows) }])),
    locks: rowsOf('locks').map(([oid = '', mode = '']) => ({ oid, mode })),
  };
}

export interface MeasureOptions {
  /** Runs the statement without a transaction (CONCURRENTLY, VACUUM); what it did stays. */
  readonly outside?: boolean;
  /**
   * Messages that the server sent meanwhile. A function in an index that the statement builds can tell which locks are held at that moment,
   * which nobody sees afterwards: `locks <oid> <mode>, <oid> <mode> …`.
   */
  readonly notices?: () => readonly string[];
}

/**
 * What a statement locks, rewrites and scans, as the server shows it. Only relations that were there before the statement count; catalogues
 * and TOAST do not.
 * - Locks are those the session holds after the statement, the strongest mode per relation, by the OID and the name from before: a dropped or
 *   renamed relation is among them.
 * - Rewritten is what has another file afterwards (`relfilenode`), indexes included. An index that ALTER COLUMN TYPE made anew under its name
 *   counts unless it took over the file.
 * - Scanned is a table of which a sequential scan was begun and at least as many rows were read as it had by the planner's count
 *   (`reltuples`). Building an index, checking rows against a constraint and copying a table are such scans; VACUUM and ANALYZE read in
 *   another way and are none. A table without a count, e.g. an empty one, is scanned as soon as a scan was begun.
 *
 * The transaction is rolled back.
 */
export async function measureStatement(connection: Connection, sql: string, { outside = false, notices }: MeasureOptions = {}): Promise<Measurement> {
  if (outside) return measureOutside(connection, sql, notices);
  await connection.exec('begin');
  try {
    return await measureInTransaction(connection, sql);
  } finally {
    await connection.exec('rollback');
  }
}

/** Measures within the transaction that is open and leaves it open; only locks that it did not hold before are given. */
export async function measureInTransaction(connection: Connection, sql: string): Promise<Measurement> {
  const before = await readState(connection);
  try {
    await connection.exec(sql);
  } catch (error) {
    return { ...NOTHING, sawLocks: true, error: serverErrorOf(error) };
  }
  const after = await readState(connection);
  const held = new Set(before.locks.map(({ oid, mode }) => `${oid} ${mode}`));
  const taken = after.locks.filter(({ oid, mode }) => !held.has(`${oid} ${mode}`));
  return {
    locks: strongest(taken, before),
    rewrites: findRewrites(before, after),
    scans: findScans(before, after),
    sawLocks: true,
    held: strongest(before.locks, before),
    relations: namesIn(before),
  };
}

/** Measures a statement that commits by itself: rewrites show, scans do not, locks only if the server told of them meanwhile. */
export async function measureOutside(connection: Connection, sql: string, notices: () => readonly string[] = () => []): Promise<Measurement> {
  const before = await readState(connection);
  try {
    await connection.exec(sql);
  } catch (error) {
    return { ...NOTHING, sawLocks: false, error: serverErrorOf(error) };
  }
  const told = notices().filter((message) => message.startsWith('locks '));
  const locks = strongest(told.flatMap(locksIn), before);
  return { ...NOTHING, locks, rewrites: findRewrites(before, await readState(connection)), sawLocks: told.length > 0, relations: namesIn(before) };
}

const NOTHING = { locks: [], rewrites: [], scans: [], held: [], relations: new Set<string>() } as const;

function locksIn(message: string): HeldLock[] {
  return message.slice('locks '.length).split(', ').map((lock) => {
    const [oid = '', mode = ''] = lock.split(' ');
    return { oid, mode };
  });
}

function namesIn({ relations }: State): Set<string> {
  return new Set([...relations.values()].map(({ name }) => name));
}

/** The strongest mode per relation among those that were there before, sorted by name. */
function strongest(locks: readonly HeldLock[], { relations }: State): RelationLock[] {
  const modes = new Map<string, LockMode>();
  for (const { oid, mode: name } of locks) {
    const relation = relations.get(oid);
    const mode = LOCK_MODES.find((known) => known === name);
    if (!relation || !mode) continue;
    const known = modes.get(relation.name);
    if (known === undefined || LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(known)) modes.set(relation.name, mode);
  }
  return [...modes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([relation, mode]) => ({ relation, mode }));
}

function findRewrites(before: State, after: State): string[] {
  const byName = new Map([...after.relations.values()].map((relation) => [relation.name, relation]));
  return [...before.relations.values()]
    .filter((relation) => {
      const now = after.relations.get(relation.oid) ?? byName.get(relation.name);
      return now !== undefined && now.file !== relation.file && now.file !== '0' && relation.file !== '0';
    })
    .map(({ name }) => name)
    .sort();
}

function findScans(before: State, after: State): string[] {
  return [...before.counters]
    .filter(([oid, from]) => {
      const to = after.counters.get(oid);
      if (!to || to.scans <= from.scans) return false;
      return to.rows - from.rows >= (before.relations.get(oid)?.rows ?? 0);
    })
    .flatMap(([oid]) => before.relations.get(oid)?.name ?? [])
    .sort();
}
