import { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } from '@eslint/plugin-kit';
import type { CommentFact, Span } from '../facts/types.ts';
import { lineStartsOf, placeAt, type Place } from '../findings/place.ts';

/** 1-based, as the language says of itself. */
export interface SqlLocation {
  readonly start: Place;
  readonly end: Place;
}

/** A statement, or the script that holds them. The rules ask the project what a statement means; a node is where it stands. */
export interface SqlNode {
  readonly type: 'Script' | 'Statement';
  readonly range: [number, number];
  readonly loc: SqlLocation;
  readonly body?: readonly SqlNode[];
}

export interface SqlComment {
  readonly type: 'Comment';
  /** Without its delimiters. */
  readonly value: string;
  readonly range: [number, number];
  readonly loc: SqlLocation;
}

/** ESLint's line breaks, so that lines are those of all other files. */
const LINE_BREAK = /\r\n|[\r\n\u2028\u2029]/u;
const DIRECTIVE = /^\s*eslint(?:-enable|-disable(?:(?:-next)?-line)?)?(?:\s|$)/u;

const parser = new ConfigCommentParser();

type DirectiveType = ConstructorParameters<typeof Directive>[0]['type'];

interface Problem {
  readonly ruleId: null;
  readonly message: string;
  readonly loc: SqlLocation;
}

interface InlineConfig {
  readonly configs: readonly { readonly config: { readonly rules: Record<string, unknown> }; readonly loc: SqlLocation }[];
  readonly problems: readonly Problem[];
}

/** Locates the spans of a text. */
export function locator(text: string): (span: Span) => SqlLocation {
  const starts = lineStartsOf(text);
  return ({ start, end }) => ({ start: placeAt(starts, start), end: placeAt(starts, end) });
}

/** A file of SQL as ESLint sees it. */
export class SqlSourceCode extends TextSourceCodeBase {
  readonly #readComments: () => readonly CommentFact[];
  readonly #locate: (span: Span) => SqlLocation;
  #comments: readonly SqlComment[] | undefined;

  constructor(text: string, ast: SqlNode, readComments: () => readonly CommentFact[]) {
    super({ text, ast, lineEndingPattern: LINE_BREAK });
    this.#readComments = readComments;
    this.#locate = locator(text);
  }

  get comments(): readonly SqlComment[] {
    this.#comments ??= this.#readComments().map(({ start, end, text }) => ({
      type: 'Comment' as const,
      value: text,
      range: [start, end],
      loc: this.#locate({ start, end }),
    }));
    return this.#comments;
  }

  /** Rules for JavaScript that a configuration without `files` brings here ask for it. */
  getAllComments(): readonly SqlComment[] {
    return this.comments;
  }

  /** The statement's script. */
  override getParent(node: object): object | undefined {
    return node === this.ast ? undefined : this.ast;
  }

  getInlineConfigNodes(): SqlComment[] {
    return this.text.includes('eslint') ? this.comments.filter((comment) => DIRECTIVE.test(comment.value)) : [];
  }

  getDisableDirectives(): { readonly directives: Directive[]; readonly problems: Problem[] } {
    const directives: Directive[] = [];
    const problems: Problem[] = [];
    for (const node of this.getInlineConfigNodes()) {
      const parsed = parser.parseDirective(node.value);
      if (!parsed?.label.startsWith('eslint-')) continue;
      const { label, value, justification } = parsed;
      if (label === 'eslint-disable-line' && node.loc.start.line !== node.loc.end.line) {
        problems.push({ ruleId: null, message: 'eslint-disable-line comment should not span multiple lines.', loc: node.loc });
        continue;
      }
      directives.push(new Directive({ type: label.slice('eslint-'.length) as DirectiveType, node, value, justification }));
    }
    return { directives, problems };
  }

  applyInlineConfig(): InlineConfig {
    const configs: { config: { rules: Record<string, unknown> }; loc: SqlLocation }[] = [];
    const problems: Problem[] = [];
    for (const node of this.getInlineConfigNodes()) {
      const parsed = parser.parseDirective(node.value);
      if (parsed?.label !== 'eslint') continue;
      const given = parser.parseJSONLikeConfig(parsed.value);
      if (given.ok) configs.push({ config: { rules: given.config as Record<string, unknown> }, loc: node.loc });
      else problems.push({ ruleId: null, message: given.error.message, loc: node.loc });
    }
    return { configs, problems };
  }

  override traverse(): Iterable<VisitNodeStep> {
    const { ast } = this as unknown as { readonly ast: SqlNode };
    const step = (target: SqlNode, phase: 1 | 2): VisitNodeStep => new VisitNodeStep({ target, phase, args: target === ast ? [target] : [target, ast] });
    return [step(ast, 1), ...(ast.body ?? []).flatMap((statement) => [step(statement, 1), step(statement, 2)]), step(ast, 2)];
  }
}
