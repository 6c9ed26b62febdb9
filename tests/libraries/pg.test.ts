import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import { Pool, type PoolClient } from 'pg';
const pool = new Pool();
const FIND = 'SELECT id FROM public.users WHERE id = $1';
export const find = (id: string) => pool.query(FIND, [id]);
export const drop = (client: PoolClient) => client.query({ text: 'DELETE FROM "carts"', values: [] });
export async function begin() {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(\`WITH done AS (UPDATE jobs SET done = true RETURNING id) SELECT id FROM done\`);
}
class Store {
  private query(text: string, values: unknown[] = []) { return pool.query({ text, values }); }
  orders() { return this.query('SELECT * FROM orders'); }
  add(name: string) { return this.query(\`INSERT INTO orders (name) VALUES (\${name})\`); }
}
const off = { query: (text: string) => text };
export const nothing = () => off.query('SELECT * FROM users');
`;

test('node-postgres: what is sent, line by line', () => {
  expect(queriesIn(CODE)).toEqual([
    '4 read pg public.users pool.query',
    '5 write pg carts client.query',
    '8 raw pg - client.query',
    '9 write pg jobs client.query',
    '12 raw pg - pool.query generic',
    '13 read pg orders this.query through',
    '14 write pg orders this.query through',
  ]);
});
