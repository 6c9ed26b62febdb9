import { describe, expect, it } from 'vitest';
import { snapshotText, TABLE_SIZES_FILE } from '../../src/migrations/table-sizes.ts';
import { analyzeTexts, fileOf } from './analyze-texts.ts';

const SIZES = snapshotText({
  server: '17.2',
  tables: {
    'public.orders': { rows: 12_000_000, bytes: 4_100_000_000, indexes: {} },
    'public.plans': { rows: 12, bytes: 8192, indexes: {} },
    'public.drafts': { bytes: 8192, indexes: {} },
  },
});

const cases: readonly { readonly name: string; readonly sql: string; readonly expected: readonly string[] }[] = [
  { name: 'a large table', sql: 'CREATE INDEX i ON orders (x)', expected: ['createIndex `orders` had about 12,000,000 rows (4.1 GB).'] },
  { name: 'a small table', sql: 'CREATE INDEX i ON plans (x); ALTER TABLE plans ADD CHECK (x > 0); UPDATE plans SET x = 1;', expected: [] },
  { name: 'what does not depend on the size', sql: 'ALTER TABLE plans RENAME COLUMN x TO y', expected: ['renameColumn '] },
  { name: 'a table that nobody has counted', sql: 'CREATE INDEX i ON drafts (x)', expected: ['createIndex '] },
  { name: 'a table that is not there', sql: 'CREATE INDEX i ON others (x)', expected: ['createIndex '] },
];

describe('hazards with the sizes of tables', () => {
  it.each(cases)('$name', ({ sql, expected }) => {
    const analysis = analyzeTexts({ 'migrations/001_it.sql': sql, [TABLE_SIZES_FILE]: SIZES });
    const found = fileOf(analysis, 'migrations/001_it.sql').hazards;
    expect(found.map(({ kind, data }) => `${kind} ${/^.* rows \(.*?\)\./.exec(data['remedy'] ?? '')?.[0] ?? ''}`)).toEqual(expected);
  });
});
