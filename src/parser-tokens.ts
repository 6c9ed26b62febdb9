/**
 * Tokens for ESLint, from the text and the tree that oxc has already built.
 *
 * Whether `/` begins a regular expression, `>` ends a type argument or a brace closes a template depends on the grammar,
 * so a scanner alone cannot know. The tree does: literals, templates and JSX texts are taken from it, and `<` and `>` are joined
 * to longer operators only where an operator stands in the tree. What is left is plain.
 */
export type TokenType =
  | 'Boolean'
  | 'Identifier'
  | 'JSXIdentifier'
  | 'JSXText'
  | 'Keyword'
  | 'Null'
  | 'Numeric'
  | 'PrivateIdentifier'
  | 'Punctuator'
  | 'RegularExpression'
  | 'String'
  | 'Template';

export interface TokenSpan {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
}

/** A leaf of the tree that is one token, or the place of an operator (`operator` then says which). */
export interface Landmarks {
  /** Sorted by start, not overlapping. */
  readonly literals: readonly TokenSpan[];
  /** Where operators of angle brackets stand: between which offsets, and how they are written. Sorted by start. */
  readonly angleOperators: readonly { readonly start: number; readonly end: number; readonly operator: string }[];
  /** Comments, sorted by start. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}

const KEYWORDS = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends finally for function if implements import in instanceof ' +
    'interface let new package private protected public return static super switch this throw try typeof var void while with yield'
  ).split(' '),
);
const PUNCTUATORS = [
  '...', '===', '!==', '**=', '&&=', '||=', '??=', '=>', '==', '!=', '++', '--', '&&', '||', '??', '?.', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '**',
];
const WORD = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\dA-Fa-f]{4}|\\u\{[\dA-Fa-f]+\})+/uy;
const SPACE = /[\s\uFEFF]+/y;

/**
 * Splits a text into ESLint's tokens, comments excluded.
 * @param text source without a byte order mark; offsets are UTF-16 code units.
 */
export function tokenize(text: string, landmarks: Landmarks): TokenSpan[] {
  const { literals, comments, angleOperators } = landmarks;
  const tokens: TokenSpan[] = [];
  let nextLiteral = 0;
  let nextComment = 0;
  let nextOperator = 0;
  let at = text.startsWith('#!') ? lineEnd(text) : 0;

  while (at < text.length) {
    while (nextComment < comments.length && (comments[nextComment]?.start ?? 0) < at) nextComment += 1;
    const comment = comments[nextComment];
    if (comment?.start === at) {
      at = comment.end;
      continue;
    }
    while (nextLiteral < literals.length && (literals[nextLiteral]?.start ?? 0) < at) nextLiteral += 1;
    const literal = literals[nextLiteral];
    if (literal?.start === at && literal.end > at) {
      tokens.push(literal);
      at = literal.end;
      continue;
    }
    SPACE.lastIndex = at;
    if (SPACE.test(text)) {
      at = SPACE.lastIndex;
      continue;
    }
    WORD.lastIndex = at;
    if (WORD.test(text)) {
      tokens.push({ type: wordType(text.slice(at, WORD.lastIndex)), start: at, end: WORD.lastIndex });
      at = WORD.lastIndex;
      continue;
    }
    while (nextOperator < angleOperators.length && (angleOperators[nextOperator]?.end ?? 0) <= at) nextOperator += 1;
    const gap = angleOperators[nextOperator];
    const joined = gap && gap.start <= at && text.startsWith(gap.operator, at) ? gap.operator : undefined;
    const end = at + (joined ?? punctuatorAt(text, at)).length;
    tokens.push({ type: 'Punctuator', start: at, end });
    at = end;
  }
  return tokens;
}

function punctuatorAt(text: string, at: number): string {
  const longest = PUNCTUATORS.find((punctuator) => text.startsWith(punctuator, at));
  // `a ?.5 : b` is a conditional expression.
  if (longest === '?.' && /\d/.test(text.charAt(at + 2))) return '?';
  return longest ?? text.charAt(at);
}

function wordType(word: string): TokenType {
  if (word === 'true' || word === 'false') return 'Boolean';
  if (word === 'null') return 'Null';
  return isKeyword(word) ? 'Keyword' : 'Identifier';
}

export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word);
}

function lineEnd(text: string): number {
  const found = text.search(/[\n\r\u2028\u2029]/);
  return found === -1 ? text.length : found;
}
