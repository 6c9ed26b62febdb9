import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cruiseConfiguration } from '../../configs/cruise-configuration.ts';
import type { LayerModel } from '../../configs/layer-rules.ts';
import { tree } from '../project/tree.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const CRUISE = path.join(MODULES, 'dependency-cruiser/bin/dependency-cruise.mjs');

const FILES = {
  'package.json': '{ "name": "shop", "type": "module" }',
  'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext", "paths": { "@http/*": ["./src/http/*"] } } }',
  'src/http/users.handler.ts': "import { usersService } from '../users/users.service.js';\nexport const list = () => usersService();\nexport interface Page { cursor: string }\n",
  'src/users/users.service.ts': "import { findAll } from './users.repository.js';\nexport const usersService = () => findAll();\n",
  'src/users/users.repository.ts': "import { list } from '@http/users.handler.js';\nimport { Page } from '../http/users.handler.js';\nexport const findAll = (page?: Page) => [list, page];\n",
};
const MODEL: LayerModel = {
  files: new Map([
    ['src/http/users.handler.ts', 'handler'],
    ['src/users/users.service.ts', 'service'],
    ['src/users/users.repository.ts', 'repository'],
  ]),
  allowed: new Map([
    ['handler', ['service']],
    ['service', ['repository']],
    ['repository', []],
  ]),
};

function cruise(files: Readonly<Record<string, string>>): { status: number | null; output: string } {
  const root = tree(FILES);
  symlinkSync(MODULES, path.join(root, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text.replace('CONFIGURATION', JSON.stringify(cruiseConfiguration(MODEL, { folder: root, packageNames: ['@acme/db'] }))));
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [CRUISE, 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'err-long'], { cwd: root, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('a run of dependency-cruiser', () => {
  it.each([
    ['a configuration of its own', { '.dependency-cruiser.mjs': 'export default CONFIGURATION;' }],
    ['a file that it extends', { 'preset/layers.mjs': 'export default CONFIGURATION;', '.dependency-cruiser.mjs': "export default { extends: './preset/layers.mjs', forbidden: [] };" }],
  ])('fails on a known violation through %s', (_name, files) => {
    const { status, output } = cruise(files);
    expect(output).toContain('repository-not-to-handler');
    expect(output).toContain('Move what is needed into a service.');
    expect(output).toMatch(/1 dependency violations \(1 errors/);
    expect(status).toBe(1);
  });

  it('says which packages of the workspace it could not find', () => {
    const { status, output } = cruise({ '.dependency-cruiser.mjs': 'export default CONFIGURATION;', 'src/users/mail.ts': "import '@acme/db/client';\nimport './users.service.js';\n" });
    expect(output).toContain('workspace-package-not-resolved');
    expect(status).toBe(2);
  });
});

describe('cruiseConfiguration', () => {
  const situation = { packageNames: [] };

  it('refuses a project without layers', () => {
    expect(() => cruiseConfiguration({ files: new Map([['a.ts', undefined]]), allowed: new Map() }, { ...situation, folder: tree({}) })).toThrow('No layer was recognised');
  });

  it.each([
    ['nothing', {}, 'neither TypeScript nor @swc/core is installed'],
    ['TypeScript 7 alone', { 'node_modules/typescript/package.json': '{ "version": "7.0.2" }' }, 'TypeScript 7.0.2 is installed'],
  ])('refuses TypeScript that nothing can read: %s', (_name, files, message) => {
    expect(() => cruiseConfiguration(MODEL, { ...situation, folder: tree(files) })).toThrow(message);
  });

  it('takes swc where TypeScript is too new', () => {
    const folder = tree({ 'node_modules/typescript/package.json': '{ "version": "7.0.2" }', 'node_modules/@swc/core/package.json': '{ "version": "1.14.0" }' });
    expect(cruiseConfiguration(MODEL, { ...situation, folder }).options.parser).toBe('swc');
  });

  it('needs neither for JavaScript', () => {
    const files = new Map([['a/x.js', 'service'], ['b/y.js', 'handler']]);
    const { forbidden, options } = cruiseConfiguration({ files, allowed: MODEL.allowed }, { ...situation, folder: tree({}) });
    expect(forbidden.map((rule) => rule.name)).toEqual(['service-not-to-handler']);
    expect(options).not.toHaveProperty('tsConfig');
  });
});
