import { describe, expect, it } from 'vitest';
import { findToolVersion } from '../../../src/migrations/planner/tool-version.ts';

const manifest = (range: string): string => JSON.stringify({ dependencies: { knex: range } });

/** Files of a project → version of knex for `apps/api/migrations`, and where it was read. */
const cases: readonly (readonly [name: string, files: Readonly<Record<string, string>>, expected: string | undefined])[] = [
  ['no dependency', { 'package.json': '{}' }, undefined],
  ['the range, without lock file', { 'package.json': manifest('^2.5.1') }, '2.5 ^2.5.1 package.json'],
  ['the nearest package', { 'package.json': manifest('1.0.0'), 'apps/api/package.json': manifest('~3.1') }, '3.1 ~3.1 apps/api/package.json'],
  ['npm', { 'package.json': manifest('^3.0.0'), 'package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/knex': { version: '3.1.0' } } }, null, 2) }, '3.1 3.1.0 package-lock.json'],
  [
    'npm, hoisted and nested',
    { 'apps/api/package.json': manifest('^2.0.0'), 'package-lock.json': JSON.stringify({ packages: { 'node_modules/knex': { version: '3.1.0' }, 'apps/api/node_modules/knex': { version: '2.5.1' } } }) },
    '2.5 2.5.1 package-lock.json',
  ],
  ['npm 6', { 'package.json': manifest('*'), 'package-lock.json': '{ "dependencies": { "knex": {\n "version": "0.95.15",\n "requires": {} } } }' }, '0.95 0.95.15 package-lock.json'],
  [
    'pnpm, one importer of several',
    {
      'apps/api/package.json': manifest('^3.0.0'),
      'pnpm-lock.yaml':
        "lockfileVersion: '9.0'\n\nimporters:\n\n  apps/web:\n    dependencies:\n      knex:\n        specifier: ^1.0.0\n        version: 1.0.7\n\n  apps/api:\n    dependencies:\n      knex:\n        specifier: ^3.0.0\n        version: 3.1.0(pg@8.11.0)\n\npackages:\n",
    },
    '3.1 3.1.0 pnpm-lock.yaml',
  ],
  ['pnpm, one package', { 'package.json': manifest('^3.0.0'), 'pnpm-lock.yaml': 'lockfileVersion: 5.4\n\nspecifiers:\n  knex: ^3.0.0\n\ndependencies:\n  knex: 3.0.1_pg@8.11.0\n' }, '3.0 3.0.1 pnpm-lock.yaml'],
  ['yarn 1', { 'package.json': manifest('^3.0.0'), 'yarn.lock': 'knex@^1.0.0:\n  version "1.0.7"\n\nknex@^2.0.0, knex@^3.0.0:\n  version "3.1.0"\n  resolved "x"\n' }, '3.1 3.1.0 yarn.lock'],
  ['yarn berry', { 'package.json': manifest('^3.0.0'), 'yarn.lock': '"knex@npm:^3.0.0":\n  version: 3.1.0\n  resolution: "knex@npm:3.1.0"\n' }, '3.1 3.1.0 yarn.lock'],
  ['bun', { 'package.json': manifest('^3.0.0'), 'bun.lock': '{ "packages": { "knex": ["knex@3.1.0", "", {}], } }' }, '3.1 3.1.0 bun.lock'],
  ['a broken package.json', { 'package.json': '{' }, undefined],
];

describe('findToolVersion', () => {
  it.each(cases)('%s', (_name, files, expected) => {
    const version = findToolVersion(['knex'], 'apps/api/migrations', (path) => files[path]);
    expect(version && `${version.major}.${version.minor} ${version.text} ${version.place}`).toBe(expected);
  });
});
