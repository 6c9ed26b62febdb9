import { describe, expect, it } from 'vitest';
import type { CodeMigration } from '../../../src/migrations/code/code-migration.ts';
import { readCodeMigration } from '../../../src/migrations/code/read-code-migration.ts';

function read(text: string, files: Readonly<Record<string, string>> = {}, path = 'db/migrations/001_first.ts'): CodeMigration {
  return readCodeMigration({ tool: 'knex', dialect: 'postgres', path, text, read: (asked) => files[asked] });
}

function sqlOf({ statements }: CodeMigration): string[] {
  return statements.map(({ sql, conditional }) => `${conditional ? 'if: ' : ''}${sql}`);
}

function up(body: string): string {
  return `export async function up(knex) {\n${body}\n}\n`;
}

describe('ways to write the function that runs forward', () => {
  it.each([
    ['exported function', 'export async function up(knex) { await knex.raw("select 1"); }'],
    ['exported constant', 'export const up = async (knex) => { await knex.raw("select 1"); };'],
    ['exported later', 'async function up(knex) { await knex.raw("select 1"); }\nexport { up };'],
    ['default object', 'export default { async up(knex) { await knex.raw("select 1"); } };'],
    ['exports.up', 'exports.up = function (knex) { return knex.raw("select 1"); };'],
    ['exports.up with Promise', 'exports.up = function (knex, Promise) { return Promise.all([knex.raw("select 1")]); };'],
    ['module.exports', 'async function up(knex) { await knex.raw("select 1"); }\nmodule.exports = { up, down() {} };'],
    ['module.exports with a key', 'module.exports = { up: (knex) => knex.raw("select 1") };'],
    ['module.exports.up', 'module.exports.up = async (knex) => { await knex.raw("select 1"); };'],
    ['chained exports', 'const up = (exports.up = async (knex) => { await knex.raw("select 1"); });'],
    ['class', 'export class First { async up(knex) { await knex.raw("select 1"); } }'],
    ['default class', 'export default class First { async up(knex) { await knex.raw("select 1"); } }'],
    ['base class', 'class Base { async up(knex) { await this.run(knex); } }\nexport class First extends Base { async run(knex) { await knex.raw("select 1"); } }'],
    ['typed', 'import type { Knex } from "knex";\nexport const up = async (knex: Knex): Promise<void> => { await knex.raw("select 1" as string); };'],
  ])('%s', (_name, text) => {
    const migration = read(text);
    expect(sqlOf(migration)).toEqual(['select 1']);
    expect(migration.notAnalysed).toEqual([]);
  });

  it('says where none is', () => {
    expect(read('export const helper = 1;').notAnalysed.map(({ reason }) => reason)).toEqual(['no `up` was found in the file']);
  });

  it('leaves `down` alone', () => {
    expect(sqlOf(read('exports.up = (knex) => knex.raw("select 1");\nexports.down = (knex) => knex.raw("select 2");'))).toEqual(['select 1']);
  });
});

