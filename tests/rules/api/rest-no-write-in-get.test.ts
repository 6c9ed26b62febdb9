import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ID = 'rest-no-write-in-get';

function routesFound(files: Readonly<Record<string, string>>): string[] {
  return checkText(files, { rules, only: [ID] }).findings.map(({ message }) => /^`(.*?)`/.exec(message)?.[1] ?? '');
}

const EXPRESS = `import express from 'express';
import { PrismaClient } from '@prisma/client';
const app = express();
const prisma = new PrismaClient();
`;

function express(path: string, body: string): Record<string, string> {
  return { 'src/app.ts': `${EXPRESS}app.get('${path}', async (req, res) => {\n${body}\n  res.json({});\n});\n` };
}

const HONO = `import { Hono } from 'hono';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pgTable, text } from 'drizzle-orm/pg-core';
const db = drizzle(process.env.DATABASE_URL);
const orders = pgTable('orders', { id: text('id') });
const auditLog = pgTable('audit_log', { id: text('id') });
const app = new Hono();
`;

const FASTIFY = `import Fastify from 'fastify';
import knex from 'knex';
const app = Fastify();
const db = knex({ client: 'pg' });
`;

const TRPC = `import { initTRPC } from '@trpc/server';
import { PrismaClient } from '@prisma/client';
const t = initTRPC.create();
const prisma = new PrismaClient();
`;

function nest(method: string): Record<string, string> {
  return {
    'src/orders.controller.ts': `import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Order } from './order.entity';
@Controller('orders')
export class OrdersController {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
${method}
}
`,
    'src/order.entity.ts': `import { Entity, PrimaryGeneratedColumn, Column } from 'typeorm';
@Entity()
export class Order {
  @PrimaryGeneratedColumn() id: number;
  @Column() status: string;
}
`,
  };
}

