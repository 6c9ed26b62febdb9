import { defineRule } from '../../src/findings/define-rule.ts';
import { isForeignPath } from '../../src/project/api-responses.ts';
import { isPlainSegment, segmentsOf, wordsOf } from '../../src/project/path-words.ts';
import { routesOf, type Route } from '../../src/project/routes.ts';
import { isRpcStyle } from '../../src/project/rpc-paths.ts';
import { mayNameCollection } from './plural-words.ts';
import { routePlace } from './route-place.ts';

interface Options {
  readonly max: number;
  readonly allow: readonly string[];
}

export default defineRule<Options>({
  id: 'rest-max-nesting',
  docs: { chapter: 'api', description: 'Enforce a limit on how many collections a path goes through', preset: 'strict' },
  messages: {
    deep:
      '`{{route}}` goes through {{count}} collections ({{collections}}), where {{max}} are allowed: a client has to know all of them to name the last, and the path breaks when one item moves. ' +
      'An item that has an identifier of its own can stand by itself: `{{better}}`.',
  },
  options: {
    max: { type: 'integer', minimum: 1, description: 'How many collections with an item of each a path may go through.' },
    allow: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of paths that may be deeper.' },
  },
  defaultOptions: { max: 2, allow: [] },
  check({ file, project, options, report }) {
    const allowed = options.allow.map((pattern) => new RegExp(pattern));
    const told = new Set<string>();
    for (const route of routesOf(project, file)) {
      if ((route.kind !== 'rest' && route.kind !== 'page') || isForeignPath(route.path) || isRpcStyle(project, route)) continue;
      const collections = collectionsOf(route);
      const { start, end } = routePlace(route);
      const path = segmentsOf(route.path).slice(0, lastIndexOf(route, collections)).join('/');
      // All methods of one path are mended together.
      if (collections.length <= options.max || told.has(path) || allowed.some((pattern) => pattern.test(route.path))) continue;
      told.add(path);
      report({
        at: { start, end },
        messageId: 'deep',
        data: {
          route: `${route.method} ${route.path}`,
          count: collections.length,
          collections: collections.map((name) => `\`${name}\``).join(', '),
          max: options.max,
          better: `/${segmentsOf(route.path).slice(lastIndexOf(route, collections)).join('/')}`,
        },
      });
    }
  },
});

/** Names that an item by identifier follows; `/token/:token`, `/search/:term` and the like are none. */
function collectionsOf(route: Route): readonly string[] {
  const segments = segmentsOf(route.path);
  return segments.filter((segment, index) => isCollection(segment) && isItem(segments[index + 1]));
}

function isCollection(segment: string): boolean {
  const words = wordsOf(segment);
  return isPlainSegment(segment) && !/^(?:v\d+|token|code)$/.test(segment) && mayNameCollection(words.at(-1) ?? '') && mayNameCollection(words.join(''));
}

/** A version or a format behind a name is no item. */
function isItem(segment: string | undefined): boolean {
  return segment !== undefined && /^:\w+$/.test(segment) && !/(?:version|format|token|locale|lang)$/i.test(segment);
}

/** Where the last collection of a path stands. */
function lastIndexOf(route: Route, collections: readonly string[]): number {
  return segmentsOf(route.path).lastIndexOf(collections.at(-1) ?? '');
}
