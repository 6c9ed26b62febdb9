import { describe, expect, test } from 'vitest';
import { openProject } from '../../src/project/open.ts';
import { functionKey } from '../../src/project/origins.ts';
import { routes, routesByHandler, routesOf } from '../../src/project/routes.ts';
import { tree } from './tree.ts';

function open(files: Readonly<Record<string, string>>) {
  return openProject({ root: tree({ 'package.json': { name: 'shop' }, ...files }), cache: false });
}

const SHOP = {
  'src/app.ts': `
    import express from 'express';
    import { orders } from './orders.ts';
    const app = express();
    app.use('/orders', orders);
  `,
  'src/orders.ts': `
    import { Router } from 'express';
    import { list } from './list.ts';
    export const orders = Router();
    orders.get('/', list).get('/all', list);
  `,
  'src/list.ts': `export function list(req, res) { res.json([]); }`,
  'src/orders.test.ts': `
    import express from 'express';
    import { orders } from './orders.ts';
    express().use('/tested', orders).get('/only-here', (req, res) => res.end());
  `,
};

describe('the routes view', () => {
  test('spans are those of each registration in a chain and of the literal of its path', () => {
    const project = open(SHOP);
    const file = project.files.get('src/orders.ts')!;
    const shown = routesOf(project, file).map((route) => [
      file.text.slice(route.span.start, route.span.end),
      route.ownPathSpan && file.text.slice(route.ownPathSpan.start, route.ownPathSpan.end),
      route.path,
    ]);
    expect(shown).toEqual([
      [`orders.get('/', list)`, `'/'`, '/orders'],
      [`get('/all', list)`, `'/all'`, '/orders/all'],
    ]);
  });

  test('tests neither register nor mount', () => {
    expect(routes(open(SHOP)).flatMap((route) => route.paths)).toEqual(['/orders', '/orders/all']);
  });

  test('one handler may answer several routes', () => {
    const project = open(SHOP);
    const file = project.files.get('src/list.ts')!;
    expect(routesByHandler(project).get(functionKey({ file, function: 0 }))?.map((route) => route.path)).toEqual(['/orders', '/orders/all']);
  });

  test('programs without a framework have no routes, whatever their methods are called', () => {
    const project = open({ 'a.ts': `const client = { get(path: string, fn: () => void) {} }; client.get('/users', () => {}); new Map().get('/x');` });
    expect(routes(project)).toEqual([]);
  });

  test('routers that mount each other come to an end', () => {
    const project = open({ 'a.js': `const { Router } = require('express'); const a = Router(); const b = Router(); a.use('/b', b); b.use('/a', a); a.get('/x', (req, res) => {});` });
    expect(routes(project).map((route) => route.resolved)).toEqual(['partial']);
  });
});
