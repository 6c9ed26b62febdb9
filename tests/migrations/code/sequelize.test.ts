import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCodeMigration } from '../../../src/migrations/code/read-code-migration.ts';
import { readScript } from '../../../src/migrations/read-script.ts';
import type { CodeMigration } from '../../../src/migrations/code/code-migration.ts';

type Dialect = 'postgres' | 'mysql' | 'sqlite';

interface Call extends Partial<Record<Dialect, string | string[]>> {
  readonly call: string;
}

function read(text: string, dialect: Dialect = 'postgres', files: Readonly<Record<string, string>> = {}): CodeMigration {
  return readCodeMigration({ tool: 'sequelize', dialect, path: 'migrations/1-first.js', text, read: (path) => files[path] });
}

function up(body: string, dialect: Dialect = 'postgres'): CodeMigration {
  return read(`module.exports = {\n  up: async (queryInterface, Sequelize) => {\n    ${body}\n  },\n};\n`, dialect);
}

/** Sequelize leaves spaces where it takes a part out. */
function normalized(sql: string): string {
  return sql.replace(/\s+/g, ' ').replace(/ ([,);])/g, '$1').replace(/\( /g, '(').replace(/;\s*/g, ';').trim().replace(/;$/, '');
}

function sqlOf({ statements }: CodeMigration): string[] {
  return statements.map(({ sql, outside, conditional }) => `${conditional ? 'if: ' : ''}${outside ? 'outside: ' : ''}${normalized(sql)}`);
}

it('lists a migration that hands its work to a script', () => {
  const text = "const { execFileSync } = require('node:child_process');\nmodule.exports = {\n  async up() {\n    execFileSync('node', ['build/scripts/fill.js']);\n  },\n};\n";
  const { notAnalysed, calls } = read(text);
  expect(calls).toBe(1);
  expect(notAnalysed).toEqual([{ start: text.indexOf('execFileSync('), end: text.indexOf("('node',"), reason: 'it starts another program, which is not read' }]);
});

/** What Sequelize 6.37 sends for each call, with spaces collapsed. */
const calls = JSON.parse(readFileSync(new URL('./sequelize-calls.json', import.meta.url), 'utf8')) as Call[];

describe('the SQL of queryInterface', () => {
  for (const dialect of ['postgres', 'mysql', 'sqlite'] as const) {
    const known = calls.filter((call) => call[dialect] !== undefined);
    it.each(known)(`$call on ${dialect}`, (call) => {
      const migration = up(`await queryInterface.${call.call};`, dialect);
      expect(sqlOf(migration)).toEqual([call[dialect]].flat());
      expect(migration.notAnalysed).toEqual([]);
      expect(migration.calls).toBe(1);
    });
  }

  it.each(calls.filter(({ postgres }) => postgres !== undefined))('Postgres understands $call', ({ postgres }) => {
    expect([postgres].flat().flatMap((sql) => readScript(sql ?? '').notAnalysed)).toEqual([]);
  });
});

describe('transactions', () => {
  it('marks calls that do not get the transaction', () => {
    const migration = up(`await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.addColumn('users', 'a', Sequelize.TEXT, { transaction });
      await queryInterface.addColumn('users', 'b', { type: Sequelize.TEXT, transaction });
      await queryInterface.addIndex('users', ['a'], { transaction });
      await queryInterface.addConstraint('users', { fields: ['a'], type: 'unique', name: 'u', transaction });
      await queryInterface.sequelize.query('SELECT 1', { transaction });
      await queryInterface.sequelize.query('SELECT 2');
    });
    await queryInterface.dropTable('old');`);
    expect(sqlOf(migration)).toEqual([
      'BEGIN',
      'ALTER TABLE "public"."users" ADD COLUMN "a" TEXT',
      'outside: ALTER TABLE "public"."users" ADD COLUMN "b" TEXT',
      'CREATE INDEX "users_a" ON "users" ("a")',
      'ALTER TABLE "users" ADD CONSTRAINT "u" UNIQUE ("a")',
      'SELECT 1',
      'outside: SELECT 2',
      'COMMIT',
      'DROP TABLE IF EXISTS "old"',
    ]);
  });

  it('follows a transaction that the program commits itself', () => {
    const migration = up(`const t = await queryInterface.sequelize.transaction();
    try {
      await queryInterface.removeColumn('users', 'a', { transaction: t });
      await t.commit();
    } catch (error) {
      await t.rollback();
      throw error;
    }
    await queryInterface.removeColumn('users', 'b');`);
    expect(sqlOf(migration).filter((sql) => !sql.startsWith('if: '))).toEqual([
      'BEGIN',
      'ALTER TABLE "public"."users" DROP COLUMN "a"',
      'COMMIT',
      'ALTER TABLE "public"."users" DROP COLUMN "b"',
    ]);
  });

  it('takes a nested transaction for a part of the outer one', () => {
    const migration = up(`await queryInterface.sequelize.transaction((outer) =>
      queryInterface.sequelize.transaction({ transaction: outer }, (inner) => queryInterface.dropTable('a', { transaction: inner })));`);
    expect(sqlOf(migration)).toEqual(['BEGIN', 'DROP TABLE IF EXISTS "a"', 'COMMIT']);
  });
});

