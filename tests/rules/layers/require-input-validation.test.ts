import { describe, expect, test } from 'vitest';
import rule from '../../../rules/layers/require-input-validation.ts';
import { checkText } from '../../../src/findings/check-text.ts';

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

const DB = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`;

/** An Express program with one route; `before`: what stands above it. */
function express(route: string, before = '', more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    'src/db.ts': DB,
    'src/app.ts': `import express from 'express';\nimport { prisma } from './db.ts';\n${before}\nconst app = express();\n${route}\n`,
    ...more,
  };
}

function nest(controller: string, main = `app.useGlobalPipes(new ValidationPipe());`): Readonly<Record<string, string>> {
  return {
    'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { ValidationPipe } from '@nestjs/common';\nimport { AppModule } from './app.module.ts';
      const app = await NestFactory.create(AppModule);\n${main}\nawait app.listen(3000);`,
    'src/app.module.ts': `import { Module } from '@nestjs/common';\nimport { OrdersController } from './orders.controller.ts';\n@Module({ controllers: [OrdersController] })\nexport class AppModule {}`,
    'src/orders.service.ts': `import { Injectable } from '@nestjs/common';\nimport { InjectRepository } from '@nestjs/typeorm';\nimport { Repository } from 'typeorm';\nimport { Order } from './order.entity.ts';
      @Injectable()
      export class OrdersService {
        constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
        create(order: Partial<Order>) { return this.orders.save(order); }
      }`,
    'src/order.entity.ts': `import { Column, Entity } from 'typeorm';\n@Entity() export class Order { @Column() note: string; }`,
    'src/orders.controller.ts': `import { Body, Controller, Post, Query, UsePipes, ValidationPipe } from '@nestjs/common';\nimport { OrdersService } from './orders.service.ts';\n${controller}`,
  };
}

