import { describe, expect, test } from 'vitest';
import { LOCK_MODES, type LockMode } from '../../../src/migrations/effects/effects.ts';
import { analyzeTexts } from '../analyze-texts.ts';
import { BASE_SCHEMA } from './base-schema.ts';
import { LOCK_CASES, type LockCase } from './cases.ts';
import { recordOf, VERSIONS, type LockRecord } from './records.ts';

const [NEWEST] = VERSIONS;
const SHARE = LOCK_MODES.indexOf('ShareLock');

/** Statements that stop writers for as long as they read or write a whole relation, and why nothing is said of them. */
const SILENT: Readonly<Record<string, string>> = {
  'restart-identity': 'a sequence is one row',
  'alter-sequence-restart': 'a sequence is one row',
  'alter-sequence-increment': 'a sequence is one row',
  'alter-sequence-type': 'a sequence is one row',
  truncate: 'the new file is empty: nothing is read or copied',
  'truncate-restart-identity': 'the new file is empty: nothing is read or copied',
  'truncate-partitioned': 'the new file is empty: nothing is read or copied',
  'truncate-parent': 'the new file is empty: nothing is read or copied',
  'truncate-two': 'the new file is empty: nothing is read or copied',
  'refresh-materialized-view-concurrently': 'readers go on; nobody else writes a view',
  'refresh-materialized-view-no-data': 'the new file is empty: nothing is read or copied',
};

/** Hazards that say that a relation is read or written as a whole while others wait. */
const HEAVY: ReadonlySet<string> = new Set([
  'typeRewrite', 'typeMayRewrite', 'typeScans', 'setNotNull', 'createIndex', 'createIndexOnPartitioned', 'reindex', 'addRewriting', 'rewriteCommand',
  'refreshBlocking', 'checkScans', 'foreignKeyScans', 'addUnique', 'addPrimaryKey', 'addExclusion', 'primaryKeyNullable', 'attachScans',
  'defaultPartitionScans', 'domainScans',
]);

/** Relations that are read or written as a whole under a lock that stops at least writers. */
function heavyOn({ locks = {}, rewrites = [], scans = [] }: LockRecord): string[] {
  return [...new Set([...rewrites, ...scans])].filter((relation) => LOCK_MODES.indexOf(locks[relation] as LockMode) >= SHARE);
}

function hazardsAfter({ sql, setup = '' }: LockCase): string[] {
  const files = { 'migrations/001_base.sql': `${BASE_SCHEMA}\n${setup}`, 'migrations/002_it.sql': sql };
  const analysis = analyzeTexts(files, { dialect: 'postgres', version: String(NEWEST) });
  return analysis.files.find(({ path }) => path === 'migrations/002_it.sql')?.hazards.map(({ kind }) => kind) ?? [];
}

describe('hazards are what the server was seen to do', () => {
  const measured = LOCK_CASES.flatMap((lockCase) => {
    const record = recordOf(lockCase.id, NEWEST);
    return record && record.error === undefined ? [{ id: lockCase.id, lockCase, heavy: heavyOn(record) }] : [];
  });

  test.each(measured.filter(({ heavy }) => heavy.length > 0))('$id: $heavy', ({ id, lockCase }) => {
    const hazards = hazardsAfter(lockCase);
    if (SILENT[id] === undefined) expect(hazards).not.toEqual([]);
    else expect(hazards).toEqual([]);
  });

  test.each(measured.filter(({ heavy }) => heavy.length === 0))('$id: nothing', ({ lockCase }) => {
    expect(hazardsAfter(lockCase).filter((kind) => HEAVY.has(kind))).toEqual([]);
  });
});
