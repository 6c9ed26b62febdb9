import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { isSingularNoun, pluralSegment } from '../../../rules/api/plural-words.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ID = 'rest-plural-collection';

function findingsIn(routes: string) {
  const calls = routes.split(', ').map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return `app.${method.toLowerCase()}('${path}', (req, res) => { res.json({ ok: true }); });`;
  });
  return checkText({ 'src/app.ts': `import express from 'express';\nconst app = express();\n${calls.join('\n')}\n` }, { rules, only: [ID] }).findings;
}

describe(ID, () => {
  it.each([
    ['GET /api/user, GET /api/user/:id', ['/api/users']],
    ['POST /order, PATCH /order/:number', ['/orders']],
    ['GET /v1/status_report, DELETE /v1/status_report/:id', ['/v1/status_reports']],
    ['GET /users, GET /users/:id/invoice, GET /users/:id/invoice/:invoiceId', ['/users/:id/invoices']],
    ['GET /category, GET /category/:category', ['/categories']],
  ])('reports %s', (routes, better) => {
    expect(findingsIn(routes).map((finding) => /Name it `(.*)`/.exec(finding.message)?.[1])).toEqual(better);
  });

  it.each([
    'GET /users, GET /users/:id', 'GET /users/:id/profile, PUT /users/:id/profile', 'GET /account, PUT /account', 'GET /cart, POST /cart, DELETE /cart/:productId', 'GET /media, GET /media/:id',
    'GET /metadata, PUT /metadata/:key', 'GET /access, DELETE /access/:id', 'GET /status, GET /status/:id', 'GET /address, PUT /address/:id', 'GET /process, GET /process/:id', 'GET /preview/:id', 'GET /search, GET /search/:id',
    'GET /rate, GET /rate/:from/:to', 'GET /admin, GET /admin/:id', 'GET /people, GET /people/:id', 'GET /criteria, GET /criteria/:id', 'GET /monitors, GET /monitors/:id, POST /monitors/external, PUT /monitors/external/:id',
    'GET /webhook, GET /webhook/:id', 'GET /proxy, GET /proxy/:?',
  ])('leaves %s alone', (routes) => {
    expect(findingsIn(routes)).toEqual([]);
  });

  it.each([
    ['getUsers', 'get', 'GET /user'],
    ['listUser', 'post', 'GET /user'],
    ['getUser', 'post', 'POST /user'],
    ['getUser', 'patch', undefined],
  ])('takes `GET /user` answered by %s, beside %s, for a collection because of %s', (name, method, evidence) => {
    const app = `import express from 'express';\nconst app = express();\nfunction ${name}(req, res) { res.json({}); }\napp.get('/user', ${name});\napp.${method}('/user', (req, res) => { res.json({}); });\napp.delete('/user/:id', (req, res) => { res.json({}); });\n`;
    const found = checkText({ 'src/app.ts': app }, { rules, only: [ID] }).findings;
    expect(found.map(({ message }) => /is a collection \(`(.*?)`/.exec(message)?.[1])).toEqual(evidence === undefined ? [] : [evidence]);
  });

  it('reports each collection once', () => {
    expect(findingsIn('GET /order, POST /order, GET /order/:id, PUT /order/:id, DELETE /order/:id')).toHaveLength(1);
  });

  it('suggests the plural of the segment', () => {
    const [finding] = findingsIn('GET /orderLine, GET /orderLine/:id');
    expect(finding?.suggestions[0]?.edits.map((edit) => edit.text)).toEqual(['orderLines']);
  });

  it.each(['access', 'address', 'process', 'status', 'news', 'data', 'criteria', 'series', 'http', 'orders', 'people'])('does not take %s for a singular', (word) => {
    expect(isSingularNoun(word)).toBe(false);
  });

  it.each([['status_report', 'status_reports'], ['OrderLine', 'OrderLines'], ['company', 'companies']])('makes %s into %s', (segment, plural) => {
    expect(pluralSegment(segment)).toBe(plural);
  });
});
