import { expect, test } from 'vitest';
import { openProject } from '../../src/project/open.ts';
import { transactionsOf } from '../../src/project/queries.ts';
import { tree } from './tree.ts';

test('transactions: the call, and the function that runs in it', () => {
  const root = tree({
    'package.json': { name: 'sample' },
    'orders.ts': `
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const inline = () => prisma.$transaction(async (tx) => tx.order.create({ data: {} }));
async function work() {}
export const named = () => prisma.$transaction(work);
export const list = () => prisma.$transaction([prisma.order.deleteMany()]);
const own = { $transaction: (fn: () => void) => fn() };
export const other = () => own.$transaction(() => {});
`,
  });
  const project = openProject({ root, cache: false });
  const file = project.files.get('orders.ts')!;
  const found = transactionsOf(project, file).map((each) => [
    file.text.slice(0, each.start).split('\n').length,
    each.library,
    each.callback ? (file.facts.functions[each.callback.function]?.kind ?? '') : 'none',
  ]);
  expect(found).toEqual([
    [4, 'prisma', 'arrow'],
    [6, 'prisma', 'function'],
    [7, 'prisma', 'none'],
  ]);
});
