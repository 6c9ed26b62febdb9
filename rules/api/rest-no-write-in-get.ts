import { defineRule } from '../../src/findings/define-rule.ts';
import { functionName, functionsRunBy, type ReachedQuery } from '../../src/project/reach.ts';
import type { Project } from '../../src/project/project.ts';
import type { Route } from '../../src/project/routes.ts';
import { trailSteps } from '../../src/project/trails.ts';
import { writingReads } from '../../src/project/writes-in-reads.ts';
import { routePlace } from './route-place.ts';

interface Options {
  readonly allowPaths: readonly string[];
  readonly allowModels: readonly string[];
}

/** A write behind more calls than this may be a side effect of reading that its author knows of. */
const NEAR = 1;

export default defineRule<Options>({
  id: 'rest-no-write-in-get',
  docs: { chapter: 'api', description: 'Disallow writes to the database in routes that only read by their method', preset: 'strict' },
  messages: {
    get:
      '`{{route}}` writes to the database (`{{query}}`{{through}}{{others}}). Browsers, crawlers, caches and retries send a {{method}} whenever they like, or not at all, ' +
      'and so does the write happen. Make it a {{instead}}, or take the write out of it.',
    query:
      '`{{route}}` is a query, but it writes to the database (`{{query}}`{{through}}{{others}}). Clients cache queries and send them again whenever they like, ' +
      'and so does the write happen. Make it a mutation, or take the write out of it.',
  },
  options: {
    allowPaths: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of route paths that may write.' },
    allowModels: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of models or tables that any route may write to, such as those of logs.' },
  },
  defaultOptions: { allowPaths: [], allowModels: [] },
  check({ file, project, options, report }) {
    const paths = options.allowPaths.map((pattern) => new RegExp(pattern));
    const models = options.allowModels.map((pattern) => new RegExp(pattern));
    for (const { route, writes } of writingReads(project).get(file) ?? []) {
      if (route.paths.some((path) => paths.some((pattern) => pattern.test(path)))) continue;
      const [first, ...others] = writes.filter(({ query }) => !models.some((pattern) => pattern.test(query.model ?? '')));
      if (!first) continue;
      report({
        at: routePlace(route),
        messageId: route.method === 'QUERY' ? 'query' : 'get',
        data: {
          route: route.method === 'QUERY' ? route.path : `${route.method} ${route.path}`,
          method: route.method,
          query: first.query.code,
          through: throughText(project, first),
          others: others.length > 0 ? ` and ${others.length} more` : '',
          instead: insteadOf(route, first),
        },
        trail: trailSteps(project, first),
        confidence: first.trail.length > NEAR ? 'low' : 'high',
      });
    }
  },
});

/** The last function on the way to a write that stands elsewhere. */
function throughText(project: Project, { trail }: ReachedQuery): string {
  const last = trail.at(-1);
  const [callee] = last ? functionsRunBy(project, last) : [];
  return callee ? ` in \`${functionName(callee.file, callee.function)}\`` : '';
}

/** The method that says what is done; where one item is named it may be more than POST. */
function insteadOf(route: Route, { query }: ReachedQuery): string {
  const isItem = route.path.split('/').at(-1)?.startsWith(':') ?? false;
  if (isItem && /^(?:delete|destroy|remove|del)/i.test(query.method)) return 'DELETE';
  if (isItem && /^(?:update|set|save)/i.test(query.method)) return 'PATCH';
  return 'POST';
}
