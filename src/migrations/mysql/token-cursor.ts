import type { Span } from '../../facts/types.ts';
import { unquoteToken } from '../dialect-lexer.ts';
import type { Token } from '../sql-lexer.ts';
import type { QualifiedName, Written } from '../statements.ts';

/** What a statement says where it is not understood. `at`: offset in the script. */
export class UnreadableSql extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Reads the tokens of a statement from left to right. Words are compared in lower case. */
export interface TokenCursor {
  /** Word `ahead` tokens further; empty for what is no word. */
  word(ahead?: number): string;
  symbol(ahead?: number): string;
  atEnd(): boolean;
  /** Takes the words when all of them come next. */
  accept(...words: string[]): boolean;
  acceptSymbol(symbol: string): boolean;
  expect(...words: string[]): void;
  /** A name, quoted or not; a keyword does as well. */
  name(): string;
  qualifiedName(): QualifiedName;
  /** Whether a name could come next. */
  atName(): boolean;
  /** The next token as text: a word, a number, what stands between quotes. */
  value(): string;
  /** Tokens between the brackets that come next; undefined when none do. */
  brackets(): readonly Token[] | undefined;
  /** Passes an expression: one operand with what is joined to it by brackets and operators. */
  expression(): Written;
  skip(): void;
  /** Offset of the next token, or the end of the last one. */
  readonly offset: number;
  /** End of the token before. */
  readonly endBefore: number;
  spanFrom(start: number): Span;
  fail(what: string): never;
}

export function cursorOver(text: string, tokens: readonly Token[]): TokenCursor {
  let at = 0;
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const end = tokens.at(-1)?.end ?? 0;
  const cursor: TokenCursor = {
    word: (ahead) => wordIn(text, peek(ahead)),
    symbol: (ahead) => symbolIn(text, peek(ahead)),
    atEnd: () => at >= tokens.length,
    accept(...words) {
      if (!words.every((word, i) => cursor.word(i) === word)) return false;
      at += words.length;
      return true;
    },
    acceptSymbol(symbol) {
      if (cursor.symbol() !== symbol) return false;
      at += 1;
      return true;
    },
    expect(...words) {
      if (!cursor.accept(...words)) cursor.fail(`\`${words.join(' ').toUpperCase()}\` expected`);
    },
    atName: () => peek()?.kind === 'quoted' || peek()?.kind === 'word' || peek()?.kind === 'string',
    name() {
      const token = peek();
      if (!token || !cursor.atName()) return cursor.fail('a name expected');
      at += 1;
      return unquoteToken(text, token);
    },
    qualifiedName() {
      const first = cursor.name();
      return cursor.acceptSymbol('.') ? { schema: first, name: cursor.name() } : { name: first };
    },
    value() {
      const token = peek();
      if (!token) return cursor.fail('a value expected');
      at += 1;
      return unquoteToken(text, token);
    },
    brackets() {
      if (cursor.symbol() !== '(') return undefined;
      const close = closingOf(text, tokens, at);
      const inside = tokens.slice(at + 1, close);
      at = close + 1;
      return inside;
    },
    expression() {
      const start = cursor.offset;
      passOperand(cursor);
      while (/^[-+*/%]$/.test(cursor.symbol())) {
        at += 1;
        passOperand(cursor);
      }
      return { ...cursor.spanFrom(start), text: text.slice(start, cursor.endBefore) };
    },
    skip() {
      at += 1;
    },
    get offset() {
      return peek()?.start ?? end;
    },
    get endBefore() {
      return tokens[at - 1]?.end ?? tokens[0]?.start ?? 0;
    },
    spanFrom: (start) => ({ start, end: cursor.endBefore }),
    fail(what) {
      const token = peek();
      const found = token ? `\`${text.slice(token.start, Math.min(token.end, token.start + 40))}\`` : 'the end of the statement';
      throw new UnreadableSql(`${what}, found ${found}`, token?.start ?? end);
    },
  };
  return cursor;
}

function passOperand(cursor: TokenCursor): void {
  while (/^[-+]$/.test(cursor.symbol())) cursor.skip();
  if (cursor.brackets()) return;
  const introducer = cursor.word().startsWith('_');
  cursor.value();
  if (introducer && !cursor.atEnd()) cursor.value();
  cursor.brackets();
}

/** Cuts tokens at the commas outside of brackets. */
export function splitAtCommas(text: string, tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [];
  let part: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    const symbol = symbolIn(text, token);
    if (symbol === '(') depth += 1;
    if (symbol === ')') depth -= 1;
    if (symbol === ',' && depth === 0) {
      parts.push(part);
      part = [];
    } else part.push(token);
  }
  return [...parts, part];
}

function closingOf(text: string, tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const symbol = symbolIn(text, tokens[at]);
    if (symbol === '(') depth += 1;
    if (symbol === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new UnreadableSql('a bracket is not closed', tokens[open]?.start ?? 0);
}

function wordIn(text: string, token: Token | undefined): string {
  return token?.kind === 'word' ? text.slice(token.start, token.end).toLowerCase() : '';
}

function symbolIn(text: string, token: Token | undefined): string {
  return token?.kind === 'symbol' ? (text[token.start] ?? '') : '';
}