describe('raw queries', () => {
  const cases: readonly { name: string; body: string; sql: string[] }[] = [
    { name: 'replacements by name', body: "q.query('UPDATE a SET x = :x::jsonb WHERE y = :y', { replacements: { x: JSON.stringify({ a: 1 }), y: [1, 2][0] } })", sql: [`UPDATE a SET x = '{"a":1}'::jsonb WHERE y = 1`] },
    { name: 'replacements by place', body: "q.query('DELETE FROM a WHERE x IN (?) AND y = ?', { replacements: [['p', \"o'q\"], true] })", sql: ["DELETE FROM a WHERE x IN ('p', 'o''q') AND y = true"] },
    { name: 'replacements that are not known', body: "for (const row of await rows()) await q.query('UPDATE a SET x = :x WHERE id = :id', { replacements: { id: row.id, x: new Date() } })", sql: ['if: UPDATE a SET x = NULL WHERE id = NULL'] },
    { name: 'colons that are no replacements', body: "q.query(\"UPDATE a SET t = 'at :time', u = :u -- :v\", { replacements: { u: 1 } })", sql: ["UPDATE a SET t = 'at :time', u = 1 -- :v"] },
    { name: 'named parameters', body: "q.query('UPDATE a SET x = $x WHERE y = $y OR z = $x', { bind: { x: 1, y: 2 } })", sql: ['UPDATE a SET x = $1 WHERE y = $2 OR z = $1'] },
    { name: 'a query object', body: "q.query({ query: 'DELETE FROM a WHERE x = ?', values: [3] })", sql: ['DELETE FROM a WHERE x = 3'] },
    { name: 'quoted parts', body: "q.query(`ALTER TABLE ${queryInterface.quoteIdentifier('a b')} ADD x text DEFAULT ${q.escape(\"it's\")}`)", sql: [`ALTER TABLE "a b" ADD x text DEFAULT 'it''s'`] },
  ];
  it.each(cases)('$name', ({ body, sql }) => {
    const migration = up(`const q = queryInterface.sequelize; await ${body};`.replace('await for', 'for'));
    expect(sqlOf(migration)).toEqual(sql);
    expect(migration.notAnalysed).toEqual([]);
  });

  it('gives the place of SQL that stands in the file as it is', () => {
    const text = 'exports.up = async (queryInterface) => {\n  // für alle\n  await queryInterface.sequelize.query(`DROP TABLE "é"; DROP TABLE b`);\n};\n';
    const [statement] = read(text).statements;
    expect(statement).toMatchObject({ sql: 'DROP TABLE "é"; DROP TABLE b', verbatim: text.indexOf('DROP') });
  });
});

