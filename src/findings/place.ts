/** A position for people: 1-based line and column; columns count UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The line breaks that ECMAScript, and so ESLint, knows. */
const LINE_BREAK = /\r\n|[\r\n\u2028\u2029]/g;

/** Offsets at which the lines of a text start; the first is 0. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(LINE_BREAK)) starts.push(match.index + match[0].length);
  return starts;
}

/** Line and column of an offset; an offset past the end stands in the last line. */
export function placeAt(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Offset of a 1-based line and column; undefined when the text has no such line. */
export function findOffset(starts: readonly number[], place: Place): number | undefined {
  const start = starts[place.line - 1];
  return start === undefined ? undefined : start + place.column - 1;
}
