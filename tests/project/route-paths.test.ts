import { describe, expect, test } from 'vitest';
import { isRpcPath } from '../../src/project/route.ts';
import { isBelow, joinedTexts, joinPaths } from '../../src/project/route-paths.ts';

describe('paths', () => {
  test.each([
    [['', ''], '/'],
    [['/api/', '/users/', ':id/'], '/api/users/:id'],
    [['api', 'documents.list'], '/api/documents.list'],
    [['/users/{id}'], '/users/:id'],
    [['/users/:id(\\d+)?'], '/users/:id'],
    [['/files/(.*)'], '/files/*'],
    [['/files/*path'], '/files/*'],
    [['/s/:share.:format'], '/s/:share.:format'],
    [['/files/:?'], '/files/:?'],
  ])('%j is %s', (pieces, path) => {
    expect(joinPaths(...pieces)).toBe(path);
  });

  test('every base with every path', () => {
    const bases = { texts: ['/v1', '/v2'], known: true };
    expect(joinedTexts(bases, { texts: ['a', 'b'], known: false })).toEqual({ texts: ['/v1/a', '/v1/b', '/v2/a', '/v2/b'], known: false });
  });

  test.each([
    ['/api/users', '/api/*', true],
    ['/api', '/api/*', true],
    ['/apis', '/api', false],
    ['/shop/api', '/api', false],
    ['/anything', '/', true],
  ])('%s below %s: %s', (path, mount, below) => {
    expect(isBelow(path, mount)).toBe(below);
  });

  test.each([
    ['documents.list', true],
    ['/api/users.activate', true],
    ['/robots.txt', false],
    ['/openapi.json', false],
    ['/users', false],
  ])('%s is RPC: %s', (path, rpc) => {
    expect(isRpcPath(path)).toBe(rpc);
  });
});
