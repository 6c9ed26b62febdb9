import { describe, expect, it } from 'vitest';
import concurrentIndex from '../../../rules/migrations/migration-concurrent-index.ts';
import noDropReferenced from '../../../rules/migrations/migration-no-drop-referenced.ts';
import noRename from '../../../rules/migrations/migration-no-rename.ts';
import noTypeChange from '../../../rules/migrations/migration-no-type-change.ts';
import notNullDefault from '../../../rules/migrations/migration-not-null-default.ts';
import { checkText } from '../../../src/findings/check-text.ts';
import type { Finding } from '../../../src/findings/types.ts';

const rules = { concurrentIndex, noDropReferenced, noRename, noTypeChange, notNullDefault };
const prisma = 'prisma/migrations/20240101_a/migration.sql';
const plain = 'migrations/001_a.sql';
const drizzle = 'drizzle/0000_a.sql';
const others: Readonly<Record<string, string>> = {
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
  'drizzle/meta/_journal.json': '{"dialect":"postgresql","entries":[{"tag":"0000_a"}]}',
};

/** Findings of one rule in one migration, through the same way as the command line takes. */
function findingsOf(rule: (typeof rules)[keyof typeof rules], path: string, sql: string): readonly Finding[] {
  return checkText({ ...others, [path]: sql }, { rules: [rule], only: [rule.id], judges: 'migrations' }).findings.filter((finding) => finding.path === path);
}

const cases: readonly [rule: keyof typeof rules, path: string, sql: string, message: string][] = [
  [
    'noRename', prisma, 'ALTER TABLE "User" RENAME COLUMN "name" TO "fullName";',
    'Column `name` of `"User"` is renamed to `"fullName"`. The release that is still running asks for `name` and fails from then on. Keep the column and rename only the field: `fullName … @map("name")`; or add the new column (`ALTER TABLE "User" ADD COLUMN "fullName" <type>;`), write both, backfill in batches, move the reads, and drop the old one in a later release.',
  ],
  [
    'noRename', plain, 'ALTER TABLE shop.orders RENAME TO purchases;',
    'Table `shop.orders` is renamed to `purchases`. The release that is still running asks for `orders` and fails from then on. Keep the name, or leave a view under the old name in the same transaction (`CREATE VIEW shop.orders AS SELECT * FROM shop.purchases;`) until no release uses it.',
  ],
  [
    'noTypeChange', plain, 'ALTER TABLE a ALTER x TYPE bigint;',
    'Column `x` of `a` changes its type to `bigint`. The table or its indexes may be rewritten under an AccessExclusive lock, which stops reads and writes. If it is no mere widening: add a column beside it (`ALTER TABLE a ADD COLUMN x_new bigint;`), write both, backfill in batches, move the reads, and drop the old one in a later release.',
  ],
  [
    'noDropReferenced', plain, 'DROP TABLE a CASCADE;',
    'Table `a` is dropped. Every query of a running release that names it fails from then on, and its rows are gone. Check that no code needs it (models, raw SQL, joins, jobs), release that first, and drop the table in a later migration.',
  ],
  [
    'notNullDefault', plain, 'ALTER TABLE a ALTER COLUMN "userId" SET NOT NULL;',
    'Column `"userId"` of `a` becomes NOT NULL. Every row is read under an AccessExclusive lock, which stops reads and writes, and one NULL makes the migration fail. First `ALTER TABLE a ADD CONSTRAINT "a_userId_not_null" CHECK ("userId" IS NOT NULL) NOT VALID;`, in the next migration `ALTER TABLE a VALIDATE CONSTRAINT "a_userId_not_null";`, and only then `SET NOT NULL`, which needs no scan any more.',
  ],
  [
    'concurrentIndex', prisma, 'CREATE UNIQUE INDEX "a_x_key"\n  ON "a"("x");',
    'Index `a_x_key` is created on `a` without `CONCURRENTLY`. Writes to the table wait until all its rows have been read. Write `CREATE UNIQUE INDEX CONCURRENTLY "a_x_key" ON "a"("x");`.',
  ],
  [
    'concurrentIndex', drizzle, 'CREATE INDEX "i" ON "a" ("x");',
    'Index `i` is created on `a` without `CONCURRENTLY`. Writes to the table wait until all its rows have been read. Write `CREATE INDEX CONCURRENTLY "i" ON "a" ("x");`. Drizzle runs all pending migrations in one transaction: run it by hand before the deployment, with `IF NOT EXISTS` / `IF EXISTS` in the migration, which then finds the work done.',
  ],
  [
    'concurrentIndex', drizzle, 'DROP INDEX CONCURRENTLY "i";',
    '`DROP INDEX CONCURRENTLY` runs inside a transaction: Drizzle runs all pending migrations in one transaction. PostgreSQL refuses that with error 25001, so the migration fails. Run it by hand before the deployment, with `IF NOT EXISTS` / `IF EXISTS` in the migration, which then finds the work done.',
  ],
];

describe('migration rules', () => {
  it.each(cases)('%s on %s: %s', (rule, path, sql, message) => {
    expect(findingsOf(rules[rule], path, sql).map((finding) => finding.message)).toEqual([message]);
  });

  it('suggests CONCURRENTLY where the statement stands alone, and only there', () => {
    const sql = '/* INDEX */ CREATE INDEX i ON a (x);';
    const [alone] = findingsOf(concurrentIndex, prisma, sql);
    const [edit] = alone?.suggestions?.[0]?.edits ?? [];
    expect(edit && `${sql.slice(0, edit.start)}${edit.text}${sql.slice(edit.end)}`).toBe('/* INDEX */ CREATE INDEX CONCURRENTLY i ON a (x);');
    const [together] = findingsOf(concurrentIndex, prisma, `SELECT 1; ${sql}`);
    expect(together?.suggestions).toEqual([]);
  });

  it('leaves other files and other hazards to others', () => {
    expect(findingsOf(noRename, plain, 'DROP TABLE a; CREATE INDEX i ON b (x);')).toEqual([]);
  });
});
