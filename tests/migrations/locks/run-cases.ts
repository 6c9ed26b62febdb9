import { splitStatements } from '../../../src/migrations/split-statements.ts';
import type { Connection } from '../../../src/migrations/trace/connection.ts';
import { measureStatement, type Measurement } from '../../../src/migrations/trace/measure.ts';
import type { OpenDatabase, OpenOptions } from '../../../src/migrations/trace/pglite.ts';
import { BASE_ROWS, BASE_SCHEMA, CLEAN_UP } from './base-schema.ts';
import type { LockCase } from './lock-case.ts';
import type { LockRecord, LockRecords } from './records.ts';

/** Runs the cases that the server's major version has, each on the base schema. A set-up that fails stops the run. */
export async function runCases(cases: readonly LockCase[], open: (options: OpenOptions) => Promise<OpenDatabase>): Promise<LockRecords> {
  const notices: string[] = [];
  const { connection, close } = await open({ onNotice: (message) => notices.push(message) });
  try {
    return await runAll(connection, cases, () => notices.splice(0));
  } finally {
    await close();
  }
}

async function runAll(connection: Connection, cases: readonly LockCase[], takeNotices: () => string[]): Promise<LockRecords> {
  const version = await majorVersion(connection);
  const records: [string, LockRecord][] = [];
  let isClean = false;
  for (const lockCase of cases.filter(({ since }) => since === undefined || since <= version)) {
    if (!isClean || lockCase.setup !== undefined) await setUp(connection, lockCase);
    takeNotices();
    const measured = await measureStatement(connection, lockCase.sql, { outside: lockCase.outside === true, notices: takeNotices });
    records.push([lockCase.id, recordOf(lockCase, measured)]);
    isClean = lockCase.setup === undefined && lockCase.outside !== true;
  }
  return Object.fromEntries(records.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function majorVersion(connection: Connection): Promise<number> {
  const [row] = await connection.query("select current_setting('server_version_num')::int / 10000 as major");
  return Number(row?.['major']);
}

/** VACUUM and what else refuses the implicit transaction of several statements needs a query of its own. */
async function setUp(connection: Connection, { id, setup = '' }: LockCase): Promise<void> {
  const statements = [CLEAN_UP, BASE_SCHEMA, BASE_ROWS, ...splitStatements(setup).map(({ start, end }) => setup.slice(start, end))];
  for (const sql of statements) {
    try {
      await connection.exec(sql);
    } catch (error) {
      throw new Error(`The set-up of case ${id} failed: ${String(error)}\n${sql}`, { cause: error });
    }
  }
}

function recordOf({ sql }: LockCase, { locks, rewrites, scans, sawLocks, error }: Measurement): LockRecord {
  if (error) return { sql, error: error.sqlstate };
  return {
    sql,
    ...(!sawLocks ? {} : { locks: Object.fromEntries(locks.map(({ relation, mode }) => [relation, mode])) }),
    ...(rewrites.length > 0 ? { rewrites } : {}),
    ...(scans.length > 0 ? { scans } : {}),
  };
}
