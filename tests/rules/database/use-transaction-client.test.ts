import { describe, expect, it } from 'vitest';
import { transactionFindings } from './transaction-check.ts';

interface Case {
  readonly title: string;
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Part of the message. */
  readonly says?: string;
}

const PRISMA = `import { prisma } from './clients/prisma.ts';\n`;
const MODELS = `import { Line, Order, sequelize } from './clients/models.ts';\n`;

const OUTSIDE: readonly Case[] = [
  {
    title: 'Prisma: the outer client beside the transaction',
    code: `${PRISMA}export const place = () => prisma.$transaction(async (tx) => {
      await tx.order.create({ data: {} });
      await prisma.stock.update({ where: { id: 1 }, data: {} });
    });`,
    says: 'Send it through `tx`',
  },
  {
    title: 'Prisma: a callback that takes no client is told once',
    code: `${PRISMA}export const place = () => prisma.$transaction(async () => {
      await prisma.order.create({ data: {} });
      await prisma.stock.update({ where: { id: 1 }, data: {} });
    });`,
    says: 'like 1 more',
  },
  {
    title: 'Prisma: a function that could take the client is called without it',
    code: `${PRISMA}import { reserve } from './stock.ts';
    export const place = () => prisma.$transaction(async (tx) => { await tx.order.create({ data: {} }); await reserve('1'); });`,
    files: { 'src/stock.ts': `${PRISMA}export async function reserve(id: string, client = prisma) { await client.stock.update({ where: { id }, data: {} }); }` },
    says: 'Hand `tx` to `reserve`, which can take it',
  },
  {
    title: 'Prisma: a repository of the service, made with the outer client',
    code: `import type { PrismaClient } from '@prisma/client';
    ${PRISMA}
    class StockRepository { constructor(private readonly db: PrismaClient) {} reserve(id: string) { return this.db.stock.update({ where: { id }, data: {} }); } }
    const stock = new StockRepository(prisma);
    export const place = () => prisma.$transaction(async (tx) => { await tx.order.create({ data: {} }); await stock.reserve('1'); });`,
    says: 'Give `stock.reserve` a parameter',
  },
  {
    title: 'Prisma: an option for the client that the call leaves out',
    code: `${PRISMA}
    async function reserve(id: string, options?: { tx?: typeof prisma }) { await (options?.tx ?? prisma).stock.update({ where: { id }, data: {} }); }
    export const place = () => prisma.$transaction(async (tx) => { await tx.order.create({ data: {} }); await reserve('1'); });`,
    says: 'Hand `tx` to `reserve`',
  },
  {
    title: 'Drizzle',
    code: `import { db } from './clients/drizzle.ts';\nimport { lines, orders } from './clients/schema.ts';
    export const place = () => db.transaction(async (tx) => { await tx.insert(orders).values({}); await db.insert(lines).values({}); });`,
  },
  {
    title: 'Knex, begun and committed',
    code: `import { db } from './clients/knex.ts';
    export async function place() { const trx = await db.transaction(); await trx('orders').insert({}); await db('lines').insert({}); await trx.commit(); }`,
    says: '`trx`',
  },
  {
    title: 'Kysely',
    code: `import { db } from './clients/kysely.ts';
    export const place = () => db.transaction().execute(async (trx) => { await trx.insertInto('orders').values({}).execute(); await db.insertInto('lines').values({}).execute(); });`,
  },
  {
    title: 'TypeORM: an injected repository',
    code: `import type { DataSource, Repository } from 'typeorm';
    class Order { id!: string; }
    export class OrderService {
      constructor(private readonly source: DataSource, private readonly orders: Repository<Order>) {}
      place(order: Order) { return this.source.transaction(async (manager) => { await manager.save(order); await this.orders.update({ id: order.id }, {}); }); }
    }`,
    says: 'manager.getRepository',
  },
  {
    title: 'Sequelize: the option is missing',
    code: `${MODELS}export const place = () => sequelize.transaction(async (transaction) => {
      await Order.create({}, { transaction });
      await Line.destroy({ where: { orderId: 1 } });
    });`,
    says: '`{ transaction }`',
  },
  {
    title: 'Mongoose: the session is missing',
    code: `import mongoose from 'mongoose';\nimport { Order } from './clients/mongoose.ts';
    export async function place() {
      const session = await mongoose.startSession();
      await session.withTransaction(async () => { await Order.updateOne({ id: 1 }, {}, { session }); await Order.deleteOne({ id: 2 }); });
    }`,
    says: '`{ session }`',
  },
  {
    title: 'pg: the pool beside the client that began',
    code: `import { pool } from './clients/pg.ts';
    export async function place() {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query('INSERT INTO orders DEFAULT VALUES');
      await pool.query('UPDATE stock SET free = free - 1');
      await client.query('COMMIT');
    }`,
    says: 'Send it through `client`',
  },
  {
    title: 'a function of the project that opens the transaction',
    code: `import { db } from './clients/drizzle.ts';\nimport { lines, orders } from './clients/schema.ts';
    const inTransaction = <T>(work: (tx: typeof db) => Promise<T>) => db.transaction((tx) => work(tx as never));
    export const place = () => inTransaction(async (tx) => { await tx.insert(orders).values({}); await db.insert(lines).values({}); });`,
  },
];

