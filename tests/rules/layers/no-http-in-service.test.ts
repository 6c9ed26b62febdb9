import { describe, expect, it } from 'vitest';
import rule from '../../../rules/layers/no-http-in-service.ts';
import { checkText } from '../../../src/findings/check-text.ts';

function check(files: Readonly<Record<string, string>>, options?: object): readonly string[] {
  const settings = options ? { 'backend-patterns.config.json': JSON.stringify({ rules: { [rule.id]: ['error', options] } }) } : {};
  const { findings } = checkText({ ...settings, ...files }, { rules: [rule as never], only: [rule.id] });
  return findings.map(
    ({ path, line, column, message }) => `${path}:${line}:${column} ${message.replace(/(framework|Express|NestJS|Hono|Fastify|Koa|Next\.js)[.,].*/, '$1')}`,
  );
}

const AT = 'src/orders/orders.service.ts';
const service = (text: string) => ({ [AT]: text });
const NEST = `import { Injectable, HttpStatus, ConflictException } from '@nestjs/common';\n`;

describe('reported', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
    [
      'a request as parameter, type-only import',
      service(`import type { Request } from 'express';\nexport function place(req: Request) {\n  return req.body;\n}\n`),
      [`${AT}:2:23 \`place\` of a service takes \`Request\` of Express`],
    ],
    [
      'each name once, at its first use',
      service(
        `import { Request, Response } from 'express';
export class Orders {
  place(req: Request, res: Response) { res.json(req.body); }
  cancel(req: Request) { return req.params; }
}
`,
      ),
      [`${AT}:3:9 \`Orders.place\` of a service takes \`Request\` of Express`, `${AT}:3:23 \`Orders.place\` of a service takes \`Response\` of Express`],
    ],
    [
      'the context of Hono in a repository',
      { 'src/orders/orders.repository.ts': `import type { Context } from 'hono';\nexport const find = (c: Context) => c.req.param('id');\n` },
      ['src/orders/orders.repository.ts:2:22 `find` of a repository takes `Context` of Hono'],
    ],
    [
      'untyped: what a handler hands on',
      {
        'src/orders/orders.routes.js': `import { Router } from 'express';
import { place } from './orders.service.js';
export const router = Router();
router.post('/', (req, res) => place(req, res));
`,
        'src/orders/orders.service.js': `import { log } from './log.js';\nexport function place(req, res) {\n  log(req.body);\n  res.json({});\n}\n`,
      },
      [
        'src/orders/orders.service.js:2:23 `place` of a service takes `request` of Express',
        'src/orders/orders.service.js:2:28 `place` of a service takes `response` of Express',
      ],
    ],
    [
      'a status code',
      service(`${NEST}@Injectable()\nexport class OrdersService {\n  run() { return { status: HttpStatus.OK }; }\n}\n`),
      [`${AT}:4:28 A service uses \`HttpStatus\` of NestJS`],
    ],
  ];

  it.each(cases)('%s', (_what, files, expected) => {
    expect(check(files)).toEqual(expected);
  });

  it('exceptions of NestJS when asked to', () => {
    const files = service(`${NEST}@Injectable()\nexport class OrdersService {\n  run() { throw new ConflictException(); }\n}\n`);
    expect(check(files)).toEqual([]);
    expect(check(files, { checkExceptions: true })).toEqual([`${AT}:4:21 A service uses \`ConflictException\` of NestJS`]);
  });
});

describe('not reported', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
    [
      'outgoing HTTP',
      service(`export async function load(url: string): Promise<Response> {\n  const request = new Request(url);\n  return fetch(request);\n}\n`),
    ],
    ['a Request of the domain', service(`import type { Request } from './leave.js';\nexport function approve(request: Request) { return request.days; }\n`)],
    [
      'a Request of the domain in the same file',
      service(`interface Request { days: number }\nexport function approve(request: Request) { return request.days; }\n`),
    ],
    ['a status of the application', service(`export class AppError extends Error {\n  statusCode = 404;\n}\nimport './setup.js';\n`)],
    [
      'the status inside an exception of NestJS',
      service(`${NEST}@Injectable()\nexport class OrdersService {\n  run() { throw new ConflictException({ status: HttpStatus.CONFLICT }); }\n}\n`),
    ],
    [
      'a handler',
      {
        'src/orders/orders.controller.ts': `import type { Request } from 'express';
import { Controller } from '@nestjs/common';
@Controller('orders')
export class Orders {
  place(req: Request) { return req.body; }
}
`,
      },
    ],
    [
      'a guard',
      {
        'src/services/admin.guard.ts': `import type { CanActivate } from '@nestjs/common';
import type { Request } from 'express';
export class AdminGuard implements CanActivate {
  canActivate(req: Request) { return req.ip !== undefined; }
}
`,
      },
    ],
  ];

  it.each(cases)('%s', (_what, files) => {
    expect(check(files)).toEqual([]);
  });
});
