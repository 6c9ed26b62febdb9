import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openProject } from '../../src/project/open.ts';
import { perElementQueries } from '../../src/project/per-element.ts';
import type { Project } from '../../src/project/project.ts';
import { tree, write } from './tree.ts';

const SERVICE = `import { findUser } from './users.repository';
export async function load(ids: string[]) {
  for (const id of ids) await findUser(id);
}
`;
const REPOSITORY = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export async function findUser(id: string) {
  return prisma.user.findUnique({ where: { id } });
}
`;

function open(): { project: Project; path: (name: string) => string; found: (name: string) => string[] } {
  const root = tree({ 'package.json': '{}', 'src/users.service.ts': SERVICE, 'src/users.repository.ts': REPOSITORY });
  const project = openProject({ root, cache: false });
  return {
    project,
    path: (name) => join(root, name),
    found: (name) => {
      const file = project.files.get(name);
      return file ? perElementQueries(project, file).map((entry) => file.text.slice(entry.iteration.start, entry.iteration.start + 3) + entry.query.code) : [];
    },
  };
}

test('a buffer is judged by its own text, with what is known of other files', () => {
  const { project, path, found } = open();
  expect(found('src/users.service.ts')).toHaveLength(1);
  project.update(path('src/users.service.ts'), SERVICE.replace('for (const id of ids) await findUser(id);', ''));
  expect(found('src/users.service.ts')).toEqual([]);
  project.update(path('src/users.service.ts'), `// above\n${SERVICE}`);
  expect(found('src/users.service.ts')).toHaveLength(1);
});

test('other files see a changed one when they are looked at next', () => {
  const { project, path, found } = open();
  expect(found('src/users.service.ts')).toHaveLength(1);
  project.update(path('src/users.repository.ts'), REPOSITORY.replace('return prisma.user.findUnique({ where: { id } });', 'return { id };'));
  project.update(path('src/users.service.ts'), SERVICE);
  expect(found('src/users.service.ts')).toEqual([]);
});

test('functions keep their callers when others are written above them', () => {
  const { project, path, found } = open();
  const untyped = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export async function each(db) {
  for (const id of [1, 2]) await db.user.findFirst({ where: { id } });
}
export const run = () => each(prisma);
`;
  project.update(path('src/users.repository.ts'), untyped);
  expect(found('src/users.repository.ts')).toHaveLength(1);
  project.update(path('src/users.repository.ts'), untyped.replace('export async function each', 'export function other() {}\nexport async function each'));
  expect(found('src/users.repository.ts')).toHaveLength(1);
});

test('settings that change while the project is open count', () => {
  const { project, path } = open();
  expect(project.settings.maxConstant).toBeUndefined();
  write(project.root, 'backend-patterns.config.json', '{ "maxConstant": 3 }');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5000 });
  onTestFinished(() => void vi.useRealTimers());
  project.update(path('src/users.service.ts'), SERVICE);
  expect(project.settings.maxConstant).toBe(3);
});
