import type { RegionId, Span, ValueId } from '../facts/types.ts';
import { callFact, programIndex } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { runningFunction } from './execution.ts';
import { functionKey, type FunctionRef, type Site } from './origins.ts';
import type { Project } from './project.ts';
import { functionName, ownEffectsOf } from './reach.ts';
import { routes, type Route } from './routes.ts';
import type { TrailStep } from './trails.ts';
import type { SourceFile } from './types.ts';

/** A function that runs while a request is answered: by the shortest way from a handler or a middleware. */
export interface RequestFunction extends FunctionRef {
  /** One of the routes that run it. */
  readonly route: Route;
  /** Absent for the handler or middleware itself. */
  readonly caller?: { readonly from: RequestFunction; readonly site: Site };
  readonly depth: number;
}

/** Deeper calls are no longer the work of one request that a reader would follow. */
const MAX_DEPTH = 12;

/** Every function that some route runs, by the key of the function. Calls for which `isCut` holds are not followed. */
export function functionsOnRequests(project: Project, isCut: (site: Site) => boolean = () => false): ReadonlyMap<string, RequestFunction> {
  programIndex(project.linker);
  const found = new Map<string, RequestFunction>();
  let level: RequestFunction[] = [];
  const enter = (entry: RequestFunction): void => {
    const key = functionKey(entry);
    if (found.has(key)) return;
    found.set(key, entry);
    level.push(entry);
  };
  for (const route of routes(project)) for (const ref of startsOf(project, route)) enter({ file: ref.file, function: ref.function, route, depth: 0 });
  for (let depth = 1; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const callers = level;
    level = [];
    for (const from of callers) {
      for (const { site, callee } of ownEffectsOf(project, from).runs) {
        if (!isCut(site)) enter({ file: callee.file, function: callee.function, route: from.route, caller: { from, site }, depth });
      }
    }
  }
  return found;
}

/** The function of the request path that runs a place. */
export function requestFunctionAt(
  project: Project,
  functions: ReadonlyMap<string, RequestFunction>,
  file: SourceFile,
  region: RegionId,
): RequestFunction | undefined {
  const id = runningFunction(project, file, region);
  return id < 0 ? undefined : functions.get(functionKey({ file, function: id }));
}

function startsOf(project: Project, route: Route): readonly FunctionRef[] {
  const middlewares = route.middlewares.flatMap((middleware) =>
    evaluate(project.linker, middleware.file, middleware.value).flatMap((origin): readonly FunctionRef[] => (origin.kind === 'function' ? [origin] : [])),
  );
  return route.handler ? [route.handler, ...middlewares] : middlewares;
}

/** The way from a route to a place in one of its functions: handler, each function entered, and the place. */
export function requestTrail(entry: RequestFunction, file: SourceFile, at: Span & { readonly label: string }): readonly TrailStep[] {
  if (!entry.caller) return [];
  const steps: TrailStep[] = [{ path: file.path, start: at.start, end: at.end, label: at.label }];
  for (let step: RequestFunction | undefined = entry; step?.caller; step = step.caller.from) {
    const { site } = step.caller;
    steps.unshift({ path: site.file.path, ...spanOf(site.file, site.value), label: functionName(step.file, step.function) });
  }
  return steps;
}

function spanOf(file: SourceFile, id: ValueId): Span {
  const fact = callFact(file, id);
  return { start: fact?.start ?? 0, end: fact?.end ?? 0 };
}

/** A route as people write it: `GET /orders/:id`. */
export function routeName(route: Route): string {
  return `${route.method} ${route.path}`;
}
