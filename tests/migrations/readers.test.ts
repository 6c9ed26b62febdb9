import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from './analyze-texts.ts';

const SQL = 'CREATE TABLE a (x int);';
const journal = (dialect: string, ...tags: string[]): string => JSON.stringify({ version: '7', dialect, entries: tags.map((tag, idx) => ({ idx, tag, breakpoints: true })) });

const trees: readonly { readonly name: string; readonly files: Readonly<Record<string, string>>; readonly expected: readonly string[] }[] = [
  {
    name: 'Prisma with a lock file, beside a schema folder',
    files: { 'packages/db/prisma/schema/user.prisma': '', 'packages/db/prisma/migrations/migration_lock.toml': 'provider = "postgresql"', 'packages/db/prisma/migrations/20240102_b/migration.sql': SQL, 'packages/db/prisma/migrations/0_init/migration.sql': SQL },
    expected: ['packages/db/prisma/migrations prisma postgres: 0_init, 20240102_b'],
  },
  {
    name: 'Prisma without a lock file',
    files: { 'prisma/schema.prisma': 'datasource db {\n  provider = "mysql"\n}', 'prisma/migrations/20240102000000_a/migration.sql': SQL },
    expected: ['prisma/migrations prisma mysql (MySQL migrations are not analysed yet; only PostgreSQL is.): 20240102000000_a'],
  },
  {
    name: 'Drizzle by its journal',
    files: { 'drizzle/meta/_journal.json': journal('postgresql', '0001_b', '0000_a'), 'drizzle/0000_a.sql': SQL, 'drizzle/0001_b.sql': SQL, 'drizzle/0002_stray.sql': SQL },
    expected: ['drizzle drizzle postgres: 0001_b, 0000_a, 0002_stray!'],
  },
  {
    name: 'Drizzle for SQLite',
    files: { 'db/drizzle/meta/_journal.json': journal('sqlite', '0000_a'), 'db/drizzle/0000_a.sql': SQL },
    expected: ['db/drizzle drizzle sqlite (SQLite migrations are not analysed yet; only PostgreSQL is.): 0000_a'],
  },
  {
    name: 'Drizzle with a broken journal',
    files: { 'drizzle/meta/_journal.json': '{', 'drizzle/0000_a.sql': SQL },
    expected: ['drizzle drizzle postgres (drizzle/meta/_journal.json is not a journal that can be read, so the order of the migrations is unknown. Run `drizzle-kit check`.): 0000_a'],
  },
  {
    name: 'Drizzle 1.x',
    files: { 'drizzle/20250101000000_a/migration.sql': SQL, 'drizzle/20250101000000_a/snapshot.json': '{"dialect": "postgres"}' },
    expected: ['drizzle drizzle postgres: 20250101000000_a'],
  },
  {
    name: 'numbered files, several folders, numbers of unequal length',
    files: { 'migrations/tenant/0002-b.sql': SQL, 'migrations/tenant/00010-c.sql': SQL, 'migrations/tenant/0001-a.sql': SQL, 'migrations/shared/1.sql': SQL, 'src/test/db/01.sql': SQL, 'docs/one.sql': SQL },
    expected: ['migrations/shared sql postgres: 1', 'migrations/tenant sql postgres: 0001-a, 0002-b, 00010-c'],
  },
  {
    name: 'up and down files',
    files: { 'db/migrations/1_a.up.sql': SQL, 'db/migrations/1_a.down.sql': 'DROP TABLE a;' },
    expected: ['db/migrations golang-migrate postgres: 1_a.down!, 1_a.up'],
  },
  {
    name: 'a folder per migration',
    files: { 'migrations/2024-01-01_a/up.sql': SQL, 'migrations/2024-01-01_a/down.sql': 'DROP TABLE a;' },
    expected: ['migrations diesel postgres: 2024-01-01_a!, 2024-01-01_a'],
  },
  { name: 'Flyway', files: { 'sql/V1_10__b.sql': SQL, 'sql/V1_9__a.sql': SQL, 'sql/U1_9__a.sql': SQL }, expected: ['sql flyway postgres: U1_9__a!, V1_9__a, V1_10__b'] },
  { name: 'Supabase', files: { 'supabase/migrations/20240101_a.sql': SQL }, expected: ['supabase/migrations supabase postgres: 20240101_a'] },
  {
    name: 'MySQL by its syntax',
    files: { 'migrations/1_a.sql': 'CREATE TABLE `a` (`x` int) ENGINE=InnoDB;' },
    expected: ['migrations sql mysql (MySQL migrations are not analysed yet; only PostgreSQL is.): 1_a'],
  },
  {
    name: 'SQLite by the driver',
    files: { 'package.json': '{"dependencies":{"better-sqlite3":"^11.0.0"}}', 'migrations/1_a.sql': SQL },
    expected: ['migrations sql sqlite (SQLite migrations are not analysed yet; only PostgreSQL is.): 1_a'],
  },
  { name: 'nothing', files: { 'schema.sql': SQL, 'seeds/01_a.sql': SQL, 'seeds/02_b.sql': SQL }, expected: [] },
];

