import { describe, expect, it } from 'vitest';
import type { CodeMigration } from '../../../src/migrations/code/code-migration.ts';
import { readCodeMigration } from '../../../src/migrations/code/read-code-migration.ts';

type Dialect = 'postgres' | 'mysql' | 'sqlite';

function read(members: string, dialect: Dialect = 'postgres'): CodeMigration & { readonly source: string } {
  const source = `import { Migration } from '@mikro-orm/migrations';\n\nexport class Migration20240102030405 extends Migration {\n${members}\n}\n`;
  return { source, ...readCodeMigration({ tool: 'mikro-orm', dialect, path: 'migrations/Migration20240102030405.ts', text: source, read: () => undefined }) };
}

function up(body: string): string {
  return `  async up(): Promise<void> {\n    ${body}\n  }\n\n  async down(): Promise<void> {\n    this.addSql('drop table "down";');\n  }`;
}

function sqlOf({ statements }: CodeMigration): string[] {
  return statements.map(({ sql, conditional }) => `${conditional ? 'if: ' : ''}${sql}`);
}

describe('migrations of MikroORM', () => {
  const cases: readonly { name: string; body: string; dialect?: Dialect; sql: string[]; notAnalysed?: string[] }[] = [
    {
      name: 'statements in order',
      body: `this.addSql('create table "author" ("id" serial primary key, "name" varchar(255) not null);');\n    this.addSql(\`alter table "book" drop column "title";\`);`,
      sql: ['create table "author" ("id" serial primary key, "name" varchar(255) not null);', 'alter table "book" drop column "title";'],
    },
    { name: 'parts that are constant', body: "const table = 'book';\n    for (const column of ['a', 'b']) this.addSql(`alter table ${table} drop column ${column};`);", sql: ['alter table book drop column a;', 'alter table book drop column b;'] },
    { name: 'parameters', body: "await this.execute('update book set title = ? where id in (?)', ['x', 3]);", sql: ["update book set title = 'x' where id in (3)"] },
    {
      name: 'rows of the database',
      body: "const rows = await this.execute('select id from book');\n    for (const row of rows) this.addSql(`update book set title = 'x' where id = ${row.id}`);",
      sql: ['select id from book', "if: update book set title = 'x' where id = NULL"],
    },
    {
      name: 'schema builder of Knex',
      body: "const knex = this.getKnex();\n    await knex.schema.dropTable('book');\n    this.addSql(knex.raw('drop table author'));",
      sql: ['drop table "book"', 'drop table author'],
    },
    { name: 'queries of Knex', body: "this.addSql(this.getKnex()('book').where({ id: 1 }).del().toQuery());", sql: ['delete from "book" where "id" = 1'] },
    { name: 'SQL of the entity manager', body: "const em = this.getEntityManager();\n    await em.getConnection().execute('delete from book where id = ?', [1]);", sql: ['delete from book where id = 1'] },
    { name: 'quoting of MySQL', dialect: 'mysql', body: "await this.getKnex().schema.dropTable('book');", sql: ['drop table `book`'] },
    {
      name: 'entities',
      body: "await this.getEntityManager().nativeUpdate(Book, {}, { title: 'x' });",
      sql: [],
      notAnalysed: ['`nativeUpdate` works on entities: its SQL depends on their mapping'],
    },
    { name: 'SQL that is not constant', body: 'this.addSql(`drop table ${process.env.TABLE}`);', sql: [], notAnalysed: ['a part of the SQL is not a constant: the environment variable `TABLE`'] },
  ];
  it.each(cases)('$name', ({ body, dialect, sql, notAnalysed = [] }) => {
    const migration = read(up(body), dialect);
    expect(sqlOf(migration)).toEqual(sql);
    expect(migration.notAnalysed.map(({ reason }) => reason)).toEqual(notAnalysed);
  });

  it('gives the place of the SQL in the file', () => {
    const { source, statements } = read(up(`this.addSql('comment on table "é" is \\'x\\'');\n    this.addSql("drop table \\"b\\"", );\n    this.addSql(\`drop table "c"\`);`));
    expect(statements.map(({ verbatim }) => verbatim)).toEqual([undefined, undefined, source.indexOf('drop table "c"')]);
  });

  it('knows when a migration leaves the transaction', () => {
    expect(read(`  override isTransactional(): boolean {\n    return false;\n  }\n\n${up("this.addSql('select 1');")}`).outsideTransaction).toBe(true);
    expect(read(`  override isTransactional(): boolean {\n    return true;\n  }\n\n${up("this.addSql('select 1');")}`).outsideTransaction).toBe(false);
    expect(read(up("this.addSql('select 1');")).outsideTransaction).toBe(false);
  });
});
