import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tree } from '../project/tree.ts';
import { checkMigrations, lintMigrations } from './migration-lint.ts';

const FIRST = 'db/migrations/001_init.up.sql';
const PATH = 'db/migrations/002_more.up.sql';
const RENAME = 'ALTER TABLE shops RENAME COLUMN name TO title;\n';

/** What is said of a damaged migration, without its place in the file; the statement after the damage is judged all the same. */
const DAMAGED: readonly { readonly name: string; readonly content: string | Buffer; readonly says: RegExp; readonly rest: boolean }[] = [
  { name: 'a syntax error', content: `SELEC 1;\n${RENAME}`, says: /^1:1-1:8 .*This goes unchecked: not understood: syntax error at or near "SELEC"\.$/, rest: true },
  { name: 'a quote that is not closed', content: `${RENAME}INSERT INTO shops VALUES ('it);\n`, says: /^2:\d+-\d+:\d+ .*This goes unchecked: not understood: unterminated quoted string/, rest: true },
  { name: 'a command of psql', content: `\\copy shops FROM 'shops.csv' CSV\n${RENAME}`, says: /^1:1-1:33 .*psql command `\\copy`: only psql understands it\.$/, rest: true },
  { name: 'a file that psql brings in', content: `\\i more.sql\n${RENAME}`, says: /^1:1-1:12 .*psql command `\\i`: the file it brings in is not read here\.$/, rest: true },
  { name: 'rows of COPY', content: `COPY shops (id, name) FROM stdin;\n1\tit's ours\n2\t-- eslint-disable\n\\.\n${RENAME}`, says: /^2:1-4:3 .*rows of `COPY … FROM stdin`: only psql sends them\.$/, rest: true },
  { name: 'Latin-1', content: Buffer.from(`-- caf\u00e9\n${RENAME}`, 'latin1'), says: /^1:1-1:1 .*The text is damaged: not valid UTF-8 \(first on line 1\)/, rest: true },
  { name: 'UTF-16', content: Buffer.from(`\uFEFF${RENAME}`, 'utf16le'), says: /^1:1-1:1 .*The migration goes unchecked: UTF-16 text/, rest: false },
  { name: 'nothing', content: '', says: /^1:1-1:1 .*The migration holds no statement\./, rest: false },
  { name: 'nothing but a comment', content: '-- nothing yet\n', says: /^1:1-1:1 .*The migration holds no statement\./, rest: false },
  { name: 'a statement of millions of characters', content: `INSERT INTO shops VALUES ${"(1, 'Chairs and tables'), ".repeat(100_000)}(2, 'x');\n${RENAME}`, says: /^1:1-1:\d+ .*statement of 2\.6 million characters: too long to parse/, rest: true },
];

describe('a migration with', () => {
  it.each(DAMAGED)('$name gets a clear word, and the rest is checked', async ({ content, says, rest }) => {
    const root = tree({ 'package.json': '{}', [FIRST]: 'CREATE TABLE shops (id int PRIMARY KEY, name text);\n', [PATH]: '' });
    writeFileSync(join(root, PATH), content);
    const { lines, result } = checkMigrations(root, 'migrations-strict');
    expect(result.ruleErrors).toEqual([]);
    const found = lines.filter(({ text }) => text.startsWith(PATH)).map(({ text }) => text.slice(PATH.length + 1));
    expect(found.filter((text) => text.includes('/migration-understood '))).toEqual([expect.stringMatching(says)]);
    expect(found.some((text) => text.includes('/migration-no-rename '))).toBe(rest);
    expect(await lintMigrations(root, 'migrations-strict')).toEqual(lines);
  });
});
