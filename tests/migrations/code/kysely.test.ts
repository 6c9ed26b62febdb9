import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CodeMigration } from '../../../src/migrations/code/code-migration.ts';
import { readCodeMigration } from '../../../src/migrations/code/read-code-migration.ts';
import { readScript } from '../../../src/migrations/read-script.ts';

type Dialect = 'postgres' | 'mysql' | 'sqlite';

interface Program extends Record<Dialect, string[]> {
  readonly code: string;
}

function read(text: string, dialect: Dialect = 'postgres'): CodeMigration {
  return readCodeMigration({ tool: 'kysely', dialect, path: 'migrations/1-first.ts', text, read: () => undefined });
}

function up(body: string): string {
  return `import { sql, type Kysely } from 'kysely';\n\nexport async function up(db: Kysely<any>): Promise<void> {\n  ${body}\n}\n`;
}

function sqlOf({ statements }: CodeMigration): string[] {
  return statements.map(({ sql, conditional }) => `${conditional ? 'if: ' : ''}${sql}`);
}

/** What Kysely 0.28 sends for each program. */
const programs = JSON.parse(readFileSync(new URL('./kysely-calls.json', import.meta.url), 'utf8')) as Program[];

/** What only MySQL has. */
const MYSQL = /modifyColumn|addIndex|dropIndex\('i'\)\.ifExists\(\)\.on|autoIncrement/;

describe.each(['postgres', 'mysql', 'sqlite'] as const)('the SQL of Kysely on %s', (dialect) => {
  it.each(programs)('$code', (program) => {
    const migration = read(up(`${program.code};`), dialect);
    expect(sqlOf(migration)).toEqual(program[dialect]);
    expect(migration.notAnalysed).toEqual([]);
  });
});

it.each(programs.filter(({ code }) => !MYSQL.test(code)))('Postgres understands $code', ({ postgres }) => {
  const unsupported = / comment 'x'/g;
  expect(postgres.flatMap((sql) => readScript(sql.replace(unsupported, '')).notAnalysed)).toEqual([]);
});

describe('programs', () => {
  const cases: readonly { name: string; body: string; sql: string[]; notAnalysed?: string[] }[] = [
    { name: 'a chain that is not executed', body: "await db.schema.dropTable('a');", sql: [], notAnalysed: ['no `execute()` of this statement was seen: without it nothing is sent'] },
    { name: 'SQL that is not executed', body: 'const part = sql`now()`;\n  sql`drop table a`;', sql: [], notAnalysed: ['no `execute()` of this statement was seen: without it nothing is sent'] },
    {
      name: 'a builder kept in a variable',
      body: "let table = db.schema.alterTable('a').addColumn('x', 'text');\n  for (const name of ['y', 'z']) table = table.addColumn(name, 'text');\n  await table.execute();",
      sql: ['alter table "a" add column "x" text, add column "y" text, add column "z" text'],
    },
    {
      name: 'a helper for common columns',
      body: "const withTimes = (t) => t.addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`));\n  await withTimes(db.schema.createTable('a')).execute();",
      sql: ['create table "a" ("created_at" timestamptz default now() not null)'],
    },
    { name: 'values of rows', body: "await db.updateTable('a').set({ x: new Date(), y: 1 }).where('id', '=', await one()).execute();", sql: ['update "a" set "x" = default, "y" = 1 where "id" = null'] },
    { name: 'a condition with a subquery', body: "await db.deleteFrom('a').where((eb) => eb.exists(db.selectFrom('b').select('id'))).execute();", sql: ['delete from "a" where null'] },
    {
      name: 'other tables',
      body: "await db.updateTable('a').from('b').set({ x: sql`b.x` }).whereRef('a.id', '=', 'b.id').execute();\n  await db.deleteFrom('a').using('b as c').whereRef('a.id', '=', 'c.id').execute();",
      sql: ['update "a" set "x" = b.x from "b" where "a"."id" = "b"."id"', 'delete from "a" using "b" as "c" where "a"."id" = "c"."id"'],
    },
    { name: 'rows of a query at once', body: "await db.insertInto('a').columns(['id']).expression(db.selectFrom('b').select('id')).execute();", sql: ['insert into "a" ("id") select "id" from "b"'] },
    {
      name: 'a callback that is not known',
      body: "await db.schema.createTable('a').addColumn('x', 'text', helper).execute();",
      sql: [],
      notAnalysed: ['the callback is not a constant: `helper` is not defined in the file'],
    },
    { name: 'queries that only read', body: "const rows = await db.selectFrom('a').innerJoin('b', 'b.id', 'a.id').selectAll().execute();", sql: [] },
    { name: 'rows of a query', body: "for (const row of await db.selectFrom('a').selectAll().execute()) await db.insertInto('b').values({ id: row.id, kind: 'x' }).execute();", sql: [`if: insert into "b" ("id", "kind") values (default, 'x')`] },
    { name: 'the dialect of a plugin', body: "await db.withPlugin(plugin).schema.dropTable('a').execute();", sql: ['drop table "a"'] },
    { name: 'a transaction', body: "await db.transaction().execute(async (trx) => { await sql`drop table a`.execute(trx); });", sql: ['BEGIN', 'drop table a', 'COMMIT'] },
    { name: 'a controlled transaction', body: "const trx = await db.startTransaction().execute();\n  await trx.schema.dropTable('a').execute();\n  await trx.commit().execute();", sql: ['BEGIN', 'drop table "a"', 'COMMIT'] },
    { name: 'a compiled query', body: "await db.executeQuery(db.schema.dropTable('a').compile());", sql: ['drop table "a"'] },
    {
      name: 'a type that is not constant',
      body: "await db.schema.createTable('a').addColumn('x', typeOf('x')).execute();",
      sql: [],
      notAnalysed: ['the type of the column is not a constant: `typeOf` is not defined in the file'],
    },
    { name: 'a table that is not constant', body: 'await sql`drop table ${sql.table(name)}`.execute(db);', sql: [], notAnalysed: ['a part of the SQL is not a constant: `name` is not defined in the file'] },
  ];
  it.each(cases)('$name', ({ body, sql, notAnalysed = [] }) => {
    const migration = read(up(body));
    expect(sqlOf(migration)).toEqual(sql);
    expect(migration.notAnalysed.map(({ reason }) => reason)).toEqual(notAnalysed);
  });

  it('gives the place of SQL that stands in the file as it is, and of a chain', () => {
    const text = up("await sql`drop table \"é\"`.execute(db);\n  await db.schema.dropTable('b').execute();");
    const [first, second] = read(text).statements;
    expect(first).toMatchObject({ sql: 'drop table "é"', verbatim: text.indexOf('drop table') });
    expect(text.slice(second?.start, second?.end)).toBe("db.schema.dropTable('b').execute()");
  });

  it('counts a statement once', () => {
    expect(read(up("await db.schema.createTable('a').addColumn('x', 'text').execute();")).calls).toBe(1);
  });
});
