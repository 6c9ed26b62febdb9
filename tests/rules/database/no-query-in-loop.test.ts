import { describe, expect, it } from 'vitest';
import { findingsOf, inFunction, spoken } from './per-element-check.ts';

interface LibraryCase {
  readonly library: string;
  readonly head: string;
  /** Runs once per element. */
  readonly flawed: string;
  /** One statement for all. */
  readonly clean: string;
}

const LIBRARIES: readonly LibraryCase[] = [
  {
    library: 'Prisma',
    head: `import { prisma } from './clients/prisma.ts';`,
    flawed: `for (const id of ids) found.push(await prisma.order.findFirst({ where: { userId: id } }));`,
    clean: `found.push(await prisma.order.findMany({ where: { userId: { in: ids } } }));`,
  },
  {
    library: 'Drizzle',
    head: `import { eq, inArray } from 'drizzle-orm';\nimport { db } from './clients/drizzle.ts';\nimport { orders } from './clients/schema.ts';`,
    flawed: `await Promise.all(ids.map(async (id) => found.push(await db.select().from(orders).where(eq(orders.userId, id)))));`,
    clean: `found.push(await db.select().from(orders).where(inArray(orders.userId, ids)));`,
  },
  {
    library: 'TypeORM',
    head: `import { In } from 'typeorm';\nimport { source } from './clients/typeorm.ts';\nclass Order { userId!: string; }`,
    flawed: `for (const id of ids) found.push(await source.getRepository(Order).findOneBy({ userId: id }));`,
    clean: `found.push(await source.getRepository(Order).find({ where: { userId: In(ids) } }));`,
  },
  {
    library: 'Sequelize',
    head: `import { Order } from './clients/models.ts';`,
    flawed: `for (let i = 0; i < ids.length; i++) found.push(await Order.findOne({ where: { userId: ids[i] } }));`,
    clean: `found.push(await Order.findAll({ where: { userId: ids } }));`,
  },
  {
    library: 'Knex',
    head: `import { db } from './clients/knex.ts';`,
    flawed: `for (const id of ids) found.push(await db('orders').where({ user_id: id }).first());`,
    clean: `found.push(await db('orders').whereIn('user_id', ids));`,
  },
  {
    library: 'pg',
    head: `import { pool } from './clients/pg.ts';`,
    flawed: `for (const id of ids) found.push(await pool.query('SELECT * FROM orders WHERE user_id = $1', [id]));`,
    clean: `found.push(await pool.query('SELECT * FROM orders WHERE user_id = ANY($1)', [ids]));`,
  },
];

const within = (head: string, body: string) => ({ 'src/work.ts': `${head}\nexport async function work(ids: string[]) {\n  const found: unknown[] = [];\n  ${body}\n  return found;\n}\n` });

describe('a read per element, and one for all', () => {
  it.each(LIBRARIES)('$library', ({ head, flawed, clean }) => {
    expect(findingsOf(within(head, flawed)).map((finding) => finding.messageId)).toEqual(['perElement']);
    expect(findingsOf(within(head, clean)).map(spoken)).toEqual([]);
  });

  it('names the query, the collection and the rewrite of the library', () => {
    const [library] = LIBRARIES;
    expect(findingsOf(within(library?.head ?? '', library?.flawed ?? ''))[0]?.message).toBe(
      '`prisma.order.findFirst` runs once per element of `ids`: as many round trips as there are elements. Fetch all rows with one query: `findMany({ where: { id: { in: ids } } })` before the loop, or `include` in the query that gives the rows.',
    );
  });
});

