import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { lowerFile } from '../../src/facts/lower.ts';
import { cacheFolder, factsStamp, openFactsCache } from '../../src/project/facts-cache.ts';
import { openPack, writePack } from '../../src/project/facts-pack.ts';
import { tree, write } from './tree.ts';

const TEXT = "import { db } from './db';\nexport const names = ['Ünï', '🚚', '\\ud800'];\n";
const OTHERS = Array.from({ length: 30 }, (_, index) => `export const value${index} = ${index};\n`);

function fill(folder: string, texts: readonly string[]): { hits: number; misses: number } {
  const cache = openFactsCache({ folder, enabled: true });
  for (const text of texts) expect(cache.get(text, 'ts')).toEqual(lowerFile(text, 'ts'));
  cache.flush();
  return { hits: cache.hits, misses: cache.misses };
}

describe('openFactsCache', () => {
  it('gives again what was lowered before', () => {
    const folder = tree({});
    expect(fill(folder, [TEXT, ...OTHERS])).toEqual({ hits: 0, misses: 31 });
    expect(fill(folder, [TEXT, ...OTHERS])).toEqual({ hits: 31, misses: 0 });
    expect(readdirSync(folder)).toEqual(['facts.pack']);
  });

  it('gives what it lowered itself before it was written, each time as an object of its own', () => {
    const cache = openFactsCache({ folder: tree({}), enabled: true });
    const first = cache.get(TEXT, 'ts');
    const second = cache.get(TEXT, 'ts');
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
    cache.flush();
    expect(cache.get(TEXT, 'ts')).toEqual(first);
    expect([cache.hits, cache.misses]).toEqual([2, 1]);
  });

  it('keeps languages apart', () => {
    const cache = openFactsCache({ folder: tree({}), enabled: true });
    expect(['ts', 'tsx', 'js'].map((language) => cache.get('export const a = 1;', language as 'ts').language)).toEqual(['ts', 'tsx', 'js']);
    expect(cache.misses).toBe(3);
  });

  it('adds to what is there', () => {
    const folder = tree({});
    fill(folder, OTHERS.slice(0, 10));
    fill(folder, OTHERS.slice(5, 20));
    expect(fill(folder, OTHERS)).toEqual({ hits: 20, misses: 10 });
  });

  it('keeps what another writer put there meanwhile', () => {
    const folder = tree({});
    const caches = [0, 1, 2].map(() => openFactsCache({ folder, enabled: true }));
    caches.forEach((cache, index) => OTHERS.slice(index * 10, index * 10 + 10).forEach((text) => cache.get(text, 'ts')));
    caches.forEach((cache) => cache.flush());
    expect(fill(folder, OTHERS)).toEqual({ hits: 30, misses: 0 });
  });

  it.each<[name: string, damage: (pack: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is cut off', (pack) => pack.subarray(0, pack.length >> 1)],
    ['is something else', () => Buffer.from('x'.repeat(5000))],
    ['lost its head', (pack) => pack.subarray(100)],
    ['has a flipped bit in the index', (pack) => flip(pack, pack.length - 100)],
    ['has a flipped bit in the facts', (pack) => flip(pack, 50)],
    ['is of another version', (pack) => flip(pack, pack.length - 40)],
  ])('lowers again when the file %s', (_name, damage) => {
    const folder = tree({});
    fill(folder, OTHERS);
    const file = path.join(folder, 'facts.pack');
    writeFileSync(file, damage(readFileSync(file)));
    expect(fill(folder, OTHERS).misses).toBeGreaterThan(0);
    expect(fill(folder, OTHERS)).toEqual({ hits: 30, misses: 0 });
  });

  it('works where nothing can be written', () => {
    const root = tree({ occupied: 'a file' });
    expect(fill(path.join(root, 'occupied/cache'), OTHERS)).toEqual({ hits: 0, misses: 30 });
  });

  it('works where the place is taken by a folder', () => {
    const folder = tree({ 'facts.pack/x': '' });
    expect(fill(folder, OTHERS)).toEqual({ hits: 0, misses: 30 });
    expect(readdirSync(folder)).toEqual(['facts.pack']);
  });

  it('neither reads nor writes when it is switched off', () => {
    const folder = tree({});
    fill(folder, OTHERS);
    const cache = openFactsCache({ folder, enabled: false });
    OTHERS.forEach((text) => cache.get(text, 'ts'));
    cache.flush();
    expect([cache.hits, cache.misses]).toEqual([0, 30]);
  });
});

