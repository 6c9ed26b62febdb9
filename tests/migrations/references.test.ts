import { describe, expect, it } from 'vitest';
import { findInsertsWithout } from '../../src/migrations/references/inserts.ts';
import { findReferences, type ColumnTarget } from '../../src/migrations/references/references.ts';
import { openProject } from '../../src/project/open.ts';
import { tree } from '../project/tree.ts';

type Files = Readonly<Record<string, string>>;

const open = (files: Files) => openProject({ root: tree({ 'package.json': '{}', ...files }), cache: false });

function targetOf(name: string): ColumnTarget {
  const [table = '', column] = name.split('.');
  return column === undefined ? { table } : { table, column };
}

/** References as `kind file:line`. */
function referencesOf(files: Files, target: string): string[] {
  return findReferences(open(files), targetOf(target)).map(({ kind, path, line }) => `${kind} ${path}:${line}`);
}

const prismaSchema = `model User {
  id    Int @id
  email String? @map("mail")
  name  String @default("x")
  posts Post[]
}
model Post {
  id     Int @id
  title  String
  user   User @relation(fields: [userId], references: [id])
  userId Int
}`;
const prisma = { 'schema.prisma': prismaSchema, 'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();" };
const withPrisma = (code: string): Files => ({ ...prisma, 'src/users.ts': `import { prisma } from './db';\n${code}` });

const drizzle = {
  'src/schema.ts': "import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', { email: text('mail'), name: text('name') });",
  'src/db.ts': "import { drizzle } from 'drizzle-orm/node-postgres';\nimport * as schema from './schema';\nexport const db = drizzle('postgres://', { schema });",
};
const withDrizzle = (code: string): Files => ({ ...drizzle, 'src/users.ts': `import { eq } from 'drizzle-orm';\nimport { db } from './db';\nimport { users } from './schema';\n${code}` });

const typeorm = {
  'src/user.ts': "import { Column, Entity, ManyToOne } from 'typeorm';\n@Entity('users')\nexport class User { @Column({ name: 'mail' }) email: string; @ManyToOne(() => User) boss: User; }",
  'src/data-source.ts': "import { DataSource } from 'typeorm';\nimport { User } from './user';\nexport const repository = new DataSource({ type: 'postgres' }).getRepository(User);",
};
const withTypeorm = (code: string): Files => ({ ...typeorm, 'src/users.ts': `import { repository } from './data-source';\n${code}` });

const sequelize = {
  'src/user.ts': "import { BelongsTo, Column, DefaultScope, Model, Table } from 'sequelize-typescript';\n@DefaultScope(() => ({\n  attributes: ['email'] }))\n@Table({ tableName: 'users' })\nexport class User extends Model { @Column({ field: 'mail' }) email: string; }",
  'src/post.ts': "import { BelongsTo, Column, Model, Table } from 'sequelize-typescript';\nimport { User } from './user';\n@Table({ tableName: 'posts' })\nexport class Post extends Model { @Column title: string; @BelongsTo(() => User, 'userId') user: User; @Column userId: number; }",
};
const withSequelize = (code: string): Files => ({ ...sequelize, 'src/users.ts': `import { User } from './user';\nimport { Post } from './post';\n${code}` });

const knex = { 'src/knex.js': "module.exports = require('knex')({ client: 'pg' });" };
const withKnex = (code: string): Files => ({ ...knex, 'src/users.js': `const knex = require('./knex');\n${code}` });

const kysely = { 'src/db.ts': "import { Kysely } from 'kysely';\nexport const db = new Kysely<any>({});" };
const withKysely = (code: string): Files => ({ ...kysely, 'src/users.ts': `import { db } from './db';\n${code}` });

const withPg = (code: string): Files => ({ 'src/users.ts': `import { Pool } from 'pg';\nconst pool = new Pool();\n${code}` });

const cases: readonly { readonly name: string; readonly files: Files; readonly target: string; readonly expected: readonly string[] }[] = [
  { name: 'Prisma: where, data, select and orderBy', target: 'User.mail', files: withPrisma("prisma.user.findMany({\n where: { OR: [{ email: 'x' }] },\n orderBy: [{ email: 'asc' }], select: { id: true } });"), expected: ['model schema.prisma:3', 'key src/users.ts:3', 'key src/users.ts:4'] },
  { name: 'Prisma: relations into other models', target: 'User.mail', files: withPrisma('prisma.post.findMany({ select: {\n user: { select: {\n email: true } } } });'), expected: ['model schema.prisma:3', 'key src/users.ts:4'] },
  { name: 'Prisma: constants and typed objects', target: 'User.mail', files: withPrisma("import { Prisma } from '@prisma/client';\nconst where = { email: 'x' };\nprisma.user.count({ where });\nexport const chosen: Prisma.UserSelect = { email: true };"), expected: ['model schema.prisma:3', 'key src/users.ts:3', 'key src/users.ts:5'] },
  { name: 'Prisma: what callers hand over', target: 'User.mail', files: withPrisma("function find(options: { where: object }) { const { where } = options;\n return prisma.user.count({ where }); }\nfind({ where: { email: 'x' } });"), expected: ['model schema.prisma:3', 'key src/users.ts:4'] },
  { name: 'Prisma: queries that select every column', target: 'User.mail', files: withPrisma('prisma.user.findFirst();\nprisma.user.findFirst({ select: { id: true } });\nprisma.user.count();'), expected: ['model schema.prisma:3', 'selectAll src/users.ts:2'] },
  { name: 'Prisma: another model has a field of the name', target: 'Post.mail', files: withPrisma("prisma.user.findMany({ where: { email: 'x' } });"), expected: [] },
  { name: 'Prisma: values are no columns', target: 'User.name', files: withPrisma("prisma.user.count({ where: { email: 'name', OR: [] } });"), expected: ['model schema.prisma:4'] },
  { name: 'Prisma: a table', target: 'Post', files: withPrisma('prisma.post.count();'), expected: ['model schema.prisma:7', 'query src/users.ts:2'] },
  { name: 'Prisma: raw SQL', target: 'User.mail', files: withPrisma('prisma.$queryRaw`\n SELECT u."mail"\n FROM "User" u WHERE u.id = ${1}`;'), expected: ['model schema.prisma:3', 'sql src/users.ts:3'] },

  { name: 'Drizzle: members of tables', target: 'users.mail', files: withDrizzle("db.select({ x: users.email }).from(users);\ndb.update(users).set({ name: 'x' }).where(\n eq(users.email, 'x'));"), expected: ['model src/schema.ts:2', 'member src/users.ts:4', 'member src/users.ts:6'] },
  { name: 'Drizzle: inserted, updated and relational keys', target: 'users.mail', files: withDrizzle("db.insert(users).values({ email: 'x' });\ndb.update(users).set({ email: 'y' });\ndb.query.users.findMany({ columns: { email: true },\n where: (table, { eq }) => eq(table.email, 'x') });"), expected: ['model src/schema.ts:2', 'key src/users.ts:4', 'key src/users.ts:5', 'key src/users.ts:6', 'member src/users.ts:7'] },
  { name: 'Drizzle: names of a selection are no columns', target: 'users.name', files: withDrizzle('db.select({ name: users.email }).from(users);'), expected: ['model src/schema.ts:2'] },
  { name: 'Drizzle: whole rows', target: 'users.mail', files: withDrizzle('db.select().from(users);'), expected: ['model src/schema.ts:2', 'selectAll src/users.ts:4'] },

  { name: 'TypeORM: find options', target: 'users.mail', files: withTypeorm("repository.find({ where: { email: 'x' }, select: ['email'] });\nrepository.find({ where: { boss: {\n email: 'x' } }, select: { boss: true } });"), expected: ['model src/user.ts:3', 'key src/users.ts:2', 'key src/users.ts:2', 'key src/users.ts:4', 'selectAll src/users.ts:4'] },
  { name: 'TypeORM: query builder', target: 'users.mail', files: withTypeorm("repository.createQueryBuilder('u')\n .leftJoinAndSelect('u.boss', 'b')\n .where('b.email = :email')\n .select('u.boss').getMany();"), expected: ['model src/user.ts:3', 'builder src/users.ts:4'] },

  { name: 'Sequelize: where, attributes, includes and scopes', target: 'users.mail', files: withSequelize("Post.findAll({ attributes: ['title'], include: [{ model: User,\n where: { email: 'x' } }] });\nUser.update({ email: 'x' }, { where: {} });"), expected: ['model src/user.ts:5', 'key src/user.ts:3', 'key src/users.ts:4', 'key src/users.ts:5'] },
  { name: 'Sequelize: foreign keys and assignments', target: 'posts.userId', files: withSequelize('export async function move() {\n const post = await Post.findOne({ attributes: [] });\n post.userId = 2; }'), expected: ['model src/post.ts:4', 'key src/post.ts:4', 'member src/users.ts:5'] },

  { name: 'Knex: strings, objects and joins', target: 'users.email', files: withKnex("knex('users').where({ email: 'x' }).select('id');\nknex('posts').join('users', 'users.id', 'posts.user_id').select('users.email as mail');\nconst columns = [\n 'users.email'];\nknex('posts').select(...columns);"), expected: ['builder src/users.js:2', 'builder src/users.js:3', 'builder src/users.js:5'] },
  { name: 'Knex: values are no columns', target: 'users.email', files: withKnex("knex('users').where('kind', 'email').select('id');"), expected: [] },
  { name: 'Kysely: aliases and expressions', target: 'users.email', files: withKysely("db.selectFrom('users as u').innerJoin('posts as p', 'p.user_id', 'u.id').select(['u.email', 'p.title'])\n .where((eb) => eb.or([eb('u.email', '=', 'x')])).execute();"), expected: ['builder src/users.ts:2', 'builder src/users.ts:3'] },
  { name: 'Kysely: columns of other tables', target: 'posts.email', files: withKysely("db.selectFrom('users as u').innerJoin('posts as p', 'p.user_id', 'u.id').select('u.email').execute();"), expected: [] },

  { name: 'SQL: columns by alias', target: 'orders.total', files: withPg("pool.query(`SELECT o.id, u.total\n FROM orders o JOIN users u ON u.id = o.user_id\n WHERE o.total > $1`);"), expected: ['sql src/users.ts:5'] },
  { name: 'SQL: written columns', target: 'orders.total', files: withPg("pool.query('INSERT INTO orders (id, total) VALUES ($1, $2)');\npool.query('UPDATE orders SET total = 0');"), expected: ['sql src/users.ts:3', 'sql src/users.ts:4'] },
  { name: 'SQL: text that is built', target: 'orders.total', files: withPg("const order = 'ASC';\nexport const list = (table: string) => pool.query(`SELECT total FROM orders, ${table} ORDER ${order}`);"), expected: ['mentions src/users.ts:4'] },
  { name: 'SQL: every column', target: 'orders.total', files: withPg("pool.query('SELECT * FROM orders');"), expected: ['selectAll src/users.ts:3'] },
  { name: 'SQL: every column of a subquery', target: 'orders.total', files: withPg("pool.query('SELECT id FROM orders WHERE id IN (SELECT * FROM unnest($1::int[]))');"), expected: [] },
  { name: 'SQL: a table', target: 'orders', files: withPg("pool.query('DELETE FROM orders WHERE id = $1', [1]);"), expected: ['sql src/users.ts:3'] },
  { name: 'SQL: a piece of a statement', target: 'User.mail', files: withPrisma("import { Prisma } from '@prisma/client';\nexport const part = Prisma.sql`AND \"User\".\"mail\" = ${1}`;"), expected: ['model schema.prisma:3', 'mentions src/users.ts:3'] },
  { name: 'prose is no SQL', target: 'orders.total', files: withPg("export const text = 'Select the total from orders, please';\npool.query('SELECT 1');"), expected: [] },
  { name: 'tests, seeds and migrations do not count', target: 'orders.total', files: { 'src/orders.test.ts': "export const sql = 'SELECT total FROM orders';", 'seeds/orders.ts': "export const sql = 'SELECT total FROM orders';", 'migrations/001_a.js': "exports.up = (knex) => knex.raw('SELECT total FROM orders');" }, expected: [] },
];

describe('findReferences', () => {
  it.each(cases)('$name', ({ files, target, expected }) => {
    expect(referencesOf(files, target)).toEqual(expected);
  });
});

describe('findInsertsWithout', () => {
  const inserts: readonly { readonly name: string; readonly files: Files; readonly target: string; readonly expected: readonly number[] }[] = [
    { name: 'Prisma', target: 'User.mail', files: withPrisma("prisma.user.create({ data: { name: 'x' } });\nprisma.user.create({ data: { email: 'x' } });\nprisma.user.createMany({ data: [{ name: 'x' }] });"), expected: [2, 4] },
    { name: 'rows that are not known', target: 'User.mail', files: withPrisma('export const add = (row: object) => prisma.user.create({ data: { ...row } });'), expected: [] },
    { name: 'columns with a default', target: 'User.name', files: withPrisma("prisma.user.create({ data: { email: 'x' } });"), expected: [] },
    { name: 'Drizzle', target: 'users.mail', files: withDrizzle("db.insert(users).values({ name: 'x' });\ndb.insert(users).values([{ name: 'x', email: 'y' }]);"), expected: [4] },
  ];
  it.each(inserts)('$name', ({ files, target, expected }) => {
    expect(findInsertsWithout(open(files), targetOf(target)).map(({ line }) => line)).toEqual(expected);
  });
});
