import { describe, expect, it } from 'vitest';
import type { CodeTool } from '../../../src/migrations/code/code-migration.ts';
import { readCodeMigration } from '../../../src/migrations/code/read-code-migration.ts';
import type { Dialect } from '../../../src/migrations/migration-files.ts';
import { readScript } from '../../../src/migrations/read-script.ts';
import knexCalls from './knex-calls.json' with { type: 'json' };
import nodePgMigrateCalls from './node-pg-migrate-calls.json' with { type: 'json' };
import typeormCalls from './typeorm-calls.json' with { type: 'json' };

/** A call, and what the package itself sent for it on each database, white space aside. */
interface MeasuredCall {
  readonly call: string;
  readonly postgres?: readonly string[];
  readonly mysql?: readonly string[];
  readonly sqlite?: readonly string[];
}

interface Measured {
  readonly measured: string;
  readonly calls: readonly MeasuredCall[];
}

const TYPEORM = 'Table, TableCheck, TableColumn, TableForeignKey, TableIndex, TableUnique';

const TOOLS: readonly { readonly tool: CodeTool; readonly file: Measured; readonly write: (call: string) => string }[] = [
  {
    tool: 'typeorm',
    file: typeormCalls,
    write: (call) => `import { ${TYPEORM} } from 'typeorm';\nexport class Change1700000000000 implements MigrationInterface {\n  async up(q) { ${call} }\n  async down() {}\n}`,
  },
  { tool: 'knex', file: knexCalls, write: (call) => `exports.up = async (knex) => { await ${call}; };\nexports.down = async () => {};` },
  {
    tool: 'node-pg-migrate',
    file: nodePgMigrateCalls,
    write: (call) =>
      [
        `const { PgLiteral } = require('node-pg-migrate');`,
        `exports.shorthands = { pk: { type: 'uuid', primaryKey: true }, stamp: { type: 'timestamp', notNull: true, default: PgLiteral.create('now()') } };`,
        `exports.up = (pgm) => { ${call}; };`,
      ].join('\n'),
  },
];

function normalise(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').replace(/;\s*$/, '').replaceAll('IF NOT EXISTS ', '').trim();
}

const DIALECTS: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];

for (const { tool, file, write } of TOOLS) {
  describe(`calls measured with ${file.measured}`, () => {
    const cases = file.calls.flatMap((measured) =>
      DIALECTS.flatMap((dialect) => {
        const sent = measured[dialect as 'postgres' | 'mysql' | 'sqlite'];
        return sent ? [{ dialect, call: measured.call, sent }] : [];
      }),
    );
    it.each(cases)('$dialect: $call', ({ dialect, call, sent }) => {
      const result = readCodeMigration({ tool, dialect, path: 'migrations/1700000000000-change.ts', text: write(call), read: () => undefined });
      expect(result.notAnalysed).toEqual([]);
      expect(result.statements.map(({ sql }) => normalise(sql))).toEqual(sent.map(normalise));
    });
    it.each(cases.filter(({ dialect }) => dialect === 'postgres'))('PostgreSQL understands $call', ({ sent }) => {
      const misread = sent.filter((sql) => !sql.includes('undefined')).flatMap((sql) => readScript(sql).notAnalysed);
      expect(misread).toEqual([]);
    });
  });
}
