import type { Library, LibraryType, QueryEffect } from './types.ts';

/** Text or a sub-query; `prepare` is sent by the `execute` of what it gives. */
const BUILDER = { unsent: ['as', 'toSQL', 'getSQL', 'prepare'], executes: ['execute', 'all', 'get', 'run', 'values'] };

const builder = (operation: 'read' | 'write', extra: Partial<QueryEffect> = {}): LibraryType => ({
  call: { returns: 'builder', effect: { kind: 'query', operation, builder: BUILDER, ...extra } },
});

const select = builder('read', { many: true, model: { from: 'chain', methods: ['from'] } });
const change = builder('write', { bulk: true, model: { from: 'argument', index: 0 } });
const raw: LibraryType = { call: { effect: { kind: 'query', operation: 'raw', many: true, model: { from: 'sql' } } } };

/** Drizzle ORM 0.x and 1.x on Postgres, MySQL and SQLite drivers. https://orm.drizzle.team/docs */
export const drizzle: Library = {
  id: 'drizzle',
  title: 'Drizzle',
  category: 'database',
  packages: ['drizzle-orm'],
  types: {
    module: {
      members: {
        drizzle: { call: { returns: 'client' } },
        default: 'module',
        sql: { tag: { returns: 'fragment' }, members: { '*': {} } },
        // The driver packages export one database and one transaction class each, named after the driver.
        '*': 'database',
      },
    },
    /** `NodePgDatabase`, `PostgresJsDatabase`, `LibSQLDatabase`, `PgTransaction` …: classes used as types. */
    database: { instance: 'client', construct: { returns: 'client' } },
    client: {
      members: {
        select,
        selectDistinct: select,
        selectDistinctOn: select,
        insert: change,
        update: change,
        delete: change,
        with: { call: { returns: 'client' } },
        $with: { call: { returns: 'cte' } },
        $count: { call: { effect: { kind: 'query', operation: 'read', model: { from: 'argument', index: 0 } } } },
        execute: raw,
        run: raw,
        all: raw,
        get: raw,
        values: raw,
        refreshMaterializedView: builder('write', { model: { from: 'argument', index: 0 } }),
        transaction: { call: { callbacks: { 0: ['client'] }, effect: { kind: 'transaction' } } },
        batch: { call: { effect: { kind: 'transaction' } } },
        query: 'tables',
        _query: 'tables',
      },
    },
    cte: { members: { as: { call: { callbacks: { 0: ['queryBuilder'] } } } } },
    queryBuilder: { members: { select: { call: { returns: 'builder' } }, selectDistinct: { call: { returns: 'builder' } } } },
    tables: { members: { '*': 'table' } },
    table: {
      members: {
        findMany: { call: { returns: 'builder', effect: { kind: 'query', operation: 'read', many: true, builder: BUILDER, model: { from: 'member' } } } },
        findFirst: { call: { returns: 'builder', effect: { kind: 'query', operation: 'read', builder: BUILDER, model: { from: 'member' } } } },
      },
    },
    /** Thenable: runs when awaited, or by `execute`, `all`, `get`, `run`, `values`. */
    builder: { members: { '*': { call: { returns: 'builder' } } } },
    fragment: {},
  },
};
