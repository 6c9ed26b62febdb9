import { beforeAll, describe, expect, test } from 'vitest';
import { openPglite } from '../../src/migrations/trace/pglite.ts';
import { LOCK_CASES } from '../migrations/locks/cases.ts';
import { recordOf, VERSIONS, type LockRecords } from '../migrations/locks/records.ts';
import { runCases } from '../migrations/locks/run-cases.ts';

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
