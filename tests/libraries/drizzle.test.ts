import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import { drizzle } from 'drizzle-orm/node-postgres';
import { exists, inArray } from 'drizzle-orm';
import { users, orders } from './schema';
const db = drizzle(process.env.URL);
export const all = () => db.select().from(users);
export async function page(active: boolean) {
  let query = db.select().from(users).$dynamic();
  if (active) query = query.where(true);
  return await query;
}
export async function withOrders() {
  const open = db.select({ id: orders.userId }).from(orders);
  return db.select().from(users).where(inArray(users.id, open));
}
export const some = () => db.select().from(users).where(exists(db.select().from(orders)));
export async function save(row: object) {
  await db.transaction(async (tx) => {
    await tx.insert(users).values(row).returning();
    await tx.query.orders.findFirst();
  });
  await db.batch([db.delete(orders), db.update(users).set({})]);
}
export const text = () => db.select().from(users).toSQL();
export const names = async () => (await db.select().from(users)).map((row) => row.name);
`;

test('Drizzle: what is sent, line by line', () => {
  expect(queriesIn(CODE, { 'schema.ts': 'export const users = {};\nexport const orders = {};\n' })).toEqual([
    '5 read drizzle users db.select().from(users)',
    '7 read drizzle users db.select().from(users)',
    '12 read drizzle orders db.select().from(orders) unsent',
    '13 read drizzle users db.select().from(users)',
    '15 read drizzle users db.select().from(users)',
    '15 read drizzle orders db.select().from(orders) unsent',
    '18 write drizzle users tx.insert(users) bulk',
    '19 read drizzle orders tx.query.orders.findFirst single',
    '21 write drizzle orders db.delete(orders) bulk',
    '21 write drizzle users db.update(users) bulk',
    '23 read drizzle users db.select().from(users) unsent',
    '24 read drizzle users db.select().from(users)',
  ]);
});
