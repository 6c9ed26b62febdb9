import { execFileSync } from 'node:child_process';
import { rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadProject, type LoadedFiles } from '../../src/project/load.ts';
import { tree, write } from './tree.ts';

const FILES = {
  'package.json': { name: 'shop', dependencies: { express: '5' } },
  'src/app.ts': "import express from 'express';\nimport { list } from './orders';\nexport const app = express();\napp.get('/', list);\n",
  'src/orders.ts': 'export const list = () => [];\n',
  'src/orders.test.ts': "import { list } from './orders';\nlist();\n",
  'db/1_init.sql': 'create table a ();\n',
};

function open(root: string, options: { paths?: string[]; from?: string; settings?: { ignore: string[] } } = {}): LoadedFiles {
  return loadProject({ root, cacheFolder: path.join(root, '.facts'), ...options });
}

/** Writes a file with a time of change that is surely another one. */
function rewrite(root: string, name: string, text: string): void {
  write(root, name, text);
  const { mtimeMs } = statSync(path.join(root, name));
  utimesSync(path.join(root, name), mtimeMs / 1000 + 5, mtimeMs / 1000 + 5);
}

function targetsOf(project: LoadedFiles, file: string): string[] {
  return project.edgesOf(file).map(({ resolution }) => {
    if ('file' in resolution) return resolution.file;
    return 'external' in resolution ? `npm:${resolution.external}` : 'none';
  });
}

