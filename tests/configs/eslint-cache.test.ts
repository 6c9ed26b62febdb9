import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { tree, write } from '../project/tree.ts';

const ESLINT = join(dirname(createRequire(import.meta.url).resolve('eslint/package.json')), 'bin/eslint.js');
const built = (path: string): string => JSON.stringify(new URL(`../../dist/src/${path}`, import.meta.url).href);

/** The preset with a parser that says which files it is given: those that the cache did not answer for. */
const CONFIGURATION = [
  `import backendPatterns from ${built('index.js')};`,
  `import * as ours from ${built('parser.js')};`,
  "const parser = { meta: { name: 'telling', version: '1' }, parseForESLint(text, options) { console.error('parsed', options.filePath.split('/').at(-1)); return ours.parseForESLint(text, options); } };",
  "export default [{ ignores: ['eslint.config.mjs'] }, { files: ['**/*.ts'], languageOptions: { parser } }, ...backendPatterns.configs.recommended];",
].join('\n');

const SERVICE = `import { totalOf } from './orders.repository.js';

export async function totals(ids: string[]) {
  const sums = [];
  for (const id of ids) sums.push(await totalOf(id));
  return sums;
}
`;
const LOOKED_UP = "const known = new Map<string, number>();\n\nexport async function totalOf(id: string) {\n  return known.get(id) ?? 0;\n}\n";
const QUERIED = `import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export function totalOf(id: string) {
  return prisma.order.findUniqueOrThrow({ where: { id } });
}
`;

function lint(root: string): { readonly parsed: string[]; readonly found: string[] } {
  const { stdout, stderr } = spawnSync(process.execPath, [ESLINT, '--cache', '--cache-strategy', 'content', '--format', 'json', 'src'], { cwd: root, encoding: 'utf8' });
  const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
  return {
    parsed: [...stderr.matchAll(/^parsed (.*)$/gm)].map((match) => match[1] ?? '').sort(),
    found: results.flatMap(({ filePath, messages }) => messages.map(({ ruleId }) => `${filePath.slice(root.length + 1)} ${ruleId}`)),
  };
}

it('gives a cached file the findings that a change in another file brings', () => {
  const root = tree({ 'package.json': { private: true }, 'eslint.config.mjs': CONFIGURATION, 'src/orders.service.ts': SERVICE, 'src/orders.repository.ts': LOOKED_UP });
  expect(lint(root)).toEqual({ parsed: ['orders.repository.ts', 'orders.service.ts'], found: [] });
  expect(lint(root)).toEqual({ parsed: [], found: [] });
  write(root, 'src/orders.repository.ts', QUERIED);
  expect(lint(root)).toEqual({ parsed: ['orders.repository.ts', 'orders.service.ts'], found: ['src/orders.service.ts backend-patterns/no-query-in-loop'] });
});

/** A preset for migrations, with a rule that says which files it is given. */
const MIGRATIONS = [
  `import backendPatterns from ${built('index.js')};`,
  "const telling = { create: (context) => ({ Script() { console.error('parsed', context.filename.split('/').at(-1)); } }) };",
  "export default [{ ignores: ['eslint.config.mjs'] }, ...backendPatterns.configs.migrations, { files: ['**/*.sql'], plugins: { own: { rules: { telling } } }, rules: { 'own/telling': 'error' } }];",
].join('\n');

it('gives a cached migration the findings that a change in its history brings', () => {
  const first = 'src/migrations/001_shops.sql';
  const second = 'src/migrations/002_index.sql';
  const index = 'CREATE INDEX shops_name ON shops (name);\n';
  const root = tree({ 'package.json': { private: true }, 'eslint.config.mjs': MIGRATIONS, [first]: 'CREATE TABLE shops (id int, name varchar(20));\n', [second]: index });
  const found = [`${second} backend-patterns/migration-concurrent-index`];
  expect(lint(root)).toEqual({ parsed: ['001_shops.sql', '002_index.sql'], found });
  expect(lint(root)).toEqual({ parsed: [], found });
  write(root, second, `ALTER TABLE shops ALTER COLUMN name TYPE varchar(30);\n`);
  expect(lint(root).found).toEqual([]);
  write(root, first, 'CREATE TABLE shops (id int, name varchar(90));\n');
  expect(lint(root)).toEqual({ parsed: ['001_shops.sql', '002_index.sql'], found: [`${second} backend-patterns/migration-no-type-change`] });
});
