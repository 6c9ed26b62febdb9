import { expect, test } from 'vitest';
import concurrentIndex from '../../../rules/migrations/migration-concurrent-index.ts';
import constraintNotValid from '../../../rules/migrations/migration-constraint-not-valid.ts';
import safePartition from '../../../rules/migrations/migration-safe-partition.ts';
import { checkText } from '../../../src/findings/check-text.ts';
import type { Finding } from '../../../src/findings/types.ts';

const rules = [concurrentIndex, constraintNotValid, safePartition];
const plain = 'db/migrations/001_a.sql';
const program = 'src/migrations/1700000000000-A.ts';

/** Findings, and the text after each suggestion has been followed by itself. */
function suggested(path: string, text: string): { findings: number; texts: string[] } {
  const { findings } = checkText({ [path]: text }, { rules, judges: 'migrations' });
  return { findings: findings.length, texts: findings.flatMap(({ suggestions }) => suggestions.map(({ edits }) => applied(text, edits))) };
}

function applied(text: string, edits: Finding['suggestions'][number]['edits']): string {
  return [...edits].reverse().reduce((written, edit) => written.slice(0, edit.start) + edit.text + written.slice(edit.end), text);
}

function typeorm(sql: string): string {
  return [
    "import type { MigrationInterface, QueryRunner } from 'typeorm';",
    'export class A1700000000000 implements MigrationInterface {',
    `  async up(queryRunner: QueryRunner): Promise<void> { await queryRunner.query(${sql}); }`,
    '  async down(): Promise<void> {}',
    '}',
  ].join('\n');
}

test.each([
  ['a check', 'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0);', 'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;'],
  [
    'a foreign key among other clauses',
    'ALTER TABLE a ADD COLUMN note text, ADD FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE CASCADE /* é */, ADD COLUMN y int;',
    'ALTER TABLE a ADD COLUMN note text, ADD FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE CASCADE NOT VALID /* é */, ADD COLUMN y int;',
  ],
  ['a partition', 'ALTER TABLE a DETACH PARTITION a_2023;', 'ALTER TABLE a DETACH PARTITION a_2023 CONCURRENTLY;'],
  ['an index that is built anew', 'REINDEX (VERBOSE) INDEX i;', 'REINDEX (VERBOSE) INDEX CONCURRENTLY i;'],
])('%s', (_, sql, safe) => {
  expect(suggested(plain, sql)).toEqual({ findings: 1, texts: [safe] });
});

test.each([
  ['a check that comes with its column', plain, 'ALTER TABLE a ADD COLUMN x int DEFAULT 1 CHECK (x > 0);'],
  ['a partition in a transaction', plain, 'BEGIN; ALTER TABLE a DETACH PARTITION a_2023; COMMIT;'],
  ['SQL that is put together', program, typeorm("'ALTER TABLE ' + 'a ADD CONSTRAINT c CHECK (x > 0)'")],
])('none for %s', (_, path, text) => {
  expect(suggested(path, text)).toEqual({ findings: 1, texts: [] });
});

test('in the string of a program', () => {
  expect(suggested(program, typeorm("'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0)'"))).toEqual({
    findings: 1,
    texts: [typeorm("'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID'")],
  });
});
