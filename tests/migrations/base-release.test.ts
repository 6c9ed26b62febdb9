import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import migrationNoDropReferenced from '../../rules/migrations/migration-no-drop-referenced.ts';
import { checkProject } from '../../src/findings/check.ts';
import { findBase } from '../../src/migrations/base/base-release.ts';
import { migrationsOf } from '../../src/migrations/project-migrations.ts';
import { openProject } from '../../src/project/open.ts';
import { tree, write } from '../project/tree.ts';

function git(root: string, ...args: readonly string[]): void {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd: root, stdio: 'ignore', env });
}

function commit(root: string, message: string): void {
  git(root, 'add', '-A');
  git(root, 'commit', '-m', message);
}

const field = (line: string): string => `model User {\n  id Int @id\n${line}\n}\n`;

/** A released `main`, and a branch that takes a column out of the model, the code and the database. */
function repository(): string {
  const root = tree({
    'package.json': '{}',
    'schema.prisma': field('  nickname String?'),
    'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
    'src/users.ts': "import { prisma } from './db';\nexport const named = (nickname: string) => prisma.user.findMany({ where: { nickname } });\n",
    'migrations/001_init.sql': 'CREATE TABLE "User" (id int PRIMARY KEY, nickname text, old text);\nALTER TABLE "User" DROP COLUMN old;\n',
  });
  git(root, 'init', '--initial-branch=main');
  commit(root, 'release');
  git(root, 'checkout', '-b', 'feature');
  write(root, 'schema.prisma', field(''));
  rmSync(join(root, 'src/users.ts'));
  write(root, 'migrations/002_drop.sql', 'ALTER TABLE "User" DROP COLUMN nickname;\n');
  commit(root, 'drop');
  return root;
}

const open = (root: string, base?: string) => openProject({ root, cache: false, ...(base === undefined ? {} : { settings: { migrations: { base } } }) });

function findingsOf(root: string, base?: string) {
  const { findings, ruleErrors } = checkProject(open(root, base), { rules: [migrationNoDropReferenced], only: [migrationNoDropReferenced.id], judges: 'migrations' });
  expect(ruleErrors).toEqual([]);
  return findings;
}

describe('the base release', () => {
  it('has the references that the branch has taken away', () => {
    const root = repository();
    expect(findingsOf(root)).toEqual([]);
    const [finding, ...others] = findingsOf(root, 'main');
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(
      /^Column `nickname` of `"User"` is dropped while the running release \(main, merge base [\da-f]{7}\) still needs it: `User\.nickname` \(schema\.prisma:3\) and `prisma\.user\.findMany` \(src\/users\.ts:2\)\. /,
    );
    expect(finding?.related).toEqual([
      { path: 'schema.prisma', line: 3, column: 3, label: 'User.nickname (declares it)' },
      { path: 'src/users.ts', line: 2, column: 76, label: 'prisma.user.findMany (names it)' },
    ]);
  });

  it('leaves the branch that moved on out of it', () => {
    const root = repository();
    git(root, 'checkout', 'main');
    write(root, 'src/users.ts', 'export {};\n');
    commit(root, 'later on main');
    git(root, 'checkout', 'feature');
    expect(findingsOf(root, 'main')).toHaveLength(1);
  });

  it('judges what is new, committed or not', () => {
    const root = repository();
    write(root, 'migrations/003_more.sql', 'DROP TABLE x;\n');
    const judged = migrationsOf(open(root, 'main')).files.flatMap((file) => (file.judged ? [file.path] : []));
    expect(judged).toEqual(['migrations/002_drop.sql', 'migrations/003_more.sql']);
    expect(migrationsOf(open(root)).files.every((file) => file.judged)).toBe(true);
  });

  it('works below the root of the repository', () => {
    const root = tree({ 'readme.md': '' });
    write(root, 'api/package.json', '{}');
    write(root, 'api/schema.prisma', field('  nickname String?'));
    write(root, 'api/migrations/001_init.sql', 'CREATE TABLE "User" (id int, nickname text);\n');
    git(root, 'init', '--initial-branch=main');
    commit(root, 'release');
    write(root, 'api/schema.prisma', field(''));
    write(root, 'api/migrations/002_drop.sql', 'ALTER TABLE "User" DROP COLUMN nickname;\n');
    expect(findingsOf(join(root, 'api'), 'HEAD').map(({ path, related }) => [path, related?.map((place) => place.path)])).toEqual([['migrations/002_drop.sql', ['schema.prisma']]]);
  });

  it('says what is missing', () => {
    const root = repository();
    expect(() => findBase(open(root, 'nowhere'))).toThrow(/^--base nowhere: there is no such branch or commit here\. Fetch it first, e\.g\. `git fetch origin nowhere`/);
    expect(() => findBase(open(root, '--all'))).toThrow(/no such branch or commit/);
    git(root, 'checkout', '--orphan', 'alone');
    commit(root, 'alone');
    expect(() => findBase(open(root, 'main'))).toThrow('--base main: it has no commit in common with HEAD.');
    expect(() => findBase(open(tree({ 'package.json': '{}' }), 'main'))).toThrow(/is not in a git work tree\.$/);
    const shallow = tree({});
    rmSync(shallow, { recursive: true });
    git('/', 'clone', '--depth', '1', '--no-single-branch', '--branch', 'feature', `file://${repository()}`, shallow);
    expect(() => findBase(open(shallow, 'origin/main'))).toThrow(/the clone is shallow.*`git fetch --unshallow`/);
  });
});
