import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { locksPage } from './locks-page.ts';
import { asKept, differencesOf, recordFile, recordOf, recordsText, VERSIONS } from './records.ts';
import { LOCK_CASES } from './cases.ts';

test('docs/postgres-locks.md shows what was measured', () => {
  const page = readFileSync(new URL('../../../docs/postgres-locks.md', import.meta.url), 'utf8');
  expect(page === locksPage(), 'Run: node scripts/measure-locks.js --docs-only').toBe(true);
});

test.each(VERSIONS)('the file of PostgreSQL %i is as the script writes it, with nothing of cases that are gone', (version) => {
  const cases = LOCK_CASES.filter(({ since }) => since === undefined || since <= version).map(({ id }) => id).sort();
  const measured = Object.fromEntries(cases.flatMap((id) => {
    const record = recordOf(id, version);
    return record ? [[id, record] as const] : [];
  }));
  const kept = asKept(measured, version);
  expect(Object.keys(differencesOf(version)).every((id) => cases.includes(id))).toBe(true);
  expect(readFileSync(new URL(`../../../${recordFile(version)}`, import.meta.url), 'utf8')).toBe(recordsText(kept));
});
