import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ID = 'rest-max-nesting';

const HEADS: Readonly<Record<string, string>> = {
  express: `import express from 'express';\nconst app = express();\n`,
  fastify: `import Fastify from 'fastify';\nconst app = Fastify();\n`,
  hono: `import { Hono } from 'hono';\nconst app = new Hono();\n`,
};

function betterPaths(framework: string, routes: string): string[] {
  const calls = routes.split(', ').map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return `app.${method.toLowerCase()}('${path}', (context) => { handle(context); });`;
  });
  const { findings } = checkText({ 'src/app.ts': `${HEADS[framework]}${calls.join('\n')}\n` }, { rules, only: [ID] });
  return findings.map(({ message }) => /by itself: `(.*)`/.exec(message)?.[1] ?? '');
}

describe(ID, () => {
  it.each([
    ['express', 'GET /users/:userId/orders/:orderId/lines/:lineId', ['/lines/:lineId']],
    ['express', 'GET /api/v1/users/:userId/orders/:orderId/lines/:lineId', ['/lines/:lineId']],
    ['express', 'POST /users/:userId/orders/:orderId/lines/:lineId/cancel', ['/lines/:lineId/cancel']],
    ['fastify', 'DELETE /teams/:id/projects/:projectId/tasks/:taskId', ['/tasks/:taskId']],
    ['fastify', 'GET /teams/:a/projects/:b/tasks/:c/comments/:d', ['/comments/:d']],
    ['hono', 'GET /shops/:shop/shelves/:shelf/bins/:bin/items', ['/bins/:bin/items']],
    ['hono', 'PUT /zones/:zone/records/:record/values/:value', ['/values/:value']],
    ['express', 'GET /users/:a/orders/:b/lines/:c, DELETE /users/:a/orders/:b/lines/:c', ['/lines/:c']],
    ['express', 'GET /users/:a/orders/:b/lines/:c, GET /users/:a/posts/:b/comments/:c', ['/lines/:c', '/comments/:c']],
    ['fastify', 'PATCH /order-sets/:a/order-lines/:b/price-lists/:c', ['/price-lists/:c']],
  ])('reports with %s: %s', (framework, routes, better) => {
    expect(betterPaths(framework, routes)).toEqual(better);
  });

  it.each([
    ['two levels', 'express', 'GET /users/:userId/orders/:orderId'],
    ['two levels and a list', 'express', 'GET /users/:userId/orders/:orderId/lines'],
    ['two levels and an action', 'hono', 'POST /users/:userId/orders/:orderId/cancel'],
    ['prefixes and versions', 'fastify', 'GET /api/v2/admin/users/:userId/orders/:orderId'],
    ['a version behind a name', 'fastify', 'GET /users/:userId/files/:fileId/download/:version'],
    ['one natural key of several parts', 'express', 'GET /rates/:from/:to/:day'],
    ['a search', 'hono', 'GET /users/:userId/orders/:orderId/search/:term'],
    ['a token', 'express', 'GET /files/token/:token/items/:itemId/parts/:partId'],
    ['singletons', 'express', 'GET /users/:userId/profile/settings/theme'],
    ['callbacks', 'express', 'POST /webhooks/a/:a/b/:b/c/:c'],
  ])('leaves %s alone', (_name, framework, routes) => {
    expect(betterPaths(framework, routes)).toEqual([]);
  });

  it('joins where a router is mounted', () => {
    const app = `import express from 'express';\nconst app = express();\nconst lines = express.Router();\nlines.get('/:lineId', (req, res) => { res.json({}); });\napp.use('/users/:userId/orders/:orderId/lines', lines);\n`;
    expect(checkText({ 'src/app.ts': app }, { rules, only: [ID] }).findings.map(({ line }) => line)).toEqual([4]);
  });
});
