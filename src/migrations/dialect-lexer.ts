import { endOfQuote, reach, type Token, type TokenKind } from './sql-lexer.ts';

/** How a dialect other than PostgreSQL writes comments and quotes. */
export interface LexicalRules {
  readonly lineComment: RegExp;
  /** Opening to closing quote of names. */
  readonly names: Readonly<Record<string, string>>;
  readonly strings: string;
  /** Backslashes escape in strings. */
  readonly escapes: boolean;
  /** Start of a comment whose content runs, as of version comments in MySQL. Its delimiters become comments, what stands between them tokens. */
  readonly liveComment?: RegExp;
}

export const SQLITE_RULES: LexicalRules = { lineComment: /--[^\n]*/y, names: { '"': '"', '`': '`', '[': ']' }, strings: "'", escapes: false };

export const MYSQL_RULES: LexicalRules = {
  // `--` is a comment only before a blank: `1--1` is two minus one. Drizzle cuts its breakpoints out before the server sees them.
  lineComment: /(?:#|--(?=\s|$|>[ \t]*statement-breakpoint))[^\n]*/y,
  names: { '`': '`' },
  strings: `'"`,
  escapes: true,
  liveComment: /\/\*!\d*/y,
};

const WORD = /[A-Za-z_$@\u0080-\uffff][\w$@\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const SPACE = /\s+/y;
const STRING_PREFIX = /[xXbBnN](?=')/y;

/** Cuts text into tokens; offsets are UTF-16 code units. Never throws: what is not closed reaches to the end. */
export function* lexDialect(text: string, rules: LexicalRules, start = 0, end = text.length): Generator<Token> {
  let isLive = false;
  let at = start;
  while (at < end) {
    const space = reach(SPACE, text, at);
    if (space > at) {
      at = space;
      continue;
    }
    const opening = rules.liveComment ? reach(rules.liveComment, text, at) : at;
    const closes = isLive && text.startsWith('*/', at);
    if (opening > at) isLive = true;
    if (closes) isLive = false;
    const delimiter = opening > at ? opening : closes ? at + 2 : undefined;
    const token: Token = delimiter === undefined ? tokenAt(text, at, rules) : { kind: 'comment', start: at, end: delimiter };
    yield token.end <= end ? token : { ...token, end };
    at = token.end;
  }
}

function tokenAt(text: string, start: number, rules: LexicalRules): Token {
  const character = text[start] ?? '';
  const made = (kind: TokenKind, end: number): Token => ({ kind, start, end });
  const line = reach(rules.lineComment, text, start);
  if (line > start) return made('comment', line);
  if (text.startsWith('/*', start)) {
    const close = text.indexOf('*/', start + 2);
    return made('comment', close === -1 ? text.length : close + 2);
  }
  const name = rules.names[character];
  if (name !== undefined) return made('quoted', endOfQuote(text, start, name, false));
  const prefix = reach(STRING_PREFIX, text, start);
  const quote = text[prefix] ?? '';
  if (rules.strings.includes(quote) && quote !== '') return made('string', endOfQuote(text, prefix, quote, rules.escapes));
  const word = reach(WORD, text, start);
  if (word > start) return made('word', word);
  const number = reach(NUMBER, text, start);
  return number > start ? made('number', number) : made('symbol', start + 1);
}

/** What a name or word stands for: without its quotes. */
export function unquoteToken(text: string, { kind, start, end }: Token): string {
  if (kind !== 'quoted' && kind !== 'string') return text.slice(start, end);
  const close = text[end - 1] ?? '';
  return text.slice(start + 1, end - 1).replaceAll(close + close, close);
}
