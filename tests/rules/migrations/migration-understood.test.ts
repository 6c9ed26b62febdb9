import { describe, expect, it } from 'vitest';
import understood from '../../../rules/migrations/migration-understood.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const WRAPPED = 'db/migrations/001_a.up.sql';
const PLAIN = 'db/migrations/001_a.sql';
const PROGRAM = 'migrations/20260101000000_a.js';

interface Case {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** Line, confidence and message. */
  readonly found: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'a statement that is understood', path: WRAPPED, text: 'SELECT 1;', found: [] },
  { name: 'one that is not', path: WRAPPED, text: 'SELECT 1;\nSELEC 2;', found: ['2 shown: This goes unchecked: not understood: syntax error at or near "SELEC".'] },
  { name: 'psql where a tool runs the file', path: WRAPPED, text: '\\set x 1\nSELECT 1;', found: ['1 shown: This goes unchecked: psql command `\\set`: only psql understands it.'] },
  { name: 'psql where psql may run it', path: PLAIN, text: '\\set x 1\nSELECT 1;', found: ['1 hidden: This goes unchecked: psql command `\\set`: only psql understands it.'] },
  {
    name: 'nothing', path: WRAPPED, text: '-- later\n',
    found: ['1 hidden: The migration holds no statement. It runs and does nothing; if that is not meant, the file was not saved, or its content stands elsewhere.'],
  },
  { name: 'SQL in a program that is built at run time', path: PROGRAM, text: 'exports.up = async (knex) => {\n  await knex.raw(process.env.SQL);\n};\n', found: ['2 hidden'] },
  { name: 'a dialect that is not judged', path: 'prisma/migrations/20260101_a/migration.sql', text: 'SELEC 1;', found: [] },
];

describe('migration-understood', () => {
  it.each(CASES)('$name', ({ path, text, found }) => {
    const files = {
      'package.json': '{ "dependencies": { "knex": "3.1.0" } }',
      'knexfile.js': "module.exports = { client: 'pg', migrations: { directory: './migrations' } };",
      'prisma/migrations/migration_lock.toml': 'provider = "sqlserver"',
      [path]: text,
    };
    const { findings, silenced } = checkText(files, { rules: [understood], judges: 'migrations' });
    const shown = findings.map(({ line, message }) => `${line} shown: ${message}`);
    const hidden = silenced.map(({ finding }) => `${finding.line} hidden: ${finding.message}`);
    expect([...shown, ...hidden]).toEqual(found.map((text) => expect.stringMatching(new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`)) as string));
  });
});