/** Each with the reason for silence as its title. */
const INSIDE: readonly Case[] = [
  {
    title: 'the parameter has the name of the outer client',
    code: `${PRISMA}export const place = () => prisma.$transaction(async (prisma) => { await prisma.order.create({ data: {} }); });`,
  },
  {
    title: 'the client is handed over',
    code: `${PRISMA}async function reserve(id: string, client = prisma) { await client.stock.update({ where: { id }, data: {} }); }
    export const place = () => prisma.$transaction(async (tx) => { await reserve('1', tx as never); });`,
  },
  {
    title: 'the client is handed over in an object',
    code: `${PRISMA}async function reserve({ id, tx = prisma }: { id: string; tx?: typeof prisma }) { await tx.stock.update({ where: { id }, data: {} }); }
    export const place = () => prisma.$transaction(async (client) => { await reserve({ id: '1', tx: client as never }); });`,
  },
  {
    title: 'the client is handed over within a context, through two calls',
    code: `import { db } from './clients/drizzle.ts';\nimport { orders } from './clients/schema.ts';
    interface Context { user: string; db?: typeof db }
    const save = async (ctx: Context) => { await (ctx.db ?? db).insert(orders).values({}); };
    const saveAll = (args: { ctx: Context }) => save(args.ctx);
    export const place = (ctx: Context) => db.transaction(async (tx) => { const inner = { ...ctx, db: tx as never }; await saveAll({ ctx: inner }); });`,
  },
  {
    title: 'a repository made for the transaction',
    code: `import type { PrismaClient } from '@prisma/client';\n${PRISMA}
    class Orders { constructor(private readonly db: PrismaClient = prisma) {} add() { return this.db.order.create({ data: {} }); } }
    export const place = () => prisma.$transaction(async (tx) => { await new Orders(tx as never).add(); });`,
  },
  {
    title: 'the function closes over the transaction',
    code: `${PRISMA}export const place = (ids: string[]) => prisma.$transaction(async (tx) => {
      const reserve = (id: string) => tx.stock.update({ where: { id }, data: {} });
      for (const id of ids) await reserve(id);
    });`,
  },
  {
    title: 'before and after the transaction',
    code: `${PRISMA}export async function place() {
      const user = await prisma.user.findFirst();
      const order = await prisma.$transaction(async (tx) => tx.order.create({ data: { userId: user!.id } }));
      return prisma.order.findUnique({ where: { id: order.id } });
    }`,
  },
  {
    title: 'nobody waits for it: it runs by itself',
    code: `${PRISMA}async function count() { await prisma.metric.update({ where: { id: 1 }, data: {} }); }
    export const place = () => prisma.$transaction(async (tx) => { await tx.order.create({ data: {} }); void count(); });`,
  },
  {
    title: 'another database',
    code: `${PRISMA}import { db } from './clients/knex.ts';
    export const place = () => prisma.$transaction(async (tx) => { await tx.order.create({ data: {} }); await db('events').insert({}); });`,
  },
  {
    title: 'a list of statements',
    code: `${PRISMA}export const clear = () => prisma.$transaction([prisma.line.deleteMany(), prisma.order.deleteMany()]);`,
  },
  {
    title: 'Knex: told by transacting',
    code: `import { db } from './clients/knex.ts';
    export const place = () => db.transaction(async (trx) => { await db('orders').insert({}).transacting(trx); });`,
  },
  {
    title: 'Sequelize: options that may hold it',
    code: `${MODELS}export const clear = (options: object) => sequelize.transaction(async (transaction) => {
      await Order.findAll({ ...options });
      await Line.destroy(options as never);
      await Order.findByPk(1, { transaction });
    });`,
  },
  {
    title: 'Mongoose: told by session(), and a document that was read with it',
    code: `import mongoose from 'mongoose';\nimport { Order } from './clients/mongoose.ts';
    export const place = () => mongoose.connection.transaction(async (session) => {
      const order = await Order.findOne({ id: 1 }).session(session);
      await order!.save();
    });`,
  },
  {
    title: 'the transaction is kept in a store',
    code: `import { AsyncLocalStorage } from 'node:async_hooks';\n${PRISMA}
    const store = new AsyncLocalStorage<unknown>();
    async function reserve() { await prisma.stock.findFirst(); }
    export const place = () => prisma.$transaction((tx) => store.run(tx, () => reserve()));`,
  },
  {
    title: 'TypeORM: every query takes the transaction by itself',
    code: `import { source } from './clients/typeorm.ts';
    class Order { id!: string; }
    export const place = () => source.transaction(async () => { await source.getRepository(Order).find(); });`,
    files: { 'package.json': '{ "name": "sample", "dependencies": { "typeorm-transactional": "^0.5.0" } }' },
  },
  {
    title: 'what makes up for a failure',
    code: `import { source } from './clients/typeorm.ts';
    class Order { id!: string; }
    export async function place() {
      const runner = source.createQueryRunner();
      await runner.startTransaction();
      try {
        await runner.manager.getRepository(Order).find();
        await runner.commitTransaction();
      } catch (error) {
        await runner.rollbackTransaction();
        await source.getRepository(Order).find();
        throw error;
      }
    }`,
  },
];

describe('use-transaction-client', () => {
  it.each(OUTSIDE)('reports: $title', ({ code, files, says }) => {
    const found = transactionFindings('use-transaction-client', code, files);
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain(says ?? '');
  });

  it.each(INSIDE)('is silent: $title', ({ code, files }) => {
    expect(transactionFindings('use-transaction-client', code, files)).toEqual([]);
  });
});
