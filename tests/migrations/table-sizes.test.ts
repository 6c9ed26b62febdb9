import { describe, expect, test } from 'vitest';
import { analyzeMigrations } from '../../src/migrations/analyze.ts';
import { readSnapshot, sizeOf, snapshotText, type TableSnapshot } from '../../src/migrations/table-sizes.ts';

const SNAPSHOT: TableSnapshot = {
  server: '17.10',
  tables: { 'public.orders': { rows: 1_200_000, bytes: 98_000_000, indexes: { orders_pkey: 26_000_000 } }, 'audit.log': { bytes: 0, indexes: {} } },
};

describe('sizes of tables', () => {
  test('are written sorted and read back', () => {
    const text = snapshotText(SNAPSHOT);
    expect(text.indexOf('audit.log')).toBeLessThan(text.indexOf('public.orders'));
    expect(readSnapshot(text)).toEqual(SNAPSHOT);
  });

  test('are found by name', () => {
    expect(sizeOf(SNAPSHOT, { name: 'orders' })?.rows).toBe(1_200_000);
    expect(sizeOf(SNAPSHOT, { schema: 'audit', name: 'log' })).toEqual({ bytes: 0, indexes: {} });
    expect(sizeOf(SNAPSHOT, { name: 'log' })).toBeUndefined();
    expect(sizeOf(SNAPSHOT, { schema: 'x', name: 'constructor' })).toBeUndefined();
  });

  test.each([
    ['{', 'not JSON'],
    ['[]', 'version'],
    ['{"version": 2}', 'version'],
    ['{"version": 1, "server": "17"}', 'missing'],
    ['{"version": 1, "server": "17", "tables": {"public.orders": {"rows": "many"}}}', 'public.orders'],
  ])('a damaged file is told: %s', (text, word) => {
    const read = readSnapshot(text);
    expect('fault' in read ? read.fault : '').toContain(word);
  });

  test.each([
    ['{', undefined, ['not used']],
    [undefined, 'sizes.json', ['sizes.json', 'cannot be read']],
    [undefined, undefined, []],
    [snapshotText(SNAPSHOT), undefined, []],
  ])('the analysis goes on without a usable file', (text, tableSizes, words) => {
    const texts: Readonly<Record<string, string | undefined>> = { 'migrations/001_a.sql': 'CREATE TABLE a (id serial);', 'backend-patterns.tables.json': text };
    const { notes = [], coverage } = analyzeMigrations({
      root: '/', files: [{ path: 'migrations/001_a.sql' }], read: (path) => texts[path], ...(tableSizes ? { settings: { tableSizes } } : {}),
    });
    expect(coverage.analysed).toBe(1);
    expect(notes).toHaveLength(words.length === 0 ? 0 : 1);
    for (const word of words) expect(notes[0]).toContain(word);
  });
});
