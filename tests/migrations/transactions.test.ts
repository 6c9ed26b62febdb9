import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from './analyze-texts.ts';

const CIC = 'CREATE INDEX CONCURRENTLY i ON a (x);';
const lock = { 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"' };
const prisma = 'prisma/migrations/20240101_a/migration.sql';
const prismaAt = (version: string): Record<string, string> => ({ ...lock, 'package.json': JSON.stringify({ dependencies: { '@prisma/client': version } }) });
const drizzle = { 'drizzle/meta/_journal.json': '{"dialect":"postgresql","entries":[{"tag":"0000_a"}]}' };

/** Whether PostgreSQL would refuse the statement, per tool and version. */
const cases: readonly [name: string, path: string, sql: string, refused: boolean, others?: Readonly<Record<string, string>>][] = [
  ['Prisma, one statement', prisma, `-- CreateIndex\n${CIC}`, false, lock],
  ['Prisma 6, two statements', prisma, `SELECT 1; ${CIC}`, true, prismaAt('^6.19.0')],
  ['Prisma 6, COMMIT before it', prisma, `COMMIT; ${CIC}`, true, prismaAt('6.0.0')],
  ['Prisma 7.3, two statements', prisma, `SELECT 1; ${CIC}`, true, prismaAt('~7.3.0')],
  ['Prisma 7.4, two statements', prisma, `SELECT 1; ${CIC}`, false, prismaAt('7.4.1')],
  ['Prisma 7.4, a file its splitter cannot read', prisma, 'SELECT 1; DROP INDEX CONCURRENTLY i;', true, prismaAt('7.4.1')],
  ['Drizzle', 'drizzle/0000_a.sql', CIC, true, drizzle],
  ['Drizzle, COMMIT before it', 'drizzle/0000_a.sql', `COMMIT;--> statement-breakpoint\n${CIC}`, false, drizzle],
  ['Supabase, one statement', 'supabase/migrations/1_a.sql', CIC, false],
  ['Supabase, two statements', 'supabase/migrations/1_a.sql', `SELECT 1; ${CIC}`, true],
  ['golang-migrate, two statements', 'migrations/1_a.up.sql', `SELECT 1; ${CIC}`, true],
  ['dbmate', 'migrations/1_a.sql', `-- migrate:up\n${CIC}\n-- migrate:down`, true],
  ['dbmate, opted out', 'migrations/1_a.sql', `-- migrate:up transaction:false\n${CIC}\n-- migrate:down`, false],
  ['goose', 'migrations/1_a.sql', `-- +goose Up\n${CIC}`, true],
  ['goose, opted out', 'migrations/1_a.sql', `-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1; ${CIC}`, false],
  ['postgres-migrations, opted out', 'migrations/1_a.sql', `-- postgres-migrations disable-transaction\n${CIC}`, false],
  ['postgres-migrations, opted out, two statements', 'migrations/1_a.sql', `-- postgres-migrations disable-transaction\nSELECT 1; ${CIC}`, true],
  ['Flyway, nothing else in the file', 'sql/V1__a.sql', CIC, false, { 'sql/V2__b.sql': 'SELECT 1;' }],
  ['Flyway, mixed', 'sql/V1__a.sql', `SELECT 1; ${CIC}`, true, { 'sql/V2__b.sql': 'SELECT 1;' }],
  ['no tool', 'migrations/1_a.sql', `SELECT 1; ${CIC}`, false],
  ['no tool, BEGIN in the file', 'migrations/1_a.sql', `BEGIN; ${CIC} COMMIT;`, true],
];

describe('planTransactions', () => {
  it.each(cases)('%s', (_name, path, sql, refused, others = {}) => {
    const file = fileOf(analyzeTexts({ ...others, [path]: sql }), path);
    expect(file.hazards.map(({ kind }) => kind)).toEqual(refused ? ['concurrentlyInTransaction'] : []);
  });

  it('shows which statements share a transaction', () => {
    const file = fileOf(analyzeTexts({ 'migrations/1_a.sql': 'SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3;' }), 'migrations/1_a.sql');
    const scope = { by: 'explicit', id: 1 };
    expect(file.transactions).toEqual([null, scope, scope, scope, null]);
  });
});
