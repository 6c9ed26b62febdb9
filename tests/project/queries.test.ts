import { expect, test } from 'vitest';
import { queryLines } from './query-lines.ts';

test('a client from a workspace package, and one handed on as a parameter', () => {
  const found = queryLines({
    'packages/db/package.json': '{ "name": "@acme/db", "main": "src/index.ts" }',
    'packages/db/src/index.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
    'apps/api/package.json': '{ "name": "api" }',
    'apps/api/orders.ts': `import { prisma } from '@acme/db';
export async function list() {
  return load(prisma);
}
async function load(client) {
  return client.order.findMany();
}
`,
    'package.json': '{ "name": "root", "workspaces": ["packages/*", "apps/*"] }',
  });
  expect(found).toEqual(['apps/api/orders.ts:6 read prisma order client.order.findMany']);
});

test('plain JavaScript with require', () => {
  const found = queryLines({
    'knex.js': "const knex = require('knex');\nconst db = knex({ client: 'pg' });\nmodule.exports = db;\n",
    'queries/user.js': `const knex = require('../knex');
async function find(match) {
  return knex('users').where(match).first();
}
async function total(match) {
  const query = knex('users');
  if (match) query.andWhere(match);
  const [{ count }] = await query.count('* as count');
  return count;
}
async function columns(name) {
  return { upper: knex.raw('upper(??)', [name]) };
}
module.exports = { find, total, columns };
`,
  });
  expect(found).toEqual([
    "queries/user.js:3 read knex users knex('users').where single",
    "queries/user.js:6 read knex users knex('users').andWhere",
    'queries/user.js:12 raw knex - knex.raw unsent',
  ]);
});

test('a statement is where its text is: wrappers of wrappers, behind interfaces too', () => {
  const found = queryLines({
    'executor.ts': `import { Pool } from 'pg';
export interface Statement { text: string; values?: unknown[] }
export interface Executor { query(statement: string | Statement): Promise<unknown> }
export interface Transaction extends Executor { commit(): Promise<void> }
function normalize(statement: string | Statement): Statement {
  return typeof statement === 'string' ? { text: statement } : statement;
}
export class PoolExecutor implements Executor {
  private readonly pool = new Pool();
  async query(statement: string | Statement) {
    const normal = normalize(statement);
    return this.pool.query(normal.text, normal.values);
  }
}
`,
    'store.ts': `import type { Executor } from './executor.ts';
export class Store {
  constructor(private readonly db: Executor) {}
  private query(text: string, values: unknown[]) {
    return this.db.query({ text, values });
  }
  find(id: string) {
    return this.query('SELECT * FROM carts WHERE id = $1', [id]);
  }
  begin(level: string) {
    return this.db.query(beginStatement(level));
  }
}
function beginStatement(level: string) {
  return \`BEGIN ISOLATION LEVEL \${level}\`;
}
export const open = (store: Store) => store.begin('SERIALIZABLE');
`,
  });
  expect(found).toEqual([
    'executor.ts:12 raw pg - this.pool.query generic',
    'store.ts:5 raw pg - this.db.query generic through',
    'store.ts:8 read pg carts this.query through',
    'store.ts:11 raw pg - this.db.query through',
  ]);
});

test('clients and query functions of the settings', () => {
  const found = queryLines(
    {
      'src/db.ts': 'export const db = make();\nexport function run(sql) { return go(sql); }\n',
      'src/orders.ts': `import { db, run } from './db';
import { store } from '@acme/store';
export const all = () => db.order.findMany();
export const clear = () => run('DELETE FROM carts');
export const some = () => store('orders').whereIn('id', store('carts').select('id'));
`,
    },
    {
      databaseClients: [
        { module: './src/db.ts', export: 'db', kind: 'prisma' },
        { module: '@acme/store', export: 'store', kind: 'knex' },
      ],
      queryFunctions: [{ module: './src/db.ts', name: 'run', operation: 'raw' }],
    },
  );
  expect(found).toEqual([
    'src/orders.ts:3 read prisma order db.order.findMany',
    'src/orders.ts:4 write declared carts run',
    "src/orders.ts:5 read knex orders store('orders').whereIn",
    "src/orders.ts:5 read knex carts store('carts').select unsent",
  ]);
});

test('what only looks like a database', () => {
  const found = queryLines({
    'main.ts': `const users = new Map<string, object>();
class Repository { find() { return []; } save() {} }
const prisma = { user: { findMany() {} } };
export function run(model: { create(): void }) {
  prisma.user.findMany();
  new Repository().save();
  model.create();
  return users.get('x');
}
`,
  });
  expect(found).toEqual([]);
});
