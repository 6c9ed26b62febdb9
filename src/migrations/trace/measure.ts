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

interface Counters {
  readonly scans: number;
  readonly rows: number;
}

/** What is to be compared with the state after a statement. */
interface Before {
  readonly relations: ReadonlyMap<string, Relation>;
  readonly counters: ReadonlyMap<string, Counters>;
  /** `oid mode` of locks that the transaction held already. */
  readonly held: ReadonlySet<string>;
}

const USER_RELATIONS = `
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'
    and c.relkind in ('r', 'p', 'i', 'I', 'v', 'm', 'S', 'f')`;

const RELATIONS = `select c.oid::text as oid, case when n.nspname ~ '^pg_temp_' then 'pg_temp' else n.nspname end || '.' || c.relname as name,
  c.relfilenode::text as file, greatest(c.reltuples, 0)::float8 as rows ${USER_RELATIONS}`;

/** By OID and not through `pg_stat_xact_all_tables`: that view has lost the relations that the statement dropped. */
const COUNTERS = `select c.oid::text as oid, pg_catalog.pg_stat_get_xact_numscans(c.oid)::float8 as scans,
  pg_catalog.pg_stat_get_xact_tuples_returned(c.oid)::float8 as rows ${USER_RELATIONS} and c.relkind in ('r', 'm')`;

const LOCKS = `select relation::text as oid, mode from pg_catalog.pg_locks
  where locktype = 'relation' and pid = pg_catalog.pg_backend_pid() and granted`;

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
  const before = await takeSnapshot(connection, true);
  try {
    await connection.exec(sql);
  } catch (error) {
    return { ...NOTHING, sawLocks: true, error: serverErrorOf(error) };
  }
  return { ...(await effectsSince(connection, before)), sawLocks: true, held: heldOf(before), relations: namesIn(before) };
}

/** Measures a statement that commits by itself: rewrites show, scans do not, locks only if the server told of them meanwhile. */
export async function measureOutside(connection: Connection, sql: string, notices: () => readonly string[] = () => []): Promise<Measurement> {
  const before = await takeSnapshot(connection, false);
  try {
    await connection.exec(sql);
  } catch (error) {
    return { ...NOTHING, sawLocks: false, error: serverErrorOf(error) };
  }
  const told = notices().filter((message) => message.startsWith('locks '));
  const locks = strongest(told.flatMap(locksIn), before);
  return { ...NOTHING, locks, rewrites: await findRewrites(connection, before), sawLocks: told.length > 0, relations: namesIn(before) };
}

function locksIn(message: string): HeldLock[] {
  return message.slice('locks '.length).split(', ').map((lock) => {
    const [oid = '', mode = ''] = lock.split(' ');
    return { oid, mode };
  });
}

async function takeSnapshot(connection: Connection, inTransaction: boolean): Promise<Before> {
  const relations = await readRelations(connection);
  if (!inTransaction) return { relations, counters: new Map(), held: new Set() };
  const held = new Set((await readLocks(connection)).map(({ oid, mode }) => `${oid} ${mode}`));
  return { relations, counters: await readCounters(connection, COUNTERS), held };
}

async function effectsSince(connection: Connection, before: Before): Promise<Effects> {
  const locks = strongest(await readLocks(connection), before);
  const rewrites = await findRewrites(connection, before);
  return { locks, rewrites, scans: await findScans(connection, before) };
}

interface HeldLock {
  readonly oid: string;
  readonly mode: string;
}

async function readLocks(connection: Connection): Promise<HeldLock[]> {
  return (await connection.query(LOCKS)).map((row) => ({ oid: String(row['oid']), mode: String(row['mode']) }));
}

const NOTHING = { locks: [], rewrites: [], scans: [], held: [], relations: new Set<string>() } as const;

function namesIn({ relations }: Before): Set<string> {
  return new Set([...relations.values()].map(({ name }) => name));
}

function heldOf({ relations, held }: Before): readonly RelationLock[] {
  const locks = [...held].map((lock) => {
    const [oid = '', mode = ''] = lock.split(' ');
    return { oid, mode };
  });
  return strongest(locks, { relations, counters: new Map(), held: new Set() });
}

/** The strongest mode per relation among those that were there before and not held already. */
function strongest(locks: readonly HeldLock[], { relations, held }: Before): Effects['locks'] {
  const modes = new Map<string, LockMode>();
  for (const { oid, mode: name } of locks) {
    const relation = relations.get(oid);
    const mode = LOCK_MODES.find((known) => known === name);
    if (!relation || !mode || held.has(`${oid} ${mode}`)) continue;
    const known = modes.get(relation.name);
    if (known === undefined || LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(known)) modes.set(relation.name, mode);
  }
  return [...modes].sort(byName).map(([relation, mode]) => ({ relation, mode }));
}

async function findRewrites(connection: Connection, { relations }: Before): Promise<string[]> {
  const after = await readRelations(connection);
  const byNameAfter = new Map([...after.values()].map((relation) => [relation.name, relation]));
  return [...relations.values()]
    .filter((relation) => {
      const now = after.get(relation.oid) ?? byNameAfter.get(relation.name);
      return now !== undefined && now.file !== relation.file && now.file !== '0' && relation.file !== '0';
    })
    .map((relation) => relation.name)
    .sort();
}

async function findScans(connection: Connection, { relations, counters }: Before): Promise<string[]> {
  const oids = [...counters.keys()];
  if (oids.length === 0) return [];
  const after = await readCounters(connection, counterQuery(oids));
  return oids
    .filter((oid) => {
      const [from, to] = [counters.get(oid), after.get(oid)];
      if (!from || !to || to.scans <= from.scans) return false;
      return to.rows - from.rows >= (relations.get(oid)?.rows ?? 0);
    })
    .flatMap((oid) => relations.get(oid)?.name ?? [])
    .sort();
}

function counterQuery(oids: readonly string[]): string {
  return `select o::text as oid, pg_catalog.pg_stat_get_xact_numscans(o)::float8 as scans,
    pg_catalog.pg_stat_get_xact_tuples_returned(o)::float8 as rows from unnest('{${oids.join(',')}}'::pg_catalog.oid[]) o`;
}

async function readRelations(connection: Connection): Promise<Map<string, Relation>> {
  const rows = await connection.query(RELATIONS);
  return new Map(
    rows.map((row) => {
      const relation = { oid: String(row['oid']), name: String(row['name']), file: String(row['file']), rows: Number(row['rows']) };
      return [relation.oid, relation];
    }),
  );
}

async function readCounters(connection: Connection, sql: string): Promise<Map<string, Counters>> {
  const rows = await connection.query(sql);
  return new Map(rows.map((row) => [String(row['oid']), { scans: Number(row['scans']), rows: Number(row['rows']) }]));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
