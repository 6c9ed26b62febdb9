import type { Span } from '../facts/types.ts';
import { lexSql, type Token } from './sql-lexer.ts';

/** A stretch of a script, without the semicolon. `tokens` (comments left out) are those of a `sql` piece. */
export interface Piece extends Span {
  readonly kind: 'sql' | 'meta' | 'data';
  readonly tokens: readonly Token[];
}

/**
 * Splits a script the way psql does: at semicolons outside quotes, comments, parentheses and `BEGIN ATOMIC` bodies.
 * psql's backslash commands and the rows after `COPY … FROM stdin` are pieces of their own.
 */
export function splitStatements(text: string, range: Span = { start: 0, end: text.length }): Piece[] {
  const pieces: Piece[] = [];
  let tokens: Token[] = [];
  let depth = 0;
  let atomicDepth = 0;
  let at = range.start;

  const flush = (): void => {
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first && last) pieces.push({ kind: 'sql', start: first.start, end: last.end, tokens });
    [tokens, depth, atomicDepth] = [[], 0, 0];
  };

  restart: while (at < range.end) {
    for (const token of lexSql(text, at, range.end)) {
      at = token.end;
      if (token.kind === 'comment') continue;
      if (token.kind === 'meta') {
        flush();
        pieces.push({ kind: 'meta', start: token.start, end: token.end, tokens: [] });
        continue;
      }
      const symbol = token.kind === 'symbol' ? text[token.start] : undefined;
      if (symbol === ';' && depth <= 0 && atomicDepth === 0) {
        const takesRows = startsCopyFromStdin(text, tokens);
        flush();
        if (!takesRows) continue;
        const data = copyRows(text, token.end, range.end);
        if (data.end > data.start) pieces.push({ kind: 'data', ...data, tokens: [] });
        at = data.end;
        continue restart;
      }
      if (symbol === '(') depth += 1;
      if (symbol === ')') depth -= 1;
      if (token.kind === 'word') atomicDepth = nextAtomicDepth(text, tokens, token, atomicDepth);
      tokens.push(token);
    }
    break;
  }
  flush();
  return pieces;
}

/** The word in lower case; quoted names and symbols are no words. */
export function wordOf(text: string, token: Token | undefined): string {
  return token?.kind === 'word' ? text.slice(token.start, token.end).toLowerCase() : '';
}

/** `BEGIN ATOMIC … END` bodies of SQL functions hold semicolons; CASE has an END of its own. */
function nextAtomicDepth(text: string, before: readonly Token[], token: Token, depth: number): number {
  const word = wordOf(text, token);
  if (word === 'atomic' && wordOf(text, before.at(-1)) === 'begin') return 1;
  if (depth === 0) return 0;
  if (word === 'case') return depth + 1;
  return word === 'end' ? depth - 1 : depth;
}

function startsCopyFromStdin(text: string, tokens: readonly Token[]): boolean {
  if (wordOf(text, tokens[0]) !== 'copy') return false;
  return tokens.some((token, i) => wordOf(text, token) === 'from' && wordOf(text, tokens[i + 1]) === 'stdin');
}

/** Rows start on the next line and end after a line that holds `\.` alone. */
function copyRows(text: string, from: number, limit: number): Span {
  const lineEnd = text.indexOf('\n', from);
  const start = lineEnd === -1 || lineEnd >= limit ? limit : lineEnd + 1;
  const close = /^\\\.[ \t]*\r?$/gm;
  close.lastIndex = start;
  const match = close.exec(text);
  return { start, end: match && match.index < limit ? Math.min(limit, close.lastIndex) : limit };
}