describe('values', () => {
  it.each([
    ['constants of the file', 'const TABLE = "users";\n' + up('await knex.raw(`drop table ${TABLE}`);'), ['drop table users']],
    ['concatenation', up('const t = "a" + "_" + 1; await knex.raw("drop table " + t);'), ['drop table a_1']],
    ['enums and members', 'enum Table { Users = "users" }\nconst names = { posts: "posts" } as const;\n' + up('await knex.raw(`drop table ${Table.Users}, ${names.posts}`);'), ['drop table users, posts']],
    ['variables that change', up('let t = "a"; await knex.raw(`drop table ${t}`); t = "b"; await knex.raw(`drop table ${t}`);'), ['drop table a', 'drop table b']],
    ['methods of texts and lists', up('await knex.raw(`drop table ${["a", "b"].map((t) => t.toUpperCase()).join(", ")}`);'), ['drop table A, B']],
    ['destructuring', up('const { schema } = knex; await schema.dropTable("a"); const [first, ...rest] = ["b", "c"]; await schema.dropTable(rest[0]);'), ['drop table "a"', 'drop table "c"']],
    ['spread', 'const base = { useNative: true };\n' + up('await knex.schema.alterTable("t", (t) => { t.enu("k", ["x"], { ...base, enumName: "kind", existingType: true }); });'), ['alter table "t" add column "k" "kind"']],
    ['loops over constants', up('for (const t of ["a", "b"]) await knex.schema.dropTable(t);'), ['drop table "a"', 'drop table "b"']],
    ['counted loops', up('for (let i = 0; i < 2; i++) { await knex.raw(`drop table p_${i}`); }'), ['drop table p_0', 'drop table p_1']],
    ['forEach, map and Promise.all', up('await Promise.all(["a", "b"].map((t) => knex.schema.dropTable(t))); Object.keys({ c: 1 }).forEach((t) => knex.schema.dropTable(t));'), ['drop table "a"', 'drop table "b"', 'drop table "c"']],
    ['promise chains', 'exports.up = (knex) => knex.schema.dropTable("a").then(() => knex.schema.dropTable("b"));', ['drop table "a"', 'drop table "b"']],
    ['helpers with arguments', 'const drop = async (db, name, suffix = "s") => db.schema.dropTable(name + suffix);\n' + up('await drop(knex, "user"); await drop(knex, "post", "_old");'), ['drop table "users"', 'drop table "post_old"']],
    ['conditions that are known', 'const ON = false;\n' + up('if (ON) { await knex.schema.dropTable("a"); } else { await knex.schema.dropTable("b"); }'), ['drop table "b"']],
    ['the database that is asked for', up('if (knex.client.config.client === "mysql2") { await knex.raw("select 1"); } else if (process.env.DB === "pg") { await knex.raw("select 2"); }'), ['select 2']],
    ['a default for an environment variable', up('const schema = process.env.DB_SCHEMA || "app"; await knex.schema.withSchema(schema).dropTable("a");'), ['drop table "app"."a"']],
    ['switch', up('switch ("b") { case "a": await knex.raw("select 1"); break; case "b": await knex.raw("select 2"); break; default: await knex.raw("select 3"); }'), ['select 2']],
    ['try', up('try { await knex.schema.dropTable("a"); } finally { await knex.schema.dropTable("b"); }'), ['drop table "a"', 'drop table "b"']],
  ])('%s', (_name, text, expected) => {
    const migration = read(text);
    expect(sqlOf(migration)).toEqual(expected);
    expect(migration.notAnalysed).toEqual([]);
  });
});

describe('other files', () => {
  it('follows what is imported by a relative path and shows it at the call', () => {
    const text = `const { createUsers } = require('../tables');\n${up('  await createUsers(knex);')}`;
    const files = {
      'db/tables/index.js': "module.exports = { ...require('./users') };",
      'db/tables/users.js': "const { NAME } = require('./names');\nmodule.exports = { createUsers: async (knex) => { await knex.schema.dropTable(NAME); await knex.schema.dropTable(process.argv[2]); } };",
      'db/tables/names.js': "exports.NAME = 'users';",
    };
    const migration = read(text, files);
    const at = text.indexOf('createUsers(knex)');
    expect(migration.statements).toEqual([{ start: at, end: at + 'createUsers(knex)'.length, sql: 'drop table "users"' }]);
    expect(migration.notAnalysed).toMatchObject([{ start: at, reason: expect.stringMatching(/^the name of the table is not a constant: .* \(in db\/tables\/users\.js\)$/) }]);
    expect(migration.calls).toBe(1);
  });

  it('reads SQL that lies beside the migration', () => {
    const text = `import fs from 'node:fs';\nimport path from 'node:path';\n${up("await knex.raw(fs.readFileSync(path.join(__dirname, 'sql', 'first.sql'), 'utf8'));")}`;
    expect(sqlOf(read(text, { 'db/migrations/sql/first.sql': 'drop table a;' }))).toEqual(['drop table a;']);
  });
});

