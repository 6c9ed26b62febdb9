import { describe, expect, it } from 'vitest';
import { listFiles } from '../../src/project/discovery.ts';
import { readPackages } from '../../src/project/packages.ts';
import { tree } from './tree.ts';

const read = (files: Record<string, string | object>) => readPackages(listFiles(tree(files)).files);

describe('readPackages', () => {
  const packages = read({
    'package.json': { name: 'shop', workspaces: ['apps/*'], devDependencies: { vitest: '^4.0.0' } },
    'apps/api/package.json': { name: '@shop/api', type: 'module', dependencies: { express: '^5.0.0' }, peerDependencies: { express: '>=4' } },
    'apps/api/src/a.ts': '',
    'apps/web/a.ts': '',
    'apps/broken/package.json': '{ "name": "half',
    'apps/broken/a.ts': '',
  });

  it('gives each file the nearest package', () => {
    expect(packages.packageOf('apps/api/src/deep/a.ts').name).toBe('@shop/api');
    expect(packages.packageOf('apps/web/a.ts').folder).toBe('');
    expect(packages.packageOf('a.ts').name).toBe('shop');
    expect(packages.packageOf('apps/broken/a.ts').folder).toBe('apps/broken');
  });

  it('merges dependencies, real ones over peers', () => {
    expect(Object.fromEntries(packages.findByName('@shop/api')?.dependencies ?? [])).toEqual({ express: '^5.0.0' });
    expect(packages.packageOf('a.ts').dependencies.get('vitest')).toBe('^4.0.0');
  });

  it('knows the type of plain files', () => {
    expect([packages.findByName('@shop/api')?.type, packages.findByName('shop')?.type]).toEqual(['module', 'commonjs']);
  });

  it('has a package for a root without package.json', () => {
    expect(read({ 'a.ts': '' }).packageOf('a.ts')).toMatchObject({ folder: '', type: 'commonjs' });
  });

  it('tolerates comments, marks and odd values', () => {
    const odd = read({ 'package.json': '\uFEFF{ "name": "odd", /* why */ "dependencies": ["x"], "main": 3, }' });
    expect(odd.findByName('odd')).toMatchObject({ folder: '', entries: {} });
  });
});
