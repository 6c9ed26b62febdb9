import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import * as oxcParser from '../src/parser.ts';

/** Texts that between them hold what is hard to split into tokens. */
const TEXTS: Readonly<Record<string, string>> = {
  'generics.ts': [
    '// Comment at the head',
    'const nested: Array<Array<number>>= [] as const;',
    'const shifted = (1 >>> 2) >> 3;',
    'let mask = 8; mask >>= 1; mask <<= (2);',
    'type Later<T> = (a: T, ...rest: readonly unknown[]) => Promise<Map<string, Set<T>>>;',
    'function isText(value: unknown): value is string { return typeof value === "string"; }',
    'export type { Later }; export { isText as default, nested, shifted, mask };',
    'if (mask < 3 && mask >= (4)) { console.log(mask?.toFixed?.(2) ?? -1); }',
  ].join('\n'),
  'literals.ts': [
    'const half = true ?.5 : 1_000n;',
    'const pattern = /[/\\]]+\\/(?<name>a)/giu, divided = 4 / 2 / 1;',
    'const text = `a${half}b${`nested ${divided}`}c` + \'é\' + "😀" + String.raw`\\u`;',
    'const map = new Map<string, number>(); map.delete("x"); const o = { default: 1, class: pattern, get in() { return null; } };',
    'export const where = [text, o.default, import.meta.url];',
  ].join('\r\n'),
  'decorators.ts': [
    'import type { Orders } from "./orders";',
    '@Controller("orders")',
    'export abstract class OrdersController {',
    '  static #count = 0; declare readonly kind: string; @Field() accessor total!: number;',
    '  constructor(@Inject(TOKEN) private readonly orders: Orders, @Optional() /* maybe */ log?: Console) { OrdersController.#count += 1; }',
    '  @Get(":id") async find(@Param("id") id: string, @Query() { page = 1 }: Page) { for await (const order of this.orders.all(id, page)) yield_(order); }',
    '  abstract close(): void;',
    '  static { if (#count in OrdersController) debugger; }',
    '}',
    'declare function yield_(value: unknown): asserts value; enum Kind { A = "a", B = 1 << 2 }',
    'namespace Inner { export const x = Kind.A satisfies Kind; } import legacy = require("legacy"); export = legacy;',
  ].join('\n'),
  'page.tsx': [
    '#!/usr/bin/env node',
    'export const Page = ({ items }: { items: string[] }) => (',
    '  <Layout title="It\'s / here" data-x=\'a\' {...items}>',
    '    Don\'t split // this text {/* comment */}',
    '    {items.map((item) => <li key={item}>{item}</li>)}<></>',
    '  </Layout>',
    ');',
  ].join('\n'),
  'plain.cjs': '"use strict";\nconst { a, ...rest } = require("a"); label: for (;;) { if (a) break label; } module.exports = function* () { yield* rest; };\n',
  'empty.ts': '',
  'comment.ts': '/* nothing else */\n',
};

const CORE_RULES: Linter.RulesRecord = Object.fromEntries(
  [
    'no-unused-vars', 'no-undef', 'prefer-const', 'no-var', 'eqeqeq', 'no-console', 'curly', 'no-else-return', 'no-unreachable', 'no-debugger', 'no-bitwise',
    'prefer-template', 'no-nested-ternary', 'no-shadow', 'no-useless-constructor', 'func-style', 'no-restricted-syntax', 'sort-keys', 'no-magic-numbers', 'no-extra-boolean-cast',
    'no-multi-assign', 'one-var', 'dot-notation', 'arrow-body-style', 'object-shorthand', 'no-void', 'no-irregular-whitespace', 'no-regex-spaces', 'consistent-return', 'capitalized-comments',
  ].map((rule) => [rule, 'error']),
);

function parsed(parser: typeof oxcParser | typeof typescriptParser, name: string) {
  const text = TEXTS[name] ?? '';
  const { ast } = parser.parseForESLint(text, { filePath: name, sourceType: name.endsWith('.cjs') ? 'script' : 'module', ecmaFeatures: { jsx: name.endsWith('x') } }) as unknown as {
    ast: { range: number[]; tokens: TokenLike[]; comments: TokenLike[] };
  };
  const show = (tokens: TokenLike[]) => tokens.map(({ type, value, range, loc }) => `${type} ${value} ${range.join('-')} ${loc.start.line}:${loc.start.column}-${loc.end.line}:${loc.end.column}`);
  return { range: ast.range, tokens: show(ast.tokens), comments: show(ast.comments) };
}

interface TokenLike {
  type: string;
  value: string;
  range: number[];
  loc: { start: { line: number; column: number }; end: { line: number; column: number } };
}

function lint(parser: unknown, name: string): string[] {
  const messages = new Linter().verify(
    TEXTS[name] ?? '',
    [{ files: ['**/*.{ts,tsx,cjs}'], languageOptions: { parser: parser as Linter.Parser, sourceType: name.endsWith('.cjs') ? 'commonjs' : 'module', parserOptions: { ecmaFeatures: { jsx: name.endsWith('x') } } }, rules: CORE_RULES }],
    name,
  );
  return messages.map((message) => `${message.line}:${message.column}-${message.endLine}:${message.endColumn} ${message.ruleId} ${message.message}`);
}

describe('the oxc parser for ESLint', () => {
  // The names typescript-eslint calls JSXIdentifier where they stand inside an element are Identifier here, as in espree.
  const withoutJsxNames = (tokens: string[]) => tokens.map((token) => token.replace(/^JSXIdentifier/, 'Identifier'));

  it.each(Object.keys(TEXTS))('splits %s into the tokens and comments of typescript-eslint', (name) => {
    const ours = parsed(oxcParser, name);
    const theirs = parsed(typescriptParser, name);
    expect(withoutJsxNames(ours.tokens)).toEqual(withoutJsxNames(theirs.tokens));
    expect(ours.comments).toEqual(theirs.comments);
    expect(ours.range).toEqual(theirs.range);
  });

  it.each(Object.keys(TEXTS))('lets the core rules report the same in %s', (name) => {
    expect(lint(oxcParser, name)).toEqual(lint(typescriptParser, name));
  });

  it('makes the core rules report at all', () => {
    expect(Object.keys(TEXTS).flatMap((name) => lint(oxcParser, name)).length).toBeGreaterThan(40);
  });

  it('reports a syntax error where it stands, in UTF-16', () => {
    const messages = new Linter().verify('const a = "😀"; const = 1;', [{ files: ['**/*.ts'], languageOptions: { parser: oxcParser as unknown as Linter.Parser } }], 'a.ts');
    expect(messages).toMatchObject([{ fatal: true, line: 1, column: 23 }]);
  });
});
