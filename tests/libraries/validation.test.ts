import { describe, expect, test } from 'vitest';
import { codeOf } from '../../src/project/code.ts';
import { openProject } from '../../src/project/open.ts';
import { effectOf, meaningsOf } from '../../src/project/recognise.ts';
import { routes } from '../../src/project/routes.ts';
import { validationsOf } from '../../src/project/validations.ts';
import { tree } from '../project/tree.ts';

const open = (text: string) => openProject({ root: tree({ 'package.json': { name: 'shop' }, 'src/app.ts': text }), cache: false });

/** What the libraries say is validated in a file, as code. */
function validated(text: string): readonly string[] {
  const project = open(text);
  const file = project.files.get('src/app.ts')!;
  return file.facts.calls.flatMap((value) => {
    const fact = file.facts.values[value];
    const match = effectOf(meaningsOf(project.linker, project.recogniser, { file, value }), 'validation');
    const arg = match && fact?.kind === 'call' ? fact.args[match.effect.argument] : undefined;
    return arg === undefined ? [] : [codeOf(file, arg)];
  });
}

describe('calls that validate', () => {
  test.each<{ name: string; text: string; values: string[] }>([
    {
      name: 'Zod',
      text: `
        import { z } from 'zod';
        import * as mini from 'zod/mini';
        import type { ZodType } from 'zod';
        const Order = z.object({ note: z.string().min(1), at: z.coerce.date() }).strict();
        Order.parse(a);
        Order.pick({ note: true }).array().safeParse(b);
        await z.union([Order, Order.shape.note]).parseAsync(c);
        z.parse(Order, d);
        mini.parse(mini.object({}), e);
        export const check = (schema: ZodType, value: unknown) => schema.safeParse(value);
        JSON.parse(f);
      `,
      values: ['a', 'b', 'c', 'd', 'e', 'value'],
    },
    {
      name: 'Valibot',
      text: `
        import * as v from 'valibot';
        const Order = v.pipe(v.object({ note: v.string() }), v.readonly());
        v.parse(Order, a); v.safeParse(Order, b); v.is(Order, c); v.assert(Order, d); v.parser(Order)(e);
      `,
      values: ['a', 'b', 'c', 'd', 'e'],
    },
    {
      name: 'Joi',
      text: `
        import Joi from 'joi';
        const Order = Joi.object().keys({ note: Joi.string().required() });
        Order.validate(a, { abortEarly: false }); await Order.validateAsync(b); Joi.assert(c, Order); Joi.attempt(d, Order);
      `,
      values: ['a', 'b', 'c', 'd'],
    },
    {
      name: 'Yup',
      text: `
        import { object, string } from 'yup';
        const Order = object({ note: string().required() }).noUnknown();
        await Order.validate(a); Order.validateSync(b); await Order.isValid(c); Order.cast(d);
      `,
      values: ['a', 'b', 'c', 'd'],
    },
    {
      name: 'Ajv',
      text: `
        import Ajv from 'ajv';
        const ajv = new Ajv({ allErrors: true });
        const check = ajv.compile({ type: 'object' });
        check(a); ajv.validate({ type: 'string' }, b); ajv.getSchema('order')(c);
      `,
      values: ['a', 'b', 'c'],
    },
    {
      name: 'TypeBox',
      text: `
        import { Type } from '@sinclair/typebox';
        import { Value } from '@sinclair/typebox/value';
        import { TypeCompiler } from '@sinclair/typebox/compiler';
        const Order = Type.Object({ note: Type.String() });
        Value.Check(Order, a); Value.Parse(Order, b); TypeCompiler.Compile(Order).Check(c);
      `,
      values: ['a', 'b', 'c'],
    },
    {
      name: 'ArkType',
      text: `
        import { type } from 'arktype';
        const Order = type({ note: 'string' });
        Order(a); Order.assert(b); Order.or('string').allows(c);
      `,
      values: ['a', 'b', 'c'],
    },
    {
      name: 'class-validator',
      text: `import { validate, validateOrReject, validateSync } from 'class-validator';\nawait validate(a); await validateOrReject(b); validateSync(c);`,
      values: ['a', 'b', 'c'],
    },
    {
      name: 'Superstruct',
      text: `
        import { assert, create, is, mask, object, string } from 'superstruct';
        const Order = object({ note: string() });
        assert(a, Order); create(b, Order); is(c, Order); mask(d, Order);
      `,
      values: ['a', 'b', 'c', 'd'],
    },
    {
      name: 'Effect Schema',
      text: `
        import { Schema } from 'effect';
        const Order = Schema.Struct({ note: Schema.String });
        Schema.decodeUnknownSync(Order)(a); const decode = Schema.decodeUnknownEither(Order); decode(b); Schema.is(Order)(c);
      `,
      values: ['a', 'b', 'c'],
    },
    { name: 'io-ts', text: `import * as t from 'io-ts';\nconst Order = t.type({ note: t.string });\nOrder.decode(a); Order.is(b);`, values: ['a', 'b'] },
  ])('$name', ({ text, values }) => {
    expect(validated(text)).toEqual(values);
  });
});