describe('ways of writing a migration', () => {
  const umzug = "const { DataTypes } = require('sequelize');\n";
  const cases: readonly { name: string; text: string; sql: string[] }[] = [
    { name: 'umzug', text: `${umzug}exports.up = async ({ context: queryInterface }) => queryInterface.addColumn('a', 'b', DataTypes.INTEGER);`, sql: ['ALTER TABLE "public"."a" ADD COLUMN "b" INTEGER'] },
    { name: 'umzug with sequelize as context', text: `${umzug}exports.up = async ({ context: sequelize }) => { await sequelize.getQueryInterface().dropTable('a'); };`, sql: ['DROP TABLE IF EXISTS "a"'] },
    {
      name: 'umzug in TypeScript',
      text: `import { DataTypes, QueryInterface } from 'sequelize';\nexport const up = async ({ context }: { context: QueryInterface }): Promise<void> => { await context.addColumn('a', 'b', { type: DataTypes.STRING(9) }); };`,
      sql: ['ALTER TABLE "public"."a" ADD COLUMN "b" VARCHAR(9)'],
    },
    { name: 'types as the second parameter', text: `module.exports = { up(queryInterface, { DATE }) { return queryInterface.addColumn('a', 'b', DATE); } };`, sql: ['ALTER TABLE "public"."a" ADD COLUMN "b" TIMESTAMP WITH TIME ZONE'] },
    { name: 'several at once', text: `module.exports = { up: (q, S) => Promise.all(['a', 'b'].map((t) => q.addColumn(t, 'x', S.UUID))) };`, sql: ['ALTER TABLE "public"."a" ADD COLUMN "x" UUID', 'ALTER TABLE "public"."b" ADD COLUMN "x" UUID'] },
    {
      name: 'a column that may be there',
      text: `module.exports = { async up(q, S) { const a = await q.describeTable('a'); if (!a.b) await q.addColumn('a', 'b', S.UUID); if (a.c) await q.removeColumn('a', 'c'); } };`,
      sql: ['if: ALTER TABLE "public"."a" ADD COLUMN IF NOT EXISTS "b" UUID', 'if: ALTER TABLE "public"."a" DROP COLUMN IF EXISTS "c"'],
    },
    {
      name: 'another way per dialect',
      text: `module.exports = { async up(q) { if (q.sequelize.getDialect() === 'postgres') await q.sequelize.query('CREATE EXTENSION citext'); else await q.dropTable('x'); } };`,
      sql: ['CREATE EXTENSION citext'],
    },
    { name: 'columns of a constraint in front', text: `module.exports = { up: (q) => q.addConstraint('a', ['b'], { type: 'unique', name: 'u' }) };`, sql: ['ALTER TABLE "a" ADD CONSTRAINT "u" UNIQUE ("b")'] },
    { name: 'updates', text: `module.exports = { up: (q) => q.bulkUpdate('a', { x: 1, at: new Date() }, { id: someone() }) };`, sql: ['UPDATE "a" SET "x"=1,"at"=DEFAULT WHERE "id" = NULL'] },
    { name: 'an update of all rows', text: `module.exports = { up: (q) => q.bulkUpdate('a', { x: 1 }, {}) };`, sql: ['UPDATE "a" SET "x"=1'] },
    { name: 'rows that are not known', text: `module.exports = { up: (q) => q.bulkInsert('a', rows.map((row) => ({ id: row.id }))) };`, sql: ['INSERT INTO "a" DEFAULT VALUES'] },
  ];
  it.each(cases)('$name', ({ text, sql }) => {
    const migration = read(text);
    expect(sqlOf(migration)).toEqual(sql);
    expect(migration.notAnalysed).toEqual([]);
  });
});

describe('what is not analysed', () => {
  const cases: readonly { name: string; body: string; dialect?: Dialect; at: string; reason: string }[] = [
    { name: 'table', body: 'await queryInterface.dropTable(process.env.TABLE)', at: 'process.env.TABLE', reason: 'the name of the table is not a constant: the environment variable `TABLE`' },
    { name: 'default', body: "await queryInterface.addColumn('a', 'b', { type: Sequelize.TEXT, defaultValue: pick() })", at: 'pick', reason: 'the default of the column is not a constant: `pick` is not defined in the file' },
    { name: 'type', body: "await queryInterface.addColumn('a', 'b', Sequelize.MONEY)", at: 'Sequelize.MONEY', reason: '`MONEY` is no type of Sequelize' },
    { name: 'everything', body: 'await queryInterface.dropAllTables()', at: 'queryInterface.dropAllTables()', reason: '`dropAllTables` changes whatever the database holds: what that is is not known here' },
    { name: 'rebuilt tables', dialect: 'sqlite', body: "await queryInterface.removeConstraint('a', 'b')", at: "queryInterface.removeConstraint('a', 'b')", reason: '`removeConstraint` rebuilds the table on SQLite, with SQL that depends on the database' },
  ];
  it.each(cases)('$name', ({ body, dialect = 'postgres', at, reason }) => {
    const text = `exports.up = async (queryInterface, Sequelize) => {\n  ${body};\n};\n`;
    const { statements, notAnalysed, calls: seen } = read(text, dialect);
    expect(statements).toEqual([]);
    expect(notAnalysed.map((place) => [text.slice(place.start, place.end), place.reason])).toEqual([[at, reason]]);
    expect(seen).toBe(1);
  });
});
