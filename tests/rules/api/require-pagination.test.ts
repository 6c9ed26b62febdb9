import { describe, expect, it } from 'vitest';
import rule from '../../../rules/api/require-pagination.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const PRISMA = `import express from 'express';\nimport { PrismaClient } from '@prisma/client';\nconst app = express();\nconst prisma = new PrismaClient();\n`;
const DRIZZLE = `import { Hono } from 'hono';\nimport { drizzle } from 'drizzle-orm/node-postgres';\nimport { and, eq, inArray, or, sql } from 'drizzle-orm';\nimport { pgTable, text } from 'drizzle-orm/pg-core';\nconst orders = pgTable('orders', { id: text(), userId: text(), status: text() });\nconst app = new Hono();\nconst db = drizzle('postgres://localhost/shop');\n`;
const KNEX = `import express from 'express';\nimport knex from 'knex';\nconst app = express();\nconst db = knex({ client: 'pg' });\n`;
const KYSELY = `import Fastify from 'fastify';\nimport { Kysely } from 'kysely';\nconst app = Fastify();\nconst db = new Kysely<any>({} as any);\n`;
const TYPEORM = `import express from 'express';\nimport { DataSource, Entity, In, PrimaryColumn } from 'typeorm';\nconst app = express();\n@Entity() class Order { @PrimaryColumn() id!: string; }\nconst source = new DataSource({} as any);\nconst repository = source.getRepository(Order);\n`;
const SEQUELIZE = `import express from 'express';\nimport { Model, Op } from 'sequelize';\nconst app = express();\nclass Order extends Model {}\n`;
const MONGOOSE = `import express from 'express';\nimport mongoose from 'mongoose';\nconst app = express();\nconst Order = mongoose.model('Order', new mongoose.Schema({}));\n`;

function findingsIn(text: string, config: object = {}) {
  return checkText({ 'src/app.ts': text, 'backend-patterns.config.json': JSON.stringify(config) }, { rules: [rule], only: [rule.id] }).findings;
}

function sends(query: string): string {
  return `app.get('/list', async (req, res) => { res.json({ success: true, data: ${query} }); });\n`;
}