describe('the pack', () => {
  it('stays whole while several processes write it', async () => {
    const program = compiledCache();
    const folder = tree({});
    const texts = ['a', 'b', 'c', 'd'].map((name) => Array.from({ length: 20 }, (_, index) => `export const ${name}${index} = ${index};\n`));
    const outputs = await Promise.all(texts.map((own) => promisify(execFile)(process.execPath, [program, folder, JSON.stringify(own)])));
    const pack = openPack(path.join(folder, 'facts.pack'), Buffer.from(outputs[0]?.stdout ?? '', 'hex'));
    const blobs = [...pack.entries.keys()].map((key) => pack.read(key));
    pack.close();
    expect(blobs.length).toBeGreaterThanOrEqual(20);
    expect(blobs.length % 20).toBe(0);
    expect(blobs).not.toContain(undefined);
    expect(readdirSync(folder)).toEqual(['facts.pack']);
  });

  it('drops entries that nobody used for long', () => {
    const folder = tree({});
    const file = path.join(folder, 'facts.pack');
    fill(folder, [TEXT]);
    const old = writePack(file, factsStamp());
    old.add('x'.repeat(20), Buffer.from('{}'), Math.floor(Date.now() / 86_400_000) - 15);
    old.add('y'.repeat(20), Buffer.from('{}'), Math.floor(Date.now() / 86_400_000) - 13);
    old.finish();
    fill(folder, [TEXT]);
    const pack = openPack(file, factsStamp());
    pack.close();
    expect([...pack.entries.keys()].filter((key) => /^(.)\1+$/.test(key))).toEqual(['y'.repeat(20)]);
  });

  it('is rid of temporary files of the dead', () => {
    const folder = tree({ 'facts.pack.1-dead.tmp': 'x', 'facts.pack.2-alive.tmp': 'x' });
    utimesSync(path.join(folder, 'facts.pack.1-dead.tmp'), 1, 1);
    fill(folder, [TEXT]);
    expect(readdirSync(folder).sort()).toEqual(['facts.pack', 'facts.pack.2-alive.tmp']);
  });
});

describe('cacheFolder', () => {
  it('is in node_modules when there is one, else in the system place, one per root', () => {
    const root = tree({ 'a/node_modules/x': '', 'b/x': '' });
    const [a, b] = [path.join(root, 'a'), path.join(root, 'b')];
    const system = { XDG_CACHE_HOME: path.join(root, 'cache') };
    expect(cacheFolder(a, system)).toBe(path.join(a, 'node_modules/.cache/eslint-plugin-backend-patterns'));
    expect(path.dirname(cacheFolder(b, system))).toBe(path.join(root, 'cache/eslint-plugin-backend-patterns'));
    expect(cacheFolder(b, system)).not.toBe(cacheFolder(root, system));
    expect(cacheFolder(b, { LOCALAPPDATA: path.join(root, 'local') })).toContain(path.join(root, 'local'));
    write(root, 'b/node_modules/y', '');
    expect(cacheFolder(b, system)).toContain('node_modules');
  });
});

/** The cache as a program for plain Node: `program FOLDER TEXTS` fills the folder again and again, and prints the stamp of its packs. */
function compiledCache(): string {
  const folder = tree({ 'package.json': { type: 'module' } });
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  const facts = readdirSync('src/facts').map((name) => `src/facts/${name}`);
  for (const file of [...facts, 'src/project/facts-cache.ts', 'src/project/facts-pack.ts']) {
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, rewriteRelativeImportExtensions: true };
    write(folder, file.replace(/ts$/, 'js'), ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText);
  }
  write(
    folder,
    'fill.js',
    `import { factsStamp, openFactsCache } from './src/project/facts-cache.js';
     const [, , folder, texts] = process.argv;
     for (let round = 0; round < 10; round++) {
       const cache = openFactsCache({ folder, enabled: true });
       for (const text of JSON.parse(texts)) if (!cache.get(text, 'ts').parsed) process.exit(1);
       cache.flush();
     }
     process.stdout.write(factsStamp().toString('hex'));`,
  );
  return path.join(folder, 'fill.js');
}

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
