import { describe, expect, it } from 'vitest';
import { fingerprintOf, numberDuplicates } from '../../src/findings/fingerprint.ts';
import { interpolate, wordMessage, wordTrail } from '../../src/findings/messages.ts';

describe('messages', () => {
  it.each([
    { template: '`{{query}}` runs {{ times }} times.', data: { query: 'a.b', times: 3 }, message: '`a.b` runs 3 times.' },
    { template: 'No data { } {{ }.', data: {}, message: 'No data { } {{ }.' },
    { template: '{{a}}{{a}}', data: { a: '{{b}}' }, message: '{{b}}{{b}}' },
  ])('take data: $template', ({ template, data, message }) => {
    expect(interpolate(template, data)).toBe(message);
  });

  it('refuse missing data and unknown ids', () => {
    expect(() => interpolate('{{query}}.', {})).toThrow('needs data for "query"');
    expect(() => wordMessage({ a: 'A.' }, 'b', {})).toThrow('There is no message "b"; known: a.');
  });

  it('word a trail', () => {
    const step = (path: string, line: number, label: string) => ({ path, line, label });
    expect(wordTrail([step('src/a.service.ts', 41, 'Repo.find'), step('src/a.repo.ts', 7, 'prisma.order.findUnique')])).toBe(
      'a.service.ts:41 → Repo.find → prisma.order.findUnique',
    );
    expect(wordTrail([])).toBe('');
  });
});

describe('fingerprints', () => {
  const parts = { rule: 'r', symbol: 'A.b', code: 'x.y(  1,\n\t2 )' };

  it('do not see white space', () => {
    expect(fingerprintOf(parts)).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprintOf({ ...parts, code: ' x.y( 1, 2 )\r\n' })).toBe(fingerprintOf(parts));
  });

  it.each([{ rule: 's' }, { symbol: 'A.c' }, { code: 'x.y(1, 3)' }])('see another %o', (change) => {
    expect(fingerprintOf({ ...parts, ...change })).not.toBe(fingerprintOf(parts));
  });

  it('are numbered where they are equal', () => {
    expect(numberDuplicates(['a', 'b', 'a', 'a'])).toEqual(['a', 'b', 'a-2', 'a-3']);
  });
});
