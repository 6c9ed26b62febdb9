import { describe, expect, test } from 'vitest';
import { effectsOf } from '../../../src/migrations/effects/effects.ts';
import { readScript } from '../../../src/migrations/read-script.ts';
import { applyStatement } from '../../../src/migrations/replay.ts';
import { emptySchema, type ReplayedSchema } from '../../../src/migrations/replayed-schema.ts';
import { BASE_SCHEMA } from './base-schema.ts';
import { LOCK_CASES, type LockCase } from './cases.ts';
import { differencesOf, recordOf, VERSIONS, type LockRecord } from './records.ts';

const base = readScript(BASE_SCHEMA);

describe('what is said of a statement is what the server does', () => {
  test('every case was measured, and every measured case is there', () => {
    expect(base.notAnalysed).toEqual([]);
    const [newest] = VERSIONS;
    expect(LOCK_CASES.filter(({ id }) => recordOf(id, newest)?.sql === undefined)).toEqual([]);
    expect(LOCK_CASES.filter(({ id, sql }) => recordOf(id, newest)?.sql !== sql)).toEqual([]);
    expect(new Set(LOCK_CASES.map(({ id }) => id)).size).toBe(LOCK_CASES.length);
    expect(LOCK_CASES.length).toBeGreaterThanOrEqual(200);
  });

  for (const version of VERSIONS) {
    const differences = differencesOf(version);
    const cases = LOCK_CASES.filter(({ since }) => since === undefined || since <= version);
    describe(`PostgreSQL ${version}${version === VERSIONS[0] ? '' : ` (${Object.keys(differences).length} cases differ from ${VERSIONS[0]})`}`, () => {
      test.each(cases.map((lockCase) => [lockCase.id, lockCase] as const))('%s', (id, lockCase) => {
        const measured = recordOf(id, version);
        if (!measured) throw new Error(`Not measured on PostgreSQL ${version}. Run: node scripts/measure-locks.js`);
        // A statement that the server refused locked nothing that stays.
        if (measured.error !== undefined) return expect(measured.error).toMatch(/^[0-9A-Z]{5}$/);
        expect(staticAnswer(lockCase, version, measured)).toEqual(measured);
      });
    });
  }
});

function staticAnswer({ sql, setup = '', outside }: LockCase, version: number, measured: LockRecord): LockRecord {
  const schema = schemaBefore(setup);
  const { statements, notAnalysed } = readScript(sql);
  expect(notAnalysed).toEqual([]);
  const [statement] = statements;
  if (!statement || statements.length !== 1) throw new Error(`Not one statement: ${sql}`);
  const { locks, rewrites, scans } = effectsOf(statement, schema, version);
  return {
    sql,
    // Where the server's locks could not be seen, there is nothing to hold the answer against.
    ...(measured.locks === undefined ? {} : { locks: Object.fromEntries(locks.map(({ relation, mode }) => [relation, mode])) }),
    ...(rewrites.length > 0 ? { rewrites } : {}),
    ...(scans.length > 0 && !outside ? { scans } : {}),
  };
}

function schemaBefore(setup: string): ReplayedSchema {
  const schema = emptySchema();
  for (const statement of base.statements) applyStatement(schema, statement, 'base.sql');
  for (const statement of readScript(setup).statements) applyStatement(schema, statement, 'setup.sql');
  return schema;
}
