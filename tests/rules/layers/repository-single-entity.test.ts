import { describe, expect, it } from 'vitest';
import rule from '../../../rules/layers/repository-single-entity.ts';
import { placesOf } from './repository-projects.ts';

type Files = Readonly<Record<string, string>>;

const AT = 'src/orders/orders.repository.ts';
const prisma = (members: string): Files => ({
  [AT]: `import type { Prisma, PrismaClient } from '@prisma/client';
export class OrderRepository {
  constructor(private readonly db: PrismaClient) {}
  find(id: string) { return this.db.order.findUnique({ where: { id } }); }
  ${members}
}
`,
});
const SCHEMA: Files = {
  'prisma/schema.prisma': `datasource db { provider = "postgresql" }
model Order {
  id String @id
  lines Line[]
}
model Product {
  id String @id
  stock Int
  lines Line[]
}
model Line {
  orderId String
  position Int
  order Order @relation(fields: [orderId], references: [id])
  @@id([orderId, position])
}
`,
};
const drizzle = (text: string): Files => ({
  [AT]: `import { eq } from 'drizzle-orm';
import { auditLog, db, memberships, orderLines, orders, parcels, products, users } from '../drizzle.js';
export const findOrder = (id: string) => db.select().from(orders).where(eq(orders.id, id));
${text}`,
});
const knex = (text: string): Files => ({
  'src/queries/user.queries.ts': `import { db } from '../knex.js';\nexport const findUser = (id: string) => db('users').where({ id }).first();\n${text}`,
});
const typeorm = (members: string): Files => ({
  'src/users/user.repository.ts': `import { DataSource, Repository } from 'typeorm';
import { Order, User } from '../entities.js';
export class UserRepository extends Repository<User> {
  ${members}
}
`,
});

describe('reported', () => {
  const cases: readonly (readonly [what: string, files: Files, expected: readonly string[]])[] = [
    [
      'Prisma',
      prisma(`take(id: string) { return this.db.product.update({ where: { id }, data: { stock: { decrement: 1 } } }); }`),
      [`${AT}:5 this.db.product.update({ where: { id }, data: { stock: { decrement: 1 } } })`],
    ],
    [
      'in a transaction that the repository opens',
      prisma(`pay(id: string) { return this.db.$transaction(async (tx) => { await tx.order.update({ where: { id }, data: {} }); await tx.invoice.create({ data: {} }); }); }`),
      [`${AT}:5 tx.invoice.create({ data: {} })`],
    ],
    [
      'in a list of statements',
      prisma(`drop(id: string) { return this.db.$transaction([this.db.order.delete({ where: { id } }), this.db.cart.deleteMany()]); }`),
      [`${AT}:5 this.db.cart.deleteMany()`],
    ],
    [
      'once for each thing that is written',
      prisma(`a() { return this.db.cart.deleteMany(); }\n  b() { return this.db.cart.create({ data: {} }); }\n  c() { return this.db.coupon.deleteMany(); }`),
      [`${AT}:5 this.db.cart.deleteMany()`, `${AT}:7 this.db.coupon.deleteMany()`],
    ],
    [
      'Drizzle',
      drizzle(`export const take = (id: string) => db.update(products).set({ stock: 0 }).where(eq(products.id, id));\n`),
      [`${AT}:4 db.update(products).set({ stock: 0 }).where(eq(products.id, id))`],
    ],
    ['Drizzle, an insert', drizzle(`export const add = () => db.insert(users).values({ id: '1' });\n`), [`${AT}:4 db.insert(users).values({ id: '1' })`]],
    [
      'Drizzle, in a transaction',
      drizzle(`export const close = () => db.transaction(async (tx) => { await tx.delete(orders); await tx.delete(products); });\n`),
      [`${AT}:4 tx.delete(products)`],
    ],
    ['Knex', knex(`export const close = () => db('accounts').update({ open: false });\n`), [`src/queries/user.queries.ts:3 db('accounts').update({ open: false })`]],
    ['Knex, an insert', knex(`export const invite = () => db('invitations').insert({});\n`), [`src/queries/user.queries.ts:3 db('invitations').insert({})`]],
    [
      'TypeORM, another repository of the library',
      typeorm(`constructor(private readonly source: DataSource) { super(User, source.manager); }
  close() { return this.source.getRepository(Order).delete({ status: 'draft' }); }`),
      [`src/users/user.repository.ts:5 this.source.getRepository(Order).delete({ status: 'draft' })`],
    ],
    [
      'TypeORM, through the manager',
      typeorm(`close() { return this.manager.getRepository(Order).delete({ status: 'draft' }); }`),
      [`src/users/user.repository.ts:4 this.manager.getRepository(Order).delete({ status: 'draft' })`],
    ],
  ];
  it.each(cases)('%s', (_what, files, expected) => {
    expect(placesOf(rule, files)).toEqual(expected);
  });
});

describe('left alone', () => {
  const cases: readonly (readonly [why: string, files: Files])[] = [
    ['writes of its own', prisma(`add() { return this.db.order.create({ data: {} }); }`)],
    ['reads of others', prisma(`products() { return this.db.product.findMany(); }`)],
    ['nested writes', prisma(`add() { return this.db.order.create({ data: { lines: { create: [{ position: 1 }] } } }); }`)],
    ['a part by its name', prisma(`line() { return this.db.orderLine.create({ data: {} }); }`)],
    ['a part by its key', { ...SCHEMA, ...prisma(`line() { return this.db.line.create({ data: {} }); }`) }],
    ['a part that goes with the thing', drizzle(`export const pack = () => db.insert(parcels).values({ id: '1' });\n`)],
    ['a table that joins two others', drizzle(`export const join = () => db.insert(memberships).values({ userId: '1', teamId: '2' });\n`)],
    ['a record of what happened', prisma(`log() { return this.db.auditLog.create({ data: {} }); }`)],
    ['an outbox', prisma(`tell() { return this.db.outboxMessage.create({ data: {} }); }`)],
    ['a history in Knex', knex(`export const note = () => db('login_history').insert({});\n`)],
    [
      'a client that is handed in',
      prisma(`pay(id: string, tx: Prisma.TransactionClient) { return tx.invoice.create({ data: { orderId: id } }); }`),
    ],
    [
      'a repository that is named after nothing it queries',
      {
        'src/billing/billing.repository.ts': `import { prisma } from '../prisma.js';
export class BillingRepository {
  plan() { return prisma.plan.create({ data: {} }); }
  invoice() { return prisma.invoice.create({ data: {} }); }
}
`,
      },
    ],
    ['a service', { 'src/orders/orders.service.ts': `import { prisma } from '../prisma.js';\nexport const go = () => [prisma.order.deleteMany(), prisma.cart.deleteMany()];\n` }],
    [
      'two repositories in one file',
      {
        'src/shop/shop.repository.ts': `import { prisma } from '../prisma.js';
export class OrderRepository { drop() { return prisma.order.deleteMany(); } }
export class CartRepository { drop() { return prisma.cart.deleteMany(); } }
`,
      },
    ],
  ];
  it.each(cases)('%s', (_why, files) => {
    expect(placesOf(rule, files)).toEqual([]);
  });
});
