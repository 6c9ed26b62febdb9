import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { locksPage } from './locks-page.ts';

test('docs/postgres-locks.md shows what was measured', () => {
  const page = readFileSync(new URL('../../../docs/postgres-locks.md', import.meta.url), 'utf8');
  expect(page === locksPage(), 'Run: node scripts/measure-locks.js --docs-only').toBe(true);
});
