/**
 * An ESLint parser over oxc, for projects that want none of the cost of typescript-eslint or have TypeScript 7 alone.
 * The tree is the one of typescript-eslint; there are no type-aware services, so typed rules don't run with it.
 */
import { createRequire } from 'node:module';
import { analyze, type ScopeManager } from '@typescript-eslint/scope-manager';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { parseSync } from 'oxc-parser';
import { isKeyword, tokenize, type Landmarks, type TokenSpan, type TokenType } from './parser-tokens.ts';

type Lang = 'js' | 'jsx' | 'ts' | 'tsx' | 'dts';
type Position = { line: number; column: number };
type Location = { start: Position; end: Position };

interface TreeNode {
  type: string;
  start: number;
  end: number;
  range: [number, number];
  loc: Location;
  [key: string]: unknown;
}

interface Token {
  type: TokenType | 'Line' | 'Block';
  value: string;
  range: [number, number];
  loc: Location;
}

export interface ParserOptions {
  readonly filePath?: string;
  readonly sourceType?: 'module' | 'script' | 'commonjs';
  readonly ecmaFeatures?: { readonly jsx?: boolean; readonly globalReturn?: boolean; readonly impliedStrict?: boolean };
  readonly jsxPragma?: string | null;
  readonly jsxFragmentName?: string | null;
}

/** What ESLint takes from a parser. */
export interface ParseResult {
  readonly ast: TreeNode & { tokens: Token[]; comments: Token[] };
  readonly scopeManager: ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
  readonly services: Readonly<Record<string, never>>;
}

const manifest = createRequire(import.meta.url)('eslint-plugin-backend-patterns/package.json') as { name: string; version: string };

/** ESLint's cache key and `--print-config` name the parser by this. */
export const meta: { readonly name: string; readonly version: string } = { name: `${manifest.name}/parser`, version: manifest.version };

const DECORATED_PATTERNS = new Set(['Identifier', 'AssignmentPattern', 'ArrayPattern', 'ObjectPattern', 'RestElement']);
const LANG_OF_EXTENSION: Readonly<Record<string, Lang>> = { ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'tsx', js: 'jsx', mjs: 'jsx', cjs: 'jsx', jsx: 'jsx' };

/**
 * Parses a text for ESLint: tree with ranges and locations, tokens, comments and scopes.
 * @throws SyntaxError with `index` (UTF-16), `lineNumber` (1-based) and `column` (1-based), as ESLint expects.
 */
export function parseForESLint(text: string, options: ParserOptions = {}): ParseResult {
  const filePath = options.filePath ?? 'file.ts';
  const sourceType = options.sourceType ?? 'module';
  const commonJs = sourceType === 'commonjs' || options.ecmaFeatures?.globalReturn === true;
  const locate = locator(text);
  const result = parseSync(filePath, text, {
    lang: langOf(filePath, options),
    astType: 'ts',
    range: true,
    preserveParens: false,
    sourceType: commonJs ? 'commonjs' : sourceType,
  });
  const fault = result.errors.find((error) => error.severity === 'Error');
  if (fault) throw syntaxError(fault.message, fault.labels[0]?.start ?? 0, locate);

  const program = result.program as unknown as ParseResult['ast'];
  const comments = result.comments.map((comment) => placed(comment.type, comment.value, comment, locate));
  const landmarks = prepareTree(program, text, locate, result.comments);
  program.comments = comments;
  program.tokens = tokenize(text, landmarks).map((token) => tokenOf(token, text, locate));
  fitProgram(program, text, locate);
  program['sourceType'] = sourceType === 'commonjs' ? 'script' : sourceType;

  const scopeManager = analyze(program as unknown as Parameters<typeof analyze>[0], {
    globalReturn: commonJs,
    impliedStrict: options.ecmaFeatures?.impliedStrict ?? false,
    jsxPragma: options.jsxPragma === undefined ? 'React' : options.jsxPragma,
    jsxFragmentName: options.jsxFragmentName ?? null,
    lib: ['esnext'],
    sourceType: sourceType === 'module' ? 'module' : 'script',
  });
  return { ast: program, scopeManager, visitorKeys, services: {} };
}

function langOf(filePath: string, options: ParserOptions): Lang {
  if (/\.d\.([^.]+\.)?[cm]?ts$/.test(filePath)) return 'dts';
  const extension = filePath.slice(filePath.lastIndexOf('.') + 1).toLowerCase();
  return LANG_OF_EXTENSION[extension] ?? (options.ecmaFeatures?.jsx ? 'tsx' : 'ts');
}

