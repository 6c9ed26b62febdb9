import { isBookkeeping } from './bookkeeping.ts';
import { addTo } from './grouping.ts';
import { isLinkRoute } from './mail-links.ts';
import { defineView, type Project } from './project.ts';
import { queriesReachedBy, type ReachedQuery } from './reach.ts';
import { routes, type Route, type RouteMethod } from './routes.ts';
import type { SourceFile } from './types.ts';

/** A route that promises to read only, and what it writes. */
export interface WritingRead {
  readonly route: Route;
  /** Nearest first; never empty. */
  readonly writes: readonly ReachedQuery[];
}

const READING: ReadonlySet<RouteMethod> = new Set(['GET', 'HEAD', 'QUERY']);

/** What is written further away is the work of others: caches, accounts of usage, clients that renew their tokens. */
const MAX_CALLS = 3;

/** Routes that read by their method and write in truth, by the file that registers them. */
export const writingReads = defineView((project): ReadonlyMap<SourceFile, readonly WritingRead[]> => {
  const table = new Map<SourceFile, WritingRead[]>();
  for (const route of routes(project)) {
    if (!READING.has(route.method) || route.file.role !== 'source' || !route.handler) continue;
    const writes = writesOf(project, route);
    if (writes.length > 0 && !isLinkRoute(project, route)) addTo(table, route.file, { route, writes });
  }
  return table;
});

function writesOf(project: Project, { handler }: Route): readonly ReachedQuery[] {
  if (!handler) return [];
  return queriesReachedBy(project, handler).filter(
    (reached) => reached.query.operation === 'write' && reached.trail.length <= MAX_CALLS && !isBookkeeping(project, reached),
  );
}
