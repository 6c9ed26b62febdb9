import type { Span } from '../facts/types.ts';
import { lexDialect, type LexicalRules } from './dialect-lexer.ts';
import { wordOf, type Piece } from './split-statements.ts';
import type { Token } from './sql-lexer.ts';

/** Drizzle cuts its files at this comment, wherever semicolons stand. */
const BREAKPOINT = /^-->\s*statement-breakpoint/;
/** Kinds of objects whose definition may hold a body of statements. */
const WITH_BODY = new Set(['trigger', 'procedure', 'function', 'event']);
/** A client's own line, which changes what ends a statement. */
const DELIMITER_LINE = /[ \t]*delimiter[ \t]+(\S+)[^\n]*/iy;

/**
 * Splits SQLite and MySQL scripts at semicolons outside quotes, comments and the `BEGIN … END` of triggers and routines,
 * at Drizzle's breakpoints, and after `DELIMITER` lines at the delimiter that they set.
 */
export function splitDialect(text: string, rules: LexicalRules, range: Span = { start: 0, end: text.length }): Piece[] {
  const pieces: Piece[] = [];
  let tokens: Token[] = [];
  let delimiter = ';';
  let at = range.start;

  const flush = (): void => {
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first && last) pieces.push({ kind: 'sql', start: first.start, end: last.end, tokens });
    tokens = [];
  };

  restart: while (at < range.end) {
    for (const token of lexDialect(text, rules, at, range.end)) {
      if (token.kind === 'comment') {
        if (BREAKPOINT.test(text.slice(token.start, token.end))) flush();
        at = token.end;
        continue;
      }
      const line = rules.escapes && tokens.length === 0 && wordOf(text, token) === 'delimiter' ? delimiterAt(text, token.start) : undefined;
      if (line) {
        delimiter = line.delimiter;
        at = Math.min(line.end, range.end);
        continue restart;
      }
      if (text.startsWith(delimiter, token.start) && (delimiter !== ';' || bodyDepth(text, tokens) === 0)) {
        flush();
        at = token.start + delimiter.length;
        continue restart;
      }
      // Dollar signs belong to names, so that `END$$` is one word.
      const cut = delimiter === ';' || token.kind !== 'word' ? -1 : text.slice(token.start, token.end).indexOf(delimiter);
      if (cut > 0) {
        tokens.push({ ...token, end: token.start + cut });
        flush();
        at = token.start + cut + delimiter.length;
        continue restart;
      }
      tokens.push(token);
      at = token.end;
    }
    break;
  }
  flush();
  return pieces;
}

function delimiterAt(text: string, start: number): { delimiter: string; end: number } | undefined {
  DELIMITER_LINE.lastIndex = start;
  const match = DELIMITER_LINE.exec(text);
  return match?.[1] === undefined ? undefined : { delimiter: match[1], end: DELIMITER_LINE.lastIndex };
}

/** How many `BEGIN` and `CASE` of the body of a trigger or routine are still open; 0 for other statements. */
function bodyDepth(text: string, tokens: readonly Token[]): number {
  if (wordOf(text, tokens[0]) !== 'create' || !tokens.slice(0, 12).some((token) => WITH_BODY.has(wordOf(text, token)))) return 0;
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    const word = wordOf(text, token);
    const next = wordOf(text, tokens[i + 1]);
    if (word === 'begin' || (word === 'case' && wordOf(text, tokens[i - 1]) !== 'end')) depth += 1;
    if (word === 'end' && !['if', 'loop', 'while', 'repeat'].includes(next)) depth -= 1;
  }
  return depth;
}
