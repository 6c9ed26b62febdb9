import type { Query } from '../../src/project/queries.ts';

interface Rewrite {
  readonly read: string;
  readonly count?: string;
  readonly write: string;
}

/** How many rows are read or written at once, per library, in its own words. */
const REWRITES: Readonly<Record<string, Rewrite>> = {
  prisma: {
    read: '`findMany({ where: { id: { in: ids } } })` before the loop, or `include` in the query that gives the rows',
    count: '`groupBy` with `_count`, or `_count` in the query that gives the rows',
    write: '`createMany`, `updateMany` or `deleteMany`',
  },
  drizzle: {
    read: '`where(inArray(table.id, ids))` before the loop, or `with` in the query that gives the rows',
    count: '`select({ id, count: count() })` with `groupBy`',
    write: '`insert(table).values(rows)`, or one `update` or `delete` with `inArray`',
  },
  typeorm: {
    read: '`find({ where: { id: In(ids) } })` before the loop, or `relations` in the query that gives the rows',
    count: 'one query builder with `groupBy`',
    write: '`save(rows)`, `insert(rows)`, or one `update` or `delete` with `In(ids)`',
  },
  sequelize: {
    read: '`findAll({ where: { id: ids } })` before the loop, or `include` in the query that gives the rows',
    count: '`count({ group: [...] })`',
    write: '`bulkCreate(rows)`, or one `update` or `destroy` with `where: { id: ids }`',
  },
  knex: {
    read: '`whereIn("id", ids)` before the loop, or a join',
    count: '`count()` with `groupBy`',
    write: '`insert(rows)` or `batchInsert`, or one `update` or `del` with `whereIn`',
  },
  kysely: {
    read: '`where("id", "in", ids)` before the loop, or a join',
    count: '`fn.count` with `groupBy`',
    write: '`insertInto(table).values(rows)`, or one `updateTable` or `deleteFrom` with `in`',
  },
  pg: {
    read: '`WHERE id = ANY($1)` before the loop, or a join',
    count: '`COUNT(*)` with `GROUP BY`',
    write: '`INSERT … SELECT * FROM unnest($1, $2)`, or one statement with `ANY($1)`',
  },
  mongoose: {
    read: '`find({ _id: { $in: ids } })` before the loop, or `populate` in the query that gives the documents',
    count: '`aggregate` with `$group`',
    write: '`insertMany`, `updateMany` or `bulkWrite`',
  },
};

const ANY: Rewrite = { read: 'one query with the list of ids before the loop, or a join', write: 'one statement for all rows' };

/** Statements that are written as text, whatever the library offers besides. */
const TEXT: Rewrite = { read: 'one statement with `IN (…)` or `ANY(…)` for all ids before the loop, or a join', write: 'one statement for all rows' };
const TEXT_METHODS = /^(?:query|raw|\$(?:query|execute)Raw\w*)$/;

/** What to write instead of one statement per element. */
export function rewriteFor(query: Query): string {
  const isText = query.library !== 'pg' && TEXT_METHODS.test(query.method);
  const rewrite = isText ? TEXT : (REWRITES[query.library] ?? ANY);
  if (query.operation === 'write') return rewrite.write;
  return /count|aggregate|sum|average/i.test(query.method) ? (rewrite.count ?? rewrite.read) : rewrite.read;
}
