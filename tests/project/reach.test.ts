import { describe, expect, it } from 'vitest';
import { programIndex } from '../../src/project/calls.ts';
import { openProject } from '../../src/project/open.ts';
import { functionName, queriesReachedBy } from '../../src/project/reach.ts';
import { trailSteps } from '../../src/project/trails.ts';
import { tree } from './tree.ts';

/** Queries that calling `start` of `src/start.ts` sends, each with the calls on the way. */
function reachedFrom(files: Readonly<Record<string, string>>): readonly string[] {
  const project = openProject({ root: tree({ 'package.json': { type: 'module' }, 'src/db.ts': DB, ...files }), cache: false });
  project.loaded.readAll();
  programIndex(project.linker);
  const file = project.files.get('src/start.ts');
  const start = file?.facts.functions.findIndex((fact) => fact.name === 'start') ?? -1;
  if (!file || start < 0) throw new Error('start() was not found');
  expect(functionName(file, start)).toBe('start');
  return queriesReachedBy(project, { file, function: start }).map((way) => trailSteps(project, way).map((step) => step.label).join(' → ') || way.query.code);
}

const DB = `import { PrismaClient } from '@prisma/client';\nimport { Pool } from 'pg';\nexport const prisma = new PrismaClient();\nexport const pool = new Pool();\n`;
const HEAD = `import { prisma, pool } from './db.ts';\n`;

const CASES: readonly { readonly name: string; readonly code: string; readonly found: readonly string[] }[] = [
  { name: 'its own', code: 'export const start = () => prisma.user.findMany();', found: ['prisma.user.findMany'] },
  { name: 'those of functions it calls', code: 'const one = () => prisma.user.count();\nexport function start() { return one(); }', found: ['one → prisma.user.count'] },
  { name: 'the shorter way of two', code: 'const one = () => prisma.user.count();\nconst two = () => one();\nexport function start() { two(); one(); }', found: ['one → prisma.user.count'] },
  { name: 'recursion ends', code: 'export async function start(id: string) { await prisma.node.findFirst({ where: { id } }); await start(id); }', found: ['prisma.node.findFirst'] },
  { name: 'what runs inline', code: 'export function start() { return prisma.$transaction(async (tx) => tx.user.count()); }', found: ['tx.user.count'] },
  { name: 'not what runs later', code: 'export function start() { setTimeout(() => prisma.user.count(), 10); return () => prisma.user.findMany(); }', found: [] },
  { name: 'not what is only handed out', code: 'const one = () => prisma.user.count();\nexport function start() { return { one }; }', found: [] },
  { name: 'functions handed over by name', code: 'const one = (id: string) => prisma.user.findFirst({ where: { id } });\nexport const start = (ids: string[]) => ids.map(one);', found: ['one → prisma.user.findFirst'] },
  { name: 'a wrapper at its call, and no further', code: 'const run = (sql: string) => pool.query(sql);\nexport const start = () => run("SELECT * FROM users");', found: ['run'] },
];

describe('queries that a function reaches', () => {
  it.each(CASES)('$name', ({ code, found }) => {
    expect(reachedFrom({ 'src/start.ts': HEAD + code })).toEqual(found);
  });
});