describe('what is validated before a handler runs', () => {
  const parts = (text: string): readonly string[] => {
    const project = open(text);
    return routes(project).map((route) => `${route.path}: ${[...new Set(validationsOf(project, route).map(({ part, path }) => [part, ...path].join('.')))].join(' ')}`);
  };
  const EXPRESS = `import { Router } from 'express';\nexport const router = Router();\n`;

  test.each<{ name: string; text: string; lines: string[] }>([
    {
      name: 'celebrate',
      text: `${EXPRESS}import { celebrate, Joi, Segments } from 'celebrate';
        router.get('/a', celebrate({ query: Joi.object(), params: Joi.object() }), list);
        router.get('/b', celebrate({ [Segments.BODY]: Joi.object() }), list);
        function list(req, res) {}`,
      lines: ['/a: query params', '/b: body query params headers cookies'],
    },
    {
      name: 'express-validator',
      text: `${EXPRESS}import { body, checkSchema, param, query } from 'express-validator';
        const page = [query('page').optional().isInt().toInt(), query('size').isInt()];
        router.post('/a', body('email').isEmail(), param('id').isUUID(), list);
        router.get('/b', page, list);
        router.get('/c', checkSchema({}), list);
        function list(req, res) {}`,
      lines: ['/a: body params', '/b: query', '/c: body query params headers cookies'],
    },
    {
      name: 'zod-express-middleware',
      text: `${EXPRESS}import { validateRequest, validateRequestBody } from 'zod-express-middleware';
        router.post('/a', validateRequest({ body: Order, query: Page }), list);
        router.post('/b', validateRequestBody(Order), list);
        function list(req, res) {}`,
      lines: ['/a: body query', '/b: body'],
    },
    {
      name: 'validators of Hono',
      text: `import { Hono } from 'hono';\nimport { zValidator } from '@hono/zod-validator';\nimport { validator } from 'hono/validator';
        export const app = new Hono();
        app.post('/a', zValidator('json', Order), zValidator('query', Page), (c) => c.json({}));
        app.post('/b', validator('form', (value) => value), (c) => c.json({}));`,
      lines: ['/a: body query', '/b: body'],
    },
    {
      name: 'routes described for OpenAPI',
      text: `import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
        const create = createRoute({ method: 'post', path: '/a', request: { body: { content: {} }, params: Id }, responses: {} });
        export const app = new OpenAPIHono();
        app.openapi(create, (c) => c.json({}));`,
      lines: ['/a: body params'],
    },
    {
      name: 'schemas of Fastify',
      text: `import Fastify from 'fastify';
        const app = Fastify();
        app.get('/a', { schema: { querystring: Page, response: {} } }, async () => ({}));
        app.post('/b', async () => ({}));`,
      lines: ['/a: query', '/b: '],
    },
    {
      name: 'middlewares of our own',
      text: `${EXPRESS}import { z } from 'zod';
        const Order = z.object({});
        router.post('/a', (req, res, next) => { req.body = Order.parse(req.body); next(); }, list);
        router.get('/b', (req, res, next) => { if (typeof req.query.search !== 'string') return res.status(400).end(); next(); }, list);
        router.post('/c', (req, res, next) => { console.log(req.body); next(); }, list);
        function list(req, res) {}`,
      lines: ['/a: body', '/b: query.search', '/c: '],
    },
  ])('$name', ({ text, lines }) => {
    expect(parts(text)).toEqual(lines);
  });
});
