import type { FunctionId } from '../facts/types.ts';
import { calledFunctions, callFact, programIndex } from './calls.ts';
import { runningFunction } from './execution.ts';
import { addTo } from './grouping.ts';
import { functionKey, type FunctionRef } from './origins.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import { routes, type Route } from './routes.ts';
import type { SourceFile } from './types.ts';

/** Routes by the function that answers them. */
export const routesByFunction = defineView((project): ReadonlyMap<string, readonly Route[]> => {
  programIndex(project.linker);
  const table = new Map<string, Route[]>();
  for (const route of routes(project)) {
    if (!route.handler) continue;
    const key = functionKey(route.handler);
    addTo(table, key, route);
  }
  return table;
});

/** Routes that a function answers; empty for other functions. */
export function routesAnsweredBy(project: Project, ref: FunctionRef): readonly Route[] {
  return routesByFunction(project).get(functionKey(ref)) ?? [];
}

/** Whether a route names the function, or has it inline. */
export function isHandler(project: Project, ref: FunctionRef): boolean {
  return routesByFunction(project).has(functionKey(ref));
}

/**
 * The handlers of a file that run each function of the file: a handler itself, a method of the same controller or a
 * function beside the handlers that one of them calls. By function; functions of other classes stand on their own feet.
 */
const handlersRunning = defineFileView((project, file): ReadonlyMap<FunctionId, readonly FunctionId[]> => {
  const calls = callsInside(project, file);
  const table = new Map<FunctionId, FunctionId[]>();
  file.facts.functions.forEach((_fact, handler) => {
    if (!isHandler(project, { file, function: handler })) return;
    const entered = new Set([handler]);
    for (const id of entered) {
      table.set(id, [...(table.get(id) ?? []), handler]);
      for (const callee of calls.get(id) ?? [])
        {if (worksForHandler(project, { file, function: handler }, { file, function: callee }) && !isHandler(project, { file, function: callee }))
          {entered.add(callee);}}
    }
  });
  return table;
});

/** Handlers of the file that a function of it is, or works for. */
export function handlersRunningIn(project: Project, file: SourceFile, id: FunctionId): readonly FunctionId[] {
  return handlersRunning(project, file).get(id) ?? [];
}

function callsInside(project: Project, file: SourceFile): ReadonlyMap<FunctionId, ReadonlySet<FunctionId>> {
  const table = new Map<FunctionId, Set<FunctionId>>();
  for (const value of file.facts.calls) {
    const from = runningFunction(project, file, callFact(file, value)?.region ?? -1);
    if (from < 0) continue;
    for (const callee of calledFunctions(project.linker, file, value)) {
      if (callee.file !== file) continue;
      const list = table.get(from) ?? new Set();
      table.set(from, list.add(callee.function));
    }
  }
  return table;
}

/**
 * A helper beside a handler, or a method of its controller, works for it. What other files call as well, or the method of
 * a service that stands in the same file, is a layer of its own.
 */
export function worksForHandler(project: Project, handler: FunctionRef, ref: FunctionRef): boolean {
  const { file } = handler;
  if (ref.file !== file) return false;
  const owner = file.facts.functions[ref.function]?.class;
  if (owner !== undefined && owner !== file.facts.functions[handler.function]?.class) return false;
  const callers = programIndex(project.linker).callers.get(functionKey(ref)) ?? [];
  return callers.every((site) => site.file === file || site.file.role !== 'source');
}
