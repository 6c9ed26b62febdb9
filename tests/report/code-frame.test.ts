import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../src/report/code-frame.ts';

function show(text: string, line: number, column: number, endLine: number, endColumn: number): string[] {
  return codeFrame(text, { line, column, endLine, endColumn }).map(({ number, text: code, marked }) =>
    marked ? `${number}|${code.slice(0, marked.from)}[${code.slice(marked.from, marked.to)}]${code.slice(marked.to)}` : `${number}|${code}`,
  );
}

const LONG = Array.from({ length: 30 }, (_unused, index) => `  line${index + 1}`).join('\n');

describe('code frames', () => {
  it.each([
    { name: 'the only line', frame: show('abc', 1, 2, 1, 3), lines: ['1|a[b]c'] },
    { name: 'two lines around', frame: show('a\nb\nc\nd\ne\nf', 3, 1, 3, 2), lines: ['1|a', '2|b', '3|[c]', '4|d', '5|e'] },
    { name: 'windows line ends', frame: show('a\r\nbc\r\nd', 2, 1, 2, 3), lines: ['1|a', '2|[bc]', '3|d'] },
    { name: 'several lines', frame: show('f(\n  a,\n  b);', 1, 1, 3, 5), lines: ['1|[f(]', '2|  [a,]', '3|  [b)];'] },
    { name: 'nothing at the end', frame: show('ab', 1, 3, 1, 3), lines: ['1|ab[]'] },
    { name: 'surrogate pairs', frame: show('x = "🙂"; y', 1, 5, 1, 9), lines: ['1|x = ["🙂"]; y'] },
  ])('show $name', ({ frame, lines }) => {
    expect(frame).toEqual(lines);
  });

  it('cut long places', () => {
    const frame = show(LONG, 10, 3, 25, 4);
    expect(frame).toHaveLength(12);
    expect(frame[2]).toBe('10|  [line10]');
    expect(frame.at(-1)).toBe('19|  line19');
  });
});
