import { lineStartsOf } from '../findings/place.ts';

/** A line of a code frame; `from`/`to` are the marked columns, 0-based. */
export interface FrameLine {
  readonly number: number;
  readonly text: string;
  readonly marked?: { readonly from: number; readonly to: number };
}

const CONTEXT = 2;
const LONGEST_MARK = 8;

interface FramePlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The lines around a place: two before, two after, of a long place its first lines. */
export function codeFrame(text: string, place: FramePlace): FrameLine[] {
  const starts = lineStartsOf(text);
  const lastMarked = Math.min(place.endLine, place.line + LONGEST_MARK - 1);
  const first = Math.max(1, place.line - CONTEXT);
  const last = Math.min(starts.length, lastMarked + CONTEXT);
  const lines: FrameLine[] = [];
  for (let number = first; number <= last; number++) {
    const line = text.slice(starts[number - 1], starts[number]).replace(/[\r\n\u2028\u2029]+$/, '');
    if (number < place.line || number > lastMarked) {
      lines.push({ number, text: line });
      continue;
    }
    const from = number === place.line ? place.column - 1 : line.length - line.trimStart().length;
    const to = number === place.endLine ? place.endColumn - 1 : line.length;
    lines.push({ number, text: line, marked: { from, to: Math.max(from, to) } });
  }
  return lines;
}
