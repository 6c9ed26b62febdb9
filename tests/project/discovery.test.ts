import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles, MAX_SOURCE_SIZE } from '../../src/project/discovery.ts';
import { kindOf } from '../../src/project/listed-file.ts';
import { tree } from './tree.ts';

const FILES = {
  '.gitignore': 'dist/\n*.local.ts\n!kept.local.ts\n',
  'package.json': {},
  'tsconfig.json': {},
  'src/a.ts': '',
  'src/b.local.ts': '',
  'src/kept.local.ts': '',
  'src/größe und maß.ts': '',
  'src/View.TSX.md': '',
  'src/nested/.gitignore': '/only-here.ts\n',
  'src/nested/only-here.ts': '',
  'src/nested/deep/only-here.ts': '',
  'dist/a.js': '',
  'node_modules/express/index.js': '',
  'db/schema.prisma': '',
  'db/1_init.sql': '',
};
const LISTED = [
  'db/1_init.sql',
  'db/schema.prisma',
  'package.json',
  'src/a.ts',
  'src/größe und maß.ts',
  'src/kept.local.ts',
  'src/nested/deep/only-here.ts',
  'tsconfig.json',
];

function git(root: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'protocol.file.allow=always', ...args], { cwd: root, stdio: 'ignore' });
}

function pathsIn(root: string, ignored?: string[]): string[] {
  return listFiles(root, ignored).files.map((file) => file.path);
}

describe('listFiles', () => {
  it('walks where there is no repository, honouring ignore files at every level', () => {
    const listing = listFiles(tree(FILES));
    expect(listing.listedBy).toBe('walk');
    expect(listing.files.map((file) => file.path)).toEqual(LISTED);
  });

  it('lists what git lists: tracked and new files, whatever their names', () => {
    const root = tree(FILES);
    git(root, 'init');
    git(root, 'add', 'src/a.ts');
    const listing = listFiles(root);
    expect(listing.listedBy).toBe('git');
    expect(listing.files.map((file) => file.path)).toEqual(LISTED);
  });

  it('passes over files that git lists and that are gone', () => {
    const root = tree({ 'a.ts': '', 'b.ts': '' });
    git(root, 'init');
    git(root, 'add', '.');
    rmSync(path.join(root, 'b.ts'));
    expect(pathsIn(root)).toEqual(['a.ts']);
  });

  it('lists submodules', () => {
    const library = tree({ 'lib.ts': '' });
    git(library, 'init');
    git(library, 'add', '.');
    git(library, 'commit', '-m', 'x');
    const root = tree({ 'a.ts': '' });
    git(root, 'init');
    git(root, 'submodule', 'add', library, 'vendor');
    expect(pathsIn(root)).toEqual(['a.ts', 'vendor/lib.ts']);
  });

  it('walks a folder that an outer repository ignores', () => {
    const outer = tree({ '.gitignore': 'scratch\n', 'scratch/app/a.ts': '' });
    git(outer, 'init');
    expect(pathsIn(path.join(outer, 'scratch/app'))).toEqual(['a.ts']);
  });

  it('lists a linked file once and tells the link', () => {
    const root = tree({ 'shared/a.ts': '', 'src/b.ts': '' });
    symlinkSync('../shared/a.ts', path.join(root, 'src/a.ts'));
    symlinkSync('../shared', path.join(root, 'src/shared'));
    symlinkSync('../nowhere.ts', path.join(root, 'src/broken.ts'));
    const listing = listFiles(root);
    expect(listing.files.map((file) => file.path)).toEqual(['shared/a.ts', 'src/b.ts']);
    expect(Object.fromEntries(listing.links)).toEqual({ 'src/a.ts': 'shared/a.ts', 'src/shared': 'shared' });
  });

  it('counts files that are too large', () => {
    const listing = listFiles(tree({ 'big.js': 'x'.repeat(MAX_SOURCE_SIZE + 1), 'exact.js': 'x'.repeat(MAX_SOURCE_SIZE) }));
    expect(listing.files.map((file) => file.path)).toEqual(['exact.js']);
    expect(listing.skipped).toEqual([{ path: 'big.js', reason: 'too large' }]);
  });

  it('leaves out what settings ignore', () => {
    expect(pathsIn(tree({ 'a.ts': '', 'legacy/b.ts': '', 'legacy/.c.ts': '' }), ['legacy/**'])).toEqual(['a.ts']);
  });

  it('gives an empty list for a folder that does not exist', () => {
    expect(pathsIn(path.join(tree({}), 'missing'))).toEqual([]);
  });
});

describe('kindOf', () => {
  it.each([
    ['src/a.ts', 'source'],
    ['src/a.d.mts', 'source'],
    ['src/a.cjs', 'source'],
    ['src/a.ts.snap', undefined],
    ['apps/api/package.json', 'package'],
    ['tsconfig.build.json', 'tsconfig'],
    ['jsconfig.json', 'tsconfig'],
    ['prisma/schema.prisma', 'prisma'],
    ['db/INIT.SQL', 'sql'],
    ['pnpm-lock.yaml', 'lockfile'],
    ['drizzle/meta/_journal.json', 'migrationMeta'],
    ['backend-patterns.config.json', 'settings'],
    ['data.json', undefined],
  ])('%s is %s', (file, kind) => {
    expect(kindOf(file)).toBe(kind);
  });
});
