import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const one = (id: string) => prisma.user.findUnique({ where: { id } });
export const many = () => prisma.post.findMany();
export async function move(ids: string[]) {
  await prisma.$transaction(async (tx) => {
    await tx.order.updateMany({ where: { id: { in: ids } }, data: {} });
  });
  await prisma.$transaction([prisma.cart.deleteMany(), prisma.log.create({ data: {} })]);
  return prisma.$queryRaw\`SELECT * FROM "Invoice" WHERE id = \${ids[0]}\`;
}
export const write = () => prisma.$executeRaw\`DELETE FROM sessions\`;
const extended = prisma.$extends({});
export const count = () => extended.user.count();
export const off = (user: { findMany(): void }) => user.findMany();
`;

test('Prisma: what is sent, line by line', () => {
  expect(queriesIn(CODE)).toEqual([
    '3 read prisma user prisma.user.findUnique single',
    '4 read prisma post prisma.post.findMany',
    '7 write prisma order tx.order.updateMany bulk',
    '9 write prisma cart prisma.cart.deleteMany bulk',
    '9 write prisma log prisma.log.create',
    '10 read prisma Invoice prisma.$queryRaw',
    '12 write prisma sessions prisma.$executeRaw',
    '14 read prisma user extended.user.count single',
  ]);
});
