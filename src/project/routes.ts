import { addTo } from './grouping.ts';
import { functionKey } from './origins.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import type { Route } from './route.ts';
import { createRouterGraph } from './router-graph.ts';
import { httpCalls } from './http-calls.ts';
import { fillRouterGraph } from './router-mounts.ts';
import { callRoutes } from './routes-calls.ts';
import { controllerRoutes } from './routes-controllers.ts';
import { fileRoutes } from './routes-files.ts';
import { procedureRoutes } from './routes-procedures.ts';
import { resolverRoutes } from './routes-resolvers.ts';
import { serviceRoutes } from './routes-services.ts';
import type { FileRole } from './types.ts';

export type { Middleware, Route, RouteKind, RouteMethod } from './route.ts';

/** Roles whose registrations are not part of the program that is served. */
const NOT_SERVED: ReadonlySet<FileRole> = new Set(['test', 'seed', 'migration', 'declaration', 'generated']);

/** All routes of a project, by file and place. */
export const routes = defineView((project: Project): readonly Route[] => {
  const files = [...project.files.values()].filter((file) => !NOT_SERVED.has(file.role));
  const graph = createRouterGraph(project);
  const calls = httpCalls(graph, files);
  fillRouterGraph(graph, calls);
  const called = callRoutes(graph, calls);
  const found = [
    ...called,
    ...controllerRoutes(graph, calls, files),
    ...procedureRoutes(project, calls),
    ...serviceRoutes(graph, calls, called),
    ...resolverRoutes(project, files),
    ...fileRoutes(project, files),
  ];
  return found.sort((a, b) => (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.span.start - b.span.start));
});

const byFile = defineView((project: Project): ReadonlyMap<string, readonly Route[]> => {
  const table = new Map<string, Route[]>();
  for (const route of routes(project)) {
    addTo(table, route.file.path, route);
  }
  return table;
});

/** Routes that are registered in a file. */
export const routesOf = defineFileView((project, file): readonly Route[] => byFile(project).get(file.path) ?? []);

/** Routes by the function that handles them: key of `functionKey`. */
export const routesByHandler = defineView((project: Project): ReadonlyMap<string, readonly Route[]> => {
  const table = new Map<string, Route[]>();
  for (const route of routes(project)) {
    if (!route.handler) continue;
    const key = functionKey(route.handler);
    addTo(table, key, route);
  }
  return table;
});