describe('what is not known', () => {
  it('takes both sides of a condition and marks them', () => {
    expect(sqlOf(read(up('if (process.argv.length > 2) { await knex.schema.dropTable("a"); } else { await knex.schema.dropTable("b"); } await knex.schema.dropTable("c");')))).toEqual([
      'if: drop table "a"',
      'if: drop table "b"',
      'drop table "c"',
    ]);
  });

  it('turns questions for tables and columns into IF [NOT] EXISTS', () => {
    const text = up(`
      const has = await knex.schema.hasTable('a');
      if (!has) { await knex.schema.createTable('a', (t) => { t.increments(); t.integer('b').references('b.id'); }); }
      if (!(await knex.schema.hasColumn('c', 'd'))) await knex.schema.alterTable('c', (t) => { t.integer('d'); });
      if (await knex.schema.hasColumn('c', 'old')) { await knex.schema.alterTable('c', (t) => t.dropColumn('old')); }
    `);
    const migration = read(text);
    expect(sqlOf(migration)).toEqual([
      'if: create table if not exists "a" ("id" serial primary key, "b" integer, constraint "a_b_foreign" foreign key ("b") references "b" ("id"))',
      'if: alter table "c" add column if not exists "d" integer',
      'if: alter table "c" drop column if exists "old"',
    ]);
    expect(migration.statements.map(({ guards }) => guards)).toEqual([
      [{ table: 'a', present: false }],
      [{ table: 'c', column: 'd', present: false }],
      [{ table: 'c', column: 'old', present: true }],
    ]);
  });

  it('goes on after an early return', () => {
    expect(sqlOf(read(up('if (await knex.schema.hasTable("a")) return; await knex.schema.createTable("a", (t) => { t.increments(); });')))).toEqual([
      'if: create table if not exists "a" ("id" serial primary key)',
    ]);
  });

  it('follows a loop over unknown rows once', () => {
    const text = up('const rows = await knex("a").select("id"); for (const row of rows) { await knex("b").where({ id: row.id }).update({ n: row.n }); }');
    expect(sqlOf(read(text))).toEqual(['if: update "b" set "n" = NULL where "id" = NULL']);
  });

  it('forgets a variable that a condition may have set', () => {
    const text = up('let t = "a"; if (process.argv[2]) t = "b"; await knex.schema.dropTable(t);');
    expect(read(text).notAnalysed).toMatchObject([{ reason: expect.stringContaining('the name of the table is not a constant: it depends on') }]);
  });

  it.each([
    ['the name of a table', up('await knex.schema.dropTable(await knex("t").first());'), 'the name of the table is not a constant'],
    ['a part of the SQL', up('await knex.raw(`alter table ${process.argv[2]} add x int`);'), 'a part of the SQL is not a constant'],
    ['a helper of a package', "import { addAudit } from 'audit-columns';\n" + up('await addAudit(knex, "t");'), "`addAudit` gets the tool's object and cannot be followed"],
    ['a method of the builder', up('await knex.schema.frobnicate("t");'), '`frobnicate` of schema is not known'],
    ['what runs after an error', up('try { await knex.raw("select 1"); } catch (e) { await knex.schema.dropTable("t"); }'), 'sent only after an error'],
    ['endless recursion', 'const f = async (knex) => f(knex);\n' + up('await f(knex);'), 'calls functions too deeply'],
    ['broken code', 'export async function up(knex) { await knex.schema.dropTable( ', 'the name of the table is missing'],
  ])('lists %s with its place', (_name, text, reason) => {
    const { notAnalysed } = read(text);
    expect(notAnalysed).toMatchObject([{ reason: expect.stringContaining(reason) }]);
    expect(notAnalysed[0]?.end).toBeGreaterThan(0);
  });

  it('fills unknown values of data statements, and schemas of the connection', () => {
    const text = up('await knex.raw(`update users set role = \'${process.argv[2]}\' where id = ${process.argv[3]}`); await knex.raw(`alter table "${process.argv[4]}"."t" add x int`);');
    expect(sqlOf(read(text))).toEqual([`update users set role = '' where id = NULL`, 'alter table "t" add x int']);
  });
});

