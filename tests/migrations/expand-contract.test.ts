import { describe, expect, it } from 'vitest';
import { planColumnRename } from '../../src/migrations/hazards/rename-plan.ts';
import { isNamedLater } from '../../src/migrations/history/later-names.ts';
import { parseStatement } from '../../src/migrations/postgres-parser.ts';
import { analyzeTexts } from './analyze-texts.ts';

const KINDS = new Set(['contractedTooEarly', 'requiredBeforeBackfill', 'requiredWithoutBackfill', 'neverContracted', 'probableRename', 'possibleRename']);

const named = (files: readonly string[]): Record<string, string> => Object.fromEntries(files.map((sql, index) => [`migrations/00${index + 1}_a.sql`, sql]));

/** Hazards of a history as `file kind old → new`. */
function show(files: readonly string[]): string[] {
  return analyzeTexts(named(files)).files.flatMap(({ path, hazards }) =>
    hazards.flatMap(({ kind, data }) => (KINDS.has(kind) ? [`${path.slice(11, 14)} ${kind} ${data['old'] ?? data['from']} → ${data['new'] ?? data['to']}`] : [])),
  );
}

const create = 'CREATE TABLE t (id int PRIMARY KEY, total int, email text);';
const later = Array.from({ length: 5 }, (_, index) => `CREATE TABLE later_${index} (id int);`);

const cases: readonly { readonly name: string; readonly files: readonly string[]; readonly expected: readonly string[] }[] = [
  { name: 'all steps at once', files: [create, 'ALTER TABLE t ADD COLUMN cents int; UPDATE t SET cents = total * 100; ALTER TABLE t DROP COLUMN total;'], expected: ['002 contractedTooEarly total → cents'] },
  { name: 'filled and dropped in one', files: [create, 'ALTER TABLE t ADD COLUMN cents int;', 'UPDATE t SET cents = total * 100; ALTER TABLE t DROP COLUMN total;'], expected: ['003 contractedTooEarly total → cents'] },
  { name: 'a shadow column that takes over the name', files: [create, 'ALTER TABLE t ADD COLUMN total_new bigint;', 'ALTER TABLE t ALTER total_new SET NOT NULL;', 'ALTER TABLE t DROP COLUMN total; ALTER TABLE t RENAME total_new TO total;'], expected: ['003 requiredWithoutBackfill total → total_new'] },
  { name: 'one step after the other', files: [create, 'ALTER TABLE t ADD COLUMN cents int;', 'UPDATE t SET cents = total * 100;', 'ALTER TABLE t ALTER cents SET NOT NULL;', 'ALTER TABLE t DROP COLUMN total;'], expected: [] },
  { name: 'NOT NULL before the backfill', files: [create, 'ALTER TABLE t ADD COLUMN cents int;', 'ALTER TABLE t ALTER cents SET NOT NULL;', 'UPDATE t SET cents = total * 100;'], expected: ['003 requiredBeforeBackfill total → cents'] },
  { name: 'NOT NULL with a default', files: [create, 'ALTER TABLE t ADD COLUMN total_new int DEFAULT 0;', 'ALTER TABLE t ALTER total_new SET NOT NULL;'], expected: [] },
  { name: 'never contracted', files: [create, 'ALTER TABLE t ADD COLUMN contact_email text; UPDATE t SET contact_email = email;', ...later], expected: ['002 neverContracted email → contact_email'] },
  { name: 'a column computed from another for good', files: [create, 'ALTER TABLE t ADD COLUMN domain text; UPDATE t SET domain = split_part(email, \'@\', 2);', ...later], expected: [] },
  { name: 'two columns that have nothing to do with each other', files: [create, 'ALTER TABLE t ADD COLUMN note text; ALTER TABLE t DROP COLUMN total;'], expected: [] },
  { name: 'values of several columns', files: [create, 'ALTER TABLE t ADD COLUMN label text; UPDATE t SET label = email || total; ALTER TABLE t DROP COLUMN total;'], expected: [] },
  { name: 'columns of other tables', files: [create, 'CREATE TABLE u (id int, total int); ALTER TABLE t ADD COLUMN cents int; UPDATE t SET cents = u.total FROM u; ALTER TABLE t DROP COLUMN email;'], expected: [] },
  { name: 'a generated rename', files: [create, 'ALTER TABLE t DROP COLUMN email, ADD COLUMN email_address text;'], expected: ['002 probableRename email → email_address'] },
  { name: 'perhaps a rename', files: [create, 'ALTER TABLE t DROP COLUMN email, ADD COLUMN contact text;'], expected: ['002 possibleRename email → contact'] },
  { name: 'a column filled from elsewhere', files: [create, 'CREATE TABLE u (id int, contact text); ALTER TABLE t ADD COLUMN contact text; UPDATE t SET contact = u.contact FROM u; ALTER TABLE t DROP COLUMN email;'], expected: [] },
  { name: 'another type', files: [create, 'ALTER TABLE t DROP COLUMN email, ADD COLUMN email_at timestamptz;'], expected: [] },
  { name: 'its own column', files: [create, 'ALTER TABLE t ADD COLUMN a text; ALTER TABLE t DROP COLUMN a, ADD COLUMN b text;'], expected: [] },
];

