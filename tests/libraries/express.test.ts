import { describe, expect, test } from 'vitest';
import { routeLines } from '../project/route-lines.ts';

describe('Express', () => {
  test.each<{ name: string; files: Record<string, string>; lines: string[] }>([
    {
      name: 'routers mounted over several files, with middlewares of each level in order',
      files: {
        'src/app.ts': `
          import express from 'express';
          import cors from 'cors';
          import api from './api.ts';
          const app = express();
          app.use(cors());
          app.use('/api', api);
          app.use(errorPage);
          app.get('/health', (req, res) => res.json({ ok: true }));
          app.get('env');
          function errorPage(err, req, res, next) { next(err); }
        `,
        'src/api.ts': `
          import { Router } from 'express';
          import { auth } from './auth.ts';
          import { users } from './users.ts';
          export default Router().use('/users', auth, users);
        `,
        'src/auth.ts': `export function auth(req, res, next) { next(); }`,
        'src/users.ts': `
          import { Router } from 'express';
          import * as controller from './users.controller.ts';
          export const users = Router();
          users.route('/').get(controller.list).post(validate({}), controller.create);
          users.get('/:id(\\\\d+)', controller.show);
          function validate(schema: object) { return (req, res, next) => next(); }
        `,
        'src/users.controller.ts': `
          export const list = async (req, res) => {};
          export async function create(req, res) {}
          export const show = (req, res) => {};
        `,
      },
      lines: [
        'GET /api/users (cors, auth) → list',
        'GET /api/users/:id (cors, auth) → show',
        'GET /health (cors, errorPage) → inline',
        'POST /api/users (cors, auth, validate) → create',
      ],
    },
    {
      name: 'CommonJS with handlers by name, wrapped, and one router under two paths',
      files: {
        'server.js': `
          const express = require('express');
          const routes = require('./routes');
          const app = express();
          app.use('/v2', routes.links);
          app.use('/', routes.links);
        `,
        'routes/index.js': `module.exports = require('./all');`,
        'routes/all.js': `module.exports = { links: require('./links') };`,
        'routes/links.js': `
          const { Router } = require('express');
          const asyncHandler = require('../async-handler');
          const links = require('../handlers/links');
          const router = Router();
          router.get('/links', asyncHandler(links.get));
          router.delete('/links/:id', [links.guard, asyncHandler(links.remove)]);
          module.exports = router;
        `,
        'async-handler.js': `module.exports = function asyncHandler(fn) { return function wrapped(...args) { return fn(...args); }; };`,
        'handlers/links.js': `
          async function get(req, res) {}
          async function remove(req, res) {}
          function guard(req, res, next) {}
          module.exports = { get, remove, guard };
        `,
      },
      lines: ['DELETE /v2/links/:id | /links/:id (links.guard, asyncHandler) → remove', 'GET /v2/links | /links (asyncHandler) → get'],
    },
    {
      name: 'controllers as classes, bound methods and factories',
      files: {
        'src/server.ts': `
          import express, { type Express } from 'express';
          import { OrderController } from './orders.ts';
          import { list } from './list.ts';
          class Server {
            private readonly app: Express = express();
            private readonly orders = new OrderController();
            routes() {
              this.app.get('/orders', this.orders.list.bind(this.orders));
              this.app.post('/orders', this.orders.create);
              this.app.get('/products', list({ limit: 10 }));
            }
          }
          new Server().routes();
        `,
        'src/orders.ts': `
          import type { RequestHandler } from 'express';
          export class OrderController {
            list(req, res) {}
            create: RequestHandler = (req, res) => {};
          }
        `,
        'src/list.ts': `export const list = (options: { limit: number }) => { return function listProducts(req, res) {}; };`,
      },
      lines: ['GET /orders → list', 'GET /products → listProducts', 'POST /orders → create'],
    },
    {
      name: 'wrappers of packages',
      files: {
        'a.js': `
          const asyncHandler = require('express-async-handler');
          const app = require('express')();
          const show = asyncHandler(async (req, res) => { res.json({}); });
          app.get('/orders/:id', show);
        `,
      },
      lines: ['GET /orders/:id (asyncHandler) → inline'],
    },
    {
      name: 'unknown prefixes and unmounted routers are partial',
      files: {
        'a.js': `
          const express = require('express');
          const settings = load();
          const app = express();
          app.use(settings.prefix, require('./b'));
          app.get(\`/files/\${settings.name}\`, (req, res) => {});
        `,
        'b.js': `const router = require('express').Router(); router.get('/b', (req, res) => {}); module.exports = router;`,
        'c.js': `const router = require('express').Router(); router.get('/c', (req, res) => {}); module.exports = router;`,
        'd.js': `const cache = new Map(); cache.get('/d', () => {}); axios.get('/e', () => {});`,
      },
      lines: ['GET ~/b → inline', 'GET ~/c → inline', 'GET ~/files/:? → inline'],
    },
  ])('$name', ({ files, lines }) => {
    expect(routeLines(files)).toEqual(lines);
  });
});
