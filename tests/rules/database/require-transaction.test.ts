import { describe, expect, it } from 'vitest';
import { transactionFindings } from './transaction-check.ts';

interface Case {
  readonly title: string;
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly says?: string;
}

const PRISMA = `import { prisma } from './clients/prisma.ts';\n`;
const DRIZZLE = `import { db } from './clients/drizzle.ts';\nimport { lines, orders } from './clients/schema.ts';\n`;
const MODELS = `import { Line, Order, sequelize } from './clients/models.ts';\n`;
const TYPEORM = `import { source } from './clients/typeorm.ts';\nclass Order { id!: string; }\nclass Line { orderId!: string; }\n`;

const SPLIT: readonly Case[] = [
  {
    title: 'Prisma: a row and what belongs to it',
    code: `${PRISMA}export async function place(userId: string) {
      const order = await prisma.order.create({ data: { userId } });
      await prisma.line.create({ data: { orderId: order.id } });
    }`,
    says: '`place` makes an `order` and then writes `line` for it',
  },
  {
    title: 'Prisma: through the repositories of a service',
    code: `import type { PrismaClient } from '@prisma/client';
    class Orders { constructor(private readonly db: PrismaClient) {} create(userId: string) { return this.db.order.create({ data: { userId } }); } }
    class Users { constructor(private readonly db: PrismaClient) {} setLast(id: string, orderId: string) { return this.db.user.update({ where: { id }, data: { orderId } }); } }
    export class OrderService {
      constructor(private readonly orders: Orders, private readonly users: Users) {}
      async place(userId: string) {
        const order = await this.orders.create(userId);
        await this.users.setLast(userId, order.id);
        return order;
      }
    }`,
    says: 'when `this.users.setLast` fails, what `this.orders.create` wrote stays alone',
  },
  {
    title: 'Prisma: the second only in some cases',
    code: `${PRISMA}export async function place(userId: string, gift: boolean) {
      const { id } = await prisma.order.create({ data: { userId } });
      if (gift) await prisma.gift.create({ data: { orderId: id } });
    }`,
  },
  {
    title: 'Prisma: many rows for one',
    code: `${PRISMA}export async function place(products: string[]) {
      const order = await prisma.order.create({ data: {} });
      const rows = products.map((productId) => ({ productId, order }));
      await prisma.line.createMany({ data: rows.concat(order as never) });
    }`,
  },
  {
    title: 'Prisma: a row per element, for one that was made before',
    code: `${PRISMA}export async function place(products: string[]) {
      const order = await prisma.order.create({ data: {} });
      for (const productId of products) await prisma.line.create({ data: { productId, orderId: order.id } });
    }`,
  },
  {
    title: 'Drizzle',
    code: `${DRIZZLE}export async function place() {
      const [order] = await db.insert(orders).values({}).returning();
      await db.insert(lines).values({ id: order!.id });
    }`,
    says: 'db.transaction',
  },
  {
    title: 'Drizzle, with then',
    code: `${DRIZZLE}export async function place() {
      const order = await db.insert(orders).values({}).returning().then((rows) => rows[0]!);
      return db.update(lines).set({ id: order.id });
    }`,
  },
  {
    title: 'Knex',
    code: `import { db } from './clients/knex.ts';
    export async function place() {
      const [order] = await db('orders').insert({}).returning('id');
      await db('lines').insert({ order_id: order.id });
    }`,
    says: 'knex.transaction',
  },
  {
    title: 'Kysely',
    code: `import { db } from './clients/kysely.ts';
    export async function place() {
      const order = await db.insertInto('orders').values({}).returning('id').executeTakeFirstOrThrow();
      await db.insertInto('lines').values({ order_id: order.id }).execute();
    }`,
  },
  {
    title: 'TypeORM',
    code: `${TYPEORM}export async function place() {
      const order = await source.getRepository(Order).save({ id: '1' });
      await source.getRepository(Line).insert({ orderId: order.id });
    }`,
    says: 'dataSource.transaction',
  },
  {
    title: 'Sequelize',
    code: `${MODELS}export async function place() {
      const order = await Order.create({});
      await Line.create({ orderId: order.id });
    }`,
  },
];

