import type { Span } from '../facts/types.ts';

/**
 * `word`: unquoted name or keyword; `quoted`: `"name"`; `string`: every literal between quotes or dollar signs;
 * `meta`: a psql command up to the end of its line.
 */
export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'comment' | 'meta';

export interface Token extends Span {
  readonly kind: TokenKind;
}

const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const SPACE = /\s+/y;
const LINE_COMMENT = /--[^\r\n]*/y;
const META = /\\[^\r\n]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const STRING_PREFIX = /[eEbBxXnN](?=')|[uU]&(?=['"])/y;

/**
 * Cuts PostgreSQL text into tokens; offsets are UTF-16 code units. Never throws: what is not closed reaches to the end.
 * Our own instead of the server's scanner because that one refuses a whole text for one open quote and counts bytes.
 */
export function* lexSql(text: string, start = 0, end = text.length): Generator<Token> {
  let at = start;
  while (at < end) {
    const space = reach(SPACE, text, at);
    if (space > at) {
      at = space;
      continue;
    }
    const token = tokenAt(text, at);
    yield token.end <= end ? token : { ...token, end };
    at = token.end;
  }
}

function tokenAt(text: string, start: number): Token {
  const character = text[start] ?? '';
  if (character === '-' && text[start + 1] === '-') return { kind: 'comment', start, end: reach(LINE_COMMENT, text, start) };
  if (character === '/' && text[start + 1] === '*') return { kind: 'comment', start, end: endOfBlockComment(text, start) };
  if (character === '\\') return { kind: 'meta', start, end: reach(META, text, start) };
  if (character === '$') {
    const tag = reach(DOLLAR_TAG, text, start);
    if (tag > start) return { kind: 'string', start, end: endOfDollarQuote(text, start, tag) };
  }
  const prefix = reach(STRING_PREFIX, text, start);
  const quote = text[prefix];
  if (quote === "'" || quote === '"') {
    const escapes = prefix === start + 1 && (character === 'e' || character === 'E');
    return { kind: quote === '"' ? 'quoted' : 'string', start, end: endOfQuote(text, prefix, quote, escapes) };
  }
  const word = reach(WORD, text, start);
  if (word > start) return { kind: 'word', start, end: word };
  const number = reach(NUMBER, text, start);
  if (number > start) return { kind: 'number', start, end: number };
  return { kind: 'symbol', start, end: start + 1 };
}

/** End of the match of a sticky pattern at `start`, or `start`. */
export function reach(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** End of a literal or name whose opening quote stands at `open`; a doubled closing quote belongs to it, except for `]`. */
export function endOfQuote(text: string, open: number, close: string, escapes: boolean): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (escapes && text[at] === '\\') at += 1;
    else if (text[at] === close) {
      if (close === ']' || text[at + 1] !== close) return at + 1;
      at += 1;
    }
  }
  return text.length;
}

function endOfDollarQuote(text: string, start: number, bodyStart: number): number {
  const tag = text.slice(start, bodyStart);
  const close = text.indexOf(tag, bodyStart);
  return close === -1 ? text.length : close + tag.length;
}

/** Block comments nest in SQL. */
function endOfBlockComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair === '/*') depth += 1;
    if (pair === '*/') depth -= 1;
    if (pair === '/*' || pair === '*/') at += 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
