import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { buildPreset } from '../../configs/presets.ts';
import { rules } from '../../rules/index.ts';
import plugin from '../../src/index.ts';
import { findMigration, migrationsOf } from '../../src/migrations/project-migrations.ts';
import { openProject } from '../../src/project/open.ts';
import { tree } from '../project/tree.ts';

const FIRST = 'db/migrations/001_shops.sql';
const SECOND = 'db/migrations/002_more.sql';
const OTHER = 'services/b/migrations/001_init.sql';
const FILES = {
  'package.json': '{}',
  [FIRST]: 'CREATE TABLE shops (id int, name varchar(20));\n',
  [SECOND]: 'SELECT 1;\n',
  [OTHER]: 'CREATE TABLE b (id int);\n',
};

/** Ids of what is found in a buffer, and where. */
function lint(root: string, path: string, text: string): string[] {
  const messages = new Linter({ cwd: root, configType: 'flat' }).verify(text, buildPreset('migrations', plugin, rules, root), { filename: join(root, path) });
  return messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId?.replace('backend-patterns/', '') ?? message}`);
}

describe('a migration in an editor', () => {
  it('is judged by the text of the buffer', () => {
    const root = tree(FILES);
    expect(lint(root, SECOND, '\n ALTER TABLE shops RENAME COLUMN name TO title;\n')).toEqual(['2:2 migration-no-rename']);
    expect(lint(root, SECOND, 'SELECT 1;\n')).toEqual([]);
  });

  it('is judged before it is saved for the first time', () => {
    expect(lint(tree(FILES), 'db/migrations/003_new.sql', 'ALTER TABLE shops RENAME COLUMN name TO title;\n')).toEqual(['1:1 migration-no-rename']);
  });

  it('takes the buffers of its history into account', () => {
    const root = tree(FILES);
    const widen = 'ALTER TABLE shops ALTER COLUMN name TYPE varchar(30);\n';
    expect(lint(root, SECOND, widen)).toEqual([]);
    lint(root, FIRST, 'CREATE TABLE shops (id int, name varchar(90));\n');
    expect(lint(root, SECOND, widen)).toEqual(['1:19 migration-no-type-change']);
  });

  it('says nothing of SQL outside of migrations', () => {
    expect(lint(tree(FILES), 'queries/all.sql', 'DROP TABLE shops;\n')).toEqual([]);
  });
});

describe('the analysis', () => {
  it('is made again for the folder of a buffer alone', () => {
    const root = tree(FILES);
    const project = openProject({ root, cache: false });
    const before = migrationsOf(project);
    project.update(join(root, SECOND), 'SELECT 1;\n');
    expect(migrationsOf(project)).toBe(before);
    project.update(join(root, SECOND), 'SELECT 1; SELECT 2;\n');
    expect(findMigration(project, SECOND)?.statements).toHaveLength(2);
    expect(findMigration(project, OTHER)).toBe(before.files.find((file) => file.path === OTHER));
    project.update(join(root, SECOND), FILES[SECOND]);
    expect(findMigration(project, SECOND)?.statements).toHaveLength(1);
  });

  it('is the same as one made anew, whatever is typed where', () => {
    const path = (n: number): string => `db/migrations/00${n}_step.sql`;
    const steps = [
      'CREATE TABLE shops (id int PRIMARY KEY, name varchar(20), owner int);',
      'CREATE TYPE mood AS ENUM (\'good\'); CREATE TABLE owners (id int PRIMARY KEY, mood mood);',
      'ALTER TABLE shops ADD CONSTRAINT shops_owner FOREIGN KEY (owner) REFERENCES owners (id) NOT VALID;',
      'CREATE VIEW named AS SELECT name FROM shops; CREATE INDEX CONCURRENTLY shops_name ON shops (name);',
      'ALTER TABLE shops ALTER COLUMN name TYPE varchar(30); ALTER TABLE shops VALIDATE CONSTRAINT shops_owner;',
    ];
    const root = tree({ 'package.json': '{}', ...Object.fromEntries(steps.map((text, n) => [path(n), text])) });
    const project = openProject({ root, cache: false });
    const edits: readonly (readonly [step: number, text: string])[] = [
      [3, 'SELECT 1;'], [3, 'ALTER TABLE shops DROP COLUMN owner;'], [4, 'DROP TABLE owners CASCADE;'], [4, 'ALTER TABLE shops ALTER COLUMN name SET NOT NULL;'],
      [1, 'CREATE TABLE owners (id bigint);'], [2, ''], [2, steps[2] ?? ''], [4, steps[4] ?? ''], [0, 'SELEC'], [0, 'CREATE TABLE shops (id int, name varchar(90));'],
    ];
    for (const [step, text] of edits) {
      project.update(join(root, path(step)), text);
      const anew = openProject({ root, cache: false });
      for (const [name, buffer] of project.loaded.buffers) anew.update(join(root, name), buffer);
      expect(migrationsOf(project)).toEqual(migrationsOf(anew));
    }
  });

  it('follows what changes on disk', () => {
    const root = tree(FILES);
    const project = openProject({ root, cache: false });
    project.update(join(root, SECOND), 'SELECT 1; SELECT 2;\n');
    writeFileSync(join(root, SECOND), 'SELECT 1; SELECT 2; SELECT 3;\n');
    rmSync(join(root, OTHER));
    project.loaded.refresh();
    expect(project.loaded.buffers.size).toBe(0);
    expect(findMigration(openProject({ root, cache: false }), OTHER)).toBeUndefined();
  });
});
