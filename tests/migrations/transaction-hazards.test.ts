import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from './analyze-texts.ts';

const KINDS = new Set([
  'concurrentlyInTransaction', 'refusesTransaction', 'nestedTransaction', 'endedTransaction', 'uncommittedTransaction',
  'validateInSameTransaction', 'enumValueInSameTransaction',
]);

/** A migration of goose, which wraps each in a transaction, after a history → hazards of transactions with the text that they span. */
const cases: readonly { readonly name: string; readonly before?: string; readonly sql: string; readonly expected: readonly string[] }[] = [
  {
    name: 'what PostgreSQL refuses',
    sql: 'VACUUM a; VACUUM FULL a; REINDEX TABLE CONCURRENTLY a; REINDEX SCHEMA public; CLUSTER; CREATE DATABASE d; ALTER SYSTEM SET work_mem = 1; ALTER TABLE p DETACH PARTITION q CONCURRENTLY;',
    expected: [
      'refusesTransaction: VACUUM a', 'refusesTransaction: VACUUM FULL a', 'refusesTransaction: REINDEX TABLE CONCURRENTLY a', 'refusesTransaction: REINDEX SCHEMA public',
      'refusesTransaction: CLUSTER', 'refusesTransaction: CREATE DATABASE d', 'refusesTransaction: ALTER SYSTEM SET work_mem = 1', 'refusesTransaction: ALTER TABLE p DETACH PARTITION q CONCURRENTLY',
    ],
  },
  { name: 'what it does not', sql: 'ANALYZE a; REINDEX TABLE a; CLUSTER a USING i; REFRESH MATERIALIZED VIEW CONCURRENTLY m; ALTER TABLE p DETACH PARTITION q;', expected: [] },
  { name: 'multi-byte text before it', sql: "SELECT 'größe 😀'; VACUUM a;", expected: ['refusesTransaction: VACUUM a'] },

  { name: 'a check validated at once', sql: 'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID; ALTER TABLE a VALIDATE CONSTRAINT c;', expected: ['validateInSameTransaction: VALIDATE CONSTRAINT c'] },
  { name: 'a foreign key validated at once', sql: 'ALTER TABLE a ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES b NOT VALID; ALTER TABLE "a" VALIDATE CONSTRAINT "c";', expected: ['validateInSameTransaction: VALIDATE CONSTRAINT "c"'] },
  { name: 'one that has the name of the server', sql: 'ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b NOT VALID; ALTER TABLE a VALIDATE CONSTRAINT a_x_fkey;', expected: ['validateInSameTransaction: VALIDATE CONSTRAINT a_x_fkey'] },
  { name: 'one that was added before', before: 'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;', sql: 'ALTER TABLE a VALIDATE CONSTRAINT c;', expected: [] },
  { name: 'on a table of this migration', sql: 'CREATE TABLE a (x int); ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID; ALTER TABLE a VALIDATE CONSTRAINT c;', expected: [] },
  { name: 'after COMMIT', sql: 'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID; COMMIT; ALTER TABLE a VALIDATE CONSTRAINT c;', expected: ['endedTransaction: COMMIT'] },

  { name: 'a value as default', before: "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (s e);", sql: "ALTER TYPE e ADD VALUE 'b'; ALTER TABLE t ALTER COLUMN s SET DEFAULT 'b';", expected: ["enumValueInSameTransaction: 'b'"] },
  { name: 'a value inserted', before: 'CREATE TABLE t (s e);', sql: "ALTER TYPE e ADD VALUE 'b'; INSERT INTO t VALUES ('b');", expected: ["enumValueInSameTransaction: 'b'"] },
  { name: 'a value cast', sql: "ALTER TYPE e ADD VALUE 'b'; SELECT 'b'::e;", expected: ["enumValueInSameTransaction: 'b'"] },
  { name: 'a value of a new column', sql: "ALTER TYPE \"E\" ADD VALUE 'b'; ALTER TABLE t ADD COLUMN s \"E\" DEFAULT 'b';", expected: ["enumValueInSameTransaction: 'b'"] },
  { name: 'a value in a block', before: 'CREATE TABLE t (s e);', sql: "ALTER TYPE e ADD VALUE 'b'; DO $$ BEGIN UPDATE t SET s = 'b'; END $$;", expected: ["enumValueInSameTransaction: 'b'"] },
  { name: 'the same text in another column', before: 'CREATE TABLE t (s e, n text);', sql: "ALTER TYPE e ADD VALUE 'b'; UPDATE t SET n = 'b'; ALTER TYPE e ADD VALUE 'c' AFTER 'b';", expected: [] },
  { name: 'a type as new as its value', sql: "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b'; SELECT 'b'::e;", expected: [] },
  { name: 'a value that got its name', before: 'CREATE TABLE t (s e);', sql: "ALTER TYPE e RENAME VALUE 'a' TO 'b'; INSERT INTO t VALUES ('b');", expected: [] },

  { name: 'BEGIN and COMMIT', sql: 'BEGIN; SELECT 1; COMMIT;', expected: ['nestedTransaction: BEGIN'] },
  { name: 'COMMIT alone', sql: 'SELECT 1; COMMIT; SELECT 2;', expected: ['endedTransaction: COMMIT'] },
  { name: 'COMMIT as the way out', sql: 'COMMIT; CREATE INDEX CONCURRENTLY i ON a (x); BEGIN;', expected: [] },
];

