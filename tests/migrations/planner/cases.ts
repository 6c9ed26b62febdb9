import type { PlannedCase } from './plan-of.ts';

const TWO = 'SELECT 1; CREATE INDEX CONCURRENTLY i ON a (x);';
const CIC = 'CREATE INDEX CONCURRENTLY i ON a (x);';

/** Tool, version and settings → what each statement shares a transaction with, and what is wrong with the transactions themselves. */
export const cases: readonly (readonly [name: string, input: PlannedCase, scopes: string, faults?: readonly string[]])[] = [
  ['Prisma 6: a file is one query', { tool: 'prisma', depends: ['prisma', '^6.19.0'], sql: TWO }, 'batch0 batch0'],
  ['Prisma 6: one statement is free', { tool: 'prisma', depends: ['prisma', '^6.19.0'], sql: CIC }, '-'],
  ['Prisma 7.3', { tool: 'prisma', depends: ['prisma', '~7.3.0'], sql: TWO }, 'batch0 batch0'],
  ['Prisma 7.4 splits the file', { tool: 'prisma', depends: ['prisma', '7.4.1'], sql: TWO }, '- -'],
  ['Prisma 7.4 cannot split DROP INDEX CONCURRENTLY', { tool: 'prisma', depends: ['prisma', '7.4.1'], sql: 'SELECT 1; DROP INDEX CONCURRENTLY i;' }, 'batch0 batch0'],
  ['Prisma, range older than the lock file', { tool: 'prisma', depends: ['prisma', '^7.0.0'], files: { 'package-lock.json': '{ "packages": { "node_modules/prisma": { "version": "7.4.2" } } }' }, sql: TWO }, '- -'],
  ['Prisma, BEGIN in a query of several statements', { tool: 'prisma', depends: ['prisma', '^6.0.0'], sql: `SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3;` }, 'batch0 BEGIN0 BEGIN0 BEGIN0 batch1'],
  ['Prisma, COMMIT ends one implicit transaction and opens another', { tool: 'prisma', depends: ['prisma', '^6.0.0'], sql: `SELECT 1; COMMIT; ${CIC}` }, 'batch0 batch0 batch1'],
  ['Prisma for SQLite', { tool: 'prisma', dialect: 'sqlite', depends: ['prisma', '^6.0.0'], sql: 'SELECT 1; SELECT 2;' }, '- -'],

  ['Drizzle 0.45', { tool: 'drizzle', depends: ['drizzle-orm', '0.45.4'], sql: TWO }, 'pending0 pending0'],
  ['Drizzle 0.30', { tool: 'drizzle', depends: ['drizzle-orm', '0.30.10'], sql: TWO }, 'pending0 pending0'],
  ['Drizzle 1.0', { tool: 'drizzle', depends: ['drizzle-orm', '1.0.0-rc.5'], sql: TWO }, 'pending0 pending0'],
  ['Drizzle, COMMIT as the way out', { tool: 'drizzle', depends: ['drizzle-orm', '0.45.4'], sql: `SELECT 1; COMMIT; ${CIC} BEGIN; SELECT 2;` }, 'pending0 pending0 - BEGIN2 BEGIN2'],
  ['Drizzle over Neon HTTP', { tool: 'drizzle', depends: ['drizzle-orm', '0.45.4'], files: { 'src/migrate.ts': "import { migrate } from 'drizzle-orm/neon-http/migrator';" }, sql: TWO }, '- -'],
  ['Drizzle 1.0 over Neon HTTP', { tool: 'drizzle', depends: ['drizzle-orm', '1.0.0-rc.5'], files: { 'src/migrate.ts': "import { migrate } from 'drizzle-orm/neon-http/migrator';" }, sql: TWO }, 'pending0 pending0'],

  ['Supabase 2.40', { tool: 'supabase', depends: ['supabase', '2.40.7'], sql: TWO }, 'batch0 batch0'],
  ['Supabase 2.109 sends some alone', { tool: 'supabase', depends: ['supabase', '2.109.0'], sql: `SELECT 1; SELECT 2; ${TWO} DROP INDEX CONCURRENTLY j;` }, 'batch0 batch0 batch0 - batch1'],
  ['Supabase 2.112 sends DROP INDEX CONCURRENTLY alone, too', { tool: 'supabase', depends: ['supabase', '2.112.0'], sql: 'SELECT 1; DROP INDEX CONCURRENTLY j;' }, 'batch0 -'],

  ['Knex: all pending in one', { tool: 'knex', depends: ['knex', '3.1.0'], sql: TWO }, 'pending0 pending0'],
  ['Knex 0.21', { tool: 'knex', depends: ['knex', '0.21.21'], sql: TWO }, 'pending0 pending0'],
  ['Knex, opted out', { tool: 'knex', depends: ['knex', '3.1.0'], sql: TWO, optsOut: true }, '- -'],
  ['Knex, another pending migration opted out', { tool: 'knex', depends: ['knex', '3.1.0'], sql: TWO, otherOptsOut: true }, 'file0 file0'],
  ['Knex, switched off in the knexfile', { tool: 'knex', depends: ['knex', '3.1.0'], files: { 'knexfile.js': "module.exports = { client: 'pg', migrations: { disableTransactions: true } };" }, sql: TWO }, '- -'],
  ['Knex, switched off in a comment', { tool: 'knex', depends: ['knex', '3.1.0'], files: { 'knexfile.js': 'module.exports = { migrations: { // disableTransactions: true\n } };' }, sql: TWO }, 'pending0 pending0'],

  ['TypeORM: all', { tool: 'typeorm', depends: ['typeorm', '0.3.20'], sql: TWO }, 'pending0 pending0'],
  ['TypeORM: all, opted out', { tool: 'typeorm', depends: ['typeorm', '0.3.20'], sql: TWO, optsOut: true }, '- -', ['optOutRefused']],
  ['TypeORM 1.1: all, opted out', { tool: 'typeorm', depends: ['typeorm', '1.1.1'], sql: TWO, optsOut: true }, '- -', ['optOutRefused']],
  ['TypeORM 0.3.10 ignores the property', { tool: 'typeorm', depends: ['typeorm', '0.3.10'], sql: TWO, optsOut: true }, 'pending0 pending0'],
  ['TypeORM 0.2 ignores the property', { tool: 'typeorm', depends: ['typeorm', '0.2.45'], sql: TWO, optsOut: true }, 'pending0 pending0'],
  ['TypeORM: each', { tool: 'typeorm', depends: ['typeorm', '0.3.20'], files: { 'src/data-source.ts': "new DataSource({ migrationsTransactionMode: 'each' })" }, sql: TWO }, 'file0 file0'],
  ['TypeORM: each, opted out', { tool: 'typeorm', depends: ['typeorm', '0.3.20'], files: { 'src/data-source.ts': "new DataSource({ migrationsTransactionMode: 'each' })" }, sql: TWO, optsOut: true }, '- -'],
  ['TypeORM: the script wins over the data source', { tool: 'typeorm', files: { 'package.json': '{"dependencies":{"typeorm":"^0.3.0"},"scripts":{"migrate":"typeorm migration:run -d ds.js -t each"}}', 'src/data-source.ts': "new DataSource({ migrationsTransactionMode: 'none' })" }, sql: TWO }, 'file0 file0'],
  ['TypeORM: none', { tool: 'typeorm', files: { 'package.json': '{"dependencies":{"typeorm":"^0.3.0"},"scripts":{"migrate":"typeorm migration:run --transaction=none"}}' }, sql: TWO }, '- -'],

  ['MikroORM: one master transaction', { tool: 'mikro-orm', depends: ['@mikro-orm/migrations', '6.6.0'], sql: TWO }, 'pending0 pending0'],
  ['MikroORM, opted out under the master transaction', { tool: 'mikro-orm', depends: ['@mikro-orm/migrations', '6.6.0'], sql: TWO, optsOut: true }, '- -', ['optOutElsewhere']],
  ['MikroORM, each by itself', { tool: 'mikro-orm', depends: ['@mikro-orm/migrations', '5.9.8'], files: { 'src/mikro-orm.config.ts': 'import { defineConfig } from "@mikro-orm/core"; export default defineConfig({ migrations: { allOrNothing: false } });' }, sql: TWO }, 'file0 file0'],
  ['MikroORM, each by itself, opted out', { tool: 'mikro-orm', depends: ['@mikro-orm/migrations', '5.9.8'], files: { 'src/mikro-orm.config.ts': 'import { defineConfig } from "@mikro-orm/core"; export default defineConfig({ migrations: { allOrNothing: false } });' }, sql: TWO, optsOut: true }, '- -'],
  ['MikroORM without transactions', { tool: 'mikro-orm', depends: ['@mikro-orm/migrations', '7.2.1'], files: { 'src/mikro-orm.config.ts': 'import "@mikro-orm/core"; export default { migrations: { transactional: false } };' }, sql: TWO }, '- -'],

  ['Kysely 0.27', { tool: 'kysely', depends: ['kysely', '0.27.6'], sql: TWO }, 'pending0 pending0'],
  ['Kysely 0.28, switched off', { tool: 'kysely', depends: ['kysely', '^0.28.8'], files: { 'src/migrate.ts': 'const migrator = new Migrator({ db, provider, disableTransactions: true });' }, sql: TWO }, '- -'],
  ['Kysely for MySQL', { tool: 'kysely', dialect: 'mysql', depends: ['kysely', '^0.28.8'], sql: 'SELECT 1;' }, '-'],

  ['node-pg-migrate: single transaction', { tool: 'node-pg-migrate', depends: ['node-pg-migrate', '^8.0.4'], sql: TWO }, 'pending0 pending0'],
  ['node-pg-migrate, opted out', { tool: 'node-pg-migrate', depends: ['node-pg-migrate', '^8.0.4'], sql: TWO, optsOut: true }, '- -'],
  ['node-pg-migrate, each by itself', { tool: 'node-pg-migrate', files: { 'package.json': '{"dependencies":{"node-pg-migrate":"6.2.2"},"scripts":{"up":"node-pg-migrate up --no-single-transaction"}}' }, sql: TWO }, 'file0 file0'],

  ['Sequelize', { tool: 'sequelize', sql: TWO }, '- -'],
  ['Sequelize, a transaction of its own', { tool: 'sequelize', sql: 'BEGIN; SELECT 1; COMMIT; SELECT 2;' }, 'BEGIN1 BEGIN1 BEGIN1 -'],
  ['Umzug', { tool: 'umzug', sql: TWO }, '- -'],

  ['postgres-migrations', { tool: 'postgres-migrations', sql: TWO }, 'file0 file0'],
  ['postgres-migrations, opted out: still one query', { tool: 'postgres-migrations', sql: TWO, optsOut: true }, 'batch0 batch0'],
  ['dbmate', { tool: 'dbmate', sql: TWO }, 'file0 file0'],
  ['dbmate, opted out: still one query', { tool: 'dbmate', sql: TWO, optsOut: true }, 'batch0 batch0'],
  ['goose', { tool: 'goose', sql: TWO }, 'file0 file0'],
  ['goose, opted out', { tool: 'goose', sql: TWO, optsOut: true }, '- -'],
  ['sql-migrate', { tool: 'sql-migrate', sql: TWO }, 'file0 file0'],
  ['sql-migrate, opted out', { tool: 'sql-migrate', sql: TWO, optsOut: true }, '- -'],
  ['golang-migrate: a file is one query', { tool: 'golang-migrate', sql: TWO }, 'batch0 batch0'],
  ['golang-migrate, split', { tool: 'golang-migrate', files: { Makefile: 'up:\n\tmigrate -database "postgres://db?x-multi-statement=true" up\n' }, sql: TWO }, '- -'],
  ['Diesel', { tool: 'diesel', sql: TWO }, 'file0 file0'],
  ['Diesel, opted out: still one query', { tool: 'diesel', sql: TWO, optsOut: true }, 'batch0 batch0'],
  ['Flyway', { tool: 'flyway', sql: TWO }, 'file0 file0'],
  ['Flyway, nothing but statements that refuse', { tool: 'flyway', sql: `${CIC} VACUUM a;` }, '- -'],
  ['Flyway, mixed', { tool: 'flyway', files: { 'flyway.conf': 'flyway.mixed=true\n' }, sql: TWO }, '- -'],
  ['Flyway, grouped', { tool: 'flyway', files: { 'flyway.toml': '[flyway]\ngroup = true\n' }, sql: 'SELECT 1;' }, 'pending0'],
  ['Sqitch', { tool: 'sqitch', sql: 'BEGIN; SELECT 1; COMMIT;' }, 'BEGIN1 BEGIN1 BEGIN1'],
  ['Atlas', { tool: 'atlas', sql: TWO }, 'file0 file0'],
  ['Atlas, opted out', { tool: 'atlas', sql: TWO, optsOut: true }, '- -'],
  ['Atlas, all in one, opted out', { tool: 'atlas', files: { Makefile: 'up:\n\tatlas migrate apply --tx-mode all\n' }, sql: TWO, optsOut: true }, '- -', ['optOutRefused']],
  ['nobody knows what runs it', { tool: 'sql', sql: TWO }, '- -'],

  ['BEGIN in the transaction of the tool', { tool: 'goose', sql: 'BEGIN; SELECT 1; COMMIT; SELECT 2;' }, 'file0 file0 file0 -', ['nested']],
  ['COMMIT in the transaction of the tool', { tool: 'goose', sql: 'SELECT 1; COMMIT; SELECT 2;' }, 'file0 file0 -', ['ended']],
  ['ROLLBACK in the transaction of the tool', { tool: 'knex', sql: 'SELECT 1; ROLLBACK;' }, 'pending0 pending0', ['ended']],
  ['savepoints are within', { tool: 'goose', sql: 'SAVEPOINT s; SELECT 1; RELEASE s;' }, 'file0 file0 file0'],
  ['BEGIN without COMMIT', { tool: 'sql', sql: 'BEGIN; SELECT 1;' }, 'BEGIN1 BEGIN1', ['uncommitted']],
  ['BEGIN twice', { tool: 'sql', sql: 'BEGIN; SELECT 1; BEGIN; COMMIT;' }, 'BEGIN1 BEGIN1 BEGIN1 BEGIN1'],
];
