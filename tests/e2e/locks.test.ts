import { beforeAll, describe, expect, test } from 'vitest';
import { openPglite, type OpenDatabase, type OpenOptions } from '../../src/migrations/trace/pglite.ts';
import { openServer } from '../../src/migrations/trace/server.ts';
import { LOCK_CASES } from '../migrations/locks/cases.ts';
import { recordOf, VERSIONS, type LockRecord, type LockRecords } from '../migrations/locks/records.ts';
import { majorVersion, runCases } from '../migrations/locks/run-cases.ts';

describe('the checked-in locks are what PGlite shows', () => {
  let measured: LockRecords = {};

  beforeAll(async () => {
    measured = await runCases(LOCK_CASES, openPglite);
  });

  test.each(LOCK_CASES.map(({ id }) => [id]))('%s', (id) => {
    expect(measured[id]).toBeDefined();
    expect(measured[id]).toEqual(recordOf(id, VERSIONS[0]));
  });
});

describe('the checked-in locks are what a PostgreSQL server shows', () => {
  test('of its version', async () => {
    const url = process.env['BACKEND_PATTERNS_DATABASE_URL'];
    if (!url) throw new Error('This test needs a PostgreSQL server and a role that may create databases. Run: scripts/with-postgres.sh npm run test:full');
    const server = { version: 0 };
    const measured = await runCases(LOCK_CASES, async (options) => {
      const database = await openOwnDatabase(url, options);
      server.version = await majorVersion(database.connection);
      return database;
    });
    expect(VERSIONS).toContain(server.version);
    const cases = LOCK_CASES.filter(({ since }) => since === undefined || since <= server.version);
    expect(Object.keys(measured)).toHaveLength(cases.length);
    for (const { id } of cases) expect({ id, ...ofMajor(measured[id]) }).toEqual({ id, ...ofMajor(recordOf(id, server.version)) });
  });
});

/** AccessShare on what a new object depends on came with a minor version, so that it says nothing of a major one. */
function ofMajor(record: LockRecord | undefined): Partial<LockRecord> {
  if (!record?.locks) return { ...record };
  return { ...record, locks: Object.fromEntries(Object.entries(record.locks).filter(([, mode]) => mode !== 'AccessShareLock')) };
}

async function openOwnDatabase(url: string, options: OpenOptions): Promise<OpenDatabase> {
  const admin = await openServer(url);
  const name = `backend_patterns_locks_${process.pid}`;
  await admin.connection.exec(`create database ${name} template template0`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const { connection, close } = await openServer(own.href, options);
  return {
    connection,
    close: async () => {
      await close();
      await admin.connection.exec(`drop database ${name}`);
      await admin.close();
    },
  };
}