describe('the rewrite', () => {
  const IN = 'one statement with `IN (…)`';
  it.each([
    ['Prisma', `import { prisma } from './clients/prisma.ts';`, 'await prisma.$queryRaw`SELECT * FROM orders WHERE user_id = ${id}`', IN],
    ['TypeORM', `import { source } from './clients/typeorm.ts';`, `await source.query('SELECT * FROM orders WHERE user_id = $1', [id])`, IN],
    ['pg', `import { pool } from './clients/pg.ts';`, `await pool.query('SELECT * FROM orders WHERE user_id = $1', [id])`, '`WHERE id = ANY($1)`'],
    ['Prisma', `import { prisma } from './clients/prisma.ts';`, 'await prisma.order.count({ where: { userId: id } })', '`groupBy` with `_count`'],
  ])('of %s speaks of what stands there: %s %s', (_library, head, read, rewrite) => {
    expect(findingsOf(within(head, `for (const id of ids) found.push(${read});`)).map(({ message }) => message.includes(`one query: ${rewrite}`))).toEqual([true]);
  });
});

describe('through calls', () => {
  const REPOSITORY = `import type { PrismaClient } from '@prisma/client';
export class OrderRepository {
  constructor(private readonly db: PrismaClient) {}
  latestOf(userId: string) {
    return this.db.order.findFirst({ where: { userId }, orderBy: { id: 'desc' } });
  }
  latestOfAll(userIds: string[]) {
    return this.db.order.findMany({ where: { userId: { in: userIds } } });
  }
}
`;
  const SERVICE = `import { OrderRepository } from './order.repository.ts';
export class OrderService {
  constructor(private readonly orders: OrderRepository) {}
  async summary(userId: string) {
    const order = await this.orders.latestOf(userId);
    return { userId, last: order?.id ?? null };
  }
}
`;

  it('follows one call into a class that is injected', () => {
    const user = `import { OrderRepository } from './order.repository.ts';
export class UserService {
  constructor(private readonly orders: OrderRepository) {}
  list(userIds: string[]) {
    return Promise.all(userIds.map((id) => this.orders.latestOf(id)));
  }
  all(userIds: string[]) {
    return this.orders.latestOfAll(userIds);
  }
}
`;
    const found = findingsOf({ 'src/order.repository.ts': REPOSITORY, 'src/user.service.ts': user });
    expect(found.map(spoken)).toEqual(['src/user.service.ts:5 OrderRepository.latestOf → this.db.order.findFirst']);
    expect(found[0]?.messageId).toBe('reached');
  });

  it('follows two calls', () => {
    const user = `import { OrderService } from './order.service.ts';
export class UserService {
  constructor(private readonly orders: OrderService) {}
  async list(userIds: string[]) {
    const found = [];
    for (const id of userIds) found.push(await this.orders.summary(id));
    return found;
  }
}
`;
    const found = findingsOf({ 'src/order.repository.ts': REPOSITORY, 'src/order.service.ts': SERVICE, 'src/user.service.ts': user });
    expect(found.map(spoken)).toEqual(['src/user.service.ts:6 OrderService.summary → OrderRepository.latestOf → this.db.order.findFirst']);
  });

  it('follows a module that is one object, and functions handed over by name', () => {
    const orders = `import { prisma } from './clients/prisma.ts';
export const orders = { ofUser: (userId: string) => prisma.order.findMany({ where: { userId } }) };
`;
    const user = `import { orders } from './orders.ts';
export const list = (ids: string[]) => Promise.all(ids.map(orders.ofUser));
`;
    const found = findingsOf({ 'src/orders.ts': orders, 'src/users.ts': user });
    expect(found.map(spoken)).toEqual(['src/users.ts:2 ofUser → prisma.order.findMany']);
    expect(found[0]?.message).toContain('`orders.ofUser` runs `prisma.order.findMany` once per element of `ids`');
  });

  const RATES = `import { prisma } from './clients/prisma.ts';
export const rateOf = (currency: string) => prisma.rate.findFirst({ where: { currency } });
export const taxOf = (country: string) => prisma.tax.findFirst({ where: { country } });
`;
  const ROWS = 'rows: { from: string; to: string; country: string }[]';
  const CAUSES: readonly (readonly [what: string, body: string, lines: readonly number[], others: readonly string[]])[] = [
    ['one call', `  for (const row of rows) await rateOf(row.from);`, [3], ['of `rows`:']],
    ['two calls of one function', `  for (const row of rows) {\n    await rateOf(row.from);\n    await rateOf(row.to);\n  }`, [4], ['of `rows`, as does 1 other call of it there:']],
    ['three side by side', `  await Promise.all(rows.map((row) => Promise.all([rateOf(row.from), rateOf(row.to), rateOf(row.country)])));`, [3], [', as do 2 other calls of it there:']],
    ['two functions', `  for (const row of rows) {\n    await rateOf(row.from);\n    await taxOf(row.country);\n  }`, [4, 5], ['of `rows`:', 'of `rows`:']],
    ['two loops', `  for (const row of rows) await rateOf(row.from);\n  for (const row of rows) await rateOf(row.to);`, [3, 4], ['of `rows`:', 'of `rows`:']],
  ];
  it.each(CAUSES)('tells one cause once: %s', (_what, body, lines, others) => {
    const work = `import { rateOf, taxOf } from './rates.ts';\nexport async function work(${ROWS}) {\n${body}\n}\n`;
    const found = findingsOf({ 'src/rates.ts': RATES, 'src/work.ts': work });
    expect(found.map((finding) => finding.line)).toEqual(lines);
    others.forEach((text, index) => expect(found[index]?.message).toContain(text));
  });

  it('reports permission checks that say yes or no, or throw', () => {
    const access = `import { prisma } from './clients/prisma.ts';
export async function mayRead(userId: string, id: string) {
  const member = await prisma.member.findFirst({ where: { userId, orderId: id } });
  if (!member) return false;
  return true;
}
export async function assertMayRead(userId: string, id: string) {
  const member = await prisma.member.findFirst({ where: { userId, orderId: id } });
  if (!member) throw new Error('forbidden');
}
`;
    const work = `import { mayRead, assertMayRead } from './access.ts';
export async function visible(userId: string, ids: string[]) {
  const found: string[] = [];
  for (const id of ids) if (await mayRead(userId, id)) found.push(id);
  for (const id of ids) await assertMayRead(userId, id);
  return found;
}
`;
    expect(findingsOf({ 'src/access.ts': access, 'src/work.ts': work }).map(spoken)).toEqual(['src/work.ts:4 mayRead → prisma.member.findFirst', 'src/work.ts:5 assertMayRead → prisma.member.findFirst']);
  });
});

