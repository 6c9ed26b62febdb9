import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../../src/project/discovery.ts';
import { readPackages } from '../../src/project/packages.ts';
import { createResolver, type Resolution } from '../../src/project/resolution.ts';
import { tree } from './tree.ts';

function resolverOf(root: string) {
  const listing = listFiles(root);
  return createResolver({ root, listing, packages: readPackages(listing.files) });
}

/** One word per outcome: the file, `npm:` and the name, `asset`, `missing`, `unknown`. */
function show(resolution: Resolution): string {
  if ('file' in resolution) return resolution.file;
  if ('external' in resolution) return `npm:${resolution.external}`;
  if ('asset' in resolution) return 'asset';
  return resolution.internal ? 'missing' : 'unknown';
}

type Case = [from: string, specifier: string, expected: string];

function check(files: Record<string, string | object>, cases: readonly Case[]): void {
  const resolver = resolverOf(tree(files));
  const found = cases.map(([from, specifier]) => [from, specifier, show(resolver.resolve(from, specifier))]);
  expect(found).toEqual(cases);
}

describe('relative imports', () => {
  it('finds files, indexes and sources behind written extensions', () => {
    check(
      {
        ...{ 'src/a.ts': '', 'src/b/index.ts': '', 'src/c.mts': '', 'src/d.tsx': '', 'src/e.js': '', 'src/e.d.ts': '' },
        ...{ 'src/f.service.ts': '', 'src/g.d.ts': '', 'index.ts': '' },
      },
      [
        ['src/x.ts', './a', 'src/a.ts'],
        ['src/x.ts', './a.js', 'src/a.ts'],
        ['src/x.ts', './a.ts', 'src/a.ts'],
        ['src/x.ts', './b', 'src/b/index.ts'],
        ['src/x.ts', './b/', 'src/b/index.ts'],
        ['src/x.ts', './b/index.js', 'src/b/index.ts'],
        ['src/x.ts', './c.mjs', 'src/c.mts'],
        ['src/x.ts', './d.jsx', 'src/d.tsx'],
        ['src/x.ts', './e', 'src/e.js'],
        ['src/x.ts', './f.service', 'src/f.service.ts'],
        ['src/x.ts', './g', 'src/g.d.ts'],
        ['src/x.ts', '..', 'index.ts'],
        ['src/b/x.ts', '.', 'src/b/index.ts'],
        ['src/x.ts', './nowhere', 'missing'],
        ['src/x.ts', '../../outside', 'missing'],
        ['src/x.ts', './style.css', 'asset'],
        ['src/x.ts', './query.sql?raw', 'asset'],
        ['src/x.ts', './package.json', 'asset'],
        ['src/x.ts', './generated/prisma/client', 'npm:./generated/prisma/client'],
        ['src/x.ts', './__generated__/types', 'npm:./__generated__/types'],
      ],
    );
  });

  it('takes generated code for what it is when it is there', () => {
    check({ 'src/generated/client.ts': '' }, [['src/x.ts', './generated/client', 'src/generated/client.ts']]);
  });

  it('follows links', () => {
    const root = tree({ 'shared/a.ts': '', 'src/b.ts': '' });
    symlinkSync('../shared', path.join(root, 'src/shared'));
    expect(show(resolverOf(root).resolve('src/b.ts', './shared/a'))).toBe('shared/a.ts');
  });
});

describe('packages and modules of the run time', () => {
  it('needs no install', () => {
    check({ 'package.json': { dependencies: { express: '5' } }, 'src/fs.ts': '' }, [
      ['src/a.ts', 'express', 'npm:express'],
      ['src/a.ts', 'drizzle-orm/pg-core', 'npm:drizzle-orm/pg-core'],
      ['src/a.ts', '@prisma/client', 'npm:@prisma/client'],
      ['src/a.ts', 'fs', 'npm:fs'],
      ['src/a.ts', 'node:fs/promises', 'npm:node:fs/promises'],
      ['src/a.ts', 'bun:test', 'npm:bun:test'],
      ['src/a.ts', 'highlight.js/styles/github.css', 'asset'],
      ['src/a.ts', '', 'unknown'],
    ]);
  });
});

