import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { backendPatterns, folderWith } from './command.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

const SERVICES = {
  'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
  'src/users.service.ts': `import { prisma } from './db';\nexport class UserService {\n${NAMES.map((name) => `  ${name}() {\n    return prisma.user.findMany();\n  }`).join('\n')}\n}\n`,
  'src/users.routes.ts': `import { Router } from 'express';
import { UserService } from './users.service';
const users = new UserService();
export const router = Router();
${NAMES.map((name) => `router.get('/users/${name}', async (req, res) => res.json({ success: true, data: await users.${name}() }));`).join('\n')}
`,
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20260101000000_init/migration.sql': 'CREATE TABLE "user" ("id" TEXT PRIMARY KEY);\n',
};

const pinned = (root: string): unknown => JSON.parse(readFileSync(join(root, 'backend-patterns.config.json'), 'utf8'));

it('pins style, envelope and migrations, and leaves what is pinned', () => {
  const root = folderWith(SERVICES);
  const first = backendPatterns(root, ['init']);
  expect(first).toMatchObject({ code: 0, stdout: 'backend-patterns.config.json: style, envelope, migrations\n' });
  const settings = {
    style: 'handler-service',
    envelope: 'document',
    migrations: { folder: 'prisma/migrations', dialect: 'postgres', since: '20260101000000_init' },
  };
  expect(pinned(root)).toEqual(settings);
  expect(backendPatterns(root, ['check'])).toMatchObject({ code: 0 });
  expect(backendPatterns(root, ['init'])).toMatchObject({ code: 0 });
  expect(pinned(root)).toEqual(settings);
});

it('says so when nothing is clear', () => {
  const root = folderWith({ 'src/sum.ts': 'export const sum = (a: number, b: number): number => a + b;\n' });
  expect(backendPatterns(root, ['init']).stdout).toMatch(/^Nothing was detected clearly enough/);
});
