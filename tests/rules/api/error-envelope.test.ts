import { describe, expect, it } from 'vitest';
import rule from '../../../rules/api/error-envelope.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const EXPRESS = `import express from 'express';\nimport { load } from 'elsewhere';\nconst app = express();\n`;
const FASTIFY = `import Fastify from 'fastify';\nimport { load } from 'elsewhere';\nconst app = Fastify();\n`;
const HONO = `import { Hono } from 'hono';\nimport { load } from 'elsewhere';\nconst app = new Hono();\n`;
const KOA = `import Koa from 'koa';\nimport Router from '@koa/router';\nimport { load } from 'elsewhere';\nconst app = new Koa();\nconst router = new Router();\napp.use(router.routes());\n`;
/** One error of the document's format, which the others are held to. */
const DOCUMENT = `app.get('/a', (req, res) => { res.status(404).json({ success: false, error: { code: 'ORDER_NOT_FOUND', message: 'There is none' } }); });\n`;

function findingsIn(text: string, config: object = {}) {
  return checkText({ 'src/app.ts': text, 'backend-patterns.config.json': JSON.stringify(config) }, { rules: [rule], only: [rule.id] }).findings;
}

function route(body: string, status = 400): string {
  return `app.get('/b', (req, res) => { res.status(${status}).json(${body}); });\n`;
}

/** As many routes that answer with the same body. */
function routes(count: number, body: string): string {
  return Array.from({ length: count }, (_, index) => `app.get('/r${index}', (req, res) => { res.status(400).json(${body}); });\n`).join('');
}

const five = (body: string): string => `${EXPRESS}${routes(5, body)}`;