describe(ID, () => {
  it.each<[string, string[], Record<string, string>]>([
    ['a deletion', ['GET /orders/:id/delete'], express('/orders/:id/delete', 'await prisma.order.delete({ where: { id: req.params.id } });')],
    ['an update of what is asked for', ['GET /orders/:id/cancel'], express('/orders/:id/cancel', `await prisma.order.update({ where: { id: req.params.id }, data: { status: 'CANCELLED' } });`)],
    ['a creation', ['GET /carts/new'], express('/carts/new', 'await prisma.cart.create({ data: {} });')],
    ['an update of several columns, of which one is a time', ['GET /tasks/:id'], express('/tasks/:id', `await prisma.task.update({ where: { id: req.params.id }, data: { done: true, updatedAt: new Date() } });`)],
    ['a write in a function that the handler calls', ['GET /reports/:id/archive'], {
      'src/app.ts': `${EXPRESS}async function archive(id) { await prisma.report.update({ where: { id }, data: { archived: true } }); }\napp.get('/reports/:id/archive', async (req, res) => { await archive(req.params.id); res.json({}); });\n`,
    }],
    ['Hono and Drizzle', ['GET /orders/:id/paid'], { 'src/app.ts': `${HONO}app.get('/orders/:id/paid', async (c) => { await db.update(orders).set({ paid: true }); return c.json({}); });\n` }],
    ['a deletion with Drizzle', ['GET /orders/clear'], { 'src/app.ts': `${HONO}app.get('/orders/clear', async (c) => { await db.delete(orders); return c.json({}); });\n` }],
    ['Fastify and Knex', ['GET /users/:id/ban'], { 'src/app.ts': `${FASTIFY}app.get('/users/:id/ban', async (request) => { await db('users').where({ id: request.params.id }).update({ banned: true }); return {}; });\n` }],
    ['a HEAD', ['HEAD /users/:id'], { 'src/app.ts': `${FASTIFY}app.head('/users/:id', async (request) => { await db('users').where({ id: request.params.id }).del(); return {}; });\n` }],
    ['NestJS and TypeORM', ['GET /orders/:id/ship'], nest(`  @Get(':id/ship') async ship(@Param('id') id: number) { await this.orders.update(id, { status: 'shipped' }); }`)],
    ['a query of tRPC', ['orders.close'], { 'src/router.ts': `${TRPC}export const appRouter = t.router({ orders: t.router({ close: t.procedure.query(async () => { await prisma.order.updateMany({ data: { open: false } }); }) }) });\n` }],
    ['a query of GraphQL', ['closeOrder'], {
      'src/order.resolver.ts': `import { Query, Resolver } from 'type-graphql';\nimport { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n@Resolver()\nexport class OrderResolver {\n  @Query(() => Boolean) async closeOrder() { await prisma.order.updateMany({ data: { open: false } }); return true; }\n}\n`,
    }],
  ])('reports %s', (_name, expected, files) => {
    expect(routesFound(files)).toEqual(expected);
  });

  it.each<[string, Record<string, string>]>([
    ['a read', express('/orders/:id', 'await prisma.order.findUnique({ where: { id: req.params.id } });')],
    ['a POST', { 'src/app.ts': `${EXPRESS}app.post('/orders', async (req, res) => { await prisma.order.create({ data: req.body }); res.json({}); });\n` }],
    ['an entry in a log', express('/orders/:id', 'await prisma.auditLog.create({ data: { what: req.params.id } });')],
    ['the time of the last visit', express('/me', 'await prisma.user.update({ where: { id: req.user.id }, data: { lastSeenAt: new Date() } });')],
    ['a counter', express('/posts/:id', 'await prisma.post.update({ where: { id: req.params.id }, data: { viewCount: { increment: 1 } } });')],
    ['a session', express('/me', 'await prisma.session.update({ where: { id: req.sid }, data: { data: {} } });')],
    ['an upsert, which may be how a cache is filled', express('/rates/:day', 'await prisma.rate.upsert({ where: { day: req.params.day }, create: {}, update: {} });')],
    ['settings that are made when they are first read', express('/settings', 'let settings = await prisma.settings.findFirst();\n  if (!settings) settings = await prisma.settings.create({ data: {} });')],
    ['a token that is renewed on the way', {
      'src/app.ts': `${EXPRESS}async function refreshToken(id) { await prisma.account.update({ where: { id }, data: { accessToken: 'x' } }); }\napp.get('/repositories', async (req, res) => { await refreshToken(1); res.json({}); });\n`,
    }],
    ['the way back from a provider', express('/oauth/callback', 'await prisma.account.create({ data: {} });')],
    ['a link in a mail, by its path', express('/verify-email/:id', 'await prisma.user.update({ where: { id: req.params.id }, data: { verified: true } });')],
    ['a link in a mail, by the token that it carries', express('/users/email', 'await prisma.user.update({ where: { token: req.query.token }, data: { email: req.query.to } });')],
    ['a link in a mail in NestJS', nest(`  @Get('email') async email(@Query('token') token: string) { await this.orders.update(1, { status: token }); }`)],
    ['what a scheduler asks for', express('/cron/cleanup', 'await prisma.order.deleteMany({ where: { draft: true } });')],
    ['a log with Drizzle', { 'src/app.ts': `${HONO}app.get('/orders', async (c) => { await db.insert(auditLog).values({ id: '1' }); return c.json({}); });\n` }],
    ['visits with Knex', { 'src/app.ts': `${FASTIFY}app.get('/:slug', async (request) => { await db('visits').insert({ slug: request.params.slug }); return {}; });\n` }],
    ['a read with TypeORM', nest(`  @Get(':id') find(@Param('id') id: number) { return this.orders.findOneBy({ id }); }`)],
    ['a mutation of tRPC', { 'src/router.ts': `${TRPC}export const appRouter = t.router({ close: t.procedure.mutation(async () => { await prisma.order.updateMany({ data: { open: false } }); }) });\n` }],
  ])('leaves %s alone', (_name, files) => {
    expect(routesFound(files)).toEqual([]);
  });

  it('shows the way to a write that stands elsewhere', () => {
    const service = `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport async function archiveOrder(id) { await prisma.order.delete({ where: { id } }); }\n`;
    const app = `import express from 'express';\nimport { archiveOrder } from './orders.service.js';\nconst app = express();\napp.get('/orders/:id', async (req, res) => { await archiveOrder(req.params.id); res.json({}); });\n`;
    const [finding] = checkText({ 'src/app.ts': app, 'src/orders.service.ts': service }, { rules, only: [ID] }).findings;
    expect(finding?.message).toContain('(`prisma.order.delete` in `archiveOrder`)');
    expect(finding?.message).toContain('Make it a DELETE');
    expect(finding?.trail?.map(({ label }) => label)).toEqual(['archiveOrder', 'prisma.order.delete']);
  });
});
