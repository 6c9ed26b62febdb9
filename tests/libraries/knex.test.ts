import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import knexOf, { type Knex } from 'knex';
const knex = knexOf({});
export async function list(term?: string) {
  const query = knex('users as u').select('*');
  if (term) query.andWhere('name', term);
  query.leftJoin(knex('orders').count('* as n').as('o'), 'o.id', 'u.id');
  return query;
}
export const rename = (id: string) => knex('users').where({ id }).update({ name: 'x' });
export const first = (trx: Knex.Transaction) => trx.select('*').from('orders').first();
export const raw = () => knex.raw('select * from carts');
export const upper = () => knex.raw('upper(name)');
export async function stream() {
  const rows = knex('visits').stream();
  for await (const row of rows) console.log(row);
}
export const nested = () => knex('users').whereIn('id', knex('orders').select('user_id'));
export const move = () => knex.transaction(async (trx) => { await trx('orders').insert({}); });
`;

test('Knex: what is sent, line by line', () => {
  expect(queriesIn(CODE)).toEqual([
    "4 read knex users knex('users').select",
    "6 read knex orders knex('orders').count unsent",
    "9 write knex users knex('users').where",
    '10 read knex orders trx.select().from(orders) single',
    '11 read knex carts knex.raw',
    '12 raw knex - knex.raw unsent',
    "14 read knex visits knex('visits').stream",
    "17 read knex users knex('users').whereIn",
    "17 read knex orders knex('orders').select unsent",
    "18 write knex orders trx('orders').insert",
  ]);
});
