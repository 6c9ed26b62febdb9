import type { Span } from '../facts/types.ts';
import { symbolOf } from './clause-places.ts';
import { wordOf } from './split-statements.ts';
import type { Token } from './sql-lexer.ts';

/**
 * Spans of the commands of one `ALTER TABLE`. The tree has no place for them; the i-th command is the i-th run of tokens
 * between commas outside brackets, the first one without the `ALTER TABLE [IF EXISTS] [ONLY] name [*]` before it.
 */
export function locateCommands(text: string, tokens: readonly Token[]): Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let start: number | undefined;
  let end = 0;
  for (const token of tokens.slice(headLength(text, tokens))) {
    const symbol = token.kind === 'symbol' ? (text[token.start] ?? '') : '';
    if ('(['.includes(symbol) && symbol !== '') depth += 1;
    if (')]'.includes(symbol) && symbol !== '') depth -= 1;
    if (symbol === ',' && depth === 0) {
      if (start !== undefined) spans.push({ start, end });
      start = undefined;
      continue;
    }
    start ??= token.start;
    end = token.end;
  }
  if (start !== undefined) spans.push({ start, end });
  return spans;
}

const OBJECT_WORDS = new Set(['table', 'foreign', 'materialized', 'view', 'index', 'sequence', 'type']);

/** Number of tokens up to and with the name of what is altered. */
function headLength(text: string, tokens: readonly Token[]): number {
  let at = 1;
  while (OBJECT_WORDS.has(wordOf(text, tokens[at]))) at += 1;
  if (wordOf(text, tokens[at]) === 'if') at += 2;
  if (wordOf(text, tokens[at]) === 'only') at += 1;
  const parenthesised = symbolOf(text, tokens[at]) === '(';
  if (parenthesised) at += 1;
  at += 1;
  while (symbolOf(text, tokens[at]) === '.') at += 2;
  if (parenthesised || symbolOf(text, tokens[at]) === '*') at += 1;
  return at;
}
