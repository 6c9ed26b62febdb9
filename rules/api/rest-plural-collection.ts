import { defineRule } from '../../src/findings/define-rule.ts';
import { isForeignPath } from '../../src/project/api-responses.ts';
import { segmentAnchor, type PathAnchor } from '../../src/project/path-anchors.ts';
import { CRUD_VERBS, isPlainSegment, segmentsOf, wordsOf } from '../../src/project/path-words.ts';
import { defineView } from '../../src/project/project.ts';
import { routes, type Route } from '../../src/project/routes.ts';
import { isRpcStyle } from '../../src/project/rpc-paths.ts';
import type { SourceFile } from '../../src/project/types.ts';
import { isSingularNoun, mayNameCollection, pluralSegment } from './plural-words.ts';

interface Options {
  readonly allow: readonly string[];
}

interface Collection {
  readonly path: string;
  readonly segment: string;
  readonly anchor: PathAnchor;
  /** A route of the collection and one of an item. */
  readonly list: Route;
  readonly item: Route;
}

const IDENTIFIER = /(?:id|uuid|slug|key|code|number|handle|hash)$/i;
const WRITES_ITEM = new Set(['PUT', 'PATCH', 'DELETE', 'ALL']);
const ON_COLLECTION = new Set(['GET', 'POST', 'ALL']);

export default defineRule<Options>({
  id: 'rest-plural-collection',
  docs: { chapter: 'api', description: 'Require plural names for collections in paths', preset: 'recommended' },
  messages: {
    singular:
      '`{{path}}` is a collection (`{{list}}`, `{{item}}`), but its name is in the singular, so that it reads like one thing and clients have to remember which is which. Name it `{{better}}`.',
    rename: 'Rename the segment to `{{plural}}`.',
  },
  options: { allow: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of segments that may name a collection as they are.' } },
  defaultOptions: { allow: [] },
  hasSuggestions: true,
  check({ file, project, options, report }) {
    const allowed = options.allow.map((pattern) => new RegExp(pattern));
    for (const { path, segment, anchor, list, item } of singularCollections(project).get(file) ?? []) {
      if (allowed.some((pattern) => pattern.test(segment))) continue;
      const plural = pluralSegment(segment);
      const { start, end, exact } = anchor;
      report({
        at: { start, end },
        messageId: 'singular',
        data: { path, list: `${list.method} ${list.path}`, item: `${item.method} ${item.path}`, better: path.slice(0, path.length - segment.length) + plural },
        suggestions: exact ? [{ messageId: 'rename', data: { plural }, edits: [{ start, end, text: plural }] }] : [],
      });
    }
  },
});

/** Collections in the singular, by the file in which the segment is written; each once. */
const singularCollections = defineView((project): ReadonlyMap<SourceFile, readonly Collection[]> => {
  const judged = routes(project).filter((route) => isJudged(route) && !isRpcStyle(project, route));
  const byPath = new Map<string, Route[]>();
  for (const route of judged) {
    const key = `${route.file.package.folder} ${route.path}`;
    byPath.set(key, [...(byPath.get(key) ?? []), route]);
  }
  const found = new Map<string, Collection>();
  for (const item of judged) {
    const segments = segmentsOf(item.path);
    const param = segments.at(-1) ?? '';
    const segment = segments.at(-2) ?? '';
    const path = `/${segments.slice(0, -1).join('/')}`;
    const list = byPath.get(`${item.file.package.folder} ${path}`)?.find((route) => ON_COLLECTION.has(route.method) && !isOfOne(route, segment));
    if (!list || !isItem(item, param, segment) || !isSingularName(segment) || isVariant(judged, item, segments)) continue;
    const anchor = segmentAnchor(project, list, segments.length - 2);
    const key = `${anchor.file.path}#${anchor.start} ${segment}`;
    if (anchor.file.role === 'source' && !found.has(key)) found.set(key, { path, segment, anchor, list, item });
  }
  const table = new Map<SourceFile, Collection[]>();
  for (const each of found.values()) table.set(each.anchor.file, [...(table.get(each.anchor.file) ?? []), each]);
  return table;
});

/** `GET /user` answered by `getUser`: one thing, such as the own account, beside whatever else the path is for. */
function isOfOne({ method, handler }: Route, segment: string): boolean {
  const name = handler && handler.file.facts.functions[handler.function]?.name;
  const [verb = '', ...rest] = name === undefined ? [] : wordsOf(name);
  return method === 'GET' && verb !== 'list' && CRUD_VERBS[verb] === 'GET' && rest.join('-') === wordsOf(segment).join('-');
}

function isJudged(route: Route): boolean {
  return (route.kind === 'rest' || route.kind === 'page') && route.file.role === 'source' && !isForeignPath(route.path);
}

/** `/:id` behind the name, or any parameter that is written to. `:?` is a part of the path that is not known. */
function isItem(route: Route, param: string, segment: string): boolean {
  if (!param.startsWith(':') || param === ':?' || param.includes('.')) return false;
  return WRITES_ITEM.has(route.method) || IDENTIFIER.test(param) || param.slice(1).toLowerCase() === segment.toLowerCase();
}

/** `/monitors/external/:id` beside `/monitors/:id`: one kind of what the path before it lists. */
function isVariant(judged: readonly Route[], item: Route, segments: readonly string[]): boolean {
  const parent = segments.slice(0, -2);
  if (parent.length === 0) return false;
  return judged.some((route) => {
    const others = route.file.package === item.file.package ? segmentsOf(route.path) : [];
    return others.length === parent.length + 1 && (others.at(-1)?.startsWith(':') ?? false) && parent.every((segment, index) => others[index] === segment);
  });
}

function isSingularName(segment: string): boolean {
  if (!isPlainSegment(segment)) return false;
  const words = wordsOf(segment);
  const last = words.at(-1);
  return last !== undefined && mayNameCollection(last) && mayNameCollection(words.join('')) && isSingularNoun(last);
}
