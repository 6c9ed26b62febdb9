import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRoot } from '../../src/project/root.ts';
import { tree } from './tree.ts';

const WORKSPACE = { workspaces: ['packages/*'] };

describe('findRoot', () => {
  it.each<[name: string, files: Record<string, string | object>, from: string, root: string]>([
    ['npm workspace', { 'package.json': WORKSPACE, 'packages/api/package.json': {}, 'packages/api/src/a.ts': '' }, 'packages/api/src', ''],
    ['pnpm workspace', { 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n', 'apps/api/package.json': {} }, 'apps/api', ''],
    ['pnpm settings without packages are no workspace', { 'pnpm-workspace.yaml': 'onlyBuiltDependencies: []\n', 'api/package.json': {} }, 'api', 'api'],
    ['git root without a workspace', { '.git/HEAD': '', 'server/package.json': {}, 'server/src/a.ts': '' }, 'server/src', ''],
    ['workspace below the git root', { '.git/HEAD': '', 'js/package.json': WORKSPACE, 'js/packages/a/package.json': {} }, 'js/packages/a', 'js'],
    ['clone inside a workspace', { 'package.json': WORKSPACE, 'forks/a/.git/HEAD': '', 'forks/a/package.json': {} }, 'forks/a', 'forks/a'],
    ['git work tree with a .git file', { '.git': 'gitdir: ../elsewhere', 'src/a.ts': '' }, 'src', ''],
    ['nearest package.json', { 'package.json': {}, 'api/package.json': {}, 'api/src/a.ts': '' }, 'api/src', 'api'],
    ['a file that is not saved yet', { 'package.json': {}, 'src/a.ts': '' }, 'src/new.ts', ''],
    ['a broken package.json', { 'package.json': '{ "workspaces": [', 'api/package.json': {} }, 'api', ''],
    ['from a file', { 'package.json': {}, 'src/a.ts': '' }, 'src/a.ts', ''],
  ])('%s', (_name, files, from, root) => {
    const top = tree(files);
    expect(path.relative(top, findRoot(path.join(top, from)))).toBe(root);
  });
});
