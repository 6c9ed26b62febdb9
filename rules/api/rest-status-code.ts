import { defineRule } from '../../src/findings/define-rule.ts';
import { answersByFile, createdByDefault, plainCreations, type RouteAnswer } from '../../src/project/answered-statuses.ts';
import { isForeignPath } from '../../src/project/api-responses.ts';
import { segmentsOf, wordsOf } from '../../src/project/path-words.ts';
import type { Route } from '../../src/project/routes.ts';
import { isRpcStyle } from '../../src/project/rpc-paths.ts';
import { pluralOf } from './plural-words.ts';
import { routePlace } from './route-place.ts';

interface Options {
  readonly created: boolean;
  readonly ignorePaths: readonly string[];
}

/** Methods that make nothing new at their path. */
const MAKING_NOTHING = new Set(['GET', 'HEAD', 'PATCH', 'DELETE']);
const WITH_BODY = new Set(['json', 'text', 'html']);
/** How a handler answers 201 with each framework. */
const CREATED: Readonly<Record<string, string>> = {
  express: '`res.status(201).json(…)`',
  fastify: '`reply.code(201).send(…)`',
  hono: '`c.json(…, 201)`',
  koa: '`ctx.status = 201`',
  next: '`{ status: 201 }`',
  web: '`{ status: 201 }`',
  nestjs: '`@HttpCode(201)`',
  'routing-controllers': '`@HttpCode(201)`',
};

export default defineRule<Options>({
  id: 'rest-status-code',
  docs: { chapter: 'api', description: 'Require statuses that say what happened: 201 for what was created, none of it elsewhere, no body with 204', preset: 'strict' },
  messages: {
    created:
      '`{{route}}` creates a row of `{{model}}` and answers 200, so that a client cannot tell a creation from anything else that went well. Answer 201: {{how}}.',
    notCreated: '`{{route}}` answers 201, which says that something was created at a path of its own. A {{method}} creates nothing: answer {{instead}}.',
    body: '`{{route}}` answers {{status}} with a body, and what has this status has none: HTTP drops it, and the client gets nothing. Answer 200, or leave out the body.',
    nestDefault: '`{{route}}` creates nothing, but NestJS answers every POST with 201. Put `@HttpCode(HttpStatus.OK)` on the method, or `NO_CONTENT` where it sends nothing.',
  },
  options: {
    created: { type: 'boolean', description: 'Whether a POST that creates has to answer 201 or 202.' },
    ignorePaths: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of route paths whose statuses are decided elsewhere.' },
  },
  defaultOptions: { created: true, ignorePaths: [] },
  check({ file, project, options, report }) {
    const patterns = options.ignorePaths.map((pattern) => new RegExp(pattern));
    const isJudged = (route: Route): boolean =>
      !isForeignPath(route.path) && !isRpcStyle(project, route) && !patterns.some((pattern) => pattern.test(route.path));
    for (const { route, response } of answersByFile(project).get(file) ?? []) {
      if (!isJudged(route)) continue;
      const messageId = wrongStatus(route, response);
      if (!messageId) continue;
      const instead = route.method === 'DELETE' ? '204, or 200 with a body' : '200';
      report({
        at: { start: response.start, end: response.end },
        messageId,
        data: { route: nameOf(route), method: route.method, instead, status: response.status ?? '' },
      });
    }
    for (const { answer, creates } of (options.created && plainCreations(project).get(file)) || []) {
      const { route, response } = answer;
      const created = creates.find(({ query }) => isNameOf(query.model, segmentsOf(route.path).at(-1) ?? ''));
      if (!created || !isJudged(route)) continue;
      report({
        at: { start: response.start, end: response.end },
        messageId: 'created',
        data: { route: nameOf(route), model: created.query.model ?? '', how: CREATED[route.framework] ?? 'with the framework at hand' },
      });
    }
    for (const route of createdByDefault(project).get(file) ?? []) {
      if (isJudged(route)) report({ at: routePlace(route), messageId: 'nestDefault', data: { route: nameOf(route) } });
    }
  },
});

function wrongStatus(route: Route, { status, statusWritten, format, body }: RouteAnswer['response']): 'notCreated' | 'body' | undefined {
  if (!statusWritten) return undefined;
  if (status === 201 && MAKING_NOTHING.has(route.method)) return 'notCreated';
  return (status === 204 || status === 205) && body && WITH_BODY.has(format) ? 'body' : undefined;
}

/** `comment`, `Comment`, `commentsTable` are what stands at `/comments`. */
function isNameOf(model: string | undefined, segment: string): boolean {
  if (model === undefined || segment.startsWith(':')) return false;
  const words = wordsOf(model.split('.').at(-1) ?? '').filter((word) => !/^(?:table|entity|model|schema|document)s?$/.test(word));
  const last = words.at(-1) ?? '';
  const plural = [...words.slice(0, -1), pluralOf(last)].join('');
  const name = wordsOf(segment).join('');
  return name !== '' && (name === words.join('') || name === plural || name === pluralOf(last));
}

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}
