import { describe, expect, test } from 'vitest';
import { routeLines } from '../project/route-lines.ts';

describe('tRPC', () => {
  test('nested, merged and lazy routers; procedures from other files', () => {
    const lines = routeLines({
      'src/trpc.ts': `
        import { initTRPC } from '@trpc/server';
        const t = initTRPC.context<{ user: string }>().create({});
        export const createTRPCRouter = t.router;
        export const { mergeRouters } = t;
        export const publicProcedure = t.procedure;
        export const protectedProcedure = t.procedure.use(isAuthed);
        export const withPermission = (name: string) => protectedProcedure.use(async ({ next }) => next());
        function isAuthed({ next }) { return next(); }
      `,
      'src/root.ts': `
        import { lazy } from '@trpc/server';
        import { createTRPCRouter, mergeRouters, publicProcedure } from './trpc.ts';
        import { orders } from './orders.ts';
        const base = createTRPCRouter({ ping: publicProcedure.query(() => 'pong') });
        const shop = createTRPCRouter({ orders, invoices: lazy(() => import('./invoices.ts')) });
        export const appRouter = mergeRouters(base, shop);
      `,
      'src/orders.ts': `
        import { createTRPCRouter, withPermission } from './trpc.ts';
        import { removeOrder } from './remove-order.ts';
        export const orders = createTRPCRouter({
          list: withPermission('read').input({}).query(async ({ ctx }) => []),
          line: { remove: removeOrder },
        });
      `,
      'src/remove-order.ts': `
        import { protectedProcedure } from './trpc.ts';
        export const removeOrder = protectedProcedure.mutation(remove);
        async function remove() {}
      `,
      'src/invoices.ts': `
        import { createTRPCRouter, publicProcedure } from './trpc.ts';
        export const invoices = createTRPCRouter({ changes: publicProcedure.subscription(async function* watch() {}) });
      `,
    });
    expect(lines).toEqual([
      'MUTATION orders.line.remove (isAuthed, protectedProcedure) → remove',
      'QUERY orders.list (withPermission) → inline',
      'QUERY ping (publicProcedure) → inline',
      'SUBSCRIPTION invoices.changes (publicProcedure) → watch',
    ]);
  });
});