describe(rule.id, () => {
  it.each([
    ['a text under error', `${EXPRESS}${DOCUMENT}${route(`{ success: false, error: 'Not valid' }`)}`, 'differs'],
    ['an error without a code', `${EXPRESS}${DOCUMENT}${route(`{ success: false, error: { message: 'Not valid' } }`)}`, 'differs'],
    ['a bare message', `${EXPRESS}${DOCUMENT}${route(`{ message: 'Not valid' }`)}`, 'differs'],
    ['a list of faults', `${EXPRESS}${DOCUMENT}${route(`[{ path: 'id' }]`)}`, 'differs'],
    ['a message where success bodies have the document’s envelope', `${EXPRESS}app.get('/a', (req, res) => { res.json({ success: true, data: load() }); });\n${route(`{ message: 'No' }`)}`, 'asked'],
    ['another key than the other answers', `${five(`{ error: 'No' }`)}${route(`{ message: 'No' }`)}`, 'differs'],
    ['an object where the others have a text', `${five(`{ error: 'No' }`)}${route(`{ error: { text: 'No' } }`)}`, 'differs'],
    ['a message among problems of RFC 9457', `${five(`{ type: '/faults/empty', title: 'Empty', status: 400, detail: 'No' }`)}${route(`{ message: 'No' }`)}`, 'differs'],
    ['a message among errors of JSON:API', `${five(`{ errors: [{ code: 'EMPTY', title: 'Empty' }] }`)}${route(`{ message: 'No' }`)}`, 'differs'],
    ['a message among those of JSend', `${five(`{ status: 'error', message: 'No' }`)}${route(`{ message: 'No' }`)}`, 'differs'],
    ['a body made in a variable', `${EXPRESS}${DOCUMENT}app.get('/b', (req, res) => { const body = { message: 'No' }; res.status(400).json(body); });\n`, 'differs'],
    ['Fastify', `${FASTIFY}app.get('/a', async (request, reply) => reply.code(404).send({ success: false, error: { code: 'NO', message: 'No' } }));\napp.get('/b', async (request, reply) => reply.code(400).send({ error: 'No' }));\n`, 'differs'],
    ['Hono', `${HONO}app.get('/a', (c) => c.json({ success: false, error: { code: 'NO', message: 'No' } }, 404));\napp.get('/b', (c) => c.json({ error: 'No' }, 400));\n`, 'differs'],
    ['success under an error status', `${EXPRESS}${route(`{ success: true, data: load() }`, 404)}`, 'success'],
    ['success of JSend under an error status', `${EXPRESS}${route(`{ status: 'success', data: null }`, 404)}`, 'success'],
    ['a failure without a status', `${EXPRESS}app.get('/b', (req, res) => { res.json({ success: false, message: 'No' }); });\n`, 'failure'],
    ['a failure with 201', `${HONO}app.post('/b', (c) => c.json({ success: false, error: 'No' }, 201));\n`, 'failure'],
    ['a failure that Fastify sends for what is returned', `${FASTIFY}app.get('/b', async () => ({ success: false, error: 'No' }));\n`, 'failure'],
    ['a failure of JSend without a status', `${EXPRESS}app.get('/b', (req, res) => { res.json({ status: 'error', message: 'No' }); });\n`, 'failure'],
    ['a failure in Koa', `${KOA}router.get('/b', (ctx) => { ctx.body = { success: false, message: 'No' }; });\n`, 'failure'],
    ['a code in small letters', `${EXPRESS}${route(`{ success: false, error: { code: 'not-found', message: 'No' } }`)}`, 'spelled'],
    ['a number as code', `${EXPRESS}${route(`{ success: false, error: { code: 404, message: 'No' } }`)}`, 'spelled'],
    ['a code with a value in it', `${EXPRESS}app.get('/b', (req, res) => { res.status(400).json({ success: false, error: { code: \`NO_\${req.params.id}\`, message: 'No' } }); });\n`, 'made'],
  ])('reports %s', (_, text, messageId) => {
    expect(findingsIn(text).map((finding) => finding.messageId)).toEqual([messageId]);
  });

  it.each([
    ['the format of the document', `${EXPRESS}${DOCUMENT}${route(`{ success: false, error: { code: 'NO', message: 'No', details: [] } }`)}`],
    ['errors whose shape is not known', `${EXPRESS}${DOCUMENT}${route('load()')}`],
    ['an error that another function makes', `${EXPRESS}${DOCUMENT}${route('{ success: false, error: load() }')}`],
    ['keys that are spread from elsewhere', `${EXPRESS}${DOCUMENT}${route('{ ...load() }')}`],
    ['few answers without a common form', `${EXPRESS}${route(`{ error: 'No' }`)}${route(`{ message: 'No' }`, 401)}`],
    ['many answers without a common form', `${five(`{ error: 'No' }`)}${routes(4, `{ message: 'No' }`).replaceAll('/r', '/s')}`],
    ['more keys than the others', `${five(`{ error: 'No' }`)}${route(`{ error: 'No', retryAfter: 3 }`)}`],
    ['texts of which one is not known', `${five(`{ error: 'No' }`)}${route(`{ error: load() }`)}`],
    ['problems of RFC 9457 among themselves', five(`{ type: '/faults/empty', title: 'Empty', status: 400 }`)],
    ['errors of OAuth', `${EXPRESS}${DOCUMENT}app.post('/oauth/token', (req, res) => { res.status(400).json({ error: 'invalid_grant' }); });\n`],
    ['answers to webhooks', `${EXPRESS}${DOCUMENT}app.post('/webhooks/payments', (req, res) => { res.status(400).json({ received: false }); });\n`],
    ['texts', `${EXPRESS}${DOCUMENT}app.get('/b', (req, res) => { res.status(400).send('No'); });\n`],
    ['empty answers', `${EXPRESS}${DOCUMENT}app.get('/b', (req, res) => { res.status(404).end(); });\n`],
    ['JSON-RPC', `${EXPRESS}${DOCUMENT}${route(`{ jsonrpc: '2.0', id: 1, error: { code: -32600, message: 'No' } }`)}`],
    ['many answers in one', `${EXPRESS}app.post('/b', (req, res) => { res.status(207).json({ success: false, results: load() }); });\n`],
    ['success that the program decides', `${EXPRESS}app.get('/b', (req, res) => { res.json({ success: load(), message: 'Maybe' }); });\n`],
    ['a status of what is asked for', `${EXPRESS}app.get('/b', (req, res) => { res.json({ status: load(), message: 'Running' }); });\n`],
    ['a status that the program decides', `${EXPRESS}app.use((error, req, res, next) => { res.status(error.status).json({ success: false, error: { code: error.code, message: error.message } }); });\n`],
    ['a code that the error has', `${EXPRESS}${DOCUMENT}app.get('/b', (req, res) => { const fault = load(); res.status(400).json({ success: false, error: { code: fault.code, message: 'No' } }); });\n`],
    ['GraphQL', `${EXPRESS}app.post('/graphql', (req, res) => { res.json({ success: false, error: 'No' }); });\n`],
  ])('accepts %s', (_, text) => {
    expect(findingsIn(text)).toEqual([]);
  });

  it.each([
    ['problem', { envelope: { success: ['data'], error: ['title', 'detail'] } }, `{ title: 'Empty', detail: 'No' }`, []],
    ['document', { envelope: 'document' }, `{ error: 'No' }`, ['asked']],
    ['keys', { envelope: { success: ['data'], error: ['fault'] } }, `{ error: 'No' }`, ['asked']],
    ['bare', { envelope: 'bare' }, `{ error: 'No' }`, []],
  ])('holds answers to what the settings pin: %s', (_, config, body, expected) => {
    expect(findingsIn(`${EXPRESS}${route(body)}`, config).map((finding) => finding.messageId)).toEqual(expected);
  });

  it('tells the route, the shape and the format', () => {
    expect(findingsIn(`${five(`{ error: 'No' }`)}${route(`{ message: 'No', hint: 'None' }`)}`)[0]?.message).toBe(
      '`GET /b` tells of an error as `{ message, hint }`, while 5 of the 6 error answers whose shape is known have the format `{ error }`. A client that reads that finds nothing here. Answer with `{ error }`.',
    );
  });

  it('ignores paths by pattern', () => {
    const config = { rules: { 'backend-patterns/error-envelope': ['error', { ignorePaths: ['^/b'] }] } };
    expect(findingsIn(`${EXPRESS}${DOCUMENT}${route(`{ message: 'No' }`)}`, config)).toEqual([]);
  });
});
