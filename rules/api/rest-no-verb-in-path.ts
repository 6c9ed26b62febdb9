import { defineRule } from '../../src/findings/define-rule.ts';
import type { Suggestion } from '../../src/findings/types.ts';
import { isForeignPath } from '../../src/project/api-responses.ts';
import { segmentAnchor, type PathAnchor } from '../../src/project/path-anchors.ts';
import { CRUD_VERBS, segmentsOf, wordsOf } from '../../src/project/path-words.ts';
import { defineView, type Project } from '../../src/project/project.ts';
import { responsesOf } from '../../src/project/responses.ts';
import { routes, type Route } from '../../src/project/routes.ts';
import { isRpcStyle } from '../../src/project/rpc-paths.ts';
import type { SourceFile } from '../../src/project/types.ts';
import { isPluralNoun, isSingularNoun, pluralOf } from './plural-words.ts';
import { findVerbSegment, type VerbSegment } from './verb-segments.ts';

interface Options {
  readonly allow: readonly string[];
}

interface Offence {
  readonly route: Route;
  readonly found: VerbSegment;
  readonly anchor: PathAnchor;
  /** Method and path that say the same without the verb. */
  readonly better: string;
  /** Whether leaving the segment out is all that is needed. */
  readonly canDrop: boolean;
}

const CHANGING = new Set(['PUT', 'PATCH']);
/** Verbs that are names of things as well. */
const NOUNS = new Set(['update', 'edit', 'list']);

export default defineRule<Options>({
  id: 'rest-no-verb-in-path',
  docs: { chapter: 'api', description: 'Disallow verbs in paths that say what the method of the request says', preset: 'recommended' },
  messages: {
    verb: '`{{method}} {{path}}` has the verb `{{verb}}` in its path, which is what the method of a request is for; clients have to learn a path per operation. Use `{{better}}`.',
    drop: 'Leave `{{segment}}` out of the path; the method says it.',
  },
  options: { allow: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of segments that may stand in a path.' } },
  defaultOptions: { allow: [] },
  hasSuggestions: true,
  check({ file, project, options, report }) {
    const allowed = options.allow.map((pattern) => new RegExp(pattern));
    for (const offence of offences(project).get(file) ?? []) {
      const { route, found, anchor, better } = offence;
      if (allowed.some((pattern) => pattern.test(found.segment))) continue;
      report({
        at: { start: anchor.start, end: anchor.end },
        messageId: 'verb',
        data: { method: route.method, path: route.path, verb: found.verb, better },
        suggestions: dropping(offence),
      });
    }
  },
});

/** Verbs in paths, by the file in which they are written; each once. */
const offences = defineView((project): ReadonlyMap<SourceFile, readonly Offence[]> => {
  const all = routes(project);
  const taken = new Set(all.map((route) => `${route.method} ${route.path}`));
  const seen = new Set<string>();
  const table = new Map<SourceFile, Offence[]>();
  for (const route of all) {
    if ((route.kind !== 'rest' && route.kind !== 'page') || route.file.role !== 'source' || isForeignPath(route.path)) continue;
    const segments = segmentsOf(route.path);
    const found = findVerbSegment(route, segments);
    if (!found || isRpcStyle(project, route) || isNameOfResource(all, found) || answersWithPage(project, route)) continue;
    const anchor = segmentAnchor(project, route, found.index);
    const key = `${anchor.file.path}#${anchor.start}`;
    if (seen.has(key) || anchor.file.role !== 'source') continue;
    seen.add(key);
    const better = betterName(route, segments, found);
    const dropped = `${route.method} /${segments.toSpliced(found.index, 1).join('/')}`;
    const canDrop = anchor.exact && found.rest.length === 0 && CRUD_VERBS[found.verb] === route.method && better === dropped && !taken.has(better);
    table.set(anchor.file, [...(table.get(anchor.file) ?? []), { route, found, anchor, better, canDrop }]);
  }
  return table;
});

/** `/reports/:id/update` beside `/report_updates`: there updates are things. */
function isNameOfResource(all: readonly Route[], { verb, rest }: VerbSegment): boolean {
  if (rest.length > 0 || !NOUNS.has(verb)) return false;
  const name = new RegExp(`[\\w-]+[-_]${verb}s?(?:/|$)|/${verb}s(?:/|$)`, 'i');
  return all.some((route) => route.kind === 'rest' && name.test(route.path));
}

/** Pages and their forms are for people. */
function answersWithPage(project: Project, { handler, method }: Route): boolean {
  if (!handler || method !== 'GET') return false;
  const sent = responsesOf(project, handler.file).filter((response) => response.function === handler.function);
  return sent.some((response) => response.format === 'html') && !sent.some((response) => response.format === 'json');
}

/** What remains of the segment names the resource, unless the segment before has named it already. */
function betterName(route: Route, segments: readonly string[], { index, verb, rest }: VerbSegment): string {
  const said = CRUD_VERBS[verb] ?? route.method;
  const method = CHANGING.has(said) && CHANGING.has(route.method) ? route.method : said;
  const noun = rest.at(-1);
  const plural = noun !== undefined && isSingularNoun(noun) ? pluralOf(noun) : noun;
  const isNamed = noun === undefined || verb === 'read' || segments[index - 1]?.toLowerCase() === plural;
  const isOfMany = method === 'POST' || method === 'DELETE';
  const name = isNamed ? [] : [[...rest.slice(0, -1), isOfMany ? plural : noun].join('-')];
  const path = [...segments.slice(0, index), ...name, ...segments.slice(index + 1)];
  // `DELETE /orders` would read as all of them.
  const isOfAll = !isNamed || isPluralNoun(wordsOf(segments[index - 1] ?? '').at(-1) ?? '');
  const item = method === 'DELETE' && isOfAll && !segments.some((segment) => segment.startsWith(':')) ? ['/:id'] : [];
  return `${method} /${path.join('/')}${item.join('')}`;
}

function dropping({ anchor, found, canDrop }: Offence): readonly Suggestion[] {
  if (!canDrop) return [];
  const { text } = anchor.file;
  const isLast = !/^\//.test(text.slice(anchor.end));
  const start = text[anchor.start - 1] === '/' ? anchor.start - 1 : anchor.start;
  // A path of nothing but the verb becomes `/`.
  const isAll = isLast && /['"`]/.test(text[start - 1] ?? '');
  return [{ messageId: 'drop', data: { segment: found.segment }, edits: [{ start, end: anchor.end, text: isAll ? '/' : '' }] }];
}