describe('places', () => {
  it('are exact where the SQL stands in the file as it is', () => {
    const text = up('  // ünïcödé 🎉\n  await knex.raw(`alter table a\n    add b int`);\n  await knex.raw("a\\tb");');
    const [first, second] = read(text).statements;
    expect(text.slice(first?.verbatim, (first?.verbatim ?? 0) + (first?.sql.length ?? 0))).toBe(first?.sql);
    expect(second).toMatchObject({ sql: 'a\tb' });
    expect(second?.verbatim).toBeUndefined();
  });

  it('are those of the call for rendered SQL', () => {
    const text = up('  await knex.schema.dropTable("a");');
    const [statement] = read(text).statements;
    expect(text.slice(statement?.start, statement?.end)).toBe('knex.schema.dropTable("a")');
  });
});

describe('transactions', () => {
  const inTransaction = (text: string): CodeMigration =>
    readCodeMigration({ tool: 'knex', dialect: 'postgres', path: 'migrations/1.js', text, inTransaction: true, read: () => undefined });
  const body = up('await knex.transaction(async (trx) => { await trx.schema.dropTable("a"); });');

  it.each([
    ['within the one of Knex are savepoints', inTransaction(body), ['SAVEPOINT nested_1', 'drop table "a"', 'RELEASE SAVEPOINT nested_1'], false],
    ['of a file that opts out are its own', inTransaction(`export const config = { transaction: false };\n${body}`), ['BEGIN', 'drop table "a"', 'COMMIT'], true],
    ['where the tool has none are their own', read(body), ['BEGIN', 'drop table "a"', 'COMMIT'], false],
  ])('%s', (_name, migration, expected, outside) => {
    expect(sqlOf(migration)).toEqual(expected);
    expect(migration.outsideTransaction).toBe(outside);
  });

  it('of TypeORM may be left and opened again', () => {
    const text = `export class A1700000000000 implements MigrationInterface {
  async up(q) { await q.commitTransaction(); await q.query('create index concurrently i on a (b)'); await q.startTransaction(); }
}`;
    const migration = readCodeMigration({ tool: 'typeorm', dialect: 'postgres', path: 'a.ts', text, inTransaction: true, read: () => undefined });
    expect(sqlOf(migration)).toEqual(['COMMIT', 'create index concurrently i on a (b)', 'BEGIN']);
  });
});

describe('programs without an end', () => {
  it.each([
    ['recursion', 'function f(k) { return f(k) + f(k); }\n' + up('f(knex);')],
    ['loops within loops', up('for (let i = 0; i < 1e9; i++) for (let j = 0; j < 1e9; j++) await knex.raw(`select ${i}, ${j}`);')],
    ['a list that doubles', up('let all = ["x"]; for (let i = 0; i < 400; i++) { all = [...all, ...all]; } await knex.raw(all.join());')],
    ['a text that doubles', up('let all = "x"; for (let i = 0; i < 400; i++) { all = all + all; } await knex.raw(all);')],
    ['a file that calls itself', 'const self = require("./001_first");\nexports.up = (knex) => self.up(knex);'],
    ['a very long sum', up(`await knex.raw(${'"a" + '.repeat(6000)}"b");`)],
  ])('%s', (_name, text) => {
    const { notAnalysed } = read(text, { 'db/migrations/001_first.ts': text });
    expect(notAnalysed.map(({ reason }) => reason).join()).toMatch(/too long to be followed|too deeply|followed no further/);
  });

  it('never throws, whatever is cut off', () => {
    const text = up("const t = `a${1}`; await knex.schema.createTable(t, (c) => { c.string('a', 3).defaultTo(knex.raw('b')); }); for (const x of [1, 2]) await knex(t).where({ x }).del();");
    for (let end = 0; end <= text.length; end += 1) expect(() => read(text.slice(0, end))).not.toThrow();
  });
});