function lines({ files }: Pick<Case, 'files'>, options?: object, more: object = {}): readonly string[] {
  const rules = { [rule.id]: options ? ['error', options] : 'error' };
  const settings = JSON.stringify({ preset: 'strict', rules, ...more });
  const { findings } = checkText({ ...files, 'backend-patterns.config.json': settings }, { rules: [rule as never], only: [rule.id] });
  return findings.map(({ path, line, message }) => `${path}:${line} ${/^`.*? as the client sent it[^.]*/.exec(message)?.[0] ?? message}`);
}

const REPORTED: readonly (Case & { readonly expected: string })[] = [
  {
    name: 'Express: the body as data',
    files: express(`app.post('/orders', async (req, res) => { res.json(await prisma.order.create({ data: req.body })); });`),
    expected: 'src/app.ts:5 `req.body` of `POST /orders` reaches `prisma.order.create` as the client sent it',
  },
  {
    name: 'Express: a field, destructured and tested for being there',
    files: express(`app.post('/login', async (req, res) => {
      const { email } = req.body;
      if (!email) return res.status(400).end();
      res.json(await prisma.user.findFirst({ where: { email } }));
    });`),
    expected: 'src/app.ts:6 `req.body` of `POST /login` reaches `prisma.user.findFirst` as the client sent it',
  },
  {
    name: 'Express: two own functions deep',
    files: express(`app.post('/orders', async (req, res) => res.json(await place({ note: req.body.note, user: 1 })));`, `import { place } from './service.ts';`, {
      'src/service.ts': `import { insert } from './repository.ts';\nexport function place(order: { note: string; user: number }) { return insert(order.note); }`,
      'src/repository.ts': `import { prisma } from './db.ts';\nexport const insert = (note: string) => prisma.order.create({ data: { note } });`,
    }),
    expected: 'src/app.ts:5 `req.body` of `POST /orders` reaches `prisma.order.create` as the client sent it',
  },
  {
    name: 'Express: another field is validated',
    files: express(
      `app.post('/orders', async (req, res) => {
        const note = Note.parse(req.body.note);
        res.json(await prisma.order.create({ data: { note, price: req.body.price } }));
      });`,
      `import { z } from 'zod';\nconst Note = z.string();`,
    ),
    expected: 'src/app.ts:8 `req.body` of `POST /orders` reaches `prisma.order.create` as the client sent it',
  },
  {
    name: 'Express: validated in the other branch alone',
    files: express(
      `app.all('/orders', async (req, res) => {
        if (req.method === 'POST') {
          const order = Order.parse(req.body);
          return res.json(await prisma.order.create({ data: order }));
        }
        res.json(await prisma.order.update({ where: { id: 1 }, data: req.body }));
      });`,
      `import { z } from 'zod';\nconst Order = z.object({ note: z.string() });`,
    ),
    expected: 'src/app.ts:11 `req.body` of `ALL /orders` reaches `prisma.order.update` as the client sent it',
  },
  {
    name: 'Express: the middleware validates the query, not the body',
    files: express(
      `app.post('/orders', celebrate({ query: Joi.object() }), async (req, res) => { res.json(await prisma.order.create({ data: req.body })); });`,
      `import { celebrate, Joi } from 'celebrate';`,
    ),
    expected: 'src/app.ts:5 `req.body` of `POST /orders` reaches `prisma.order.create` as the client sent it',
  },
  {
    name: 'Express: a lookup with a value that may be an object, in Mongoose',
    files: {
      'src/user.ts': `import mongoose from 'mongoose';\nexport const User = mongoose.model('User', new mongoose.Schema({ token: String }));`,
      'src/app.js': `import express from 'express';\nimport { User } from './user.ts';\nconst app = express();\napp.post('/reset', async (req, res) => { res.json(await User.findOne({ token: req.body.token })); });`,
    },
    expected: 'src/app.js:4 `req.body` of `POST /reset` reaches `User.findOne` as the client sent it',
  },
  {
    name: 'Hono: the body as values of Drizzle',
    files: {
      'src/app.ts': `import { Hono } from 'hono';\nimport { drizzle } from 'drizzle-orm/node-postgres';\nimport { orders } from './schema.ts';
        const db = drizzle(process.env.DATABASE_URL!);
        export const app = new Hono();
        app.post('/orders', async (c) => { const order = await c.req.json(); return c.json(await db.insert(orders).values(order).returning()); });`,
      'src/schema.ts': `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const orders = pgTable('orders', { note: text('note') });`,
    },
    expected: 'src/app.ts:6 `c.req.json()` of `POST /orders` reaches `db.insert(orders)` as the client sent it',
  },
  {
    name: 'Fastify: a schema without a body',
    files: {
      'src/db.ts': DB,
      'src/app.ts': `import Fastify from 'fastify';\nimport { prisma } from './db.ts';\nconst app = Fastify();
        app.post('/orders', { schema: { tags: ['orders'], querystring: { type: 'object' } } }, async (request) => prisma.order.create({ data: request.body }));`,
    },
    expected: 'src/app.ts:4 `request.body` of `POST /orders` reaches `prisma.order.create` as the client sent it',
  },
  {
    name: 'Koa: the body through a row that is saved',
    files: {
      'src/app.ts': `import Koa from 'koa';\nimport Router from '@koa/router';\nimport knex from 'knex';
        const db = knex({ client: 'pg' });
        const router = new Router();
        router.post('/orders', async (ctx) => { const row = { user: 1, note: ctx.request.body.note }; await db('orders').insert(row); ctx.status = 201; });
        new Koa().use(router.routes());`,
    },
    expected: "src/app.ts:6 `ctx.request.body` of `POST /orders` reaches `db('orders').insert` as the client sent it",
  },
  {
    name: 'Next.js: a route handler',
    files: {
      'package.json': JSON.stringify({ name: 'web', dependencies: { next: '15.0.0' } }),
      'lib/db.ts': DB,
      'app/api/orders/route.ts': `import { prisma } from '../../../lib/db.ts';
        export async function POST(request: Request) { const { note } = await request.json(); return Response.json(await prisma.order.create({ data: { note } })); }`,
    },
    expected: 'app/api/orders/route.ts:2 `request.json()` of `POST /api/orders` reaches `prisma.order.create` as the client sent it',
  },
  {
    name: 'NestJS: an interface is gone at run time',
    files: nest(`interface NewOrder { note: string }
      @Controller('orders') export class OrdersController { constructor(private readonly service: OrdersService) {}
        @Post() create(@Body() order: NewOrder) { return this.service.create(order); } }`),
    expected: 'src/orders.controller.ts:5 `Body() order` of `POST /orders` reaches `this.orders.save` as the client sent it: its type is gone at run time',
  },
  {
    name: 'NestJS: a class without constraints',
    files: nest(`class NewOrder { note: string }
      @Controller('orders') export class OrdersController { constructor(private readonly service: OrdersService) {}
        @Post() create(@Body() order: NewOrder) { return this.service.create(order); } }`),
    expected: 'src/orders.controller.ts:5 `Body() order` of `POST /orders` reaches `this.orders.save` as the client sent it: its class has no constraints',
  },
  {
    name: 'NestJS: constraints, but nothing that holds to them',
    files: nest(
      `import { IsString } from 'class-validator';\nclass NewOrder { @IsString() note: string }
      @Controller('orders') export class OrdersController { constructor(private readonly service: OrdersService) {}
        @Post() create(@Body() order: NewOrder) { return this.service.create(order); } }`,
      '',
    ),
    expected: 'src/orders.controller.ts:6 `Body() order` of `POST /orders` reaches `this.orders.save` as the client sent it: no `ValidationPipe` is set up',
  },
  {
    name: 'Express: through an object that is made from itself',
    files: express(`app.post('/o', async (req, res) => {
      let data = { note: req.body.note };
      if (req.query.more) data = { ...data, more: true };
      data = { ...data, ...data };
      res.json(await prisma.order.create({ data: { note: data.note } }));
    });`),
    expected: 'src/app.ts:6 `req.body` of `POST /o` reaches `prisma.order.create` as the client sent it',
  },
  {
    name: 'the query as it came',
    files: express(`app.get('/orders', async (req, res) => { res.json(await prisma.order.findMany({ where: { note: req.query.note }, take: 10 })); });`),
    expected: 'src/app.ts:5 `req.query` of `GET /orders` reaches `prisma.order.findMany` as the client sent it',
  },
];

const ORDER = 'z.object({ note: z.string() })';
const CREATE = (value: string): string => `res.json(await prisma.order.create({ data: ${value} }));`;

/** Each with the library that validates, or the reason why there is nothing to validate. */
const SILENT: readonly Case[] = [
  { name: 'Zod: what parse gives', files: express(`app.post('/o', async (req, res) => { ${CREATE('Order.parse(req.body)')} });`, `import { z } from 'zod';\nconst Order = ${ORDER};`) },
  {
    name: 'Zod: safeParse, then the body itself',
    files: express(
      `app.post('/o', async (req, res) => { if (!Order.safeParse(req.body).success) return res.status(400).end(); ${CREATE('req.body')} });`,
      `import { z } from 'zod/v4';\nconst Order = ${ORDER};`,
    ),
  },
  {
    name: 'Zod: inside the service',
    files: express(`app.post('/o', async (req, res) => { res.json(await place(req.body)); });`, `import { place } from './service.ts';`, {
      'src/service.ts': `import { z } from 'zod';\nimport { prisma } from './db.ts';\nconst Order = ${ORDER};
        export function place(body: unknown) { const order = Order.parse(body); return prisma.order.create({ data: order }); }`,
    }),
  },
  {
    name: 'Zod: a middleware of our own, from another file, with the schema as a parameter',
    files: express(`app.post('/o', validate(Order), async (req, res) => { ${CREATE('req.body')} });`, `import { z } from 'zod';\nimport { validate } from './validate.ts';\nconst Order = ${ORDER};`, {
      'src/validate.ts': `import type { ZodType } from 'zod';\nexport const validate = (schema: ZodType) => (req, res, next) => { schema.parse(req.body); next(); };`,
    }),
  },
  {
    name: 'a middleware of our own for any part',
    files: express(`app.post('/o', validate('body', Order), async (req, res) => { ${CREATE('req.body')} });`, `import { z } from 'zod';\nimport { validate } from './validate.ts';\nconst Order = ${ORDER};`, {
      'src/validate.ts': `export const validate = (part, schema) => (req, res, next) => { req[part] = schema.parse(req[part]); next(); };`,
    }),
  },
  {
    name: 'Joi: validate tells the error',
    files: express(
      `app.post('/o', async (req, res) => { const { error, value } = Order.validate(req.body); if (error) return res.status(400).end(); ${CREATE('value')} });`,
      `import Joi from 'joi';\nconst Order = Joi.object({ note: Joi.string() });`,
    ),
  },
  { name: 'Yup', files: express(`app.post('/o', async (req, res) => { ${CREATE('await Order.validate(req.body)')} });`, `import * as yup from 'yup';\nconst Order = yup.object({ note: yup.string() });`) },
  { name: 'Valibot', files: express(`app.post('/o', async (req, res) => { ${CREATE('v.parse(Order, req.body)')} });`, `import * as v from 'valibot';\nconst Order = v.object({ note: v.string() });`) },
  {
    name: 'Ajv',
    files: express(
      `app.post('/o', async (req, res) => { if (!check(req.body)) return res.status(400).end(); ${CREATE('req.body')} });`,
      `import Ajv from 'ajv';\nconst ajv = new Ajv();\nconst check = ajv.compile({ type: 'object' });`,
    ),
  },
  { name: 'TypeBox', files: express(`app.post('/o', async (req, res) => { ${CREATE('Value.Parse(Order, req.body)')} });`, `import { Type } from '@sinclair/typebox';\nimport { Value } from '@sinclair/typebox/value';\nconst Order = Type.Object({});`) },
  { name: 'ArkType', files: express(`app.post('/o', async (req, res) => { const order = Order(req.body); if (order instanceof type.errors) return; ${CREATE('order')} });`, `import { type } from 'arktype';\nconst Order = type({ note: 'string' });`) },
  { name: 'Superstruct', files: express(`app.post('/o', async (req, res) => { assert(req.body, Order); ${CREATE('req.body')} });`, `import { assert, object } from 'superstruct';\nconst Order = object({});`) },
  { name: 'Effect Schema', files: express(`app.post('/o', async (req, res) => { ${CREATE('decode(req.body)')} });`, `import { Schema } from 'effect';\nconst decode = Schema.decodeUnknownSync(Schema.Struct({}));`) },
  { name: 'io-ts', files: express(`app.post('/o', async (req, res) => { if (!Order.is(req.body)) return; ${CREATE('req.body')} });`, `import * as t from 'io-ts';\nconst Order = t.type({ note: t.string });`) },
  {
    name: 'class-validator by hand',
    files: express(
      `app.post('/o', async (req, res) => { const order = plainToInstance(Order, req.body); await validateOrReject(order); ${CREATE('order')} });`,
      `import { IsString, validateOrReject } from 'class-validator';\nimport { plainToInstance } from 'class-transformer';\nclass Order { @IsString() note: string; }`,
    ),
  },
  { name: 'celebrate', files: express(`app.post('/o', celebrate({ body: Joi.object() }), async (req, res) => { ${CREATE('req.body')} });`, `import { celebrate, Joi } from 'celebrate';`) },
  {
    name: 'express-validator, a list of chains in another file',
    files: express(`app.post('/o', rules.create, async (req, res) => { ${CREATE('req.body')} });`, `import * as rules from './rules.ts';`, {
      'src/rules.ts': `import { body } from 'express-validator';\nexport const create = [body('note').isString().trim(), body('price').optional().isInt()];`,
    }),
  },
  {
    name: 'Hono: zValidator',
    files: {
      'src/db.ts': DB,
      'src/app.ts': `import { Hono } from 'hono';\nimport { zValidator } from '@hono/zod-validator';\nimport { prisma } from './db.ts';\nexport const app = new Hono();
        app.post('/o', zValidator('json', Order), async (c) => c.json(await prisma.order.create({ data: c.req.valid('json') })));
        app.put('/o', zValidator('json', Order), async (c) => c.json(await prisma.order.create({ data: await c.req.json() })));`,
    },
  },
  {
    name: 'Fastify: the schema of the route, spread from another object',
    files: {
      'src/db.ts': DB,
      'src/app.ts': `import Fastify from 'fastify';\nimport { prisma } from './db.ts';\nconst app = Fastify();\nconst create = { body: { type: 'object' } };
        app.post('/o', { schema: { ...create, tags: ['o'] } }, async (request) => prisma.order.create({ data: request.body }));
        app.route({ method: 'PUT', url: '/o', schema: create, handler: async (request) => prisma.order.create({ data: request.body }) });`,
    },
  },
  {
    name: 'NestJS: constraints and a global pipe',
    files: nest(`import { IsString } from 'class-validator';\nclass NewOrder { @IsString() note: string }
      @Controller('orders') export class OrdersController { constructor(private readonly service: OrdersService) {}
        @Post() create(@Body() order: NewOrder) { return this.service.create(order); } }`),
  },
  {
    name: 'NestJS: a class that packages make from another one',
    files: nest(`import { PartialType } from '@nestjs/mapped-types';\nimport { NewOrder } from './new-order.ts';\nclass OrderPatch extends PartialType(NewOrder) { note: string }
      @Controller('orders') export class OrdersController { constructor(private readonly service: OrdersService) {}
        @Post() create(@Body() order: OrderPatch) { return this.service.create(order); } }`),
  },
  {
    name: 'NestJS: a pipe at the parameter',
    files: nest(
      `import { ZodPipe } from './zod-pipe.ts';
      @Controller('orders') export class OrdersController { constructor(private readonly service: OrdersService) {}
        @Post() create(@Body(new ZodPipe(schema)) order: { note: string }) { return this.service.create(order); } }`,
      '',
    ),
  },
  {
    name: 'tRPC: the contract is the input',
    files: {
      'src/db.ts': DB,
      'src/router.ts': `import { initTRPC } from '@trpc/server';\nimport { prisma } from './db.ts';\nconst t = initTRPC.create();
        export const router = t.router({ create: t.procedure.input(Order).mutation(({ input }) => prisma.order.create({ data: input })) });`,
    },
  },
  { name: 'a path parameter in a lookup', files: express(`app.get('/o/:id', async (req, res) => { res.json(await prisma.order.findUnique({ where: { id: req.params.id } })); });`) },
  { name: 'made a number', files: express(`app.get('/o', async (req, res) => { res.json(await prisma.order.findMany({ take: Math.min(Number(req.query.limit), 50) })); });`) },
  {
    name: 'tested by hand for its type',
    files: express(`app.post('/o', async (req, res) => { const note = typeof req.body.note === 'string' ? req.body.note.trim() : ''; ${CREATE('{ note }')} });`),
  },
  {
    name: 'a guard of our own',
    files: express(`app.post('/o', async (req, res) => { if (!isOrder(req.body)) return res.status(400).end(); ${CREATE('req.body')} });`, `import { isOrder } from './is-order.ts';`, {
      'src/is-order.ts': `export function isOrder(value: unknown): value is { note: string } { return typeof value === 'object' && value !== null && 'note' in value; }`,
    }),
  },
  {
    name: 'a webhook with a signature',
    files: express(
      `app.post('/hook', async (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], key); ${CREATE('{ note: req.body.id, type: event.type }')} });`,
      `import Stripe from 'stripe';\nconst stripe = new Stripe('');\nconst key = '';`,
    ),
  },
  {
    name: 'rows that were found by it',
    files: express(
      `app.post('/o', async (req, res) => { const id = z.uuid().parse(req.body.id); const user = await prisma.user.findUnique({ where: { id } }); ${CREATE('{ owner: user.id }')} });`,
      `import { z } from 'zod';`,
    ),
  },
  { name: 'no query', files: express(`app.post('/echo', async (req, res) => { res.json({ data: req.body }); });`) },
  {
    name: 'a test',
    files: { ...express(''), 'tests/app.test.ts': `import express from 'express';\nimport { prisma } from '../src/db.ts';\nconst app = express();\napp.post('/o', async (req, res) => { ${CREATE('req.body')} });` },
  },
];

describe('require-input-validation', () => {
  test.each(REPORTED)('reports: $name', ({ expected, ...each }) => {
    expect(lines(each)).toEqual([expected]);
  });

  test.each(SILENT)('is silent: $name', (each) => {
    expect(lines(each)).toEqual([]);
  });

  test('validators of our own stand in the settings', () => {
    const files = express(`app.post('/o', async (req, res) => { shape(req.body); res.json(await prisma.order.create({ data: req.body })); });`, `import { shape } from './shape.ts';`, {
      'src/shape.ts': 'export function shape(value) { return value; }',
    });
    expect(lines({ files })).toHaveLength(1);
    expect(lines({ files }, undefined, { validators: [{ module: './src/shape.ts', name: 'shape' }] })).toEqual([]);
  });

  test('the parts to judge are an option', () => {
    const files = express(`app.get('/o/:id', async (req, res) => { res.json(await prisma.order.findUnique({ where: { id: req.params.id } })); });`);
    expect(lines({ files }, { parts: ['params'] })).toEqual(['src/app.ts:5 `req.params` of `GET /o/:id` reaches `prisma.order.findUnique` as the client sent it']);
  });
});
