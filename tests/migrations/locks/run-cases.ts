import type { Connection } from '../../../src/migrations/trace/connection.ts';
import { measureStatement, type Measurement } from '../../../src/migrations/trace/measure.ts';
import { BASE_ROWS, BASE_SCHEMA, CLEAN_UP } from './base-schema.ts';
import type { LockCase } from './lock-case.ts';
import type { LockRecord, LockRecords } from './records.ts';

/** Runs the cases that a major version has, each on the base schema. A set-up that fails stops the run. */
export async function runCases(connection: Connection, cases: readonly LockCase[], version: number): Promise<LockRecords> {
  const records: [string, LockRecord][] = [];
  let isClean = false;
  for (const lockCase of cases.filter(({ since }) => since === undefined || since <= version)) {
    if (!isClean || lockCase.setup !== undefined) await setUp(connection, lockCase);
    records.push([lockCase.id, recordOf(lockCase, await measureStatement(connection, lockCase.sql, lockCase.outside === true))]);
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
  const statements = [CLEAN_UP, BASE_SCHEMA, BASE_ROWS, ...setup.split(/;\s+/)];
  for (const sql of statements) {
    try {
      if (sql.trim() !== '') await connection.exec(sql);
    } catch (error) {
      throw new Error(`The set-up of case ${id} failed: ${String(error)}\n${sql}`, { cause: error });
    }
  }
}

function recordOf({ sql, outside }: LockCase, { locks, rewrites, scans, error }: Measurement): LockRecord {
  if (error) return { sql, error: error.sqlstate };
  return {
    sql,
    ...(outside ? {} : { locks: Object.fromEntries(locks.map(({ relation, mode }) => [relation, mode])) }),
    ...(rewrites.length > 0 ? { rewrites } : {}),
    ...(scans.length > 0 ? { scans } : {}),
  };
}