describe('findMigrationFolders', () => {
  it.each(trees)('$name', ({ files, expected }) => {
    const { folders } = analyzeTexts(files);
    const shown = folders.map(({ folder, tool, dialect, notAnalysed, files: migrations }) => {
      const names = migrations.map(({ name, skip }) => `${name}${skip === undefined ? '' : '!'}`).join(', ');
      return `${folder} ${tool} ${dialect}${notAnalysed === undefined ? '' : ` (${notAnalysed})`}: ${names}`;
    });
    expect(shown).toEqual(expected);
  });

  it('takes the folder and the dialect that the settings name', () => {
    const files = { 'package.json': '{"dependencies":{"mysql2":"3.0.0"}}', 'db/changes/a.sql': SQL, 'migrations/1_b.sql': SQL };
    const { folders } = analyzeTexts(files, { folder: './db/changes/', dialect: 'postgres' });
    expect(folders).toMatchObject([{ folder: 'db/changes', dialect: 'postgres', files: [{ name: 'a' }] }]);
    expect(folders[0]).not.toHaveProperty('notAnalysed');
  });
});

describe('analyzeMigrations', () => {
  const drop = 'ALTER TABLE a DROP COLUMN x;';

  it.each([
    ['dbmate', `-- migrate:up\n${drop}\n-- migrate:down\nDROP TABLE b;`],
    ['goose', `-- +goose Up\n-- +goose StatementBegin\n${drop}\n-- +goose StatementEnd\n-- +goose Down\nDROP TABLE b;`],
    ['sql-migrate', `-- +migrate Up\n${drop}\n-- +migrate Down\nDROP TABLE b;`],
    ['node-pg-migrate', `-- Up Migration\n${drop}\n-- Down Migration\nDROP TABLE b;`],
  ])('judges the forward part alone: %s', (tool, text) => {
    const file = fileOf(analyzeTexts({ 'migrations/001_a.sql': text }), 'migrations/001_a.sql');
    expect(file.tool).toBe(tool);
    expect(file.hazards.map(({ kind }) => kind)).toEqual(['dropColumn']);
  });

  it('does not judge what is older than `since`, but replays it', () => {
    const files = { 'migrations/001_a.sql': 'CREATE TABLE a (x varchar(9));', 'migrations/002_b.sql': drop.replace('x', 'y'), 'migrations/003_c.sql': 'ALTER TABLE a ALTER x TYPE text; DROP TABLE a;' };
    const { files: analysed } = analyzeTexts(files, { since: '003' });
    expect(analysed.map(({ judged, hazards }) => [judged, hazards.map(({ kind }) => kind)])).toEqual([[false, []], [false, []], [true, ['dropTable']]]);
  });

  it.each<[string, string | Uint8Array, string[], string[]]>([
    ['empty', '', [], []],
    ['comment only', '-- nothing yet', [], []],
    ['byte order mark', `\uFEFF${drop}`, ['dropColumn'], []],
    ['Latin-1', Buffer.from(`-- größe\n${drop}`, 'latin1'), ['dropColumn'], ['not valid UTF-8 (first on line 1): PostgreSQL refuses it unless the client encoding is set. Save the file as UTF-8.']],
    ['UTF-16', Buffer.from(`\uFEFF${drop}`, 'utf16le'), [], ['UTF-16 text: PostgreSQL tools read UTF-8. Save the file as UTF-8.']],
    ['open quote', `${drop}\nSELECT 'abc;`, ['dropColumn'], [`not understood: unterminated quoted string at or near "'abc;"`]],
    ['a statement of megabytes', `INSERT INTO a VALUES ('${'x'.repeat(2_100_000)}');\n${drop}`, ['dropColumn'], ['statement of 2.1 million characters: too long to parse. Keep data out of migrations, or split it.']],
    ['rows of megabytes', `COPY a FROM stdin;\n${'1\t2\n'.repeat(500_000)}\\.\n${drop}`, ['dropColumn'], []],
    ['a dump', new Uint8Array(33 * 1024 * 1024), [], ['file of 33 MB: too large to analyse. A dump is no migration; keep data out of it.']],
  ])('has a word for damage and reads the rest: %s', (_name, content, hazards, notAnalysed) => {
    const file = fileOf(analyzeTexts({ 'migrations/001_a.sql': content }), 'migrations/001_a.sql');
    expect(file.hazards.map(({ kind }) => kind)).toEqual(hazards);
    expect(file.notAnalysed.map(({ reason }) => reason)).toEqual(notAnalysed);
  });

  it('counts what it read and what it left out, as plain JSON', () => {
    const analysis = analyzeTexts({ 'migrations/1_a.up.sql': `${drop} SELEC;`, 'migrations/1_a.down.sql': 'DROP TABLE a;' });
    expect(analysis.coverage).toEqual({ folders: 1, files: 2, analysed: 1, statements: 1, notUnderstood: 1, skipped: [{ reason: 'down migration: recognised and not judged', files: 1 }] });
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });
});
