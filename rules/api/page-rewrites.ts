import type { Query } from '../../src/project/queries.ts';

/** How each library is told how many rows to give. */
const LIMITS: Readonly<Record<string, string>> = {
  prisma: '`take: 50`, with `cursor` for the next page',
  typeorm: '`take: 50`, with `skip` or a condition on the last key for the next page',
  sequelize: '`limit: 50`, with a condition on the last key for the next page',
  drizzle: '`.limit(50)`, with `gt(table.id, cursor)` for the next page',
  knex: "`.limit(50)`, with `.where('id', '>', cursor)` for the next page",
  kysely: "`.limit(50)`, with `.where('id', '>', cursor)` for the next page",
  mongoose: '`.limit(50)`, with `{ _id: { $gt: cursor } }` for the next page',
};

export function limitFor({ library, method }: Query): string {
  if (library === 'drizzle' && method === 'findMany') return '`limit: 50`, with `gt(table.id, cursor)` for the next page';
  return LIMITS[library] ?? 'a limit';
}
