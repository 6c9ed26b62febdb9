import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Preset } from '../../src/findings/rule-selection.ts';
import { tree } from '../project/tree.ts';
import { checkMigrations, lintMigrations } from './migration-lint.ts';

const RENAME = 'prisma/migrations/20260301000000_rename/migration.sql';
const CODE = 'migrations/20260102000000_index.js';

const PROJECT: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module", "dependencies": { "knex": "3.1.0", "prisma": "6.0.0" } }',
  'knexfile.js': "export default { client: 'pg', migrations: { directory: './migrations' } };\n",
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20260101000000_init/migration.sql': 'CREATE TABLE "customers" ("id" INT PRIMARY KEY, "name" TEXT, "age" INT);\nCREATE TABLE "orders" ("id" INT PRIMARY KEY, "total" INT);\nCREATE TABLE "legacy" ("id" INT PRIMARY KEY);\n',
  [RENAME]: `-- größer 🙂
ALTER TABLE "customers"
  RENAME COLUMN "name" TO "full_name";
ALTER TABLE "customers" ALTER COLUMN "age" SET DATA TYPE BIGINT, ALTER COLUMN "full_name" SET NOT NULL;
CREATE INDEX "orders_total" ON "orders" ("total");
DROP TABLE "legacy";
`,
  'migrations/20260101000000_init.js': `export async function up(knex) {
  await knex.schema.createTable('invoices', (table) => {
    table.increments('id');
    table.string('number');
  });
}
`,
  [CODE]: `export async function up(knex) {
  await knex.schema.alterTable('invoices', (table) => {
    table.index(['number']);
  });
  await knex.raw('ALTER TABLE invoices RENAME COLUMN number TO code');
}

export async function down(knex) {
  await knex.schema.dropTable('invoices');
}
`,
  'queries/report.sql': 'DROP TABLE everything;\n',
};

function projectWith(change: Readonly<Record<string, (text: string) => string>>): string {
  return tree(Object.fromEntries(Object.entries(PROJECT).map(([path, text]) => [path, change[path]?.(text) ?? text])));
}

const before = (line: string, comment: string) => (text: string): string => text.replace(line, `${comment}\n${line}`);

describe('migrations and ESLint', () => {
  it.each<{ name: string; preset: Preset; change: Readonly<Record<string, (text: string) => string>>; hidden: boolean }>([
    { name: 'as they are', preset: 'migrations', change: {}, hidden: false },
    { name: 'as they are, strict', preset: 'migrations-strict', change: {}, hidden: false },
    { name: 'with a byte order mark', preset: 'migrations', change: { [RENAME]: (text) => `\uFEFF${text}`, [CODE]: (text) => `\uFEFF${text}` }, hidden: false },
    { name: 'with windows line ends', preset: 'migrations', change: { [RENAME]: (text) => text.replaceAll('\n', '\r\n') }, hidden: false },
    { name: 'disabled in the next line', preset: 'migrations', change: { [RENAME]: before('DROP TABLE', '-- eslint-disable-next-line backend-patterns/migration-no-drop-referenced -- unused') }, hidden: true },
    { name: 'disabled in the next line, by a block', preset: 'migrations', change: { [RENAME]: before('CREATE INDEX', '/* eslint-disable-next-line */') }, hidden: true },
    { name: 'disabled in the line', preset: 'migrations', change: { [RENAME]: (text) => text.replace('("total");', '("total"); -- eslint-disable-line backend-patterns/migration-concurrent-index') }, hidden: true },
    { name: 'disabled from a line to another', preset: 'migrations', change: { [RENAME]: (text) => before('DROP TABLE', '-- eslint-enable')(before('CREATE INDEX', '-- eslint-disable')(text)) }, hidden: true },
    { name: 'disabled in a block to the end', preset: 'migrations', change: { [RENAME]: (text) => `/* eslint-disable backend-patterns/migration-no-rename,\n backend-patterns/migration-no-type-change */\n${text}` }, hidden: true },
    { name: 'switched off by a comment', preset: 'migrations', change: { [RENAME]: (text) => `-- eslint backend-patterns/migration-no-rename: "off"\n${text}` }, hidden: false },
    { name: 'with words of ESLint in strings and rows', preset: 'migrations', change: { [RENAME]: (text) => `SELECT '-- eslint-disable';\nSELECT $$ /* eslint-disable */ $$;\n${text}` }, hidden: false },
    { name: 'disabled in a program', preset: 'migrations', change: { [CODE]: before('  await knex.raw', '  // eslint-disable-next-line backend-patterns/migration-no-rename -- new') }, hidden: true },
    { name: 'disabled in a program as a whole', preset: 'migrations', change: { [CODE]: (text) => `/* eslint-disable */\n${text}` }, hidden: true },
  ])('find the same in migrations $name', async ({ preset, change, hidden }) => {
    const root = projectWith(change);
    const { lines, result } = checkMigrations(root, preset);
    expect(result.ruleErrors).toEqual([]);
    expect(lines.some(({ text }) => text.startsWith(RENAME))).toBe(true);
    expect(lines.some(({ text }) => text.startsWith(CODE))).toBe(true);
    expect(lines.some((line) => line.hidden)).toBe(hidden);
    expect(lines).toEqual(await lintMigrations(root, preset));
  });

  it('put up with the same findings', async () => {
    const root = projectWith({});
    writeFileSync(join(root, 'eslint-suppressions.json'), JSON.stringify({ [RENAME]: { 'backend-patterns/migration-no-rename': { count: 1 } } }));
    const { lines } = checkMigrations(root, 'migrations');
    expect(lines.filter((line) => line.hidden)).toHaveLength(1);
    expect(lines).toEqual(await lintMigrations(root, 'migrations'));
  });

  it('leave SQL that no tool runs alone', async () => {
    expect(await lintMigrations(projectWith({}), 'migrations-strict', ['queries/**'])).toEqual([]);
  });
});