/** What is silent, next to what looks like it and is not. */
interface Exempt {
  readonly id: string;
  readonly silent: string;
  readonly reported: string;
  /** Declarations before the function. */
  readonly before?: string;
}

const READ = 'await prisma.order.findFirst({ where: { userId: id } })';

const EXEMPTIONS: readonly Exempt[] = [
  { id: 'constant: a list in the code', before: `const KINDS = ['new', 'paid'] as const;`, silent: `for (const id of KINDS) ${READ};`, reported: `const kinds: string[] = []; for (const row of rows) kinds.push(row.id); for (const id of kinds) ${READ};` },
  { id: 'constant: an enum', before: `enum Kind { New = 'new', Paid = 'paid' }`, silent: `await Promise.all(Object.values(Kind).map(async (id) => ${READ}));`, reported: `const byId: Record<string, string> = {}; for (const row of rows) byId[row.id] = row.userId; for (const id of Object.values(byId)) ${READ};` },
  { id: 'constant: an enum of a package', before: `import { Status } from '@prisma/client';`, silent: `for (const id of Object.values(Status)) ${READ};`, reported: `for (const id of Object.values(rows)) ${READ.replace('userId: id', 'userId: id.id')};` },
  { id: 'constant: a sorted copy, counted', before: `const KINDS = ['new', 'paid'];`, silent: `const sorted = [...KINDS].sort(); for (let i = 0; i < sorted.length; i++) ${READ.replace(': id', ': sorted[i]')};`, reported: `const sorted = [...ids].sort(); for (let i = 0; i < sorted.length; i++) ${READ.replace(': id', ': sorted[i]')};` },
  { id: 'constant: a small count', silent: `for (let i = 0; i < 3; i++) ${READ.replace(': id', ': String(i)')};`, reported: `for (let i = 0; i < ids.length; i++) ${READ.replace(': id', ': ids[i]')};` },
  { id: 'chunk: the element is the list of an IN', silent: `for (const batch of [ids, ids]) void batch; for (const batch of chunk(ids, 100)) await prisma.order.findMany({ where: { userId: { in: batch } } });`, before: `import { chunk } from 'lodash';`, reported: `for (const row of rows) await prisma.tag.findMany({ where: { id: { in: row.tagIds } } });` },
  { id: 'chunk: a stride', silent: `for (let i = 0; i < ids.length; i += 100) await prisma.order.findMany({ where: { userId: { in: ids.slice(i, i + 100) } } });`, reported: `for (let i = 0; i < ids.length; i += 1) ${READ.replace(': id', ': ids[i]')};` },
  { id: 'cursor', silent: `let cursor: string | undefined; do { const page = await prisma.order.findMany({ where: { id: { gt: cursor } } }); cursor = page.at(-1)?.id; } while (cursor);`, reported: `let last: string | undefined; for (const id of ids) { const row = ${READ}; last = row?.id; } void last;` },
  { id: 'retry', silent: `for (let attempt = 0; attempt < 5; attempt++) { const row = await prisma.order.findFirst({ where: { userId } }); if (row) break; }`, reported: `for (const id of ids) for (let attempt = 0; attempt < 5; attempt++) { try { ${READ}; } catch { continue; } }` },
  { id: 'lock', silent: 'for (const id of ids) await prisma.$queryRaw`SELECT * FROM orders WHERE id = ${id} FOR UPDATE`;', reported: 'for (const id of ids) await prisma.$queryRaw`SELECT * FROM orders WHERE id = ${id}`;' },
  { id: 'batched: Prisma puts unique lookups of one tick together', silent: `await Promise.all(ids.map((id) => prisma.order.findUnique({ where: { id } })));`, reported: `for (const id of ids) await prisma.order.findUnique({ where: { id } });` },
  { id: 'memoised', silent: `const known = new Map<string, unknown>(); for (const id of ids) { if (!known.has(id)) known.set(id, ${READ}); }`, reported: `const found = new Map<string, unknown>(); for (const id of ids) { found.set(id, ${READ}); if (!found.get(id)) continue; }` },
  { id: 'probe', silent: `for (const id of ids) { const taken = ${READ}; if (!taken) return id; } return null;`, reported: `for (const id of ids) { const order = ${READ}; if (!order) return { status: 404 }; } return null;` },
  { id: 'picked', silent: `for (const row of rows) { if (row.id === userId) await prisma.order.findFirst({ where: { userId } }); }`, reported: `for (const row of rows) { if (row.userId === userId) await prisma.order.findFirst({ where: { id: row.id } }); }` },
  { id: 'bounded: the first few', silent: `for (const id of ids.slice(0, 5)) ${READ};`, reported: `for (const id of ids.slice(1)) ${READ};` },
  { id: 'bounded: a guard on the length', silent: `if (ids.length > 10) throw new Error('too many'); for (const id of ids) ${READ};`, reported: `if (ids.length > 1000) throw new Error('too many'); for (const id of ids) ${READ};` },
  { id: 'registered for later', before: `import { scheduleJob } from 'node-schedule';`, silent: `for (const id of ids) scheduleJob('0 0 * * *', async () => { ${READ}; });`, reported: `for (const id of ids) await retry(async () => ${READ}); function retry<T>(run: () => Promise<T>) { return run(); }` },
  { id: 'registered through a wrapper', before: `import { traced } from './tracing.ts';\nimport { queue } from './queue.ts';`, silent: `for (const id of ids) queue.process(traced({ name: 'x' })(async () => { ${READ}; }));`, reported: `for (const id of ids) await traced({ name: 'x' })(async () => { ${READ}; });` },
  { id: 'not sent', before: `import { db } from './clients/knex.ts';`, silent: `const union = db('orders'); for (const id of ids) union.orWhere((builder: unknown) => void builder).orWhere({ user_id: id }); await union;`, reported: `for (const id of ids) await db('orders').where({ user_id: id });` },
];