describe('findExpandContractHazards', () => {
  it.each(cases)('$name', ({ files, expected }) => {
    expect(show(files)).toEqual(expected);
  });

  it('takes pending migrations for one release', () => {
    const files = named([create, 'ALTER TABLE t ADD COLUMN cents int;', 'UPDATE t SET cents = total;', 'ALTER TABLE t DROP COLUMN total;']);
    const kinds = (pending: readonly string[]): string[] =>
      analyzeTexts(files, {}, new Set(pending)).files.flatMap(({ hazards }) => hazards.filter(({ kind }) => KINDS.has(kind)).map(({ kind, data }) => `${kind}: ${data['missing']}`));
    expect(kinds(Object.keys(files).slice(1))).toEqual(['contractedTooEarly: a release that writes both columns and a release that reads and writes `cents` alone']);
    expect(kinds(Object.keys(files).slice(3))).toEqual([]);
  });
});

describe('planColumnRename', () => {
  const rename = { table: { schema: 'shop', name: 'users' }, from: 'name', to: 'fullName', type: 'text', notNull: true, dialect: 'postgres' } as const;

  it('is SQL throughout', () => {
    const plan = planColumnRename({ ...rename, tool: 'prisma' });
    expect(plan).toMatch(/^-- Shorter, without a migration: keep the column and rename only the field: `fullName … @map\("name"\)`\.\n/);
    const statements = plan.replace(/^--.*$/gm, '').split(';').map((part) => part.trim()).filter((part) => part !== '');
    expect(statements.map((part) => part.split(/\s+/, 2).join(' '))).toEqual(['ALTER TABLE', 'UPDATE shop.users', ...Array.from({ length: 6 }, () => 'ALTER TABLE')]);
    expect(statements.map((part) => parseStatement(part).ok)).toEqual(statements.map(() => true));
  });

  it.each([
    ['drizzle', "fullName: text('name')"],
    ['typeorm', "@Column({ name: 'name' }) fullName"],
    ['sequelize', "field: 'name'"],
    ['mikro-orm', "@Property({ fieldName: 'name' }) fullName"],
    ['knex', ".select('name as fullName')"],
  ] as const)('speaks %s', (tool, words) => {
    expect(planColumnRename({ ...rename, tool })).toContain(words);
  });

  it.each([['mysql', 'LIMIT 1000;'], ['sqlite', 'WHERE rowid IN']] as const)('fills in batches on %s', (dialect, words) => {
    expect(planColumnRename({ ...rename, tool: 'sql', dialect })).toContain(words);
  });
});

describe('isNamedLater', () => {
  const analysis = analyzeTexts(named([create, 'ALTER TABLE t DROP COLUMN email; ALTER TABLE t DROP COLUMN total;', 'ALTER TABLE t ADD COLUMN email text;', 'DROP TABLE t;']));
  it.each([['email', true], ['total', false], [undefined, false]] as const)('%s: %s', (column, expected) => {
    expect(isNamedLater(analysis, { path: 'migrations/002_a.sql', start: 0, table: 't', ...(column === undefined ? {} : { column }) })).toBe(expected);
  });
});
