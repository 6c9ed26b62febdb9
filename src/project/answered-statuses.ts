import { addTo } from './grouping.ts';
import { handlersRunningIn, routesAnsweredBy } from './handlers.ts';
import { functionKey } from './origins.ts';
import { wordsOf } from './path-words.ts';
import { defineView } from './project.ts';
import { queriesReachedBy, type ReachedQuery } from './reach.ts';
import { answersItself, decoratedStatus, responses, type Response } from './responses.ts';
import { routes, type Route } from './routes.ts';
import type { SourceFile } from './types.ts';

/** An answer with a route that it answers. */
export interface RouteAnswer {
  readonly route: Route;
  readonly response: Response;
}

/** Success answers over HTTP of the handlers of routes, and of helpers beside them, by the handler. */
const answersByHandler = defineView((project): ReadonlyMap<string, readonly RouteAnswer[]> => {
  const table = new Map<string, RouteAnswer[]>();
  for (const response of responses(project)) {
    const { file, status } = response;
    if (file.role !== 'source' || response.kind !== 'http' || response.function < 0 || (status !== undefined && status >= 300)) continue;
    for (const handler of handlersRunningIn(project, file, response.function)) {
      const [route, ...others] = routesAnsweredBy(project, { file, function: handler });
      // What answers several methods or paths chooses while it runs.
      if (route && others.every((other) => other.method === route.method)) addTo(table, functionKey({ file, function: handler }), { route, response });
    }
  }
  return table;
});

/** Answers by the file that they stand in. */
export const answersByFile = defineView((project): ReadonlyMap<SourceFile, readonly RouteAnswer[]> => {
  const table = new Map<SourceFile, RouteAnswer[]>();
  for (const answers of answersByHandler(project).values()) for (const answer of answers) addTo(table, answer.response.file, answer);
  return table;
});

/** Methods that create one row; `insert` may take several, but names what it is about all the same. */
const CREATING = /^(?:create|insert|save|add|persist)(?!Many|All|Bulk|In|Batch)\w*$/i;
const CREATING_AT_ALL = /^(?:create|insert|save|add|persist|upsert|bulkCreate|findOrCreate|push|copy|clone|merge)/i;

/** Calls on the way to a row that is created for the request itself, not for what follows from it. */
const NEAR = 3;

/** A POST that answers 200 wherever it succeeds, and single rows that it creates. */
export interface PlainCreation {
  readonly answer: RouteAnswer;
  readonly creates: readonly ReachedQuery[];
}

/** Creations that are answered with 200, by the file that answers. */
export const plainCreations = defineView((project): ReadonlyMap<SourceFile, readonly PlainCreation[]> => {
  const table = new Map<SourceFile, PlainCreation[]>();
  for (const answers of answersByHandler(project).values()) {
    const [first] = answers;
    const handler = first?.route.handler;
    if (!first || !handler || first.route.method !== 'POST' || answers.some(({ response }) => response.status !== 200)) continue;
    const told = answers.find(({ response }) => response.format === 'json') ?? answers.find(({ response }) => response.format === 'any');
    const creates = queriesReachedBy(project, handler).filter((reached) => isCreation(reached));
    if (told && creates.length > 0) addTo(table, told.response.file, { answer: told, creates });
  }
  return table;
});

function isCreation({ query, trail }: ReachedQuery): boolean {
  return query.operation === 'write' && trail.length <= NEAR && CREATING.test(query.method);
}

/** What is done rather than made by a POST: the first word of the last segment. */
const ACTIONS = new Set([
  'activate', 'approve', 'archive', 'authenticate', 'ban', 'block', 'cancel', 'check', 'clear', 'close', 'complete', 'confirm', 'deactivate', 'disable', 'disconnect', 'dismiss', 'enable', 'execute', 'flush', 'hide', 'lock', 'login', 'logout', 'mute',
  'pause', 'ping', 'preview', 'publish', 'query', 'read', 'refresh', 'reindex', 'reject', 'reload', 'reopen', 'reset', 'resolve', 'restart', 'restore', 'resume', 'retry', 'revoke', 'rotate', 'search', 'send', 'signin', 'signout', 'start', 'stop', 'suspend',
  'test', 'transfer', 'unarchive', 'unban', 'unblock', 'unlock', 'unpublish', 'unsubscribe', 'validate', 'verify',
]);

/** POST actions that create nothing, and that NestJS answers with 201 all the same, by the file of the route. */
export const createdByDefault = defineView((project): ReadonlyMap<SourceFile, readonly Route[]> => {
  const table = new Map<SourceFile, Route[]>();
  for (const route of routes(project)) {
    const { handler } = route;
    if (route.framework !== 'nestjs' || route.method !== 'POST' || !handler || route.file.role !== 'source') continue;
    const [verb = ''] = wordsOf(route.path.split('/').at(-1) ?? '');
    if (!ACTIONS.has(verb) || decoratedStatus(project, handler) || answersItself(project, handler)) continue;
    const answers = answersByHandler(project).get(functionKey(handler)) ?? [];
    if (answers.some(({ response }) => response.statusWritten || response.format === 'redirect')) continue;
    const creates = queriesReachedBy(project, handler).some(({ query }) => query.operation === 'write' && CREATING_AT_ALL.test(query.method));
    if (!creates) addTo(table, route.file, route);
  }
  return table;
});
