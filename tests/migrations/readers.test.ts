import { describe, expect, it } from 'vitest';
import { TOOL_NAMES } from '../../src/migrations/migration-files.ts';
import { MIGRATION_TOOLS } from '../../src/settings/settings.ts';
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
    expected: ['prisma/migrations prisma mysql: 20240102000000_a'],
  },
  {
    name: 'Drizzle by its journal',
    files: { 'drizzle/meta/_journal.json': journal('postgresql', '0001_b', '0000_a'), 'drizzle/0000_a.sql': SQL, 'drizzle/0001_b.sql': SQL, 'drizzle/0002_stray.sql': SQL },
    expected: ['drizzle drizzle postgres: 0001_b, 0000_a, 0002_stray!'],
  },
  {
    name: 'Drizzle for SQLite',
    files: { 'db/drizzle/meta/_journal.json': journal('sqlite', '0000_a'), 'db/drizzle/0000_a.sql': SQL },
    expected: ['db/drizzle drizzle sqlite: 0000_a'],
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
    expected: ['migrations sql mysql: 1_a'],
  },
  {
    name: 'SQLite by the driver',
    files: { 'package.json': '{"dependencies":{"better-sqlite3":"^11.0.0"}}', 'migrations/1_a.sql': SQL },
    expected: ['migrations sql sqlite: 1_a'],
  },
  {
    name: 'Prisma where its configuration says, with names of its own',
    files: {
      'apps/api/prisma.config.ts': "export default defineConfig({ schema: 'db/schema', migrations: { path: path.join('db', 'changes') } });",
      'apps/api/db/schema/main.prisma': 'datasource db {\n  provider = "postgresql"\n}',
      'apps/api/db/changes/init/migration.sql': SQL,
    },
    expected: ['apps/api/db/changes prisma postgres: init'],
  },
  {
    name: 'Prisma, squashed',
    files: { 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"', 'prisma/migrations/000000000000_squashed_migrations/migration.sql': SQL, 'prisma/migrations/20250102030405_b/migration.sql': SQL },
    expected: ['prisma/migrations prisma postgres: 000000000000_squashed_migrations, 20250102030405_b'],
  },
  { name: 'Prisma for SQL Server', files: { 'prisma/migrations/migration_lock.toml': 'provider = "sqlserver"', 'prisma/migrations/1_a/migration.sql': SQL }, expected: ['prisma/migrations prisma other (SQL Server migrations are not analysed; PostgreSQL, SQLite, MySQL and MariaDB are.): 1_a'] },
  {
    name: 'Drizzle 1.x without snapshots, by its configuration',
    files: { 'drizzle.config.ts': "export default defineConfig({ dialect: 'sqlite', out: './db/migrations' });", 'db/migrations/20250102000000_b/migration.sql': SQL, 'db/migrations/20250101000000_a/migration.sql': SQL },
    expected: ['db/migrations drizzle sqlite: 20250101000000_a, 20250102000000_b'],
  },
  {
    name: 'Drizzle, a journal without dialect',
    files: { 'drizzle.config.ts': "export default { dialect: 'turso' };", 'drizzle/meta/_journal.json': '{"entries":[{"tag":"0000_a"}]}', 'drizzle/0000_a.sql': SQL },
    expected: ['drizzle drizzle sqlite: 0000_a'],
  },
  {
    name: 'Sqitch, in the order of its plan',
    files: {
      'db/sqitch.plan': '%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z A <a@b> # users\norders [users] 2024-01-02T00:00:00Z A <a@b>\n@v1 2024-01-03T00:00:00Z A <a@b>\n',
      'db/deploy/orders.sql': SQL, 'db/deploy/users.sql': SQL, 'db/deploy/draft.sql': SQL, 'db/revert/users.sql': 'DROP TABLE a;', 'db/verify/users.sql': 'SELECT 1;',
    },
    expected: ['db/deploy sqitch postgres: users, orders, draft!'],
  },
  { name: 'Atlas', files: { 'migrations/atlas.sum': 'h1:x', 'migrations/20240101_a.sql': SQL }, expected: ['migrations atlas postgres: 20240101_a'] },
  { name: 'Flyway, repeatable scripts last', files: { 'sql/R__view.sql': SQL, 'sql/V2__b.sql': SQL, 'sql/V1__a.sql': SQL }, expected: ['sql flyway postgres: V1__a, V2__b, R__view'] },
  { name: 'Supabase without its seed', files: { 'supabase/migrations/20240101_a.sql': SQL, 'supabase/seed.sql': SQL, 'supabase/seeds/01.sql': SQL }, expected: ['supabase/migrations supabase postgres: 20240101_a'] },
  {
    name: 'node-pg-migrate, pairs of files',
    files: { 'package.json': '{"devDependencies":{"node-pg-migrate":"^9.0.0"}}', 'migrations/1_a.up.sql': SQL, 'migrations/1_a.down.sql': 'DROP TABLE a;' },
    expected: ['migrations node-pg-migrate postgres: 1_a.down!, 1_a.up'],
  },
  { name: 'postgres-migrations by the dependency', files: { 'package.json': '{"dependencies":{"postgres-migrations":"^5.3.0"}}', 'migrations/1_a.sql': SQL }, expected: ['migrations postgres-migrations postgres: 1_a'] },
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

describe('settings of migrations', () => {
  it('pin the tool', () => {
    const files = { 'package.json': '{"dependencies":{"pg":"8.0.0"}}', 'db/sql/1_a.sql': SQL, 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"', 'prisma/migrations/1_a/migration.sql': SQL };
    const found = (settings: Parameters<typeof analyzeTexts>[1]): string[] => analyzeTexts(files, settings).folders.map(({ folder, tool }) => `${folder} ${tool}`);
    expect(found({ tool: 'prisma' })).toEqual(['prisma/migrations prisma']);
    expect(found({ tool: 'goose', folder: 'db/sql' })).toEqual(['db/sql goose']);
  });

  it('know the tools that are read', () => {
    expect([...MIGRATION_TOOLS].sort()).toEqual(Object.keys(TOOL_NAMES).sort());
  });

  const judgedFrom = (since: string, ...names: string[]): string[] => {
    const files = Object.fromEntries(names.map((name) => [`db/migrations/${name}.sql`, SQL]));
    return analyzeTexts(files, { since, folder: 'db/migrations' }).files.flatMap(({ name, judged }) => (judged ? [name] : []));
  };

  it.each<[since: string, names: string[], expected: string[]]>([
    ['20250102_b', ['20250101_a', '20250102_b', '20250103_c'], ['20250102_b', '20250103_c']],
    ['20250102', ['20250101_a', '20250102_b', '20250103_c'], ['20250102_b', '20250103_c']],
    ['2025-01-02', ['20250101120000_a', '20250101235959_b', '20250102000000_c'], ['20250102000000_c']],
    ['2025-01-01T20:00', ['20250101120000_a', '20250101235959_b'], ['20250101235959_b']],
    ['2025-01-02', ['2025-01-01-a', '2025-01-03-b'], ['2025-01-03-b']],
    ['2025-01-31', ['1738281599000-a', '1738281600000-b'], ['1738281600000-b']],
    ['2025-01-31', ['1738281599_a', '1738281600_b'], ['1738281600_b']],
    ['2030-01-01', ['20250101_a'], []],
    // A name of another folder: what came later there came later here.
    ['20250102000000_x', ['1735689600000-a', '1735948800000-b'], ['1735948800000-b']],
    ['0003', ['0001_a', '0002_b', '0004_d'], ['0004_d']],
  ])('judges what is not older than %s', (since, names, expected) => {
    expect(judgedFrom(since, ...names)).toEqual(expected);
  });

  it('take the time of Drizzle from its journal', () => {
    const entry = (tag: string, when: string): object => ({ tag, when: Date.parse(when) });
    const files = {
      'drizzle/meta/_journal.json': JSON.stringify({ dialect: 'postgresql', entries: [entry('0000_a', '2025-01-01T10:00Z'), entry('0001_b', '2025-01-03T10:00Z')] }),
      'drizzle/0000_a.sql': SQL, 'drizzle/0001_b.sql': SQL,
    };
    expect(analyzeTexts(files, { since: '2025-01-02' }).files.map(({ judged }) => judged)).toEqual([false, true]);
  });
});

describe('files beside migrations', () => {
  it.each([
    ['Diesel', 'migrations/1_a/up.sql', 'migrations/1_a/metadata.toml', 'run_in_transaction = false\n'],
    ['Flyway', 'sql/V1__a.sql', 'sql/V1__a.sql.conf', 'executeInTransaction=false\n'],
  ])('take one out of the transaction: %s', (_tool, path, beside, text) => {
    const index = 'CREATE INDEX CONCURRENTLY i ON a (x);';
    const files = { [path]: path.startsWith('sql') ? `SELECT 1; ${index}` : index, 'sql/V2__b.sql': SQL };
    const refused = (more: Readonly<Record<string, string>>): number => fileOf(analyzeTexts({ ...files, ...more }), path).hazards.filter(({ kind }) => kind === 'concurrentlyInTransaction').length;
    expect([refused({}), refused({ [beside]: text })]).toEqual([1, 0]);
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
    ['rows of megabytes', `COPY a FROM stdin;\n${'1\t2\n'.repeat(500_000)}\\.\n${drop}`, ['dropColumn'], ['rows of `COPY … FROM stdin`: only psql sends them']],
    ['a dump', new Uint8Array(33 * 1024 * 1024), [], ['file of 33 MB: too large to analyse. A dump is no migration; keep data out of it.']],
  ])('has a word for damage and reads the rest: %s', (_name, content, hazards, notAnalysed) => {
    const file = fileOf(analyzeTexts({ 'migrations/001_a.sql': content }), 'migrations/001_a.sql');
    expect(file.hazards.map(({ kind }) => kind)).toEqual(hazards);
    expect(file.notAnalysed.map(({ reason }) => reason)).toEqual(notAnalysed);
  });

  it('counts what it read and what it left out, as plain JSON', () => {
    const analysis = analyzeTexts({ 'migrations/1_a.up.sql': `${drop} SELEC;`, 'migrations/1_a.down.sql': 'DROP TABLE a;' });
    expect(analysis.coverage).toEqual({ folders: 1, files: 2, analysed: 1, statements: 1, notUnderstood: 1, calls: { found: 0, notFollowed: 0 }, skipped: [{ reason: 'down migration: recognised and not judged', files: 1 }] });
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });
});
