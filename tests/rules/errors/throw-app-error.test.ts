import { describe, expect, it } from 'vitest';
import rule from '../../../rules/errors/throw-app-error.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ERRORS = `export class AppError extends Error {
  constructor(message: string, readonly code: string, readonly statusCode = 500) {
    super(message);
  }
}
export class NotFoundError extends AppError {
  constructor(message: string) {
    super(message, 'NOT_FOUND', 404);
  }
}
export class ConflictError extends AppError {
  constructor(message: string) {
    super(message, 'CONFLICT', 409);
  }
}
`;
/** Makes the hierarchy one that is used. */
const USED = `import { ConflictError, NotFoundError } from '../errors.js';
export async function findUser(id: string) {
  if (id === '') throw new NotFoundError('User not found');
  if (id === '0') throw new ConflictError('User is taken');
  if (id === '1') throw new NotFoundError('User not found');
  return { id };
}
`;
const ROUTES = `import { Router } from 'express';
import { getOrder } from './orders.service.js';
export const router = Router();
router.get('/orders/:id', async (req, res) => {
  res.json(await getOrder(req.params.id));
});
`;
const SERVICE = 'src/orders/orders.service.ts';
const IMPORT = `import { NotFoundError } from '../errors.js';\nexport { NotFoundError as exported };\nvoid NotFoundError;\n`;

function check(files: Readonly<Record<string, string>>, { errors = ERRORS, used = USED }: { errors?: string; used?: string } = {}) {
  return checkText({ 'src/errors.ts': errors, 'src/users/users.service.ts': used, 'src/orders/orders.routes.ts': ROUTES, ...files }, { rules: [rule], only: [rule.id] }).findings;
}

const service = (body: string, head = '') => ({ [SERVICE]: `${head}export async function getOrder(id: string) {\n${body}\n  return { id };\n}\n` });

const rows = (body: string) => service(body, `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n`);

describe('reported', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, line: number, instead: string])[] = [
    ['a plain error below a handler', service(`  if (!id) throw new Error('Order not found');`), 2, '`NotFoundError`'],
    ['one made without `new`', service(`  if (!id) throw Error(\`Order \${id} does not exist\`);`), 2, '`NotFoundError`'],
    ['a text', service(`  if (!id) throw 'The order is already paid';`), 2, '`ConflictError`'],
    ['an object', service(`  if (!id) throw { message: 'Order not found' };`), 2, '`NotFoundError`'],
    ['a message that no error is named after', service(`  if (!id) throw new Error('Amount must be positive');`), 2, 'one of the errors that extend `AppError`'],
    ['a helper two calls away', service(`  check(id);`, `function check(id: string) {\n  if (!id) throw new Error('No order for this id');\n}\n`), 2, '`NotFoundError`'],
    ['a row of a read that gives null', rows(`  const order = await prisma.order.findFirst({ where: { id } });\n  if (!order) throw new Error('Order not found');`), 5, '`NotFoundError`'],
    ['a relation of a row that was found', rows(`  const order = await prisma.order.findFirst({ where: { id } });\n  if (!order?.coupon) throw new Error('Coupon not found');`), 5, '`NotFoundError`'],
    ['a row that must not be there yet', rows(`  const order = await prisma.order.findFirstOrThrow({ where: { id } });\n  if (order) throw new Error('Order already exists');`), 5, '`ConflictError`'],
    ['an error logged as information', service(`  if (!id) {\n    console.info('Order not found');\n    throw new Error('Order not found');\n  }`), 4, '`NotFoundError`'],
    ['a condition on an argument that the call gives', service(`  if (id && id.length > 9) throw new Error('Invalid id');`), 2, 'one of the errors that extend `AppError`'],
    ['an error whose catch throws it again', service(`  try {\n    if (!id) throw new Error('Order not found');\n  } catch (error) {\n    console.error(error);\n    throw error;\n  }`), 3, '`NotFoundError`'],
  ];
  it.each(cases)('%s', (_what, files, line, instead) => {
    const found = check(files);
    expect(found.map((finding) => `${finding.path}:${finding.line}`)).toEqual([`${SERVICE}:${line}`]);
    expect(found[0]?.message).toContain(`while \`GET /orders/:id\` is answered`);
    expect(found[0]?.message).toContain(`Throw ${instead}, as`);
  });

  it('tells the way from the route', () => {
    const [finding] = check(service(`  if (!id) throw new Error('Order not found');`));
    expect(finding?.trail.map((step) => `${step.path}:${step.line} ${step.label}`)).toEqual(['src/orders/orders.routes.ts:5 getOrder', `${SERVICE}:2 throw`]);
  });

  it('offers the class where it is at hand and takes a message', () => {
    const files = service(`  if (!id) throw new Error('Order not found');`, IMPORT);
    const [finding] = check(files);
    const [suggestion] = finding?.suggestions ?? [];
    const [edit] = suggestion?.edits ?? [];
    const text = files[SERVICE] ?? '';
    expect(edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end)).toContain(`throw new NotFoundError('Order not found')`);
  });

  it('counts functions that make errors of a package', () => {
    const errors = `import createError from 'http-errors';
export const notFound = (message = 'Not found') => createError(404, message);
export const conflict = (message = 'Conflict') => createError(409, message);
export const forbidden = (message = 'Forbidden') => createError(403, message);
`;
    const used = `import { conflict, forbidden, notFound } from '../errors.js';
export function findUser(id: string) {
  if (id === '') throw notFound();
  if (id === '0') throw conflict();
  if (id === '1') throw forbidden();
}
`;
    expect(check(service(`  if (!id) throw new Error('Order not found');`), { errors, used })[0]?.message).toContain('Throw `notFound`, as');
  });

  it('counts one class that is told its status', () => {
    const errors = `export class HttpError extends Error {\n  constructor(readonly status: number, message: string) {\n    super(message);\n  }\n}\n`;
    const used = `import { HttpError } from '../errors.js';
export function findUser(id: string) {
  if (id === '') throw new HttpError(404, 'a');
  if (id === '0') throw new HttpError(409, 'b');
  if (id === '1') throw new HttpError(403, 'c');
}
`;
    expect(check(service(`  if (!id) throw new Error('Order not found');`), { errors, used })[0]?.message).toContain('Throw `HttpError` with a code of its own, as');
  });
});

