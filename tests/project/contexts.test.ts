import { expect, test } from 'vitest';
import { queryLines } from './query-lines.ts';

const CLIENT = `import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
`;

const CASES: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly found: readonly string[] }>> = {
  'tRPC: the context is what the function named by its type gives': {
    files: {
      'src/db.ts': CLIENT,
      'src/trpc.ts': `import { initTRPC } from '@trpc/server';
import { prisma } from './db';
const inner = (opts: { session: string }) => ({ ...opts, prisma });
export const createContext = async () => inner({ session: '' });
export type Context = Awaited<ReturnType<typeof createContext>>;
const t = initTRPC.context<Context>().create();
export const router = t.router;
export const procedure = t.procedure;
`,
      'src/users.ts': `import { procedure, router } from './trpc';
export const users = router({
  list: procedure.query(({ ctx }) => ctx.prisma.user.findMany()),
  first: procedure.query(async (opts) => await opts.ctx.prisma.user.findFirst()),
});
`,
    },
    found: ['src/users.ts:3 prisma.user.findMany', 'src/users.ts:4 prisma.user.findFirst'],
  },
  'tRPC: middlewares add to the context': {
    files: {
      'src/db.ts': CLIENT,
      'src/trpc.ts': `import { initTRPC } from '@trpc/server';
import { prisma } from './db';
const t = initTRPC.create();
const withDb = t.middleware(({ ctx, next }) => next({ ctx: { ...ctx, db: prisma } }));
export const router = t.router;
export const procedure = t.procedure.use(withDb).use(({ next }) => next());
`,
      'src/users.ts': `import { procedure, router } from './trpc';
export const users = router({ list: procedure.query(({ ctx }) => ctx.db.user.findMany()) });
`,
    },
    found: ['src/users.ts:2 db.user.findMany'],
  },
  'Fastify: decorated by value': {
    files: {
      'src/app.ts': `import Fastify from 'fastify';
import { PrismaClient } from '@prisma/client';
const app = Fastify();
app.decorate('prisma', new PrismaClient());
app.get('/users', async () => app.prisma.user.findMany());
`,
    },
    found: ['src/app.ts:5 prisma.user.findMany'],
  },
  'Fastify: declared for the request': {
    files: {
      'src/plugin.ts': `import type { PrismaClient } from '@prisma/client';
declare module 'fastify' {
  interface FastifyRequest {
    db: PrismaClient;
  }
}
`,
      'src/routes.ts': `import type { FastifyInstance } from 'fastify';
export async function routes(app: FastifyInstance) {
  app.get('/users', async (request) => request.db.user.findMany());
}
`,
    },
    found: ['src/routes.ts:3 db.user.findMany'],
  },
  'Express: declared in the global namespace': {
    files: {
      'src/types.d.ts': `import { PrismaClient } from '@prisma/client';
declare global {
  namespace Express {
    interface Request {
      db: PrismaClient;
    }
  }
}
`,
      'src/routes.ts': `import { Router } from 'express';
export const router = Router();
router.get('/users', async (req, res) => res.json(await req.db.user.findMany()));
`,
    },
    found: ['src/routes.ts:3 db.user.findMany'],
  },
  'a member of the same name of something else is not meant': {
    files: {
      'src/app.ts': `import Fastify from 'fastify';
import { PrismaClient } from '@prisma/client';
const app = Fastify();
app.decorate('db', new PrismaClient());
app.get('/users', async (request) => request.body.db.user.findMany());
`,
    },
    found: [],
  },
};

test.each(Object.entries(CASES))('%s', (_name, { files, found }) => {
  const lines = queryLines(files).map((line) => line.replace(/^(\S+).*?((?:\w+\.)?user\.\w+).*$/, '$1 $2'));
  expect(lines).toEqual(found);
});
