import { ConfigCommentParser } from '@eslint/plugin-kit';
import type { CommentFact } from '../facts/types.ts';
import { placeAt, type Place } from './place.ts';

/** The prefix of our rules in comments, suppressions and ESLint configurations. */
export const RULE_PREFIX = 'backend-patterns/';

type DirectiveKind = 'disable' | 'enable' | 'disable-line' | 'disable-next-line';

/** One `eslint-disable…` or `eslint-enable` comment for one rule. */
export interface Directive extends Place {
  readonly kind: DirectiveKind;
  /** With its prefix; null stands for all rules. */
  readonly rule: string | null;
  readonly justification: string;
}

/** What `/* eslint rule: … *\/` says about one rule in a file. */
export interface InlineRule {
  readonly off: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
}

const parser = new ConfigCommentParser();

const KINDS: ReadonlyMap<string, DirectiveKind> = new Map([
  ['eslint-disable', 'disable'],
  ['eslint-enable', 'enable'],
  ['eslint-disable-line', 'disable-line'],
  ['eslint-disable-next-line', 'disable-next-line'],
]);

/** Only these two work in `//` comments too. */
const WORKS_IN_LINE_COMMENT: ReadonlySet<DirectiveKind> = new Set(['disable-line', 'disable-next-line']);

/** The disable and enable comments of a file, read as ESLint reads them. */
export function directivesOf(comments: readonly CommentFact[], lineStarts: readonly number[]): Directive[] {
  return comments.flatMap((comment) => {
    const parsed = parser.parseDirective(comment.text);
    const kind = parsed && KINDS.get(parsed.label);
    if (!parsed || !kind) return [];
    if (!comment.block && !WORKS_IN_LINE_COMMENT.has(kind)) return [];
    const start = placeAt(lineStarts, comment.start);
    const end = placeAt(lineStarts, comment.end);
    if (kind === 'disable-line' && start.line !== end.line) return [];
    const rules = Object.keys(parser.parseListConfig(parsed.value));
    const place = kind === 'disable-next-line' ? end : start;
    return (rules.length > 0 ? rules : [null]).map((rule) => ({ kind, rule, justification: parsed.justification, ...place }));
  });
}

/** The directive that hides a finding of a rule (id with prefix) at a place, if any. */
export function findSilencer(directives: readonly Directive[], rule: string, at: Place): Directive | undefined {
  return findLineSilencer(directives, rule, at) ?? findBlockSilencer(directives, rule, at);
}

function concerns(directive: Directive, rule: string): boolean {
  return directive.rule === null || directive.rule === rule;
}

function findLineSilencer(directives: readonly Directive[], rule: string, at: Place): Directive | undefined {
  return directives.find((directive) => concerns(directive, rule) && silencedLine(directive) === at.line);
}

function silencedLine(directive: Directive): number | undefined {
  if (directive.kind === 'disable-line') return directive.line;
  return directive.kind === 'disable-next-line' ? directive.line + 1 : undefined;
}

function findBlockSilencer(directives: readonly Directive[], rule: string, at: Place): Directive | undefined {
  let silencer: Directive | undefined;
  for (const directive of directives) {
    if (directive.line > at.line || (directive.line === at.line && directive.column > at.column)) break;
    if (!concerns(directive, rule)) continue;
    if (directive.kind === 'disable') silencer ??= directive;
    if (directive.kind === 'enable') silencer = undefined;
  }
  return silencer;
}

/** Rules that `/* eslint … *\/` comments of a file configure, by id with prefix. The first comment about a rule counts. */
export function inlineRulesOf(comments: readonly CommentFact[]): ReadonlyMap<string, InlineRule> {
  const rules = new Map<string, InlineRule>();
  for (const comment of comments) {
    const parsed = comment.block ? parser.parseDirective(comment.text) : undefined;
    if (parsed?.label !== 'eslint') continue;
    const config = parser.parseJSONLikeConfig(parsed.value);
    if (!config.ok || !config.config) continue;
    for (const [rule, entry] of Object.entries(config.config)) {
      if (rule.startsWith(RULE_PREFIX) && !rules.has(rule)) rules.set(rule, inlineRule(entry));
    }
  }
  return rules;
}

function inlineRule(entry: unknown): InlineRule {
  const [severity, options] = Array.isArray(entry) ? (entry as unknown[]) : [entry];
  const off = severity === 'off' || severity === 0;
  return options && typeof options === 'object' ? { off, options: options as Record<string, unknown> } : { off };
}
