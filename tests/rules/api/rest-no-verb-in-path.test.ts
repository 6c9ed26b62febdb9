import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ID = 'rest-no-verb-in-path';

function findingsIn(files: Readonly<Record<string, string>>) {
  return checkText(files, { rules, only: [ID] }).findings;
}

/** `GET /a, POST /b` as an Express app. */
function app(routes: string): Record<string, string> {
  const calls = routes.split(', ').map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return `app.${method.toLowerCase()}('${path}', (req, res) => { res.json({ ok: true }); });`;
  });
  return { 'src/app.ts': `import express from 'express';\nconst app = express();\n${calls.join('\n')}\n` };
}

describe(ID, () => {
  it.each([
    ['GET /getUsers', 'GET /users'],
    ['GET /api/list-orders', 'GET /api/orders'],
    ['GET /orders/find', 'GET /orders'],
    ['GET /notifications/read-all', 'GET /notifications'],
    ['POST /orders/create', 'POST /orders'],
    ['POST /orders/delete', 'DELETE /orders/:id'],
    ['POST /me/cart/delete', 'DELETE /me/cart'],
    ['POST /create_order', 'POST /orders'],
    ['PUT /orders/updateOrder/:id', 'PUT /orders/:id'],
    ['DELETE /orders/:id/remove', 'DELETE /orders/:id'],
    ['POST /remove-job', 'DELETE /jobs/:id'],
    ['POST /teams/:id/add-member', 'POST /teams/:id/members'],
  ])('reports %s', (route, better) => {
    const found = findingsIn(app(route));
    expect(found.map((finding) => finding.message)).toEqual([expect.stringContaining(`Use \`${better}\`.`)]);
  });

  it.each([
    'POST /orders/:id/cancel', 'POST /users/send-invoice', 'POST /reset', 'POST /orders/:id/test', 'GET /users/new', 'GET /posts/:id/edit', 'GET /settings', 'GET /listings', 'GET /addresses',
    'GET /update-history', 'POST /update-requests', 'POST /auth/create-account', 'POST /users/set-password', 'POST /posts/:id/save', 'POST /notifications/read-all', 'GET /lists/:id', 'POST /webhooks/create',
    'GET /newsletters', 'GET /getaways', 'POST /documents.create', 'GET /files/get.json', 'PUT /alarms/:id/set', 'POST /report_updates, POST /reports/:id/update',
  ])('leaves %s alone', (route) => {
    expect(findingsIn(app(route))).toEqual([]);
  });

  it('stands at the segment, and leaves it out where the method says the same', () => {
    const files = app('POST /orders/create');
    const [finding] = findingsIn(files);
    expect(files['src/app.ts']!.slice(finding!.start, finding!.end)).toBe('create');
    const [suggestion] = finding!.suggestions;
    const [edit] = suggestion!.edits;
    expect(files['src/app.ts']!.slice(0, edit!.start) + edit!.text + files['src/app.ts']!.slice(edit!.end)).toContain(`app.post('/orders', `);
  });

  it('suggests nothing where that path is taken, the method says something else, or an id is missing', () => {
    const [taken] = findingsIn(app('POST /orders, POST /orders/create'));
    const [other] = findingsIn(app('POST /orders/delete'));
    const [all] = findingsIn(app('DELETE /orders/delete'));
    expect([taken?.suggestions, other?.suggestions, all?.suggestions]).toEqual([[], [], []]);
  });

  it('leaves parts alone whose paths name procedures', () => {
    expect(findingsIn(app('POST /rows/ListRows, POST /rows/GetRow, POST /rows/PutRow, POST /rows/DeleteRow, POST /rows/CreateTable'))).toEqual([]);
  });

  it('reports a verb under which a router is mounted once, where it is mounted', () => {
    const found = findingsIn({
      'src/orders.routes.ts': `import { Router } from 'express';\nexport const router = Router();\nrouter.get('/', (req, res) => res.json([]));\nrouter.get('/:id', (req, res) => res.json({}));\n`,
      'src/app.ts': `import express from 'express';\nimport { router } from './orders.routes.js';\nconst app = express();\napp.use('/api/get-orders', router);\n`,
    });
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/app.ts:4']);
  });

  it('reports the prefix of a controller and the name of a file', () => {
    const nest = `import { Controller, Get } from '@nestjs/common';\n@Controller('get-orders')\nexport class OrdersController {\n  @Get() list() { return []; }\n  @Get(':id') one() { return {}; }\n}\n`;
    expect(findingsIn({ 'src/orders.controller.ts': nest }).map(({ line }) => line)).toEqual([2]);
    const next = { 'package.json': '{ "dependencies": { "next": "15.0.0" } }', 'app/api/getOrders/route.ts': `export async function GET() {\n  return Response.json([]);\n}\n` };
    expect(findingsIn(next).map(({ path, line }) => `${path}:${line}`)).toEqual(['app/api/getOrders/route.ts:1']);
  });

  it('allows segments by pattern', () => {
    const config = JSON.stringify({ rules: { 'backend-patterns/rest-no-verb-in-path': ['error', { allow: ['^getUsers$'] }] } });
    expect(findingsIn({ ...app('GET /getUsers, GET /getOrders'), 'backend-patterns.config.json': config })).toHaveLength(1);
  });
});
