import { describe, expect, it } from 'vitest';
import rule from '../../../rules/layers/layer-imports.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const SHOP = {
  'src/orders/orders.routes.ts': `import { Router } from 'express';
export const limit = () => 10;
export interface OrderQuery { page: number }
export const router = Router();
router.get('/', (req, res) => { res.json(limit()); });
`,
  'src/orders/orders.service.ts': 'export function total(prices: number[]) {\n  return prices.length;\n}\n',
  'src/orders/orders.repository.ts': 'export function find(id: string) {\n  return id;\n}\n',
  'src/orders/order.entity.ts': `import { Entity } from 'typeorm';\n@Entity()\nexport class Order { id!: string; }\n`,
  'src/middlewares/auth.ts': 'export function auth() {\n  return true;\n}\n',
  'src/orders/index.ts': `export * from './orders.routes.js';\nexport * from './orders.service.js';\n`,
};

function check(files: Readonly<Record<string, string>>, options?: object): readonly string[] {
  const settings = options ? { 'backend-patterns.config.json': JSON.stringify({ rules: { [rule.id]: ['error', options] } }) } : {};
  const { findings } = checkText({ ...SHOP, ...settings, ...files }, { rules: [rule as never], only: [rule.id] });
  return findings.map(({ path, line, message }) => `${path}:${line} ${message.slice(0, message.indexOf('.', message.indexOf(', a ')) + 1)}`);
}

const importing = (name: string, from: string, rest = `export const use = () => ${name}`) => `import { ${name} } from '${from}';\n${rest};\n`;

describe('reported', () => {
  const cases: readonly (readonly [what: string, file: string, text: string, expected: string])[] = [
    [
      'service → handler',
      'src/users/users.service.ts',
      importing('limit', '../orders/orders.routes.js'),
      'This service imports `src/orders/orders.routes.ts`, a handler.',
    ],
    [
      'through a barrel',
      'src/users/users.service.ts',
      importing('limit', '../orders/index.js'),
      'This service imports `src/orders/orders.routes.ts`, a handler.',
    ],
    [
      'repository → service',
      'src/users/users.repository.ts',
      importing('total', '../orders/orders.service.js'),
      'This repository imports `src/orders/orders.service.ts`, a service.',
    ],
    [
      'model → repository',
      'src/users/user.entity.ts',
      `${importing('find', '../orders/orders.repository.js')}import { Entity } from 'typeorm';\n@Entity()\nexport class User {}\n`,
      'This model imports `src/orders/orders.repository.ts`, a repository.',
    ],
    [
      'require',
      'src/users/users.service.js',
      `const { limit } = require('../orders/orders.routes.js');\nmodule.exports = { use: () => limit() };\n`,
      'This service imports `src/orders/orders.routes.ts`, a handler.',
    ],
  ];

  it.each(cases)('%s', (_what, file, text, expected) => {
    expect(check({ [file]: text })).toEqual([`${file}:1 ${expected}`]);
  });
});

describe('not reported', () => {
  const cases: readonly (readonly [what: string, file: string, text: string])[] = [
    ['service → repository', 'src/users/users.service.ts', importing('find', '../orders/orders.repository.js')],
    ['service → service', 'src/users/users.service.ts', importing('total', '../orders/orders.service.js')],
    ['service → the service behind a barrel', 'src/users/users.service.ts', importing('total', '../orders/index.js')],
    ['service → middleware', 'src/users/users.service.ts', importing('auth', '../middlewares/auth.js')],
    [
      'handler → repository',
      'src/users/users.routes.ts',
      `${importing('find', '../orders/orders.repository.js')}import { Router } from 'express';\nRouter().get('/', (req, res) => { res.json({}); });\n`,
    ],
    ['repository → model', 'src/users/users.repository.ts', importing('Order', '../orders/order.entity.js')],
    [
      'import type',
      'src/users/users.service.ts',
      `import type { OrderQuery } from '../orders/orders.routes.js';\nexport const page = (query: OrderQuery) => query.page;\n`,
    ],
    [
      'an import that is used as a type alone',
      'src/users/users.service.ts',
      importing('OrderQuery', '../orders/orders.routes.js', 'export const page = (query: OrderQuery) => query.page'),
    ],
    ['a Nest module', 'src/users/users.module.ts', importing('limit', '../orders/orders.routes.js')],
    ['a file of no sure layer', 'src/users/users.ts', importing('limit', '../orders/orders.routes.js')],
    ['a test', 'src/users/users.service.test.ts', importing('limit', '../orders/orders.routes.js')],
  ];

  it.each(cases)('%s', (_what, file, text) => {
    expect(check({ [file]: text })).toEqual([]);
  });

  it('types are reported when asked to', () => {
    const files = {
      'src/users/users.service.ts': `import type { OrderQuery } from '../orders/orders.routes.js';\nexport const page = (query: OrderQuery) => query.page;\n`,
    };
    expect(check(files, { checkTypes: true })).toEqual(['src/users/users.service.ts:1 This service imports `src/orders/orders.routes.ts`, a handler.']);
  });
});
