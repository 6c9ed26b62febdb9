import { describe, expect, it } from 'vitest';
import { agreement, missedFloors, normalisePath, normaliseTable, raisedFloors, totalOf } from './agreement.js';

const NOTHING = { queries: [], routes: [], loops: [] };
const UNSEEN = { queries: [], routes: [], perElement: [], findings: [] };

const query = { path: 'src/orders.ts', line: 10, endLine: 14, orm: 'prisma', operation: 'read', model: 'order' };
const route = { path: 'src/routes.ts', line: 5, method: 'GET', fullPath: '/api/orders/:id', handler: 'getOrder', tables: ['order', 'customer'] };
const loop = { path: 'src/orders.ts', line: 20, loopLine: 19, reached: 'call', operation: 'read', report: true, reason: 'one read per row' };
const seenRoute = { path: 'src/routes.ts', lines: [5], method: 'GET', fullPaths: ['/api/orders/{id}/'], tables: ['orders.Order'] };

describe('agreement', () => {
  it.each([
    ['a query in the span of the label', { path: 'src/orders.ts', line: 12, endLine: 12, operation: 'read', model: 'Order' }, { queries: '1/1', models: '1/1', operations: '1/1' }],
    ['a query of another table', { path: 'src/orders.ts', line: 10, endLine: 11, operation: 'write', model: 'user' }, { queries: '1/1', models: '0/1', operations: '0/1' }],
    ['a query after the label', { path: 'src/orders.ts', line: 15, endLine: 15, operation: 'read', model: 'order' }, { queries: '0/1' }],
    ['a query of another file', { path: 'src/users.ts', line: 10, endLine: 14, operation: 'read', model: 'order' }, { queries: '0/1' }],
  ])('%s', (_, seen, expected) => {
    expect(figures({ ...NOTHING, queries: [query] }, { ...UNSEEN, queries: [seen] })).toEqual(expected);
  });

  it.each([
    ['a route one line off', { ...seenRoute, lines: [4] }, { routes: '1/1', paths: '1/1', chains: '1/1', tablesExact: '0/1' }],
    ['a route with all its tables', { ...seenRoute, tables: ['order', 'customer'] }, { routes: '1/1', paths: '1/1', chains: '1/1', tablesExact: '1/1' }],
    ['a route with a table too many', { ...seenRoute, tables: ['order', 'customer', 'audit'] }, { routes: '1/1', paths: '1/1', chains: '1/1', tablesExact: '0/1' }],
    ['a route without prefix and tables', { ...seenRoute, fullPaths: ['/orders/:id'], tables: [] }, { routes: '1/1', paths: '0/1', chains: '0/1', tablesExact: '0/1' }],
    ['a route of another method', { ...seenRoute, method: 'PUT' }, { routes: '0/1', paths: '0/1', chains: '0/1', tablesExact: '0/1' }],
  ])('%s', (_, seen, expected) => {
    expect(figures({ ...NOTHING, routes: [route] }, { ...UNSEEN, routes: [seen] })).toEqual(expected);
  });

  it('takes an alias for the path, and no tables for no chain', () => {
    const label = { ...route, fullPath: '/api/v2/orders/:id', aliases: ['/api/orders/:id'], tables: [] };
    expect(figures({ ...NOTHING, routes: [label] }, { ...UNSEEN, routes: [seenRoute] })).toEqual({ routes: '1/1', paths: '1/1', tablesExact: '0/1' });
  });

  const entry = { path: 'src/orders.ts', line: 20, endLine: 20 };
  const finding = { rule: 'no-query-in-loop', ...entry };
  it.each([
    ['a loop that is reported', true, [entry], [finding], { loopsSeen: '1/1', loopsRight: '1/1', 'loopsRight call read': '1/1', ruleRight: '1/1' }],
    ['a loop that is exempt by mistake', true, [{ ...entry, exemption: 'constant' }], [], { loopsSeen: '1/1', loopsRight: '0/1', 'loopsRight call read': '0/1', ruleRight: '0/1' }],
    ['a loop that is not seen', true, [], [], { loopsSeen: '0/1', loopsRight: '0/1', 'loopsRight call read': '0/1', ruleRight: '0/1' }],
    ['a loop that is exempt', false, [{ ...entry, exemption: 'constant' }], [], { loopsRight: '1/1', 'loopsRight call read': '1/1', ruleRight: '1/1' }],
    ['a loop that is reported by mistake', false, [entry], [finding], { loopsRight: '0/1', 'loopsRight call read': '0/1', ruleRight: '0/1' }],
  ])('%s', (_, report, perElement, findings, expected) => {
    expect(figures({ ...NOTHING, loops: [{ ...loop, report }] }, { ...UNSEEN, perElement, findings })).toEqual(expected);
  });

  it('lists what is missed with its place', () => {
    expect(agreement({ ...NOTHING, queries: [query] }, UNSEEN).misses).toEqual([{ kind: 'queries', at: 'src/orders.ts:10', why: 'prisma read of order not seen' }]);
  });
});

describe('names', () => {
  it.each([
    ['/orders/{id}', '/orders/:id'],
    ['/orders/[id]/', '/orders/:id'],
    ['/orders/:id(\\d+)', '/orders/:id'],
    ['/orders/:id?', '/orders/:id'],
    ['/', '/'],
    ['order.list', 'order.list'],
  ])('path %s is %s', (path, expected) => {
    expect(normalisePath(path)).toBe(expected);
  });

  it.each([
    ['storage.objects', 'objects'],
    ['"public"."Order"', 'order'],
    ['', ''],
  ])('table %s is %s', (name, expected) => {
    expect(normaliseTable(name)).toBe(expected);
  });
});

describe('floors', () => {
  const scores = { queries: { found: 18, of: 20 }, models: { found: 3, of: 20 }, tracedRoutes: { found: 7, of: 9 } };

  it('adds up projects', () => {
    expect(totalOf([scores, { queries: { found: 1, of: 2 } }])['queries']).toEqual({ found: 19, of: 22 });
  });

  it('tells what fell below', () => {
    expect(missedFloors({ queries: 19, tracedRoutes: 7 }, scores)).toEqual(['queries: 18, at least 19']);
    expect(missedFloors(undefined, scores)).toEqual([]);
  });

  it('raises and never lowers', () => {
    expect(raisedFloors({ queries: 19, routes: 4 }, scores)).toEqual({ queries: 19, routes: 4, tracedRoutes: 7 });
  });
});

function figures(labels: Parameters<typeof agreement>[0], observed: Parameters<typeof agreement>[1]): Record<string, string> {
  const { scores } = agreement(labels, observed);
  return Object.fromEntries(Object.entries(scores).map(([name, { found, of }]) => [name, `${found}/${of}`]));
}