describe('silent', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
    ['errors of the application', service(`  if (!id) throw new NotFoundError('Order not found');`, IMPORT)],
    ['what no request reaches', { [SERVICE]: `export const getOrder = (id: string) => id;\nexport function importOrders(id: string) {\n  if (!id) throw new Error('Order not found');\n}\n` }],
    ['an error that the same function keeps', service(`  try {\n    if (!id) throw new Error('Order not found');\n  } catch (error) {\n    console.error(error);\n  }`)],
    ['an error that a catch makes another one of', service(`  try {\n    if (!id) throw new Error('Order not found');\n  } catch (error) {\n    throw new NotFoundError('Order not found');\n  }`, IMPORT)],
    ['an error that the caller keeps', { ...service(`  if (!id) throw new Error('Order not found');`), 'src/orders/orders.routes.ts': ROUTES.replace('await getOrder(req.params.id)', 'await getOrder(req.params.id).catch(() => null)') }],
    ['a caught value', service(`  try {\n    await fetch(id);\n  } catch (error) {\n    throw error;\n  }`)],
    ['the default of a switch', service(`  switch (id) {\n    case 'a':\n      return 1;\n    default:\n      throw new Error('Invalid id');\n  }`)],
    ['an assertion', service(`  assertNever(id);`, `function assertNever(value: string): never {\n  throw new Error(\`Invalid \${value}\`);\n}\n`)],
    ['a message about the program', service(`  if (!id) throw new Error('Unreachable: the order was not found');`)],
    ['a missing setting', service(`  if (!process.env['API_KEY']) throw new Error('The key is required');`)],
    ['a check of what was just written', service(`  const createdOrder = await fetch(id);\n  if (!createdOrder) throw new Error('Order not found');`)],
    ['a part of a row just written', rows(`  const order = await prisma.order.create({ data: { id }, include: { lines: true } });\n  const line = order.lines.find((each) => each.id === id);\n  if (!line) throw new Error('Line not found');`)],
    ['what is read back of a row just written', rows(`  const createdOrder = await fetch(id);\n  const lines = await prisma.line.findMany({ where: { orderId: createdOrder.id } });\n  const first = lines[0].product;\n  if (!first) throw new Error('Product not found');`)],
    ['a row of a read that throws by itself', rows(`  const order = await prisma.order.findFirstOrThrow({ where: { id } });\n  if (!order) throw new Error('Order not found');`)],
    ['a relation of a read that throws by itself', rows(`  const { coupon } = await prisma.order.findFirstOrThrow({ where: { id } });\n  if (!coupon) throw new Error('Coupon not found');`)],
    ['an error that is logged as a failure first', service(`  if (!id) {\n    console.error('Order not found');\n    throw new Error('Order not found');\n  }`)],
    ['a condition on an option that the call leaves out', { [SERVICE]: `export async function getOrder(id: string, draft?: boolean) {\n  if (draft && id) throw new Error('Cannot read a draft');\n  return { id };\n}\n` }],
    ['a package whose errors are hardly used', { 'src/users/users.service.ts': 'export const findUser = 1;\n', ...service(`  if (!id) throw new Error('Order not found');`) }],
  ];
  it.each(cases)('%s', (_what, files) => {
    expect(check(files).map((finding) => `${finding.path}:${finding.line} ${finding.message}`)).toEqual([]);
  });
});
