import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from './analyze-texts.ts';

const KINDS = new Set(['concurrentlyInTransaction', 'refusesTransaction', 'transactionOptOutRefused', 'optOutOnOtherConnection', 'validateInSameTransaction']);
const CIC = 'CREATE INDEX CONCURRENTLY i ON a (x)';

const packageOf = (name: string, version: string): Readonly<Record<string, string>> => ({ 'package.json': JSON.stringify({ dependencies: { [name]: version, pg: '^8.0.0' } }) });
const typeorm = (sql: string, member = ''): string =>
  `import type { MigrationInterface, QueryRunner } from 'typeorm';\nexport class A1714640000000 implements MigrationInterface {\n${member}\n  async up(queryRunner: QueryRunner) {\n    await queryRunner.query(${JSON.stringify(sql)});\n  }\n}\n`;
const knex = (sql: string, more = ''): string => `exports.up = async (knex) => {\n  await knex.raw(${JSON.stringify(sql)});\n};\nexports.down = async () => {};\n${more}\n`;
const sequelize = (sql: string): string => `module.exports = {\n  async up(queryInterface) {\n    await queryInterface.sequelize.query(${JSON.stringify(sql)});\n  },\n};\n`;

const mikro = (sql: string, member = ''): string => `import { Migration } from '@mikro-orm/migrations';\nexport class Migration20240502100000 extends Migration {\n${member}\n  async up() {\n    this.addSql(${JSON.stringify(sql)});\n  }\n}\n`;
const pgm = (sql: string, first = ''): string => `exports.up = (pgm) => {\n  ${first}\n  pgm.sql(${JSON.stringify(sql)});\n};\n`;
const kysely = (sql: string): string => `import { sql, type Kysely } from 'kysely';\nexport async function up(db: Kysely<any>): Promise<void> {\n  await sql\`${sql}\`.execute(db);\n}\n`;

const MIKRO = 'src/migrations/Migration20240502100000.ts';
const TYPEORM = 'src/migrations/1714640000000-A.ts';
const KNEX = 'migrations/20240502100000_a.js';
const each = { 'src/data-source.ts': "export default new DataSource({ migrationsTransactionMode: 'each' });" };

/** A program with its project → what is said of its transactions. */
const cases: readonly (readonly [name: string, path: string, text: string, others: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
  ['TypeORM', TYPEORM, typeorm(CIC), packageOf('typeorm', '^0.3.20'), ['concurrentlyInTransaction']],
  ['TypeORM, the opt-out is refused', TYPEORM, typeorm(CIC, '  transaction = false;'), packageOf('typeorm', '^0.3.20'), ['transactionOptOutRefused']],
  ['TypeORM, opted out in the mode each', TYPEORM, typeorm(CIC, '  transaction = false;'), { ...packageOf('typeorm', '^0.3.20'), ...each }, []],
  ['TypeORM, two statements in one query', TYPEORM, typeorm(`DROP INDEX CONCURRENTLY IF EXISTS i; ${CIC}`, '  transaction = false;'), { ...packageOf('typeorm', '^0.3.20'), ...each }, ['concurrentlyInTransaction', 'concurrentlyInTransaction']],
  ['TypeORM 0.2 does not know the property', TYPEORM, typeorm(CIC, '  transaction = false;'), packageOf('typeorm', '0.2.45'), ['concurrentlyInTransaction']],
  ['Knex', KNEX, knex(CIC), packageOf('knex', '3.1.0'), ['concurrentlyInTransaction']],
  ['Knex, opted out', KNEX, knex(CIC, 'exports.config = { transaction: false };'), packageOf('knex', '3.1.0'), []],
  ['Knex, opted out, NOT VALID and VALIDATE in one query', KNEX, knex('ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID; ALTER TABLE a VALIDATE CONSTRAINT c', 'exports.config = { transaction: false };'), packageOf('knex', '3.1.0'), ['validateInSameTransaction']],
  ['MikroORM', MIKRO, mikro(CIC), packageOf('@mikro-orm/migrations', '^6.6.0'), ['concurrentlyInTransaction']],
  ['MikroORM, opted out beside the transaction of the others', MIKRO, mikro(CIC, '  isTransactional() {\n    return false;\n  }'), packageOf('@mikro-orm/migrations', '^6.6.0'), ['optOutOnOtherConnection']],
  [
    'MikroORM, opted out, each by itself', MIKRO, mikro(CIC, '  isTransactional() {\n    return false;\n  }'),
    { ...packageOf('@mikro-orm/migrations', '^6.6.0'), 'src/mikro-orm.config.ts': "import '@mikro-orm/postgresql';\nexport default { migrations: { allOrNothing: false } };" }, [],
  ],
  ['node-pg-migrate', KNEX, pgm(CIC), packageOf('node-pg-migrate', '^8.0.0'), ['concurrentlyInTransaction']],
  ['node-pg-migrate, opted out', KNEX, pgm(CIC, 'pgm.noTransaction();'), packageOf('node-pg-migrate', '^8.0.0'), []],
  ['Kysely', 'src/migrations/20240502100000_a.ts', kysely(CIC), packageOf('kysely', '^0.28.0'), ['concurrentlyInTransaction']],
  [
    'Kysely, switched off', 'src/migrations/20240502100000_a.ts', kysely(CIC),
    { ...packageOf('kysely', '^0.28.0'), 'src/migrate.ts': 'const migrator = new Migrator({ db, provider, disableTransactions: true });' }, [],
  ],
  ['Sequelize', KNEX, sequelize(CIC), packageOf('sequelize', '^6.37.0'), []],
  ['Sequelize, two statements in one query', KNEX, sequelize(`SELECT 1; ${CIC}`), packageOf('sequelize', '^6.37.0'), ['concurrentlyInTransaction']],
];

describe('transactions of programs', () => {
  it.each(cases)('%s', (_name, path, text, others, expected) => {
    const file = fileOf(analyzeTexts({ ...others, [path]: text }), path);
    expect(file.notAnalysed).toEqual([]);
    expect(file.hazards.map(({ kind }) => kind).filter((kind) => KINDS.has(kind))).toEqual(expected);
  });

  it('makes Knex run file by file when another pending migration opts out', () => {
    const files = { ...packageOf('knex', '3.1.0'), [KNEX]: knex('SELECT 1'), 'migrations/20240503100000_b.js': knex(CIC, 'exports.config = { transaction: false };') };
    const scopeWith = (pending: readonly string[]): boolean | undefined => {
      const analysis = analyzeTexts(files, {}, new Set(pending));
      return fileOf(analysis, KNEX).transactions[0]?.pending;
    };
    expect(scopeWith([KNEX])).toBe(true);
    expect(scopeWith(Object.keys(files))).toBeUndefined();
  });
});