describe('what is right per element', () => {
  it.each(EXEMPTIONS)('$id', ({ silent, reported, before }) => {
    expect(findingsOf({ 'src/work.ts': inFunction(silent, before) }).map(spoken)).toEqual([]);
    expect(findingsOf({ 'src/work.ts': inFunction(reported, before) })).toHaveLength(1);
  });

  it.each(['src/work.test.ts', 'prisma/seed.ts', 'scripts/backfill.ts'])('a program for one occasion: %s', (path) => {
    expect(findingsOf({ [path]: inFunction(`for (const id of ids) ${READ};`).replace('./clients', '../src/clients') }).map(spoken)).toEqual([]);
  });

  it('an option that the call leaves out', () => {
    const present = `import { prisma } from './clients/prisma.ts';
export async function present(row: { userId: string }, options?: { withOwner?: boolean }) {
  if (options?.withOwner) return prisma.user.findFirst({ where: { id: row.userId } });
  return row;
}
`;
    const work = `import { present } from './present.ts';
export const plain = (rows: { userId: string }[]) => Promise.all(rows.map((row) => present(row)));
export const other = (rows: { userId: string }[]) => Promise.all(rows.map((row) => present(row, {})));
export const owned = (rows: { userId: string }[]) => Promise.all(rows.map((row) => present(row, { withOwner: true })));
`;
    expect(findingsOf({ 'src/present.ts': present, 'src/work.ts': work }).map(spoken)).toEqual(['src/work.ts:4 present → prisma.user.findFirst']);
  });

  it('a batch handed to a function', () => {
    const lookup = `import { prisma } from './clients/prisma.ts';
export const byIds = (ids: string[]) => prisma.order.findMany({ where: { id: { in: ids } } });
`;
    const work = `import { byIds } from './lookup.ts';
export async function work(batches: AsyncIterable<{ id: string }[]>, rows: { tagIds: string[] }[]) {
  for await (const batch of batches) await byIds(batch.map((row) => row.id));
  for (const row of rows) await byIds(row.tagIds.map((id) => id));
}
`;
    expect(findingsOf({ 'src/lookup.ts': lookup, 'src/work.ts': work }).map(spoken)).toEqual(['src/work.ts:4 byIds → prisma.order.findMany']);
  });
});

