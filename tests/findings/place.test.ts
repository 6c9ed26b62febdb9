import { describe, expect, it } from 'vitest';
import { findOffset, lineStartsOf, placeAt } from '../../src/findings/place.ts';

describe('places', () => {
  it.each([
    { text: '', offset: 0, line: 1, column: 1 },
    { text: 'ab', offset: 2, line: 1, column: 3 },
    { text: 'a\nb', offset: 1, line: 1, column: 2 },
    { text: 'a\nb', offset: 2, line: 2, column: 1 },
    { text: 'a\r\nb', offset: 3, line: 2, column: 1 },
    { text: 'a\rb', offset: 2, line: 2, column: 1 },
    { text: 'a\u2028b\u2029c', offset: 4, line: 3, column: 1 },
    { text: '🙂é\nß', offset: 3, line: 1, column: 4 },
    { text: 'a\n', offset: 2, line: 2, column: 1 },
    { text: 'a\n', offset: 9, line: 2, column: 8 },
  ])('$line:$column is offset $offset of $text', ({ text, offset, line, column }) => {
    const starts = lineStartsOf(text);
    expect(placeAt(starts, offset)).toEqual({ line, column });
    expect(findOffset(starts, { line, column })).toBe(offset);
  });

  it('are not found in a line that is not there', () => {
    expect(findOffset(lineStartsOf('a\nb'), { line: 3, column: 1 })).toBeUndefined();
  });
});
