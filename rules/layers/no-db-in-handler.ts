import { defineRule } from '../../src/findings/define-rule.ts';
import type { FunctionId } from '../../src/facts/types.ts';
import { handlersRunningIn, routesAnsweredBy } from '../../src/project/handlers.ts';
import { queriesOf, type Query } from '../../src/project/queries.ts';
import { functionName } from '../../src/project/reach.ts';
import { runningFunction } from '../../src/project/execution.ts';
import { hasLayerBelowHandlers, styleOf } from '../../src/project/style.ts';
import type { Project } from '../../src/project/project.ts';
import type { Route } from '../../src/project/routes.ts';
import type { SourceFile } from '../../src/project/types.ts';

/** Probes ask whether the database answers: there is nothing to put into a service. */
const PROBE = /(?:^|[/_.-])(?:health|healthz|health-?check|ready|readyz|readiness|live|livez|liveness|ping|metrics|heartbeat|_?status)(?:$|[/_.-])/i;

export default defineRule({
  id: 'no-db-in-handler',
  docs: { chapter: 'layers', description: 'Disallow database queries in the handlers of routes', preset: 'recommended' },
  messages: {
    query:
      '{{handler}} queries the database itself (`{{query}}`{{place}}{{others}}). ' +
      'Such a query can neither be used nor tested without a request. Move it into a {{below}} and call that.',
  },
  check({ file, project, report }) {
    const queries = queriesOf(project, file).filter((query) => query.executed);
    if (queries.length === 0 || !hasLayerBelowHandlers(project, file.package)) return;
    const below = styleOf(project, file.package).name === 'handler-service-repository' ? 'repository behind a service' : 'service';
    for (const [handler, [first, ...others]] of queriesByHandler(project, file, queries)) {
      const routes = routesAnsweredBy(project, { file, function: handler });
      if (!first || routes.every(isProbe)) continue;
      report({
        at: { start: first.start, end: first.end },
        messageId: 'query',
        data: {
          handler: nameOf(file, handler, routes),
          query: first.code,
          place: placeOf(project, file, first, handler),
          others: others.length > 0 ? ` and ${others.length} more` : '',
          below,
        },
      });
    }
  },
});

/** Queries of the first handler that runs each: a helper that several handlers share is told once. */
function queriesByHandler(project: Project, file: SourceFile, queries: readonly Query[]): Map<FunctionId, Query[]> {
  const table = new Map<FunctionId, Query[]>();
  for (const query of queries) {
    const [handler] = handlersRunningIn(project, file, runningFunction(project, file, query.region));
    if (handler === undefined) continue;
    table.set(handler, [...(table.get(handler) ?? []), query]);
  }
  return table;
}

/** The helper beside the handler that a query stands in. */
function placeOf(project: Project, file: SourceFile, { region }: Query, handler: FunctionId): string {
  const at = runningFunction(project, file, region);
  return at < 0 || at === handler ? '' : ` in \`${functionName(file, at)}\``;
}

function isProbe(route: Route): boolean {
  return PROBE.test(route.path);
}

/** The handler by its own name, or by what it answers. */
function nameOf(file: SourceFile, id: FunctionId, [route]: readonly Route[]): string {
  const answered = route ? `\`${route.method} ${route.path}\`` : 'a route';
  const name = functionName(file, id);
  return name === 'function' || name === 'handler' ? `The handler of ${answered}` : `\`${name}\`, the handler of ${answered},`;
}
