import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tree } from '../project/tree.ts';
import { startLanguageServer, type LanguageServer } from './language-server.ts';

const SQL = 'prisma/migrations/20260201000000_index/migration.sql';
const CODE = 'src/migrations/1760000000000-rename.ts';
const PROGRAM = `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Rename1760000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE shops RENAME COLUMN name TO title');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE shops RENAME COLUMN title TO name');
  }
}
`;
const CONFIGURATION = `import backendPatterns from ${JSON.stringify(new URL('../../dist/src/index.js', import.meta.url).href)};
import * as parser from ${JSON.stringify(new URL('../../dist/src/parser.js', import.meta.url).href)};

export default [{ files: ['**/*.ts'], languageOptions: { parser } }, ...backendPatterns.configs.strict, ...backendPatterns.configs.migrations];
`;
const INDEX = 'CREATE INDEX "shops_name" ON "shops" ("name");\n';

let server: LanguageServer;

beforeAll(async () => {
  const root = tree({
    'package.json': { private: true, type: 'module', dependencies: { typeorm: '0.3.20' } },
    'eslint.config.js': CONFIGURATION,
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/20260101000000_init/migration.sql': 'CREATE TABLE "shops" ("id" INT PRIMARY KEY, "name" TEXT);\n',
    [SQL]: INDEX,
    [CODE]: PROGRAM,
  });
  // The server takes the ESLint of the project.
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(root, 'node_modules'));
  server = await startLanguageServer(root);
});

afterAll(() => server.close());

it('shows what is unsafe in a .sql migration, and rewrites it on demand', async () => {
  const { diagnostics, actionsFor, take } = await server.open(SQL, 'sql', `-- größe 🙂\n${INDEX}`);
  expect(diagnostics).toMatchObject([{ code: 'backend-patterns/migration-concurrent-index', range: { start: { line: 1, character: 0 }, end: { line: 1 } } }]);
  const [diagnostic] = diagnostics;
  if (!diagnostic) throw new Error('There is no diagnostic.');
  const titles = await actionsFor(diagnostic);
  expect(titles.filter((title) => /^(?:Fix|Disable)/.test(title))).toEqual(expect.arrayContaining([expect.stringMatching(/^Disable .*for this line$/)]));
  const edits = await take(diagnostic, titles.find((title) => title.includes('CONCURRENTLY')) ?? '');
  expect(edits).toMatchObject([{ newText: expect.stringContaining('CONCURRENTLY') as string, range: { start: { line: 1 } } }]);
});

it('follows what is typed', async () => {
  expect(await server.change(SQL, 'SELECT 1;\n')).toEqual([]);
  expect(await server.change(SQL, '-- new\nDROP TABLE "shops";\n')).toMatchObject([{ code: 'backend-patterns/migration-no-drop-referenced', range: { start: { line: 1 } } }]);
});

it('shows what is unsafe in a migration that is a program, and not in its down', async () => {
  const { diagnostics } = await server.open(CODE, 'typescript', PROGRAM);
  expect(diagnostics).toMatchObject([{ code: 'backend-patterns/migration-no-rename', range: { start: { line: 4 } } }]);
});