describe('loadProject', () => {
  it('knows files, roles, packages, texts and where imports lead', () => {
    const project = open(tree(FILES));
    expect([...project.files.values()].map((file) => [file.path, file.role, file.package.name])).toEqual([
      ['src/app.ts', 'source', 'shop'],
      ['src/orders.test.ts', 'test', 'shop'],
      ['src/orders.ts', 'source', 'shop'],
    ]);
    expect(project.files.get('src/orders.ts')?.text).toBe(FILES['src/orders.ts']);
    expect(targetsOf(project, 'src/app.ts')).toEqual(['npm:express', 'src/orders.ts']);
    expect(project.others('sql').map((file) => file.path)).toEqual(['db/1_init.sql']);
    expect(project.fileAt(path.join(project.root, 'src/app.ts'))?.path).toBe('src/app.ts');
    expect(project.fileAt(path.join(project.root, '../elsewhere.ts'))).toBeUndefined();
  });

  it('counts what it found, skipped and could not resolve', () => {
    const progress: number[] = [];
    const root = tree({
      ...FILES,
      'src/broken.ts': 'export const a = 1;\n\nexport const b = (;\n',
      'src/lost.ts': "\nimport { gone } from './gone';\nimport './style.css';\nexport { gone };\n",
      'src/binary.ts': 'a\0b',
      'src/separator.ts': `export const separator = '\0';\n${'// text\n'.repeat(20)}`,
      'src/big.js': ' '.repeat(1024 * 1024 + 1),
      'src/marked.ts': '\uFEFFexport const a = 1;\n',
    });
    const coverage = loadProject({ root, cache: false, onProgress: (done) => progress.push(done) }).coverage();
    expect(coverage).toMatchObject({
      found: 9,
      damaged: [{ path: 'src/broken.ts', line: 3 }],
      skipped: [
        { path: 'src/big.js', reason: 'too large' },
        { path: 'src/binary.ts', reason: 'binary' },
      ],
      roles: { source: 6, test: 1 },
      imports: { internal: 2, external: 1, unresolved: [{ path: 'src/lost.ts', line: 2, source: './gone' }] },
    });
    expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('restricts what is asked for, never what is read', () => {
    const root = tree({ ...FILES, 'app/[id]/route.ts': '' });
    const project = open(root, { from: path.join(root, 'src'), paths: ['orders.ts', '../app/[id]', 'nothing', '*.test.ts'] });
    expect([...project.files.keys()].filter((file) => project.requested.includes(file))).toEqual(['app/[id]/route.ts', 'src/orders.test.ts', 'src/orders.ts']);
    expect(project.requested.unmatched).toEqual(['nothing']);
    expect(open(root, { paths: [root] }).requested.includes('src/app.ts')).toBe(true);
  });

  it('works without git on the path', () => {
    const root = tree(FILES);
    vi.stubEnv('PATH', '');
    expect(open(root).files.size).toBe(3);
    vi.unstubAllEnvs();
  });

  it('is not misled by the environment of a git hook', () => {
    const root = tree(FILES);
    execFileSync('git', ['init'], { cwd: root, stdio: 'ignore' });
    vi.stubEnv('GIT_DIR', '/nowhere/.git');
    expect(open(root).listing.listedBy).toBe('git');
    vi.unstubAllEnvs();
  });
});

describe('fingerprint', () => {
  it('follows contents, files, settings and nothing else', () => {
    const root = tree(FILES);
    const project = open(root);
    const first = project.fingerprint();
    expect(open(root).fingerprint()).toBe(first);
    expect(open(root, { settings: { ignore: ['none'] } }).fingerprint()).not.toBe(first);
    rewrite(root, 'src/orders.ts', FILES['src/orders.ts']);
    project.refresh();
    expect(project.fingerprint()).toBe(first);
    rewrite(root, 'db/1_init.sql', 'drop table a;\n');
    project.refresh();
    const second = project.fingerprint();
    expect(second).not.toBe(first);
    write(root, 'src/new.ts', '');
    expect(open(root).fingerprint()).not.toBe(second);
  });
});

describe('updates', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes the text of a buffer, and gives a changed file a new object', () => {
    const project = open(tree(FILES));
    const file = path.join(project.root, 'src/app.ts');
    const before = project.files.get('src/app.ts');
    expect(project.update(file, FILES['src/app.ts'])).toMatchObject({ changed: [], added: [] });
    expect(project.files.get('src/app.ts')).toBe(before);
    expect(project.update(file, "\uFEFFimport './orders';\n")).toMatchObject({ changed: ['src/app.ts'] });
    expect(project.files.get('src/app.ts')).not.toBe(before);
    expect(project.files.get('src/app.ts')?.text).toBe("import './orders';\n");
    expect(targetsOf(project, 'src/app.ts')).toEqual(['src/orders.ts']);
  });

  it('adds a file that is only in the editor, but no virtual ones', () => {
    const project = open(tree({ ...FILES, 'README.md': '' }));
    expect(project.update(path.join(project.root, 'src/new.ts'), "import './orders';\n")).toMatchObject({ added: ['src/new.ts'] });
    expect(targetsOf(project, 'src/new.ts')).toEqual(['src/orders.ts']);
    expect(project.resolver.resolve('src/app.ts', './new')).toEqual({ file: 'src/new.ts' });
    expect(project.update(path.join(project.root, 'README.md/0.ts'), 'a')).toMatchObject({ added: [] });
    expect(project.update(path.join(project.root, '../outside.ts'), 'a')).toMatchObject({ added: [] });
    project.refresh();
    expect(project.files.has('src/new.ts')).toBe(true);
  });

  it('looks at other files, at most once a second', () => {
    const project = open(tree(FILES));
    const { root } = project;
    const app = path.join(root, 'src/app.ts');
    project.readAll();
    rewrite(root, 'src/orders.ts', 'export const list = () => [1];\n');
    expect(project.update(app, FILES['src/app.ts'])).toMatchObject({ changed: [] });
    vi.setSystemTime(Date.now() + 1500);
    expect(project.update(app, FILES['src/app.ts'])).toMatchObject({ changed: ['src/orders.ts'] });
    expect(project.files.get('src/orders.ts')?.text).toContain('[1]');
  });

  it('notices files that come and go', () => {
    const project = open(tree(FILES));
    const { root } = project;
    write(root, 'src/late.ts', '');
    rmSync(path.join(root, 'src/orders.ts'));
    expect(project.refresh()).toEqual({ added: ['src/late.ts'], changed: [], removed: ['src/orders.ts'], setup: false });
    expect(targetsOf(project, 'src/app.ts')).toEqual(['npm:express', 'none']);
    expect(project.refresh()).toMatchObject({ added: [], removed: [] });
  });

  it('lets the disk count again once a file is saved', () => {
    const project = open(tree(FILES));
    const orders = path.join(project.root, 'src/orders.ts');
    project.update(orders, 'export const draft = 1;\n');
    rewrite(project.root, 'src/orders.ts', 'export const saved = 1;\n');
    expect(project.refresh()).toMatchObject({ changed: ['src/orders.ts'] });
    expect(project.files.get('src/orders.ts')?.text).toBe('export const saved = 1;\n');
  });

  it('reads packages and tsconfig files again when they change', () => {
    const project = open(tree({ ...FILES, 'tsconfig.json': {}, 'src/b.ts': "import '#orders';\n" }));
    expect(targetsOf(project, 'src/b.ts')).toEqual(['none']);
    rewrite(project.root, 'tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '#orders': ['./src/orders.ts'] } } }));
    expect(project.refresh()).toMatchObject({ setup: true });
    expect(targetsOf(project, 'src/b.ts')).toEqual(['src/orders.ts']);
  });
});
