import { describe, expect, it } from 'vitest';
import { answersWithoutEnvelope, envelopeNotes, envelopeOf } from '../../src/project/envelope.ts';
import { envelopeText } from '../../src/project/envelope-shape.ts';
import { openProject } from '../../src/project/open.ts';
import type { Project } from '../../src/project/project.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { tree } from './tree.ts';

const BODIES = {
  document: '{ success: true, data: load() }',
  jsend: "{ status: 'success', data: load() }",
  jsonapi: '{ data: load(), links: {} }',
  response: '{ response: load() }',
  bare: '[1]',
  entity: '{ id: 1, name: load() }',
  loose: '{ success: true, user: load() }',
  acknowledgement: '{ success: true }',
  error: "{ error: 'no' }",
  unknown: 'load()',
} as const;

type Body = keyof typeof BODIES;

function shop(counts: Readonly<Partial<Record<Body, number>>>, settings: Partial<Settings> = {}, more = ''): Project {
  const calls = (Object.entries(counts) as [Body, number][]).flatMap(([body, count]) => Array.from({ length: count }, (_, index) => `app.get('/${body}/${index}', (req, res) => { res.json(${BODIES[body]}); });\n`));
  const text = `import express from 'express';\nimport { load } from 'elsewhere';\nconst app = express();\n${calls.join('')}${more}`;
  return openProject({ root: tree({ 'package.json': '{ "name": "shop", "type": "module" }', 'src/app.ts': text }), cache: false, settings });
}

function seen(project: Project) {
  const unit = [...project.files.values()][0]!.package;
  const { form, kept } = envelopeOf(project, unit);
  return { form: envelopeText(form), kept, missing: answersWithoutEnvelope(project, unit).length };
}

describe('envelopeOf', () => {
  const cases: readonly (readonly [counts: Partial<Record<Body, number>>, form: string, kept: boolean, missing: number])[] = [
    [{ document: 9, bare: 1 }, '{ success: true, data }', true, 1],
    [{ document: 2, entity: 1 }, '{ success: true, data }', true, 1],
    [{ document: 3, bare: 9 }, '{ success: true, data }', true, 9],
    [{ jsend: 9, bare: 1 }, "{ status: 'success', data }", true, 1],
    [{ jsonapi: 8, entity: 2 }, '{ data, meta }', true, 2],
    [{ response: 9, entity: 1 }, '{ response }', true, 1],
    [{ bare: 6, entity: 4, document: 1 }, 'the bare data', false, 0],
    [{ bare: 3 }, '{ success: true, data }', false, 0],
    [{ response: 5, bare: 5 }, '{ success: true, data }', false, 0],
    [{ document: 10, loose: 1 }, '{ success: true, data }', true, 1],
    [{ document: 10, acknowledgement: 3, error: 2, unknown: 4 }, '{ success: true, data }', true, 0],
    [{ response: 10, acknowledgement: 3 }, '{ response }', true, 0],
    [{ unknown: 12 }, '{ success: true, data }', false, 0],
  ];

  it.each(cases)('%j: %s', (counts, form, kept, missing) => {
    expect(seen(shop(counts))).toEqual({ form, kept, missing });
  });

  it.each([
    ['document', { bare: 12 }, 12],
    ['bare', { document: 9, bare: 1 }, 0],
    ['jsonapi', { jsonapi: 2, bare: 1 }, 1],
  ] as const)('holds answers to a pinned %s envelope', (envelope, counts, missing) => {
    expect(seen(shop(counts, { envelope })).missing).toBe(missing);
  });

  it('holds answers to pinned keys', () => {
    expect(seen(shop({ response: 1, document: 2 }, { envelope: { success: ['response'], error: ['error'] } })).missing).toBe(2);
  });

  it('counts a helper that sends by its calls, and judges it once', () => {
    const helper = (body: string) => `function send(res: express.Response, data: unknown) { res.json(${body}); }\n${Array.from({ length: 11 }, (_, index) => `app.get('/h/${index}', (req, res) => { send(res, load()); });\n`).join('')}`;
    expect(seen(shop({ document: 1 }, {}, helper('{ response: data }')))).toEqual({ form: '{ response }', kept: true, missing: 1 });
    expect(seen(shop({ document: 4 }, {}, helper('{ order: data }')))).toEqual({ form: '{ success: true, data }', kept: true, missing: 1 });
  });
});

