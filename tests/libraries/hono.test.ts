import { describe, expect, test } from 'vitest';
import { routeLines } from '../project/route-lines.ts';

describe('Hono', () => {
  test.each<{ name: string; files: Record<string, string>; lines: string[] }>([
    {
      name: 'chains, base paths, mounted apps and middlewares under a path',
      files: {
        'src/app.ts': `
          import { Hono } from 'hono';
          import { cors } from 'hono/cors';
          import { books } from './books.ts';
          const app = new Hono().basePath('/api');
          app.use('/books/*', cors());
          app.route('/books', books).get('/version', (c) => c.text('1'));
          app.on(['GET', 'POST'], '/both', (c) => c.json({}));
          export default app;
        `,
        'src/books.ts': `
          import { Hono } from 'hono';
          export const books = new Hono()
            .get('/', (c) => c.json([]))
            .post('/:id/copies', check, async (c) => c.json({}, 201));
          async function check(c, next) { await next(); }
        `,
      },
      lines: ['GET /api/books (cors) → inline', 'GET /api/both → inline', 'GET /api/version → inline', 'POST /api/books/:id/copies (cors, check) → inline', 'POST /api/both → inline'],
    },
    {
      name: 'routes described for OpenAPI, registered on an app that is handed over',
      files: {
        'src/app.ts': `
          import { OpenAPIHono } from '@hono/zod-openapi';
          import { registerGet } from './get.ts';
          const api = new OpenAPIHono();
          registerGet(api);
          export const app = new OpenAPIHono();
          app.route('/v1/monitor', api);
        `,
        'src/get.ts': `
          import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
          const get = createRoute({ method: 'get', path: '/{id}', middleware: [track], responses: {} });
          export function registerGet(api: OpenAPIHono) { return api.openapi(get, async (c) => c.json({})); }
          function track(c, next) {}
        `,
      },
      lines: ['GET /v1/monitor/:id (track) → inline'],
    },
  ])('$name', ({ files, lines }) => {
    expect(routeLines(files)).toEqual(lines);
  });
});