/** Gives every node its location and gathers what the tokenizer cannot know by itself. One walk. */
function prepareTree(program: TreeNode, text: string, locate: (offset: number) => Position, comments: Landmarks['comments']): Landmarks {
  const literals: TokenSpan[] = [];
  const angleOperators: { start: number; end: number; operator: string }[] = [];
  const stack: TreeNode[] = [program];
  for (let node = stack.pop(); node; node = stack.pop()) {
    startAfterDecorators(node, text);
    node.loc = { start: locate(node.start), end: locate(node.end) };
    const type = leafType(node, text);
    if (type) literals.push({ type, start: node.start, end: type === 'Identifier' ? node.start + (node['name'] as string).length : node.end });
    // Pushed before their own node is met, so that they count: the string of an attribute is a text of JSX, and `import.meta` begins with a keyword.
    if (node.type === 'JSXAttribute') pushAttributeText(node['value'] as TreeNode | null, literals);
    if (node.type === 'MetaProperty') literals.push({ type: 'Keyword', start: node.start, end: (node['meta'] as TreeNode).end });
    const operator = node['operator'];
    if (typeof operator === 'string' && (operator.startsWith('<') || operator.startsWith('>'))) {
      angleOperators.push({ start: (node['left'] as TreeNode).end, end: (node['right'] as TreeNode).start, operator });
    }
    for (const key of visitorKeys[node.type] ?? []) {
      const child = node[key];
      if (Array.isArray(child)) {
        for (const element of child) if (element) stack.push(element as TreeNode);
      } else if (child) stack.push(child as TreeNode);
    }
  }
  const byStart = (a: { start: number }, b: { start: number }): number => a.start - b.start;
  return { literals: withoutRepeats(literals.sort(byStart)), angleOperators: angleOperators.sort(byStart), comments };
}

/** Of two tokens at the same place the first pushed counts; the sort is stable. */
function withoutRepeats(sorted: readonly TokenSpan[]): TokenSpan[] {
  return sorted.filter((token, index) => token.start !== sorted[index - 1]?.start);
}

/** In typescript-eslint's tree a decorated parameter begins after its decorators. */
function startAfterDecorators(node: TreeNode, text: string): void {
  if (!DECORATED_PATTERNS.has(node.type)) return;
  const last = (node['decorators'] as TreeNode[] | undefined)?.at(-1);
  if (!last) return;
  const gap = /^(?:\s|\/\*[^]*?\*\/|\/\/.*)*/.exec(text.slice(last.end, node.end))?.[0].length ?? 0;
  node.start = last.end + gap;
  node.range = [node.start, node.end];
}

function pushAttributeText(value: TreeNode | null, literals: TokenSpan[]): void {
  if (value?.type === 'Literal') literals.push({ type: 'JSXText', start: value.start, end: value.end });
}

function leafType(node: TreeNode, text: string): TokenType | undefined {
  // A word such as `delete` is a keyword unless the tree has it as a name (`map.delete`).
  if (node.type === 'Identifier') return isKeyword(node['name'] as string) ? 'Identifier' : undefined;
  if (node.type === 'TemplateElement') return 'Template';
  if (node.type === 'PrivateIdentifier') return 'PrivateIdentifier';
  if (node.type === 'JSXText') return 'JSXText';
  if (node.type === 'JSXIdentifier') return 'JSXIdentifier';
  if (node.type !== 'Literal') return undefined;
  const first = text.charAt(node.start);
  if (first === '"' || first === "'") return 'String';
  if (first === '/') return 'RegularExpression';
  return /[\d.]/.test(first) ? 'Numeric' : undefined;
}

function tokenOf(token: TokenSpan, text: string, locate: (offset: number) => Position): Token & { regex?: { pattern: string; flags: string } } {
  const raw = text.slice(token.start, token.end);
  const placedToken = placed(token.type, token.type === 'PrivateIdentifier' ? raw.slice(1) : raw, token, locate);
  if (token.type !== 'RegularExpression') return placedToken;
  const close = raw.lastIndexOf('/');
  return { ...placedToken, regex: { pattern: raw.slice(1, close), flags: raw.slice(close + 1) } };
}

function placed(type: Token['type'], value: string, span: { start: number; end: number }, locate: (offset: number) => Position): Token {
  return { type, value, range: [span.start, span.end], loc: { start: locate(span.start), end: locate(span.end) } };
}

/** As in typescript-eslint and ESLint 10, the program spans the whole text, leading comments included. */
function fitProgram(program: ParseResult['ast'], text: string, locate: (offset: number) => Position): void {
  program.range = [0, text.length];
  program.start = 0;
  program.end = text.length;
  program.loc = { start: locate(0), end: locate(text.length) };
}

function syntaxError(message: string, index: number, locate: (offset: number) => Position): SyntaxError {
  const { line, column } = locate(index);
  return Object.assign(new SyntaxError(message), { index, lineNumber: line, column: column + 1 });
}

/** Offsets to lines (1-based) and columns (0-based), by ESLint's line terminators. */
function locator(text: string): (offset: number) => Position {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) };
  };
}
