import { parseSync } from 'oxc-parser';
import type { Comment, OxcError, ParseResult, ParserOptions, Program } from 'oxc-parser';
import type { SourceLanguage, SyntaxFault } from './types.ts';

export interface ParsedText {
  readonly program: Program;
  readonly faults: readonly SyntaxFault[];
  /** Read only when needed: every access crosses into native code. */
  readonly comments: () => readonly Comment[];
}

type Dialect = Pick<ParserOptions, 'lang' | 'sourceType'>;

/** JSX is allowed in plain JavaScript because bundlers allow it; what decides between module and script is the text. */
const DIALECTS: Readonly<Record<SourceLanguage, Dialect>> = {
  ts: { lang: 'ts', sourceType: 'module' },
  tsx: { lang: 'tsx', sourceType: 'module' },
  dts: { lang: 'dts', sourceType: 'module' },
  js: { lang: 'jsx', sourceType: 'unambiguous' },
  jsx: { lang: 'jsx', sourceType: 'unambiguous' },
};

/** What a text that the first dialect rejects may be all the same: CommonJS with a top-level `return`, TypeScript with JSX. */
const SECOND_DIALECTS: Readonly<Partial<Record<SourceLanguage, Dialect>>> = {
  js: { lang: 'jsx', sourceType: 'commonjs' },
  jsx: { lang: 'jsx', sourceType: 'commonjs' },
};

/** Parses a text that has no byte order mark. The program is empty when the parser gave up. */
export function parseText(text: string, language: SourceLanguage): ParsedText {
  const first = parseAs(text, DIALECTS[language]);
  const firstErrors = first.errors;
  const second = firstErrors.length > 0 ? SECOND_DIALECTS[language] : undefined;
  if (!second) return toParsed(first, firstErrors, text.length);
  const again = parseAs(text, second);
  const errors = again.errors;
  return errors.length < firstErrors.length ? toParsed(again, errors, text.length) : toParsed(first, firstErrors, text.length);
}

function parseAs(text: string, dialect: Dialect): ParseResult {
  return parseSync('file', text, { ...dialect, preserveParens: false });
}

function toParsed(result: ParseResult, errors: readonly OxcError[], length: number): ParsedText {
  const faults = errors.filter(error => error.severity === 'Error').map(error => toFault(error, length));
  return { program: result.program, faults, comments: () => result.comments };
}

function toFault(error: OxcError, length: number): SyntaxFault {
  const label = error.labels[0];
  const start = Math.min(label?.start ?? 0, length);
  return { message: error.message, start, end: Math.max(start, Math.min(label?.end ?? start, length)) };
}
