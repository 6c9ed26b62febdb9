import { expect, it } from 'vitest';
import { findCodeMigrations } from '../../../src/migrations/readers/code.ts';

type Files = Readonly<Record<string, string>>;

function find(files: Files, folder?: string): object[] {
  const folders = findCodeMigrations({ paths: Object.keys(files).sort(), text: (path) => files[path] }, folder);
  return folders.map(({ folder: at, tool, dialect, language, files: found, notAnalysed }) => ({
    at,
    tool,
    dialect,
    language,
    files: found.map(({ name, skip }) => (skip === undefined ? name : `${name}: ${skip}`)),
    ...(notAnalysed === undefined ? {} : { notAnalysed: true }),
  }));
}

const KNEX = 'exports.up = async (knex) => {};';

const cases: readonly (readonly [string, Files, object])[] = [
  [
    'Knex with its configuration',
    { 'knexfile.js': "module.exports = { client: 'pg' };", 'migrations/2_b.js': KNEX, 'migrations/1_a.js': KNEX, 'migrations/index.js': 'module.exports = {};', 'migrations/helpers.js': 'exports.x = 1;' },
    { at: 'migrations', tool: 'knex', dialect: 'postgres', files: ['1_a', '2_b'] },
  ],
  [
    'TypeORM in the order of its time stamps',
    {
      'src/data-source.ts': "export default new DataSource({ type: 'mysql' });",
      'src/migrations/Later.ts': 'export class Later1700000000002 implements MigrationInterface { async up(q: QueryRunner) {} }',
      'src/migrations/Zero.ts': 'export class Zero1700000000001 implements MigrationInterface { async up(q: QueryRunner) {} }',
    },
    { at: 'src/migrations', tool: 'typeorm', dialect: 'mysql', files: ['Zero', 'Later'] },
  ],
  [
    'Sequelize with config/config.json',
    {
      'config/config.json': '{ "development": { "dialect": "postgres" }, "test": { "dialect": "postgres" } }',
      'migrations/20200101000000-a.js': 'module.exports = { up: (queryInterface, Sequelize) => {}, down() {} };',
    },
    { at: 'migrations', tool: 'sequelize', dialect: 'postgres', files: ['20200101000000-a'] },
  ],
  [
    'Umzug by its context',
    { 'package.json': '{ "dependencies": { "umzug": "3", "pg": "8" } }', 'src/migrations/1.ts': 'export const up: Migration = async ({ context: queryInterface }) => {};' },
    { at: 'src/migrations', tool: 'umzug', dialect: 'postgres', files: ['1'] },
  ],
  [
    'Kysely',
    { 'package.json': '{ "dependencies": { "kysely": "0.28", "better-sqlite3": "11" } }', 'migrations/1.ts': 'export async function up(db: Kysely<any>): Promise<void> { await db.schema.dropTable("a").execute(); }' },
    { at: 'migrations', tool: 'kysely', dialect: 'sqlite', files: ['1'] },
  ],
  [
    'MikroORM',
    { 'mikro-orm.config.ts': "import { PostgreSqlDriver } from '@mikro-orm/postgresql';", 'src/migrations/Migration20240101.ts': "import { Migration } from '@mikro-orm/migrations';\nexport class Migration20240101 extends Migration { async up() {} }" },
    { at: 'src/migrations', tool: 'mikro-orm', dialect: 'postgres', files: ['Migration20240101'] },
  ],
  [
    'node-pg-migrate by number',
    { 'migrations/10_b.js': 'exports.up = (pgm) => {};', 'migrations/9_a.js': 'exports.up = (pgm) => {};' },
    { at: 'migrations', tool: 'node-pg-migrate', dialect: 'postgres', files: ['9_a', '10_b'] },
  ],
  [
    'a parameter with a name of its own, by what is called on it',
    { 'db/migrations/1.js': "exports.up = async (trx) => { await trx.schema.alterTable('t', (t) => {}); };" },
    { at: 'db/migrations', tool: 'knex', dialect: 'postgres', files: ['1'] },
  ],
  [
    'a file of another tool among them',
    { 'migrations/1.js': KNEX, 'migrations/2.js': KNEX, 'migrations/3.js': 'exports.up = (pgm) => {};' },
    { at: 'migrations', tool: 'knex', dialect: 'postgres', files: ['1', '2', '3: looks like a migration of node-pg-migrate among those of knex'] },
  ],
];

it.each(cases)('finds %s', (_name, files, expected) => {
  expect(find(files)).toEqual([{ language: 'code', ...expected }]);
});

it.each([
  ['tests', { 'tests/migrations/1.js': KNEX }],
  ['declarations', { 'migrations/1.d.ts': 'export declare function up(knex: Knex): void;' }],
  ['what has no `up`', { 'src/migrate.ts': 'export function migrate() {}', 'src/migrations/run.ts': 'export const run = () => {};' }],
  ['other folders', { 'src/users.ts': KNEX }],
])('leaves %s alone', (_name, files: Files) => {
  expect(find(files)).toEqual([]);
});

it('looks into the folder that the settings name', () => {
  expect(find({ 'database/changes/1.js': KNEX }, 'database/changes')).toMatchObject([{ at: 'database/changes', tool: 'knex' }]);
});

it('says that a database is not analysed', () => {
  expect(find({ 'knexfile.js': "module.exports = { client: 'mssql' };", 'migrations/1.js': KNEX })).toMatchObject([{ dialect: 'other', notAnalysed: true }]);
});
