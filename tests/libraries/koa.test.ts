import { describe, expect, test } from 'vitest';
import { routeLines, routesIn } from '../project/route-lines.ts';

const files = {
  'src/web.ts': `
    import Koa from 'koa';
    import mount from 'koa-mount';
    import api from './api.ts';
    import pages from './pages.ts';
    const app = new Koa();
    app.use(logger);
    app.use(mount('/api', api));
    app.use(mount(pages));
    async function logger(ctx, next) { await next(); }
  `,
  'src/api.ts': `
    import Koa from 'koa';
    import Router from '@koa/router';
    import documents from './documents.ts';
    const api = new Koa();
    const router = new Router();
    router.use('/', documents.routes());
    api.use(router.routes());
    api.use(router.allowedMethods());
    export default api;
  `,
  'src/documents.ts': `
    import Router from '@koa/router';
    const router = new Router();
    router.post('documents.list', auth({ role: 'member' }), async (ctx) => { ctx.body = []; });
    router.get('named', '/documents/:id', async (ctx) => {});
    function auth(options: object) { return async (ctx, next) => next(); }
    export default router;
  `,
  'src/pages.ts': `
    import Koa from 'koa';
    import Router from 'koa-router';
    const router = new Router({ prefix: '/pages' });
    router.get(['/home', '/start'], (ctx) => {});
    const pages = new Koa();
    pages.use(router.routes());
    export default pages;
  `,
};

describe('Koa', () => {
  test('mounted apps, routers, names and prefixes', () => {
    expect(routeLines(files)).toEqual(['GET /api/documents/:id (logger) → inline', 'GET /pages/home | /pages/start (logger) → inline', 'POST /api/documents.list (logger, auth) → inline']);
  });

  test('dotted names are RPC', () => {
    expect(routesIn(files).map((route) => `${route.ownPath} ${route.kind}`)).toContain('documents.list rpc');
  });
});
