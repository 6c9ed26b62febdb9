import type { Span } from '../facts/types.ts';
import { wordOf, type Piece } from './split-statements.ts';
import type { Token } from './sql-lexer.ts';
import type { Written } from './statement-parts.ts';

/** A parsed statement with its place. `at` translates the tree's locations into offsets of the script. */
export interface Source {
  readonly text: string;
  readonly piece: Piece;
  readonly at: (byte: number) => number;
}

export function writtenAt(text: string, { start, end }: Span): Written {
  return { start, end, text: text.slice(start, end) };
}

export function symbolOf(text: string, token: Token | undefined): string {
  return token?.kind === 'symbol' ? (text[token.start] ?? '') : '';
}

/** Index of the first token at or after an offset. */
export function tokenIndexAt(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The clause that begins at `start`, up to the comma or bracket that ends it, at most up to `limit`. */
export function clauseFrom({ text, piece: { tokens, end: pieceEnd } }: Source, start: number, limit = pieceEnd): Span {
  let depth = 0;
  let end = start;
  for (let at = tokenIndexAt(tokens, start); at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token || token.start >= limit) break;
    const symbol = symbolOf(text, token);
    if (symbol === '(' || symbol === '[') depth += 1;
    if (symbol === ')' || symbol === ']') depth -= 1;
    if (depth < 0 || (symbol === ',' && depth === 0)) break;
    end = token.end;
  }
  return { start, end };
}

/** The clause that begins at `start`, ended by one of the words outside brackets too. */
export function clauseUntilWord(source: Source, start: number, limit: number, words: ReadonlySet<string>): Span {
  const { text, piece } = source;
  let depth = 0;
  for (let at = tokenIndexAt(piece.tokens, start); at < piece.tokens.length; at += 1) {
    const token = piece.tokens[at];
    if (!token || token.start >= limit) break;
    const symbol = symbolOf(text, token);
    if (symbol === '(' || symbol === '[') depth += 1;
    if (symbol === ')' || symbol === ']') depth -= 1;
    if (depth === 0 && token.start > start && words.has(wordOf(text, token))) return clauseFrom(source, start, token.start);
  }
  return clauseFrom(source, start, limit);
}
