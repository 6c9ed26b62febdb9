import { describe, expect, it } from 'vitest';
import { analyzeTexts } from './analyze-texts.ts';

const create = 'CREATE TABLE parents (id int PRIMARY KEY); CREATE TABLE orders (id int PRIMARY KEY, parent_id int REFERENCES parents (id));';

function hygieneOf(sql: string): readonly { readonly kind: string; readonly data: Readonly<Record<string, string>> }[] {
  const { files } = analyzeTexts({ 'prisma/migrations/1_a/migration.sql': create, 'prisma/migrations/2_b/migration.sql': sql, 'prisma/schema.prisma': 'datasource db { provider = "postgresql" }' });
  return files.at(-1)?.hygiene ?? [];
}

const EVERYBODY = 'While it waits for a running query, everything that comes later waits behind it, plain reads included';
const WRITERS = 'While it waits for a running write, all writes that come later wait behind it';

describe('findLockHazards', () => {
  it.each([
    { sql: 'ALTER TABLE orders ADD COLUMN note text;', lock: 'an AccessExclusive', waiting: EVERYBODY },
    { sql: 'CREATE INDEX ON orders (parent_id);', lock: 'a Share', waiting: WRITERS },
    { sql: 'CREATE TABLE lines (order_id int REFERENCES orders (id));', lock: 'a ShareRowExclusive', waiting: WRITERS },
  ])('says who waits for $lock lock', ({ sql, lock, waiting }) => {
    const [found] = hygieneOf(sql).filter(({ kind }) => kind === 'missingLockTimeout');
    expect(`${found?.data['article']} ${found?.data['mode']}`).toBe(lock);
    expect(found?.data['waiting']).toBe(waiting);
  });

  it.each([
    { name: 'a second table', sql: 'ALTER TABLE parents ADD COLUMN a int; ALTER TABLE orders ADD COLUMN b int;', expected: ['parents, orders'] },
    { name: 'one table under two names', sql: 'ALTER TABLE orders RENAME TO purchases; ALTER TABLE purchases ADD COLUMN b int;', expected: [] },
  ])('locks $name', ({ sql, expected }) => {
    const found = hygieneOf(sql).filter(({ kind }) => kind === 'locksSeveralTables');
    expect(found.map(({ data }) => `${data['first']}, ${data['table']}`)).toEqual(expected);
  });

  it.each([
    { name: 'stays', sql: 'DROP TABLE orders;', expected: ['parents'] },
    { name: 'goes too', sql: 'DROP TABLE orders; DROP TABLE parents;', expected: [] },
  ])('tells the lock on a parent that $name', ({ sql, expected }) => {
    const found = hygieneOf(sql).filter(({ kind }) => kind === 'locksParent');
    expect(found.map(({ data }) => data['parent'])).toEqual(expected);
  });
});