describe(rule.id, () => {
  it.each([
    ['Prisma', `${PRISMA}${sends('await prisma.product.findMany()')}`],
    ['Prisma with a filter', `${PRISMA}${sends(`await prisma.product.findMany({ where: { isActive: true }, orderBy: { name: 'asc' } })`)}`],
    ['rows that are mapped', `${PRISMA}app.get('/list', async (req, res) => { const rows = await prisma.product.findMany(); res.json(rows.map((row) => ({ id: row.id }))); });\n`],
    ['rows of a function', `${PRISMA}async function listProducts() { return prisma.product.findMany({ where: { isActive: true } }); }\napp.get('/list', async (req, res) => { res.json(await listProducts()); });\n`],
    ['rows that a helper sends', `${PRISMA}function ok(res: express.Response, data: unknown) { res.json({ success: true, data }); }\napp.get('/list', async (req, res) => { ok(res, await prisma.product.findMany()); });\n`],
    ['one of several queries', `${PRISMA}app.get('/list', async (req, res) => { const [rows, total] = await Promise.all([prisma.product.findMany(), prisma.product.count()]); res.json({ rows, total }); });\n`],
    ['one of several alternatives', `${PRISMA}${sends(`await prisma.product.findMany({ where: { OR: [{ id: req.query.id }, { isActive: true }] } })`)}`],
    ['Drizzle', `${DRIZZLE}app.get('/list', async (c) => c.json({ data: await db.select().from(orders).where(eq(orders.status, 'open')) }));\n`],
    ['a relational query of Drizzle', `${DRIZZLE}app.get('/list', async (c) => c.json(await db.query.orders.findMany({ where: eq(orders.status, 'open') })));\n`],
    ['Knex', `${KNEX}${sends(`await db('orders').where('status', 'open').orderBy('id')`)}`],
    ['Kysely', `${KYSELY}app.get('/list', async () => ({ data: await db.selectFrom('orders').selectAll().where('status', '=', 'open').execute() }));\n`],
    ['TypeORM', `${TYPEORM}${sends('await repository.find({ relations: { lines: true } })')}`],
    ['conditions of TypeORM', `${TYPEORM}${sends(`await repository.findBy({ status: 'open' })`)}`],
    ['the builder of TypeORM', `${TYPEORM}${sends(`await repository.createQueryBuilder('o').where('o.status = :status', { status: 'open' }).getMany()`)}`],
    ['rows beside their number', `${TYPEORM}app.get('/list', async (req, res) => { const [rows, total] = await repository.findAndCount(); res.json({ rows, total }); });\n`],
    ['Sequelize', `${SEQUELIZE}${sends(`await Order.findAll({ where: { status: 'open' } })`)}`],
    ['Mongoose', `${MONGOOSE}${sends(`await Order.find({ status: 'open' }).sort({ createdAt: -1 }).lean()`)}`],
  ])('reports %s', (_, text) => {
    expect(findingsIn(text).map((finding) => [finding.messageId, finding.confidence])).toEqual([['unlimited', 'high']]);
  });

  it.each([
    ['messages of a channel', `${PRISMA}${sends('await prisma.message.findMany({ where: { channelId: req.params.id } })')}`],
    ['orders of a user', `${DRIZZLE}app.get('/list', async (c) => c.json(await db.select().from(orders).where(and(eq(orders.userId, c.req.param('id')), eq(orders.status, 'open')))));\n`],
    ['events of a related row', `${PRISMA}${sends('await prisma.auditEvent.findMany({ where: { project: { members: { some: { userId: req.params.id } } } } })')}`],
    ['alternatives of parents', `${PRISMA}${sends('await prisma.message.findMany({ where: { OR: [{ senderId: req.params.id }, { receiverId: req.params.id }] } })')}`],
    ['logs of a project', `${KNEX}${sends(`await db('access_logs').where('project_id', req.params.id)`)}`],
  ])('doubts lists of one parent that grow: %s', (_, text) => {
    expect(findingsIn(text, { preset: 'strict' }).map((finding) => [finding.messageId, finding.confidence])).toEqual([['ofParent', 'low']]);
  });

  it.each([
    ['a limit', `${PRISMA}${sends('await prisma.product.findMany({ take: 50 })')}`],
    ['a limit in an object of its own', `${PRISMA}${sends('await prisma.product.findMany({ ...{ skip: 10, take: 10 }, where: { isActive: true } })')}`],
    ['options that are handed over', `${PRISMA}export async function list(options: any) { return prisma.product.findMany({ ...options }); }\napp.get('/list', async (req, res) => { res.json(await list(req.body)); });\n`],
    ['conditions that are not known', `${PRISMA}import { visible } from 'elsewhere';\n${sends('await prisma.product.findMany({ where: visible(req) })')}`],
    ['rows that a list names', `${PRISMA}${sends('await prisma.product.findMany({ where: { id: { in: req.body.ids } } })')}`],
    ['rows of a unique key', `${PRISMA}${sends('await prisma.product.findMany({ where: { slug: req.params.slug } })')}`],
    ['rows of one parent that are few', `${PRISMA}${sends('await prisma.address.findMany({ where: { userId: req.params.id } })')}`],
    ['tables that stay small', `${PRISMA}${sends('await prisma.userRole.findMany()')}`],
    ['rows that are counted', `${PRISMA}app.get('/list', async (req, res) => { const rows = await prisma.product.findMany(); res.json({ count: rows.length }); });\n`],
    ['rows that are summed up', `${PRISMA}app.get('/list', async (req, res) => { const rows = await prisma.product.findMany(); res.json({ sum: rows.reduce((sum, row) => sum + row.price, 0) }); });\n`],
    ['rows of a job', `${PRISMA}export async function reindex() { for (const row of await prisma.product.findMany()) console.log(row); }\n`],
    ['groups', `${PRISMA}${sends(`await prisma.product.groupBy({ by: ['status'] })`)}`],
    ['distinct values', `${PRISMA}${sends(`await prisma.product.findMany({ distinct: ['brand'] })`)}`],
    ['a limit of Drizzle', `${DRIZZLE}app.get('/list', async (c) => c.json(await db.select().from(orders).limit(20)));\n`],
    ['a list of Drizzle', `${DRIZZLE}app.get('/list', async (c) => c.json(await db.select().from(orders).where(inArray(orders.id, ['a', 'b']))));\n`],
    ['a number of Drizzle', `${DRIZZLE}app.get('/list', async (c) => c.json(await db.select({ total: sql\`count(*)\` }).from(orders)));\n`],
    ['a limit of Knex', `${KNEX}${sends(`await db('orders').limit(20)`)}`],
    ['one row of Knex', `${KNEX}${sends(`await db('orders').where('status', 'open').first()`)}`],
    ['a list of Knex', `${KNEX}${sends(`await db('orders').whereIn('id', req.body.ids)`)}`],
    ['sums of Knex', `${KNEX}${sends(`await db('orders').select('status').count('id').groupBy('status')`)}`],
    ['a limit of Kysely', `${KYSELY}app.get('/list', async () => ({ data: await db.selectFrom('orders').selectAll().limit(20).execute() }));\n`],
    ['one row of Kysely', `${KYSELY}app.get('/list', async () => ({ data: await db.selectFrom('orders').selectAll().executeTakeFirst() }));\n`],
    ['a limit of TypeORM', `${TYPEORM}${sends('await repository.find({ take: 20 })')}`],
    ['a list of TypeORM', `${TYPEORM}${sends('await repository.findBy({ id: In(req.body.ids) })')}`],
    ['a page of the builder of TypeORM', `${TYPEORM}${sends(`await repository.createQueryBuilder('o').skip(20).take(20).getMany()`)}`],
    ['a limit of Sequelize', `${SEQUELIZE}${sends('await Order.findAll({ limit: 20 })')}`],
    ['a list of Sequelize', `${SEQUELIZE}${sends('await Order.findAll({ where: { id: { [Op.in]: req.body.ids } } })')}`],
    ['a limit of Mongoose', `${MONGOOSE}${sends('await Order.find({}).limit(20)')}`],
    ['a list of Mongoose', `${MONGOOSE}${sends('await Order.find({ _id: { $in: req.body.ids } })')}`],
  ])('accepts %s', (_, text) => {
    expect(findingsIn(text)).toEqual([]);
  });

  it('tells the query, the route and the way out', () => {
    expect(findingsIn(`${PRISMA}${sends('await prisma.product.findMany()')}`)[0]?.message).toBe(
      '`prisma.product.findMany` reads all rows of `product`, and `GET /list` sends them: the answer grows with the table until it takes too long or too much memory. Add `take: 50`, with `cursor` for the next page.',
    );
  });

  it('knows small tables from the options', () => {
    const config = { rules: { 'backend-patterns/require-pagination': ['error', { smallTables: ['product'] }] } };
    expect(findingsIn(`${PRISMA}${sends('await prisma.product.findMany()')}`, config)).toEqual([]);
  });
});
