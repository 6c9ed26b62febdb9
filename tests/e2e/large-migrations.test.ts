import { describe, expect, it } from 'vitest';
import { checkMigrations, lintMigrations } from '../findings/migration-lint.ts';
import { tree } from '../project/tree.ts';

const FIRST = 'db/migrations/001_init.up.sql';
const PATH = 'db/migrations/002_more.up.sql';
const RENAME = 'ALTER TABLE shops RENAME COLUMN name TO title;\n';
const ROW = "INSERT INTO shops (id, name) VALUES (1, 'A chair, a table, a lamp and a bed for the guest room');\n";

function shopWith(text: string): string {
  return tree({ 'package.json': '{}', [FIRST]: 'CREATE TABLE shops (id int PRIMARY KEY, name text);\n', [PATH]: text });
}

describe('a migration of', () => {
  it('10 MB is read whole', async () => {
    const root = shopWith(`${ROW.repeat(110_000)}${RENAME}`);
    const { lines } = checkMigrations(root, 'migrations');
    expect(lines.map(({ text }) => text.replace(/ Column .*/, ''))).toEqual([`${PATH}:110001:1-110001:46 backend-patterns/migration-no-rename`]);
    expect(await lintMigrations(root, 'migrations')).toEqual(lines);
  });

  it('33 MB is refused with a word', async () => {
    const root = shopWith(`${'-- row of a dump\n'.repeat(2_050_000)}${RENAME}`);
    const { lines } = checkMigrations(root, 'migrations');
    expect(lines.map(({ text }) => text)).toEqual([expect.stringMatching(/:1:1-1:1 .*The migration goes unchecked: file of 33 MB: too large to analyse/)]);
    expect(await lintMigrations(root, 'migrations')).toEqual(lines);
  });
});
