import type { ValueId } from '../facts/types.ts';
import type { ChainLink } from './builder-chain.ts';
import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import type { Site } from './origins.ts';
import type { Project } from './project.ts';
import { boundOfChain, boundOfObject, type RowBound } from './query-bounds.ts';
import { optionKeys, type OptionKeys } from './query-options.ts';
import type { Query } from './queries.ts';
import type { SourceFile } from './types.ts';

/** A query that gives a list of rows, and what its statement says of how many and in which order. */
export interface ListQuery {
  readonly query: Query;
  /** Expressions of the number of rows, and of how many are passed over. */
  readonly limit?: Site;
  readonly offset?: Site;
  readonly cursor: boolean;
  readonly ordered: boolean;
  readonly bound: RowBound;
  /** Groups, sums, streams: not the rows of a table. */
  readonly derived: boolean;
  /** Whether the statement may hold more than can be read. */
  readonly open: boolean;
}

/** Finders that take an object as their last argument. */
const FINDERS: Readonly<Record<string, readonly string[]>> = {
  prisma: ['findMany'],
  drizzle: ['findMany'],
  typeorm: ['find', 'findAndCount'],
  sequelize: ['findAll', 'findAndCountAll'],
};
/** Finders that take the conditions alone. */
const BY_CONDITION = new Set(['findBy', 'findAndCountBy']);
const BUILDERS: Readonly<Record<string, readonly string[]>> = {
  drizzle: ['select', 'selectDistinct', 'selectDistinctOn'],
  knex: [],
  kysely: ['selectFrom'],
  typeorm: ['getMany', 'getManyAndCount', 'getRawMany', 'getRawAndEntities'],
  mongoose: ['find'],
};

const LIMITS = ['take', 'limit', 'top', 'fetch', 'first', 'last', 'paginate', 'fetchPage'] as const;
const OFFSETS = ['skip', 'offset'] as const;
const ORDERS = ['orderBy', 'order', 'sort', 'orderByRaw', 'addOrderBy'] as const;
const DERIVED = new Set([
  ...['groupBy', 'groupByRaw', 'group', 'having', 'stream', 'cursor', 'count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'distinct', 'distinctOn', 'pluck', 'columnInfo', 'aggregate'],
]);
const UNSENT = new Set(['as', 'toSQL', 'getSQL', 'getQuery', 'prepare', 'insert', 'update', 'delete', 'del', 'into']);

/** What a query says of its list; undefined for queries of one row, and for statements that cannot be read. */
export function listQueryOf(project: Project, query: Query): ListQuery | undefined {
  if (!query.many || query.operation !== 'read' || !query.executed || query.generic || query.through) return undefined;
  return FINDERS[query.library]?.includes(query.method) ? ofFinder(project, query) : ofBuilder(project, query);
}

function ofFinder(project: Project, query: Query): ListQuery | undefined {
  const { file } = query;
  const call = callFact(file, query.head);
  if (!call || call.kind === 'tagged') return undefined;
  const value = call.args.at(-1);
  const isEntity = value !== undefined && evaluate(project.linker, file, value).some((origin) => origin.kind === 'class');
  if (value === undefined || isEntity) return { query, cursor: false, ordered: false, bound: 'none', derived: false, open: false };
  const options = optionKeys(project, { file, value });
  if (!options) return undefined;
  const { keys, open } = options;
  const where = keys.get('where');
  return {
    query,
    ...keyed('limit', options, LIMITS),
    ...keyed('offset', options, OFFSETS),
    cursor: keys.has('cursor'),
    ordered: ORDERS.some((key) => keys.has(key)),
    bound: where ? boundOfObject(project, where) : 'none',
    derived: keys.has('group') || keys.has('distinct'),
    open,
  };
}

function keyed(name: 'limit' | 'offset', { keys }: OptionKeys, names: readonly string[]): Partial<Record<'limit' | 'offset', Site>> {
  const site = names.map((each) => keys.get(each)).find((each) => each !== undefined);
  return site ? { [name]: site } : {};
}

function ofBuilder(project: Project, query: Query): ListQuery | undefined {
  const names = BUILDERS[query.library];
  const { chain, file } = query;
  const isFinder = BY_CONDITION.has(query.method);
  if (!isFinder && (!names || (names.length > 0 && !names.includes(query.method)))) return undefined;
  if (query.library === 'typeorm' && isFinder) {
    const where = callFact(file, query.head);
    const value = where && where.kind !== 'tagged' ? where.args.at(-1) : undefined;
    const bound = value === undefined ? 'none' : boundOfObject(project, { file, value });
    return { query, cursor: false, ordered: false, bound, derived: false, open: false };
  }
  if (!names || chain.some((link) => UNSENT.has(link.name))) return undefined;
  const head = callFact(file, query.head);
  const filter = query.library === 'mongoose' && head && head.kind !== 'tagged' ? head.args[0] : undefined;
  const bounds = [boundOfChain(project, file, chain), filter === undefined ? 'none' : boundOfObject(project, { file, value: filter })] as const;
  return {
    query,
    ...linked('limit', file, chain, LIMITS),
    ...linked('offset', file, chain, OFFSETS),
    cursor: false,
    ordered: chain.some((link) => (ORDERS as readonly string[]).includes(link.name)),
    bound: bounds.find((bound) => bound === 'listed') ?? bounds.find((bound) => bound === 'parent') ?? bounds.find((bound) => bound === 'unknown') ?? 'none',
    derived: chain.some((link) => DERIVED.has(link.name)) || selectsAggregate(file, chain),
    open: chain.some((link) => link.name === '$dynamic') || (query.library === 'mongoose' && (head?.kind === 'call' ? head.args.length : 0) > 2),
  };
}

function linked(name: 'limit' | 'offset', file: SourceFile, chain: readonly ChainLink[], names: readonly string[]): Partial<Record<'limit' | 'offset', Site>> {
  const link = chain.find((each) => names.includes(each.name));
  return link ? { [name]: { file, value: link.args[0] ?? link.call } } : {};
}

/** `select({ total: count() })`, `select(fn.count('id'))`: one row. */
function selectsAggregate(file: SourceFile, chain: readonly ChainLink[]): boolean {
  return chain.some((link) => /^select|^addSelect|^raw/.test(link.name) && link.args.some((arg) => isAggregate(file, arg)));
}

const AGGREGATE = /\b(?:count|sum|avg|min|max|countAll|countDistinct)\s*(?:<[^>]*>)?\(/i;

function isAggregate(file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  return fact !== undefined && AGGREGATE.test(file.text.slice(fact.start, fact.end));
}
