import { describe, expect, it } from 'vitest';
import rule from '../../../rules/layers/no-db-in-handler.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const DATABASE = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`;
const HEAD = `import { Router } from 'express';\nimport { prisma } from '../database.js';\nexport const router = Router();\n`;
const SERVICE = `import { prisma } from '../database.js';\nexport const listOrders = () => prisma.order.findMany({ take: 10 });\n`;

function check(files: Readonly<Record<string, string>>): readonly string[] {
  const { findings } = checkText({ 'src/database.ts': DATABASE, ...files }, { rules: [rule], only: [rule.id] });
  return findings.map(({ path, line, message }) => `${path}:${line} ${message.replace(/ Such a query.*/, '')}`);
}

const routes = (text: string) => ({ 'src/orders/orders.routes.ts': HEAD + text });
const AT = 'src/orders/orders.routes.ts';

describe('reported', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
    [
      'an inline handler, once for all its queries',
      routes(
        `router.get('/orders', async (req, res) => {
  const total = await prisma.order.count();
  res.json({ total, rows: await prisma.order.findMany({ take: 10 }) });
});
`,
      ),
      [`${AT}:5 The handler of \`GET /orders\` queries the database itself (\`prisma.order.count\` and 1 more).`],
    ],
    [
      'a named handler and the helper beside it',
      routes(
        `const find = (id: string) => prisma.order.findUnique({ where: { id } });
async function getOrder(req, res) {
  res.json(await find(req.params.id));
}
router.get('/orders/:id', getOrder);
`,
      ),
      [`${AT}:4 \`getOrder\`, the handler of \`GET /orders/:id\`, queries the database itself (\`prisma.order.findUnique\` in \`find\`).`],
    ],
    [
      'a helper that two handlers share, once',
      routes(
        `function count() {
  return prisma.order.count();
}
router.get('/a', async (req, res) => { res.json(await count()); });
router.get('/b', async (req, res) => { res.json(await count()); });
`,
      ),
      [`${AT}:5 The handler of \`GET /a\` queries the database itself (\`prisma.order.count\` in \`count\`).`],
    ],
    [
      'queries in a transaction',
      routes(
        `router.post('/orders', async (req, res) => {
  await prisma.$transaction(async (tx) => {
    await tx.order.create({ data: req.body });
  });
  res.json({});
});
`,
      ),
      [`${AT}:6 The handler of \`POST /orders\` queries the database itself (\`tx.order.create\`).`],
    ],
    [
      'a handler from another file',
      {
        'src/orders/orders.routes.ts': `import { Router } from 'express';
import { listAll } from './orders.handler.js';
export const router = Router();
router.get('/orders', listAll);
`,
        'src/orders/orders.handler.ts': `import { prisma } from '../database.js';
export async function listAll(req, res) {
  res.json(await prisma.order.findMany({ take: 5 }));
}
`,
      },
      ['src/orders/orders.handler.ts:3 `listAll`, the handler of `GET /orders`, queries the database itself (`prisma.order.findMany`).'],
    ],
  ];

  it.each(cases)('%s', (_what, files, expected) => {
    expect(check(files)).toEqual(expected);
  });
});

describe('not reported', () => {
  const manyDirect = Array.from(
    { length: 12 },
    (_, index) => `router.get('/orders/${index}', async (req, res) => { res.json(await prisma.order.count()); });\n`,
  ).join('');
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
    [
      'a query in a service',
      {
        ...routes(
          `import { listOrders } from '../services/orders.service.js';\nrouter.get('/orders', async (req, res) => { res.json(await listOrders()); });\n`,
        ),
        'src/services/orders.service.ts': SERVICE,
      },
    ],
    [
      'a service class in the same file',
      routes(
        `class Orders {
  list() { return prisma.order.findMany({ take: 10 }); }
}
const orders = new Orders();
router.get('/orders', async (req, res) => { res.json(await orders.list()); });
`,
      ),
    ],
    [
      'a function beside the handler that a job calls as well',
      {
        ...routes(
          `export const archive = () => prisma.order.updateMany({ data: { archived: true } });
router.post('/archive', async (req, res) => { res.json(await archive()); });
`,
        ),
        'src/jobs/archive.ts': `import { archive } from '../orders/orders.routes.js';\nexport const run = () => archive();\n`,
      },
    ],
    ['a health probe', routes(`router.get('/health', async (req, res) => { await prisma.$queryRaw\`SELECT 1\`; res.json({}); });\n`)],
    ['the house style: every handler calls the ORM', routes(manyDirect)],
    ["a query of nobody's route", routes('export async function warmUp() {\n  await prisma.order.count();\n}\n')],
    [
      'a method of the same name on something else',
      routes(`const cache = new Map();\nrouter.get('/orders', async (req, res) => { res.json(cache.get('a')); });\n`),
    ],
    ['tests', { 'src/orders/orders.routes.test.ts': `${HEAD}router.get('/orders', async (req, res) => { res.json(await prisma.order.count()); });\n` }],
  ];

  it.each(cases)('%s', (_what, files) => {
    expect(check(files)).toEqual([]);
  });
});