interface Doubtful {
  readonly id: string;
  readonly body: string;
  readonly before?: string;
}

const DOUBTS: readonly Doubtful[] = [
  { id: 'work: it also writes', before: `async function close(id: string) { const order = await prisma.order.findFirst({ where: { id } }); await prisma.order.update({ where: { id }, data: { closed: true } }); return order; }`, body: `for (const id of ids) await close(id);` },
  { id: 'no answer: what is read is used for other work', before: `async function mail(id: string) { const user = await prisma.user.findFirst({ where: { id } }); if (!user) return; await fetch('https://mail.example', { method: 'POST', body: user.email }); }`, body: `for (const id of ids) await mail(id);` },
  { id: 'far: through three calls', before: `const a = (id: string) => prisma.order.findFirst({ where: { id } });\nconst b = (id: string) => a(id);\nconst c = (id: string) => b(id);`, body: `for (const id of ids) await c(id);` },
  { id: 'a database per element', before: `import { PrismaClient } from '@prisma/client';\nconst connect = (tenant: string) => new PrismaClient({ datasourceUrl: tenant });`, body: `for (const id of ids) { const client = connect(id); await client.order.findFirst({ where: { userId } }); }` },
  { id: 'fallback: only where it is not loaded', body: `for (const row of rows as unknown as { id: string; owner?: object }[]) { const owner = row.owner ?? (await prisma.user.findFirst({ where: { id: row.id } })); void owner; }` },
  { id: 'some rows of each', body: `for (const id of ids) await prisma.order.findMany({ where: { userId: id }, take: 3 });` },
];

describe('what cannot be decided', () => {
  it.each(DOUBTS)('$id', ({ body, before }) => {
    const files = { 'src/work.ts': inFunction(body, before) };
    expect(findingsOf(files).map(spoken)).toEqual([]);
    expect(findingsOf(files, true).map((finding) => finding.confidence)).toEqual(['low']);
  });
});
