import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ID = 'rest-no-shadowed-route';

function messagesIn(files: Readonly<Record<string, string>>): string[] {
  return checkText(files, { rules, only: [ID] }).findings.map(({ message }) => message);
}

const IMPORTS: Readonly<Record<string, string>> = {
  express: `import express from 'express';\nconst app = express();\n`,
  hono: `import { Hono } from 'hono';\nconst app = new Hono();\n`,
  koa: `import Router from '@koa/router';\nconst app = new Router();\n`,
  fastify: `import Fastify from 'fastify';\nconst app = Fastify();\n`,
};

/** An app with the routes `GET /a, POST /b`, in this order. */
function app(framework: string, routes: string): Record<string, string> {
  const calls = routes.split(', ').map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return `app.${method.toLowerCase()}('${path}', (context) => { handle(context); });`;
  });
  return { 'src/app.ts': `${IMPORTS[framework]}${calls.join('\n')}\n` };
}

function nest(members: string, dependencies = '{}'): Record<string, string> {
  return {
    'package.json': `{ "private": true, "dependencies": ${dependencies} }`,
    'src/orders.controller.ts': `import { All, Controller, Delete, Get, Post, Version } from '@nestjs/common';\n@Controller('orders')\nexport class OrdersController {\n${members}\n}\n`,
  };
}

describe(ID, () => {
  it.each<[string, string, string[]]>([
    ['express', 'GET /users/:id, GET /users/me', ['GET /users/me']],
    ['express', 'DELETE /users/:id, DELETE /users/all', ['DELETE /users/all']],
    ['express', 'GET /users/:id, GET /posts, GET /users/:userId', ['GET /users/:userId']],
    ['express', 'GET /:tenant/users, GET /admin/users', ['GET /admin/users']],
    ['express', 'ALL /users/:id, GET /users/me', ['GET /users/me']],
    ['express', 'GET /files/*path, GET /files/recent', ['GET /files/recent']],
    ['express', 'GET /users/:id, GET /users/me, GET /users/new', ['GET /users/me', 'GET /users/new']],
    ['hono', 'GET /books/:slug, GET /books/latest', ['GET /books/latest']],
    ['hono', 'GET /books/:slug{[a-z]+}, GET /books/latest', ['GET /books/latest']],
    ['hono', 'GET /*, GET /books', ['GET /books']],
    ['koa', 'GET /tags/:tag, GET /tags/popular', ['GET /tags/popular']],
    ['koa', 'PUT /tags/:tag, PUT /tags/:name', ['PUT /tags/:name']],
  ])('reports with %s: %s', (framework, routes, expected) => {
    expect(messagesIn(app(framework, routes)).map((message) => /^`(.*?)`/.exec(message)?.[1])).toEqual(expected);
  });

  it.each([
    ['express', 'GET /users/me, GET /users/:id'],
    ['express', 'GET /users/:id, POST /users/me'],
    ['express', 'GET /users/:id, GET /users/:id/orders'],
    ['express', 'GET /users/:id, GET /posts/latest'],
    ['express', String.raw`GET /users/:id(\\d+), GET /users/me`],
    ['express', 'GET /files/:name.:format, GET /files/recent'],
    ['express', 'GET /users/me, ALL /users/:id'],
    ['hono', 'GET /books/:id{[0-9]+}, GET /books/latest'],
    ['hono', 'GET /books/latest, GET /*'],
    ['koa', 'GET /tags/popular, GET /tags/:tag'],
    ['fastify', 'GET /users/:id, GET /users/me'],
  ])('leaves %s alone: %s', (framework, routes) => {
    expect(messagesIn(app(framework, routes))).toEqual([]);
  });

  it.each<[string, string]>([
    ['a handler that leaves the request to the next one', `app.get('/users/:id', (req, res, next) => { if (req.params.id === 'me') return next(); res.json({}); });\napp.get('/users/me', (req, res) => { res.json({}); });`],
    ['handlers of other packages', `import { serve } from 'somewhere';\napp.get('/:file', serve());\napp.get('/health', (req, res) => { res.json({}); });`],
    ['branches of which one runs', `if (process.env.MOCK) { app.get('/users/:id', (req, res) => { res.json({}); }); } else { app.get('/users/me', (req, res) => { res.json({}); }); }`],
    ['routers of their own', `const users = express.Router();\nconst posts = express.Router();\nusers.get('/:id', (req, res) => { res.json({}); });\nposts.get('/latest', (req, res) => { res.json({}); });\napp.use('/users', users);\napp.use('/posts', posts);`],
    ['paths that are not known', `app.get(process.env.FIRST, (req, res) => { res.json({}); });\napp.get(process.env.SECOND, (req, res) => { res.json({}); });`],
  ])('leaves %s alone', (_name, routes) => {
    expect(messagesIn({ 'src/app.ts': `${IMPORTS.express}${routes}\n` })).toEqual([]);
  });

  it('goes by the order of the members of a controller', () => {
    const members = `  @Get(':id') find() { return {}; }\n  @Get('latest') latest() { return {}; }\n  @Delete('drafts') drafts() { return {}; }\n  @Delete(':id') remove() { return {}; }`;
    expect(messagesIn(nest(members))).toEqual([expect.stringContaining('`GET /orders/latest` never runs: `GET /orders/:id` in line 4')]);
  });

  it('leaves NestJS on Fastify alone, which looks for words before parameters, and versions', () => {
    const members = `  @Get(':id') find() { return {}; }\n  @Get('latest') latest() { return {}; }`;
    expect(messagesIn(nest(members, '{ "@nestjs/platform-fastify": "11.0.0" }'))).toEqual([]);
    expect(messagesIn(nest(`  @Version('1') @Get() first() { return {}; }\n  @Version('2') @Get() second() { return {}; }`))).toEqual([]);
  });

  it('follows chains of registrations', () => {
    const chain = `import { Hono } from 'hono';\nexport const books = new Hono()\n  .get('/:slug', (c) => c.json({}))\n  .get('/latest', (c) => c.json({}));\n`;
    expect(messagesIn({ 'src/books.ts': chain })).toEqual([expect.stringContaining('with `latest` for `slug`')]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['in one path', app('express', 'GET /users/:id/orders/:id, POST /users/:id/orders/:orderId'), ['such as `:orderId`']],
    ['in one path with Fastify', app('fastify', 'GET /categories/:id/products/:id'), ['such as `:productId`']],
    [
      'of a router and where it is mounted, once',
      { 'src/app.ts': `${IMPORTS.express}const orders = express.Router({ mergeParams: true });\norders.get('/:id', (req, res) => { res.json({}); });\norders.delete('/:id', (req, res) => { res.json({}); });\napp.use('/users/:id/orders', orders);\n` },
      ['such as `:orderId`'],
    ],
  ])('tells of parameters that stand twice %s', (_name, files, expected) => {
    expect(messagesIn(files)).toEqual(expected.map((text) => expect.stringContaining(text)));
  });
});