describe('findTransactionHazards', () => {
  it.each(cases)('$name', ({ before = 'SELECT 1;', sql, expected }) => {
    const text = `-- +goose Up\n${sql}`;
    const analysis = analyzeTexts({ 'db/migrations/001_before.sql': `-- +goose Up\n${before}`, 'db/migrations/002_it.sql': text });
    const found = fileOf(analysis, 'db/migrations/002_it.sql').hazards.filter(({ kind }) => KINDS.has(kind));
    expect(found.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)).toEqual(expected);
  });

  it('says which lock is held during the scan, and on what', () => {
    const held = (constraint: string): string | undefined => {
      const text = `-- +goose Up\nALTER TABLE a ADD CONSTRAINT c ${constraint} NOT VALID; ALTER TABLE a VALIDATE CONSTRAINT c;`;
      return fileOf(analyzeTexts({ 'migrations/1_a.sql': text }), 'migrations/1_a.sql').hazards.find(({ kind }) => kind === 'validateInSameTransaction')?.data['held'];
    };
    expect(held('CHECK (x > 0)')).toBe('the AccessExclusive lock on `a` is held during the scan: nobody can read or write there');
    expect(held('FOREIGN KEY (x) REFERENCES s.b')).toBe('the ShareRowExclusive lock on `a` and `s.b` is held during the scan: nobody can write there');
    expect(held('FOREIGN KEY (x) REFERENCES a')).toBe('the ShareRowExclusive lock on `a` is held during the scan: nobody can write there');
  });

  it('counts pending migrations as one transaction where the tool runs them so', () => {
    const files = {
      'drizzle/meta/_journal.json': '{"dialect":"postgresql","entries":[{"tag":"0000_a"},{"tag":"0001_b"}]}',
      'drizzle/0000_a.sql': "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;--> statement-breakpoint\nALTER TYPE e ADD VALUE 'b';",
      'drizzle/0001_b.sql': "ALTER TABLE a VALIDATE CONSTRAINT c;--> statement-breakpoint\nSELECT 'b'::e;",
    };
    const found = (pending: readonly string[]): string[] =>
      analyzeTexts(files, {}, new Set(pending)).files.flatMap(({ hazards }) => hazards.map(({ kind }) => kind).filter((kind) => KINDS.has(kind)));
    expect(found(['drizzle/0001_b.sql'])).toEqual([]);
    expect(found(['drizzle/0000_a.sql', 'drizzle/0001_b.sql'])).toEqual(['validateInSameTransaction', 'enumValueInSameTransaction']);
  });

  it('names the way out', () => {
    const remedy = (path: string, text: string, others: Readonly<Record<string, string>> = {}): string | undefined =>
      fileOf(analyzeTexts({ ...others, [path]: text }), path).hazards.find(({ kind }) => KINDS.has(kind))?.data['remedy'];
    expect(remedy('migrations/1_a.sql', '-- +goose Up\nVACUUM a;')).toContain('-- +goose NO TRANSACTION');
    expect(remedy('migrations/1_a.sql', 'BEGIN; VACUUM a; COMMIT;')).toBe('Run it before `BEGIN` or after `COMMIT`.');
    const journal = { 'drizzle/meta/_journal.json': '{"dialect":"postgresql","entries":[{"tag":"0000_a"}]}' };
    expect(remedy('drizzle/0000_a.sql', "ALTER TYPE e ADD VALUE 'b'; SELECT 'b'::e;", journal)).toBe(
      'Put it into a later migration, and deploy that after this one.',
    );
  });
});
