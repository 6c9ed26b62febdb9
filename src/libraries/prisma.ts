import type { Library, LibraryType, QueryEffect } from './types.ts';

const row = (operation: 'read' | 'write', extra: Partial<QueryEffect> = {}): LibraryType => ({
  call: { returns: 'promise', effect: { kind: 'query', operation, model: { from: 'member' }, ...extra } },
});

const raw = (operation: 'read' | 'raw'): LibraryType => {
  const effect: QueryEffect = { kind: 'query', operation, many: true, model: { from: 'sql' } };
  return { call: { effect }, tag: { effect } };
};

/** Prisma Client 4–7: `prisma.user.findMany()`. https://www.prisma.io/docs/orm/reference/prisma-client-reference */
export const prisma: Library = {
  id: 'prisma',
  title: 'Prisma',
  category: 'database',
  packages: ['@prisma/client', '.prisma/client', /(^|\/)generated\/(prisma|client|prisma-client)(\/|$)/, /(^|\/)prisma\/(generated|client)(\/|$)/],
  types: {
    module: {
      members: {
        PrismaClient: { instance: 'client', construct: { returns: 'client' } },
        Prisma: {
          members: {
            TransactionClient: { instance: 'client' },
            DefaultPrismaClient: { instance: 'client' },
            defineExtension: { call: { callbacks: { 0: ['client'] } } },
            sql: { tag: { returns: 'fragment' } },
            raw: { call: { returns: 'fragment' } },
            join: { call: { returns: 'fragment' } },
          },
        },
        default: 'module',
      },
    },
    client: {
      members: {
        $transaction: { call: { callbacks: { 0: ['client'] }, effect: { kind: 'transaction' } } },
        $extends: { call: { returns: 'client', callbacks: { 0: ['client'] } } },
        $queryRaw: raw('read'),
        $queryRawUnsafe: raw('read'),
        $queryRawTyped: raw('read'),
        $executeRaw: raw('raw'),
        $executeRawUnsafe: raw('raw'),
        $runCommandRaw: raw('raw'),
        $on: { call: { defers: true } },
        $use: { call: { defers: true } },
        /** Put there by prisma-extension-kysely. */
        $kysely: 'kysely:client',
        $connect: {},
        $disconnect: {},
        $metrics: {},
        $primary: { call: { returns: 'client' } },
        $replica: { call: { returns: 'client' } },
        '*': 'model',
      },
    },
    model: {
      members: {
        findUnique: row('read', { batchedPerTick: true }),
        findUniqueOrThrow: row('read', { batchedPerTick: true }),
        findFirst: row('read'),
        findFirstOrThrow: row('read'),
        findMany: row('read', { many: true }),
        findRaw: row('read', { many: true }),
        aggregateRaw: row('read', { many: true }),
        count: row('read'),
        aggregate: row('read'),
        groupBy: row('read'),
        create: row('write'),
        createMany: row('write', { bulk: true }),
        createManyAndReturn: row('write', { bulk: true }),
        update: row('write'),
        updateMany: row('write', { bulk: true }),
        updateManyAndReturn: row('write', { bulk: true }),
        upsert: row('write'),
        delete: row('write'),
        deleteMany: row('write', { bulk: true }),
      },
    },
    /** The fluent API: `prisma.user.findUnique(…).posts()` belongs to the statement it hangs on. */
    promise: {},
    fragment: {},
  },
};