/** Each with the reason for silence as its title. */
const WHOLE: readonly Case[] = [
  {
    title: 'both are in a transaction',
    code: `${PRISMA}export const place = () => prisma.$transaction(async (tx) => {
      const order = await tx.order.create({ data: {} });
      await tx.line.create({ data: { orderId: order.id } });
    });`,
  },
  {
    title: 'a nested write',
    code: `${PRISMA}export const place = () => prisma.order.create({ data: { lines: { create: [{ product: '1' }] } } });`,
  },
  {
    title: 'the client is given: callers decide',
    code: `import type { Prisma } from '@prisma/client';
    export async function place(client: Prisma.TransactionClient) {
      const order = await client.order.create({ data: {} });
      await client.line.create({ data: { orderId: order.id } });
    }`,
  },
  {
    title: 'a caller has opened the transaction',
    code: `${PRISMA}async function save(store: typeof prisma) {
      const order = await store.order.create({ data: {} });
      await store.line.create({ data: { orderId: order.id } });
    }
    export const place = () => prisma.$transaction(async (tx) => save(tx as never));`,
  },
  {
    title: 'different branches',
    code: `${PRISMA}export async function place(gift: boolean) {
      if (gift) { const row = await prisma.gift.create({ data: {} }); return row; }
      return prisma.order.create({ data: {} });
    }`,
  },
  {
    title: 'the second does not need the first',
    code: `${PRISMA}export async function place(userId: string) {
      await prisma.order.create({ data: { userId } });
      await prisma.user.update({ where: { id: userId }, data: {} });
    }`,
  },
  {
    title: 'written down on the side',
    code: `${PRISMA}export async function place() {
      const order = await prisma.order.create({ data: {} });
      await prisma.auditLog.create({ data: { orderId: order.id } });
    }`,
  },
  {
    title: 'it may fail by itself',
    code: `${PRISMA}export async function place() {
      const order = await prisma.order.create({ data: {} });
      try { await prisma.line.create({ data: { orderId: order.id } }); } catch { await prisma.order.delete({ where: { id: order.id } }); }
    }`,
  },
  {
    title: 'Sequelize: options that may hold the transaction',
    code: `${MODELS}export async function place(ctx: { transaction: never }) {
      const { transaction } = ctx;
      const order = await Order.create({}, { transaction });
      await Line.create({ orderId: order.id }, { transaction });
    }`,
  },
  {
    title: 'MongoDB, which may have no transactions',
    code: `import { Order } from './clients/mongoose.ts';\nimport mongoose from 'mongoose';
    const Line = mongoose.model('Line', new mongoose.Schema({}));
    export async function place() { const order = await Order.create({}); await Line.create({ order: order.id }); }`,
  },
  {
    title: 'the same table twice',
    code: `${PRISMA}export async function place() {
      const order = await prisma.order.create({ data: {} });
      await prisma.order.update({ where: { id: order.id }, data: { code: 'x' } });
    }`,
  },
  {
    title: 'made only if it is missing',
    code: `${PRISMA}async function settings() {
      const known = await prisma.setting.findFirst();
      if (!known) return prisma.setting.create({ data: {} });
      return known;
    }
    export async function setUp(id: string) { const found = await settings(); await prisma.server.update({ where: { id }, data: { url: found.url } }); }`,
  },
];

describe('require-transaction', () => {
  it.each(SPLIT)('reports: $title', ({ code, files, says }) => {
    const found = transactionFindings('require-transaction', code, files);
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain(says ?? '');
  });

  it.each(WHOLE)('is silent: $title', ({ code, files }) => {
    expect(transactionFindings('require-transaction', code, files)).toEqual([]);
  });
});
