import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ID = 'rest-status-code';

const HEADS: Readonly<Record<string, string>> = {
  express: `import express from 'express';\nimport { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nconst app = express();\n`,
  fastify: `import Fastify from 'fastify';\nimport knex from 'knex';\nconst db = knex({ client: 'pg' });\nconst app = Fastify();\n`,
  hono: `import { Hono } from 'hono';\nimport { drizzle } from 'drizzle-orm/node-postgres';\nimport { pgTable, text } from 'drizzle-orm/pg-core';\nconst db = drizzle(process.env.DATABASE_URL);\nconst orders = pgTable('orders', { id: text('id') });\nconst app = new Hono();\n`,
};

function messagesIn(framework: string, routes: string): string[] {
  return checkText({ 'src/app.ts': `${HEADS[framework]}${routes}\n` }, { rules, only: [ID] }).findings.map(({ message }) => message);
}

function nest(member: string): string[] {
  const text = `import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Res } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Order } from './order.entity';
@Controller('orders')
export class OrdersController {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
${member}
}
`;
  const entity = `import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Order {\n  @PrimaryGeneratedColumn() id: number;\n}\n`;
  return checkText({ 'src/orders.controller.ts': text, 'src/order.entity.ts': entity }, { rules, only: [ID] }).findings.map(({ message }) => message);
}

describe(ID, () => {
  it.each([
    ['express', `app.post('/orders', async (req, res) => { const order = await prisma.order.create({ data: req.body }); res.json(order); });`, 'creates a row of `order` and answers 200'],
    ['express', `app.post('/orders', async (req, res) => { const order = await prisma.order.create({ data: req.body }); res.status(200).json({ data: order }); });`, '`res.status(201).json(…)`'],
    ['express', `app.post('/posts/:id/comments', async (req, res) => { const old = await prisma.comment.findFirst({ where: req.body }); if (old) return res.status(409).json({ code: 'EXISTS' }); res.json(await prisma.comment.create({ data: req.body })); });`, 'creates a row of `comment`'],
    ['fastify', `app.post('/users', async (request, reply) => { const [user] = await db('users').insert(request.body); reply.send({ user }); });`, '`reply.code(201).send(…)`'],
    ['fastify', `app.post('/users', async (request) => { const [user] = await db('users').insert(request.body); return { user }; });`, 'creates a row of `users`'],
    ['hono', `app.post('/orders', async (c) => { const order = await db.insert(orders).values({ id: '1' }); return c.json({ order }); });`, '`c.json(…, 201)`'],
    ['express', `app.delete('/orders/:id', (req, res) => { res.status(201).json({ ok: true }); });`, 'A DELETE creates nothing'],
    ['express', `app.get('/orders/:id', (req, res) => { res.status(201).json({ ok: true }); });`, 'A GET creates nothing'],
    ['hono', `app.patch('/orders/:id', (c) => c.json({ ok: true }, 201));`, 'A PATCH creates nothing'],
    ['express', `app.delete('/orders/:id', (req, res) => { res.status(204).json({ ok: true }); });`, 'answers 204 with a body'],
    ['fastify', `app.put('/orders/:id', (request, reply) => { reply.code(204).send({ ok: true }); });`, 'answers 204 with a body'],
  ])('reports with %s: %s', (framework, routes, text) => {
    expect(messagesIn(framework, routes)).toEqual([expect.stringContaining(text)]);
  });

  it.each([
    `  @Post(':id/cancel') async cancel(@Param('id') id: number) { await this.orders.update(id, { state: 'cancelled' }); return { ok: true }; }`,
    `  @Post('search') search(@Body() filter: object) { return this.orders.find({ where: filter }); }`,
  ])('reports what NestJS answers by default: %s', (member) => {
    expect(nest(member)).toEqual([expect.stringContaining('NestJS answers every POST with 201')]);
  });

  it('reports a body with 204 and a 201 for a deletion in NestJS', () => {
    expect(nest(`  @HttpCode(204) @Delete(':id') remove() { return { ok: true }; }`)).toEqual([expect.stringContaining('answers 204 with a body')]);
    expect(nest(`  @HttpCode(HttpStatus.CREATED) @Delete(':id') remove() { return { ok: true }; }`)).toEqual([expect.stringContaining('A DELETE creates nothing')]);
  });

  it.each([
    ['a creation with 201', 'express', `app.post('/orders', async (req, res) => { res.status(201).json(await prisma.order.create({ data: req.body })); });`],
    ['a creation with 202, to be done later', 'express', `app.post('/orders', async (req, res) => { await prisma.order.create({ data: req.body }); res.status(202).json({ queued: true }); });`],
    ['200 for what was there, beside 201', 'express', `app.post('/orders', async (req, res) => { if (req.body.id) return res.json({}); res.status(201).json(await prisma.order.create({ data: req.body })); });`],
    ['an action that creates something else', 'express', `app.post('/orders/:id/cancel', async (req, res) => { await prisma.refund.create({ data: {} }); res.json({ ok: true }); });`],
    ['a login', 'express', `app.post('/login', async (req, res) => { await prisma.session.create({ data: {} }); res.json({ ok: true }); });`],
    ['a search', 'express', `app.post('/orders/search', async (req, res) => { res.json(await prisma.order.findMany()); });`],
    ['an upsert', 'express', `app.post('/orders', async (req, res) => { res.json(await prisma.order.upsert({ where: {}, create: {}, update: {} })); });`],
    ['a PUT that creates', 'hono', `app.put('/orders/:id', (c) => c.json({ ok: true }, 201));`],
    ['204 without a body', 'express', `app.delete('/orders/:id', (req, res) => { res.status(204).end(); });`],
    ['204 with nothing to send', 'fastify', `app.delete('/orders/:id', (request, reply) => { reply.code(204).send(); });`],
    ['many rows at once', 'express', `app.post('/orders', async (req, res) => { await prisma.order.createMany({ data: req.body }); res.json({ ok: true }); });`],
    ['a webhook', 'express', `app.post('/webhooks/orders', async (req, res) => { await prisma.order.create({ data: req.body }); res.json({ received: true }); });`],
  ])('leaves %s alone', (_name, framework, routes) => {
    expect(messagesIn(framework, routes)).toEqual([]);
  });

  it.each([
    ['a creation', `  @Post() create(@Body() body: object) { return this.orders.save(body); }`],
    ['an action with a status', `  @HttpCode(200) @Post(':id/cancel') cancel() { return { ok: true }; }`],
    ['an action that answers itself', `  @Post(':id/cancel') cancel(@Res() res) { res.json({ ok: true }); }`],
    ['an action that creates', `  @Post(':id/restart') async restart(@Body() body: object) { return this.orders.save(body); }`],
  ])('leaves %s in NestJS alone', (_name, member) => {
    expect(nest(member)).toEqual([]);
  });
});
