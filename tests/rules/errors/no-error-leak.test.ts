import { describe, expect, it } from 'vitest';
import rule from '../../../rules/errors/no-error-leak.ts';
import { checkText } from '../../../src/findings/check-text.ts';

function leaks(files: Readonly<Record<string, string>>): readonly string[] {
  return checkText(files, { rules: [rule], only: [rule.id] }).findings.map(({ path, line, message }) => `${path}:${line} ${/^`[^`]*`/.exec(message)?.[0] ?? ''}`);
}

const HEAD = `import express from 'express';
import { AppError, isAppError } from './errors.js';
import { load } from './load.js';
import { logger } from './logger.js';
const app = express();
`;
const ERRORS = `export class AppError extends Error {
  constructor(message: string, readonly code: string, readonly status: number) {
    super(message);
  }
}
export function isAppError(value: unknown): value is AppError {
  return value instanceof AppError;
}
`;
const express = (text: string) => ({ 'src/app.ts': HEAD + text, 'src/errors.ts': ERRORS });
const caught = (text: string) => express(`app.get('/x', async (req, res) => {\n  try {\n    res.json(await load());\n  } catch (error) {\n${text}\n  }\n});\n`);

describe('reported', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
    ['the message', caught('    res.status(500).json({ error: error.message });'), ['src/app.ts:10 `error.message`']],
    ['the message behind a cast', caught('    res.status(500).json({ error: (error as Error).message });'), ['src/app.ts:10 `(error as Error).message`']],
    ['the stack', caught('    res.status(500).send(error.stack);'), ['src/app.ts:10 `error.stack`']],
    ['the error itself', caught('    res.status(500).json({ ok: false, details: error });'), ['src/app.ts:10 `error`']],
    ['a spread error', caught('    res.status(500).json({ ok: false, ...error });'), ['src/app.ts:10 `error`']],
    ['a template', caught('    res.status(500).send(`Failed: ${error.message}`);'), ['src/app.ts:10 `error.message`']],
    ['String(error)', caught('    res.status(500).send(String(error));'), ['src/app.ts:10 `error`']],
    ['JSON.stringify(error)', caught('    res.status(500).json({ error: JSON.stringify(error) });'), ['src/app.ts:10 `error`']],
    ['a message that only `instanceof Error` guards, once', caught(`    const message = error instanceof Error ? error.message : String(error);\n    res.status(500).json({ message });`), ['src/app.ts:10 `error.message`']],
    ['a destructured error', caught('    const { message, stack } = error as Error;\n    res.status(500).json({ message, stack });'), ['src/app.ts:10 `message`', 'src/app.ts:10 `stack`']],
    ['a name that is assigned later', caught(`    let message = 'Failed';\n    if (error instanceof Error) message = error.message;\n    res.status(500).json({ message });`), ['src/app.ts:11 `error.message`']],
    ['a driver error that was asked for by its class', caught(`    if (error instanceof PrismaClientKnownRequestError) res.status(400).json({ error: error.message });`), ['src/app.ts:10 `error.message`']],
    ['the other branch of a guard', caught(`    if (error instanceof AppError) res.status(400).json({ error: error.message });\n    else res.status(500).json({ error: error.message });`), ['src/app.ts:11 `error.message`']],
    ['what a promise was rejected with', express(`app.get('/x', (req, res) => {\n  load().catch((reason) => res.status(500).json({ error: reason.message }));\n});\n`), ['src/app.ts:7 `reason.message`']],
    ['the error of an error handler', express(`app.use((err, req, res, next) => {\n  res.status(500).json({ error: err.message });\n});\n`), ['src/app.ts:7 `err.message`']],
    [
      'an error handler that is registered by name',
      express(`function onError(err: Error, req: express.Request, res: express.Response, next: express.NextFunction) {\n  res.status(500).json({ error: err.message });\n}\napp.use(onError);\n`),
      ['src/app.ts:7 `err.message`'],
    ],
    ['an error handler for own errors and others', express(`app.use((err: Error | AppError, req, res, next) => {\n  res.status(500).json({ error: err.message });\n});\n`), ['src/app.ts:7 `err.message`']],
    ['a helper that answers', { ...caught('    sendError(res, error);'), 'src/app.ts': `${caught('    sendError(res, error);')['src/app.ts']}function sendError(res: express.Response, error: unknown) {\n  res.status(500).json({ error: (error as Error).message });\n}\n` }, ['src/app.ts:14 `(error as Error).message`']],
    ['a helper that makes a text of it, where it is used', { 'src/app.ts': `${caught('    res.status(500).json({ error: textOf(error) });')['src/app.ts']}const textOf = (value: unknown) => (value instanceof Error ? value.message : 'Unknown');\n` }, ['src/app.ts:10 `textOf(error)`']],
    ['Hono', { 'src/app.ts': `import { Hono } from 'hono';\nconst app = new Hono();\napp.onError((err, c) => c.json({ message: err.message }, 500));\n` }, ['src/app.ts:3 `err.message`']],
    ['Koa', { 'src/app.ts': `import Koa from 'koa';\nconst app = new Koa();\napp.use(async (ctx, next) => {\n  try {\n    await next();\n  } catch (err) {\n    ctx.status = 500;\n    ctx.body = { message: err.message };\n  }\n});\n` }, ['src/app.ts:8 `err.message`']],
    ['Fastify', { 'src/app.ts': `import fastify from 'fastify';\nconst app = fastify();\napp.setErrorHandler((error, request, reply) => {\n  reply.code(500).send({ message: error.message });\n});\n` }, ['src/app.ts:4 `error.message`']],
    ['Next.js', { 'app/api/x/route.ts': `import { NextResponse } from 'next/server';\nexport async function GET() {\n  try {\n    return NextResponse.json(await load());\n  } catch (e) {\n    return NextResponse.json({ error: e }, { status: 500 });\n  }\n}\n` }, ['app/api/x/route.ts:6 `e`']],
    ['an exception of NestJS', { 'src/x.service.ts': `import { InternalServerErrorException } from '@nestjs/common';\nexport async function load(run: () => Promise<void>) {\n  try {\n    await run();\n  } catch (error) {\n    throw new InternalServerErrorException(error.message);\n  }\n}\n` }, ['src/x.service.ts:6 `error.message`']],
    ['the stack in the formatter of tRPC', { 'src/trpc.ts': `import { initTRPC } from '@trpc/server';\nexport const t = initTRPC.create({\n  errorFormatter({ shape, error }) {\n    return { ...shape, data: { ...shape.data, stack: error.stack } };\n  },\n});\n` }, ['src/trpc.ts:4 `error.stack`']],
  ];
  it.each(cases)('%s', (_what, files, expected) => {
    expect(leaks(files)).toEqual(expected);
  });
});

describe('silent', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
    ['a log', caught(`    logger.error(error.message, { error });\n    console.error(error);\n    res.status(500).json({ error: 'INTERNAL' });`)],
    ['an error of a known class', caught(`    if (error instanceof AppError) return res.status(error.status).json({ code: error.code, message: error.message });\n    res.status(500).json({ code: 'INTERNAL' });`)],
    ['what is left after the unknown ones have gone', caught(`    if (!(error instanceof AppError)) return res.status(500).json({ code: 'INTERNAL' });\n    res.status(error.status).json({ message: error.message });`)],
    ['a guard function', caught(`    if (isAppError(error)) return res.status(400).json({ message: error.message });\n    res.status(500).end();`)],
    ['a conditional', caught(`    const message = error instanceof AppError ? error.message : 'Something went wrong';\n    res.status(500).json({ message });`)],
    ['a guard that has a name', caught(`    const isKnown = error instanceof AppError;\n    res.status(500).json({ message: isKnown ? error.message : 'Something went wrong' });`)],
    ['one of several known classes', caught(`    if (error instanceof AppError || error.name === 'ZodError') return res.status(400).json({ message: error.message });\n    res.status(500).end();`)],
    ['a switch over the name', caught(`    switch (error.name) {\n      case 'ZodError':\n        return res.status(400).json({ message: error.message });\n    }\n    res.status(500).end();`)],
    ['an error that says it may be shown', caught(`    res.status(500).json({ message: error.expose ? error.message : 'Something went wrong' });`)],
    ['development alone', caught(`    res.status(500).json({ message: 'Something went wrong', ...(process.env.NODE_ENV !== 'production' && { stack: error.stack }) });`)],
    ['development alone, by a constant', caught(`    const isProduction = process.env.NODE_ENV === 'production';\n    res.status(500).json({ stack: isProduction ? undefined : error.stack });`)],
    ['the code and the name', caught(`    res.status(500).json({ code: error.code, name: error.name });`)],
    ['a parser that waits for nothing', express(`app.post('/x', (req, res) => {\n  try {\n    res.json(JSON.parse(req.body));\n  } catch (error) {\n    res.status(400).json({ message: error.message });\n  }\n});\n`)],
    ['an error handler for one class', express(`import { ZodError } from 'zod';\napp.use((err: ZodError, req, res, next) => {\n  res.status(400).json({ error: err.message });\n});\n`)],
    [
      'a central handler that sends the context of known errors',
      express(`export function errorHandler(err: Error, req: express.Request, res: express.Response, next: express.NextFunction) {
  if (err instanceof AppError) {
    return res.status(err.statusCode).json({ success: false, error: { code: err.code, message: err.message, details: err.context } });
  }
  logger.error('Unhandled error', { error: err, path: req.path });
  return res.status(500).json({ success: false, error: { code: 'INTERNAL_ERROR', message: 'An unexpected error occurred' } });
}
app.use(errorHandler);
`),
    ],
    ['an own error that is made here', express(`app.get('/x', (req, res) => {\n  const problem = new AppError('Gone', 'GONE', 410);\n  res.status(410).json({ message: problem.message });\n});\n`)],
    ['issues of a validator', express(`import { z } from 'zod';\napp.post('/x', (req, res) => {\n  const parsed = z.string().safeParse(req.body);\n  if (!parsed.success) res.status(400).json({ error: parsed.error.message });\n});\n`)],
    ['a helper that lets known errors through alone', { ...express(''), 'src/app.ts': `${caught('    res.status(500).json({ error: textOf(error) });')['src/app.ts']}const textOf = (value: unknown) => (value instanceof AppError ? value.message : 'Unknown');\n` }],
    ['the formatter of tRPC as it is documented', { 'src/trpc.ts': `import { initTRPC } from '@trpc/server';\nexport const t = initTRPC.create({\n  errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, zodError: error.cause } }),\n});\n` }],
    ['a cause that is handed on', { 'src/x.service.ts': `import { HttpException } from '@nestjs/common';\nexport async function load(run: () => Promise<void>) {\n  try {\n    await run();\n  } catch (error) {\n    throw new HttpException('Failed', 500, { cause: error });\n  }\n}\n` }],
  ];
  it.each(cases)('%s', (_what, files) => {
    expect(leaks(files)).toEqual([]);
  });
});
