import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import { Kysely, sql } from 'kysely';
interface DB { users: object }
const db = new Kysely<DB>({} as never);
export const all = () => db.selectFrom('users').selectAll().execute();
export async function later() {
  const query = db.selectFrom('users').select('id');
  return query.executeTakeFirst();
}
function base() { return db.selectFrom('orders').select('id'); }
export const fromBase = () => base().where('id', '=', 1).execute();
export const part = () => db.selectFrom('users').where(({ exists }) => exists(db.selectFrom('carts').select('id'))).execute();
export async function save() {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('users').values({}).execute();
  });
  await sql\`delete from carts\`.execute(db);
}
export function idle() { db.selectFrom('idle').selectAll(); }
`;

test('Kysely: what is sent, line by line', () => {
  expect(queriesIn(CODE)).toEqual([
    "4 read kysely users db.selectFrom('users').selectAll",
    "6 read kysely users db.selectFrom('users').select single",
    "9 read kysely orders db.selectFrom('orders').select",
    "11 read kysely users db.selectFrom('users').where",
    "11 read kysely carts db.selectFrom('carts').select unsent",
    "14 write kysely users trx.insertInto('users').values bulk",
    '16 write kysely carts sql`…`.execute',
    "18 read kysely idle db.selectFrom('idle').selectAll unsent",
  ]);
});