describe('tsconfig paths', () => {
  it('reads paths through extends, also past a base that is not installed', () => {
    check(
      {
        'tsconfig.base.json': {
          extends: '@acme/tsconfig/node.json',
          compilerOptions: { baseUrl: '.', paths: { '@lib/*': ['libs/*/src'], config: ['src/config/index.ts'] } },
        },
        'apps/api/tsconfig.json': '{ // nearest\n "extends": ["@acme/missing", "../../tsconfig.base"], }',
        'libs/db/src/index.ts': '',
        'src/config/index.ts': '',
        'apps/api/src/a.ts': '',
      },
      [
        ['apps/api/src/a.ts', '@lib/db', 'libs/db/src/index.ts'],
        ['apps/api/src/a.ts', 'config', 'src/config/index.ts'],
        ['apps/api/src/a.ts', '@lib/none', 'missing'],
        ['apps/api/src/a.ts', 'configure', 'npm:configure'],
      ],
    );
  });

  it('reads references, and the paths of the root for a nested package', () => {
    check(
      {
        'package.json': { workspaces: ['packages/*'] },
        'tsconfig.json': { files: [], references: [{ path: './config/tsconfig.app.json' }] },
        'config/tsconfig.app.json': { compilerOptions: { paths: { '~shared/*': ['../shared/*'] } } },
        'shared/time.ts': '',
        'packages/api/package.json': { name: 'api' },
        'packages/api/tsconfig.json': { compilerOptions: { strict: true } },
      },
      [['packages/api/src/a.ts', '~shared/time', 'shared/time.ts']],
    );
  });

  it('takes the first target that is there, and the longest prefix', () => {
    check(
      {
        'tsconfig.json': { compilerOptions: { paths: { '@/*': ['./override/*', './src/*'], '@/db/*': ['./database/*'], '*': ['./types/*'] } } },
        'src/a.ts': '',
        'src/db/b.ts': '',
        'override/c.ts': '',
        'src/c.ts': '',
        'database/b.ts': '',
      },
      [
        ['src/x.ts', '@/a', 'src/a.ts'],
        ['src/x.ts', '@/c.js', 'override/c.ts'],
        ['src/x.ts', '@/db/b', 'database/b.ts'],
        ['src/x.ts', 'left-pad', 'npm:left-pad'],
        ['src/x.ts', '@/generated/client', 'npm:@/generated/client'],
      ],
    );
  });

  it('reads baseUrl', () => {
    check({ 'tsconfig.json': { compilerOptions: { baseUrl: 'src' } }, 'src/users/users.service.ts': '' }, [
      ['src/a.ts', 'users/users.service', 'src/users/users.service.ts'],
      ['src/a.ts', 'users/gone', 'missing'],
      ['src/a.ts', 'lodash/get', 'npm:lodash/get'],
    ]);
  });

  it('survives a tsconfig that extends itself', () => {
    check({ 'tsconfig.json': { extends: './tsconfig.json' }, 'a.ts': '' }, [['b.ts', './a', 'a.ts']]);
  });
});

describe('workspace packages without a build', () => {
  it('goes from what a package.json names to what it is built from', () => {
    check(
      {
        'package.json': { workspaces: ['packages/*'] },
        'packages/db/package.json': { name: '@shop/db', main: './dist/index.js', types: './dist/index.d.ts' },
        'packages/db/src/index.ts': '',
        'packages/db/src/client.ts': '',
        'packages/http/package.json': {
          name: '@shop/http',
          exports: {
            '.': { browser: './dist/browser.js', import: { types: './dist/esm/main.d.ts', default: './dist/esm/main.mjs' } },
            './routes/*': './dist/routes/*.js',
            './errors': { types: './src/errors.ts', default: './dist/errors.js' },
            './private/*': null,
          },
        },
        'packages/http/src/main.ts': '',
        'packages/http/src/browser.ts': '',
        'packages/http/src/routes/users.ts': '',
        'packages/http/src/errors.ts': '',
        'packages/plain/package.json': { name: 'plain' },
        'packages/plain/index.ts': '',
        'packages/plain/time/index.ts': '',
        'packages/gone/package.json': { name: 'gone', main: 'dist/index.js' },
      },
      [
        ['apps/api/a.ts', '@shop/db', 'packages/db/src/index.ts'],
        ['apps/api/a.ts', '@shop/db/client', 'packages/db/src/client.ts'],
        ['apps/api/a.ts', '@shop/db/src/client', 'packages/db/src/client.ts'],
        ['apps/api/a.ts', '@shop/db/dist/client.js', 'packages/db/src/client.ts'],
        ['apps/api/a.ts', '@shop/db/none', 'missing'],
        ['apps/api/a.ts', '@shop/db/generated/client', 'npm:@shop/db/generated/client'],
        ['apps/api/a.ts', '@shop/http', 'packages/http/src/main.ts'],
        ['apps/api/a.ts', '@shop/http/routes/users', 'packages/http/src/routes/users.ts'],
        ['apps/api/a.ts', '@shop/http/errors', 'packages/http/src/errors.ts'],
        ['packages/http/src/routes/users.ts', '@shop/http/errors', 'packages/http/src/errors.ts'],
        ['apps/api/a.ts', 'plain', 'packages/plain/index.ts'],
        ['apps/api/a.ts', 'plain/time', 'packages/plain/time/index.ts'],
        ['apps/api/a.ts', 'gone', 'missing'],
        ['apps/api/a.ts', '@shop/other', 'npm:@shop/other'],
        ['packages/a.ts', './db', 'packages/db/src/index.ts'],
      ],
    );
  });

  it('reads the imports of a package', () => {
    check(
      {
        'package.json': {
          imports: { '#db': './dist/db.js', '#lib/*.js': './src/lib/*.ts', '#log': 'pino', '#both': { development: './src/both.ts', default: './dist/both.js' } },
        },
        'src/db.ts': '',
        'src/lib/time.ts': '',
        'src/both.ts': '',
      },
      [
        ['src/a.ts', '#db', 'src/db.ts'],
        ['src/a.ts', '#lib/time.js', 'src/lib/time.ts'],
        ['src/a.ts', '#log', 'npm:pino'],
        ['src/a.ts', '#both', 'src/both.ts'],
        ['src/a.ts', '#none', 'missing'],
      ],
    );
  });
});
