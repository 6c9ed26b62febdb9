import type { Span } from '../facts/types.ts';
import type { Site } from './origins.ts';
import { callFact } from './calls.ts';
import { calledCode, codeOf } from './code.ts';
import type { Project } from './project.ts';
import type { Query } from './queries.ts';
import { functionName, functionsRunBy } from './reach.ts';

/** One step of the way from a place to what it leads to. */
export interface TrailStep extends Span {
  /** POSIX path relative to the root. */
  readonly path: string;
  /** What stands there, e.g. `OrderRepository.findById` or `prisma.order.findUnique`. */
  readonly label: string;
}

/** The way to a query as steps: each function entered on the way, then the query itself. */
export function trailSteps(project: Project, way: { readonly query: Query; readonly trail: readonly Site[] }): readonly TrailStep[] {
  if (way.trail.length === 0) return [];
  return [...entered(project, way.trail), { path: way.query.file.path, start: way.query.start, end: way.query.end, label: way.query.code }];
}

/** The way to a call as steps; none where it stands at the place itself. */
export function callTrail(project: Project, trail: readonly Site[], { file, value }: Site): readonly TrailStep[] {
  if (trail.length === 0) return [];
  const fact = callFact(file, value);
  return [...entered(project, trail), { path: file.path, start: fact?.start ?? 0, end: fact?.end ?? 0, label: calledCode(file, value) }];
}

function entered(project: Project, trail: readonly Site[]): readonly TrailStep[] {
  return trail.map((site): TrailStep => {
    const fact = callFact(site.file, site.value);
    const [callee] = functionsRunBy(project, site);
    const label = callee ? functionName(callee.file, callee.function) : codeOf(site.file, site.value);
    return { path: site.file.path, start: fact?.start ?? 0, end: fact?.end ?? 0, label };
  });
}