describe('answersWithoutEnvelope', () => {
  const bare = (route: string, code = 'res.json({ id: 1 });'): string => `app.${route}', (req, res) => { ${code} });\n`;

  it.each([
    ['webhooks', bare("post('/webhooks/payments")],
    ['probes', bare("get('/health")],
    ['protocols', bare("post('/oauth/token")],
    ['documents about the API', bare("get('/openapi.json")],
    ['errors', bare("get('/x", "res.status(404).json({ id: 'none' });")],
    ['errors with the wrong status', bare("get('/x", "res.json({ success: false, message: 'no' });")],
    ['what a catch clause sends', bare("get('/x", 'try { load(); } catch { res.json({ failed: 1 }); }')],
    ['text', bare("get('/x", "res.send('fine');")],
    ['nothing', bare("delete('/x", 'res.status(204).json({ id: 1 });')],
    ['a status that the program decides', bare("get('/x", 'res.status(load().status).json({ id: 1 });')],
  ])('leaves %s alone', (_name, more) => {
    expect(seen(shop({ document: 10 }, {}, more)).missing).toBe(0);
  });

  const wrapped: readonly (readonly [name: string, text: string])[] = [
    [
      'an interceptor of NestJS',
      `import { Controller, Get } from '@nestjs/common';\nimport { map } from 'rxjs';\nclass Wrap { intercept(context, next) { return next.handle().pipe(map((data) => ({ success: true, data }))); } }\n@Controller('orders')\nclass Orders { @Get() list() { return [1]; } }\n`,
    ],
    ['a hook of Fastify', `import Fastify from 'fastify';\nconst app = Fastify();\napp.addHook('preSerialization', async (request, reply, payload) => ({ success: true, data: payload }));\napp.get('/orders', async () => [1]);\n`],
    [
      'a middleware of Koa',
      `import Koa from 'koa';\nimport Router from '@koa/router';\nconst app = new Koa();\nconst router = new Router();\napp.use(async (ctx, next) => { await next(); ctx.body = { success: true, data: ctx.body }; });\nrouter.get('/orders', (ctx) => { ctx.body = [1]; });\napp.use(router.routes());\n`,
    ],
    ['a middleware of Hono', `import { Hono } from 'hono';\nconst app = new Hono();\napp.use(async (c, next) => { await next(); c.res = new Response(JSON.stringify({ success: true, data: await c.res.json() })); });\napp.get('/orders', (c) => c.json([1]));\n`],
    ['a replaced `res.json`', `import express from 'express';\nconst app = express();\napp.use((req, res, next) => { const json = res.json.bind(res); res.json = (data) => json({ success: true, data }); next(); });\napp.get('/orders', (req, res) => { res.json([1]); });\n`],
  ];

  it.each(wrapped)('leaves frameworks alone whose answers are wrapped by %s', (_name, text) => {
    const project = openProject({ root: tree({ 'package.json': '{ "name": "shop", "type": "module" }', 'src/app.ts': text }), cache: false, settings: { envelope: 'document' } });
    expect(seen(project).missing).toBe(0);
  });

  it.each(wrapped.map(([name, text]) => [name, text.replaceAll(/\nclass Wrap .*|\napp\.addHook.*|\napp\.use\((?:async )?\(.*/g, '')] as const))('judges them without %s', (_name, text) => {
    const project = openProject({ root: tree({ 'package.json': '{ "name": "shop", "type": "module" }', 'src/app.ts': text }), cache: false, settings: { envelope: 'document' } });
    expect(seen(project).missing).toBe(1);
  });
});

describe('envelopeNotes', () => {
  it.each([
    [{ document: 10 }, []],
    [{ response: 10, bare: 1 }, ['shop: 10 of 11 JSON answers have the envelope { response }; consistent-envelope holds the others to it.']],
    [{ bare: 10 }, ['shop: 10 of 10 JSON answers are bare data, so consistent-envelope reports nothing there. Pin "envelope" in backend-patterns.config.json to hold it to one.']],
    [
      { bare: 5, response: 5, document: 1 },
      ['shop: its 11 JSON answers show no common envelope (1 have { success: true, data }), so consistent-envelope reports nothing there. Pin "envelope" in backend-patterns.config.json to hold it to one.'],
    ],
  ] as const)('%j', (counts, notes) => {
    expect(envelopeNotes(shop(counts))).toEqual(notes);
  });
});
