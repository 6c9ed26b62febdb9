import { describe, expect, it } from 'vitest';
import { bodyShape } from '../../src/project/body-shape.ts';
import { openProject } from '../../src/project/open.ts';
import { responsesOf } from '../../src/project/responses.ts';
import { tree } from './tree.ts';

/** `via status format shape` of each response of the first file. */
function responsesIn(text: string, others: Readonly<Record<string, string>> = {}, path = 'src/orders.ts'): string[] {
  const project = openProject({ root: tree({ 'package.json': '{ "name": "shop", "type": "module" }', [path]: text, ...others }), cache: false });
  const file = project.files.get(path)!;
  return responsesOf(project, file).map((response) => {
    const shape = response.body && bodyShape(project, response.body);
    const keys = shape?.kind === 'object' ? `{${[...shape.keys.keys()].join()}${shape.open ? ',…' : ''}}` : (shape?.kind ?? '-');
    return `${response.via} ${response.status ?? '?'} ${response.format} ${keys}`;
  });
}

const EXPRESS = `import express from 'express';\nconst app = express();\nconst load = (id: string) => fetch(id);\n`;
const FASTIFY = `import Fastify from 'fastify';\nconst app = Fastify();\n`;
const HONO = `import { Hono } from 'hono';\nconst app = new Hono();\n`;
const KOA = `import Koa from 'koa';\nimport Router from '@koa/router';\nconst app = new Koa();\nconst router = new Router();\napp.use(router.routes());\n`;
const NEXT = `import { NextResponse } from 'next/server';\n`;

describe('responsesOf', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['a body with the default status', `${EXPRESS}app.get('/orders', (req, res) => { res.json({ success: true, data: [] }); });`, ['call 200 json {success,data}']],
    ['a status in the chain', `${EXPRESS}app.post('/orders', (req, res) => res.status(201).json({ id: 1 }));`, ['call 201 json {id}']],
    ['a status set by a statement before', `${EXPRESS}app.post('/orders', (req, res) => { res.status(404); res.json({ error: 'none' }); });`, ['call 404 json {error}']],
    ['a status that is not on the way', `${EXPRESS}app.get('/o', (req, res) => { if (!req.query.id) { res.status(400).send('id?'); return; } res.json([1]); });`, ['call 400 text primitive', 'call 200 json array']],
    ['a status that the program decides', `${EXPRESS}app.get('/o', (req, res) => { res.status(load('x').code).json({ a: 1 }); });`, ['call ? json {a}']],
    ['a named status', `${EXPRESS}import { StatusCodes } from 'http-status-codes';\napp.get('/o', (req, res) => res.status(StatusCodes.NOT_FOUND).json({}));`, ['call 404 json {}']],
    ['only a status', `${EXPRESS}app.delete('/o/:id', (req, res) => res.sendStatus(204));`, ['call 204 empty -']],
    ['text that is JSON', `${EXPRESS}app.get('/o', (req, res) => res.send(JSON.stringify({ a: 1 })));`, ['call 200 json {a}']],
    ['a body that is not known', `${EXPRESS}app.get('/o', async (req, res) => res.send(await load('x')));`, ['call 200 any unknown']],
    ['redirects', `${EXPRESS}app.get('/o', (req, res) => res.redirect('/p'));`, ['call 302 redirect -']],
    ['what Fastify handlers return', `${FASTIFY}app.get('/o', async () => { return { orders: [] }; });\napp.post('/o', async (req, reply) => { reply.code(202); return { id: 1 }; });`, ['return 200 json {orders}', 'return 202 json {id}']],
    ['what Fastify handlers send and return once', `${FASTIFY}app.get('/o', async (req, reply) => { return reply.code(201).send({ id: 1 }); });`, ['call 201 json {id}']],
    ['Hono bodies', `${HONO}app.post('/o', (c) => c.json({ id: 1 }, 201));\napp.get('/o', (c) => c.text('ok'));`, ['call 201 json {id}', 'call 200 text primitive']],
    ['Koa bodies', `${KOA}router.get('/o', (ctx) => { ctx.body = { data: [] }; });\nrouter.post('/o', (ctx) => { ctx.body = { id: 1 }; ctx.status = 201; });`, ['assignment 200 json {data}', 'assignment 201 json {id}']],
    ['Next.js bodies', `${NEXT}export async function GET() { return NextResponse.json({ a: 1 }, { status: 201 }); }\nexport async function POST() { return new Response('x'); }`, ['call 201 json {a}', 'call 200 text primitive']],
    ['handlers in a wrapper of one\'s own', `${EXPRESS}const wrap = (fn) => function wrapped(...args) { return Promise.resolve(fn(...args)).catch(args[2]); };\nasync function list(req, res) { return res.status(200).send({ data: [] }); }\napp.get('/o', wrap(list));`, ['call 200 json {data}']],
    ['nothing of other libraries', `const cache = new Map();\ncache.json({ a: 1 });\nfetch('x').then((res) => res.json());`, []],
  ];

  it.each(cases)('finds %s', (_name, text, expected) => {
    expect(responsesIn(text)).toEqual(expected);
  });
});

describe('bodyShape', () => {
  const send = (code: string): string => `${EXPRESS}import { pick } from './pick.js';\nimport { prisma } from './database.js';\napp.get('/o', async (req, res) => { ${code} });\n`;
  const others = {
    'src/pick.ts': `export interface Order { id: string; total: number }\nexport function pick(): { kind: 'order'; order: Order } { return load() as never; }\nexport const wrap = (data: unknown) => ({ success: true, data });\nexport class Answer { success = true; constructor(readonly data: unknown) {} }`,
    'src/database.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  };
  const cases: readonly (readonly [name: string, code: string, shape: string])[] = [
    ['literals', `res.json({ a: 1, b: 2 });`, '{a,b}'],
    ['spreads of known objects', `const meta = { page: 1 }; res.json({ ...meta, items: [] });`, '{page,items}'],
    ['spreads of anything', `res.json({ ...req.body, items: [] });`, '{items,…}'],
    ['names', `const body = { a: 1 }; body.b = 2; res.json(body);`, '{a,b}'],
    ['members of objects', `const result = { data: [1] }; res.json(result.data);`, 'array'],
    ['lists that are mapped', `res.json(req.query.ids.map((id) => id));`, 'array'],
    ['declared return types', `res.json(pick());`, '{kind,order}'],
    ['members of declared types', `res.json(pick().order);`, '{id,total}'],
    ['functions that make an envelope', `const { wrap } = await import('./pick.js'); res.json(wrap(1));`, '{success,data}'],
    ['classes', `const { Answer } = await import('./pick.js'); res.json(new Answer(1));`, '{success,data}'],
    ['lists of rows', `res.json(await prisma.order.findMany());`, 'array'],
    ['one row', `const order = await prisma.order.findUnique({ where: { id: '1' } }); res.json(order);`, 'row'],
    ['alternatives of one kind', `res.json(req.query.a ? [1] : []);`, 'array'],
    ['alternatives of two kinds', `res.json(req.query.a ? [1] : { a: 1 });`, 'unknown'],
    ['parameters', `const answer = (body) => res.json(body); answer({ a: 1 });`, 'unknown'],
  ];

  it.each(cases)('knows %s', (_name, code, shape) => {
    expect(responsesIn(send(code), others)[0]?.split(' ').at(-1)).toBe(shape);
  });
});
