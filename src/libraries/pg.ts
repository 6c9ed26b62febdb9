import type { Library, LibraryType, QueryEffect } from './types.ts';

const raw: QueryEffect = { kind: 'query', operation: 'raw', many: true, model: { from: 'sql' } };
const client: LibraryType = { instance: 'client', construct: { returns: 'client' } };

/** node-postgres and what copies its interface. https://node-postgres.com */
export const pg: Library = {
  id: 'pg',
  title: 'node-postgres',
  category: 'database',
  packages: ['pg', 'pg-pool', '@neondatabase/serverless', '@vercel/postgres'],
  types: {
    module: {
      ...client,
      members: {
        Pool: client,
        Client: client,
        PoolClient: client,
        ClientBase: client,
        VercelPool: client,
        native: { members: { Pool: client, Client: client } },
        createPool: { call: { returns: 'client' } },
        createClient: { call: { returns: 'client' } },
        db: 'client',
        sql: { tag: { effect: raw }, members: { query: { call: { effect: raw } } } },
        types: {},
        default: 'module',
      },
    },
    /** Pool and client both: what they say to the database is the same. */
    client: {
      members: {
        query: { call: { effect: raw } },
        connect: { call: { returns: 'client', callbacks: { 0: [undefined, 'client'] } } },
        sql: { tag: { effect: raw } },
        on: { call: { defers: true } },
      },
    },
  },
};
