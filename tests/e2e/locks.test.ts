import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPglite, type OpenDatabase } from '../../src/migrations/trace/pglite.ts';
import { LOCK_CASES } from '../migrations/locks/cases.ts';
import { recordOf, VERSIONS, type LockRecords } from '../migrations/locks/records.ts';
import { majorVersion, runCases } from '../migrations/locks/run-cases.ts';

describe('the checked-in locks are what PGlite shows', () => {
  let database: OpenDatabase;
  let measured: LockRecords = {};

  beforeAll(async () => {
    database = await openPglite();
    expect(await majorVersion(database.connection)).toBe(VERSIONS[0]);
    measured = await runCases(database.connection, LOCK_CASES, VERSIONS[0]);
  });
  afterAll(() => database.close());

  test.each(LOCK_CASES.map(({ id }) => [id]))('%s', (id) => {
    expect(measured[id]).toEqual(recordOf(id, VERSIONS[0]));
  });
});
