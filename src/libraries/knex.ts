import type { CallSpec, Library, LibraryType, QueryEffect } from './types.ts';

const WRITES = ['insert', 'update', 'delete', 'del', 'upsert', 'truncate', 'increment', 'decrement'];
/** After these the chain is a fragment of another statement, or text. */
const UNSENT = ['as', 'toSQL', 'toQuery', 'toString', 'toNative'];

const FROM = { from: 'chain', methods: ['from', 'into', 'table', 'fromRaw', 'join'] } as const;
const BUILDER: QueryEffect = { kind: 'query', operation: 'read', many: true, builder: { writes: WRITES, unsent: UNSENT }, model: FROM };

const builds = (extra: Partial<QueryEffect> = {}): LibraryType => ({ call: { returns: 'builder', effect: { ...BUILDER, ...extra } } });
const writes = builds({ operation: 'write', bulk: true });
const named = builds({ model: { from: 'argument', index: 0 } });

const clientCall: CallSpec = { returns: 'builder', effect: { ...BUILDER, model: { from: 'argument', index: 0 } } };
const raw: LibraryType = {
  call: { returns: 'fragment', effect: { kind: 'query', operation: 'raw', many: true, builder: { unsent: UNSENT }, model: { from: 'sql' } } },
};
const transaction: LibraryType = { call: { returns: 'client', callbacks: { 0: ['client'] }, effect: { kind: 'transaction', handle: 'result' } } };

/** Knex 0.9x to 3: `knex('users').where(…)`. https://knexjs.org/guide/query-builder.html */
export const knex: Library = {
  id: 'knex',
  title: 'Knex',
  category: 'database',
  packages: ['knex'],
  types: {
    module: {
      call: { returns: 'client' },
      members: {
        knex: { call: { returns: 'client' }, instance: 'client' },
        Knex: {
          call: { returns: 'client' },
          instance: 'client',
          members: {
            Transaction: { instance: 'client' },
            QueryBuilder: { instance: 'builder' },
            Raw: { instance: 'fragment' },
            QueryInterface: { instance: 'builder' },
          },
        },
        default: 'module',
      },
    },
    /** A Knex instance or a transaction: both are called with a table. */
    client: {
      call: clientCall,
      members: {
        from: named,
        table: named,
        into: named,
        queryBuilder: builds(),
        select: builds(),
        distinct: builds(),
        first: builds({ many: false }),
        count: builds({ many: false }),
        where: builds(),
        with: builds(),
        withRecursive: builds(),
        withMaterialized: builds(),
        union: builds(),
        unionAll: builds(),
        insert: writes,
        update: writes,
        upsert: writes,
        delete: writes,
        del: writes,
        batchInsert: { call: { returns: 'builder', effect: { kind: 'query', operation: 'write', bulk: true, model: { from: 'argument', index: 0 } } } },
        raw,
        transaction,
        transactionProvider: { call: { returns: { call: { returns: 'client' } } } },
        withSchema: { call: { returns: 'client' } },
        transacting: { call: { returns: 'client' } },
        extend: {},
        schema: 'schema',
        fn: { members: { '*': { call: {} } } },
        ref: { call: { returns: 'fragment' } },
        client: {},
      },
    },
    /** Thenable: runs when awaited. */
    builder: { members: { '*': { call: { returns: 'builder', callbacks: { 0: ['nested'], 1: ['nested'] } } } } },
    /** The builder handed to a callback: part of the statement around it. */
    nested: { members: { '*': { call: { returns: 'nested', callbacks: { 0: ['nested'] } } } } },
    fragment: { members: { '*': { call: { returns: 'fragment' } } } },
    schema: { members: { '*': { call: { returns: 'schema', effect: { kind: 'query', operation: 'raw', model: { from: 'argument', index: 0 } } } } } },
  },
};
