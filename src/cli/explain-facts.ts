import type { FunctionId, Span } from '../facts/types.ts';
import { placeAt, lineStartsOf } from '../findings/place.ts';
import { calledFunctions, callFact } from '../project/calls.ts';
import { codeOf } from '../project/code.ts';
import { perElementQueries } from '../project/per-element.ts';
import { queriesOf, type Query } from '../project/queries.ts';
import { functionName, queriesReachedBy } from '../project/reach.ts';
import { routes } from '../project/routes.ts';
import type { SourceFile } from '../project/types.ts';
import { count } from '../report/run-report.ts';
import type { AskedPlace } from './explain-place.ts';

/** Routes that are registered here, or whose handler this is. */
export function routeLines({ project, file, offset, span }: AskedPlace): string[] {
  const inside = functionAt(file, offset);
  return routes(project)
    .filter((route) => {
      const isHere = route.file === file && overlaps(route.span, span);
      return isHere || (route.handler !== undefined && route.handler.file === file && route.handler.function === inside);
    })
    .map(({ method, path, handler }) => `${method} ${path}${handler ? ` → ${functionName(handler.file, handler.function)}` : ' (handler not traced)'}`);
}

export function queryLines({ project, file, span }: AskedPlace): string[] {
  return queriesOf(project, file)
    .filter((query) => overlaps(query, span))
    .map((query) => `${wordQuery(query)}${query.executed ? '' : ' (built here, not sent)'}`);
}

/** What the calls of the line call. */
export function callLines({ project, file, span }: AskedPlace): string[] {
  return file.facts.calls.flatMap((value) => {
    const fact = callFact(file, value);
    if (!fact || fact.end < span.start || fact.end > span.end + 1) return [];
    const callees = calledFunctions(project.linker, file, value).map((ref) => {
      const start = ref.file.facts.functions[ref.function]?.start ?? 0;
      return `${functionName(ref.file, ref.function)} (${wordPlace(ref.file, start)})`;
    });
    const callee = fact.kind === 'tagged' ? fact.tag : fact.callee;
    return [`${codeOf(file, callee)} → ${callees.join(', ') || 'no function of the project'}`];
  });
}

/** Queries that run when the surrounding function is called. */
export function reachedLines({ project, file, offset }: AskedPlace): string[] {
  const id = functionAt(file, offset);
  if (id === -1) return [];
  return queriesReachedBy(project, { file, function: id }).map(({ query, trail }) => {
    const way = trail.length === 0 ? 'in the function itself' : `${count(trail.length, 'call')} away`;
    return `${wordQuery(query)}, ${wordPlace(query.file, query.start)}, ${way}`;
  });
}

/** Queries per element that are right as they are, and why. */
export function guardLines({ project, file, span }: AskedPlace): string[] {
  return perElementQueries(project, file).flatMap((entry) => {
    const fact = file.facts.values[entry.value];
    if (!entry.exemption || !fact || !overlaps(fact, span)) return [];
    return [`${entry.query.code} runs per element and is left alone: ${entry.exemption.reason}`];
  });
}

/** The innermost function around an offset; -1 for the module. */
function functionAt({ facts }: SourceFile, offset: number): FunctionId | -1 {
  let found: FunctionId | -1 = -1;
  let length = Infinity;
  facts.functions.forEach((fact, id) => {
    if (fact.start > offset || fact.end < offset || fact.end - fact.start >= length) return;
    found = id;
    length = fact.end - fact.start;
  });
  return found;
}

function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && a.end >= b.start;
}

function wordQuery(query: Query): string {
  return `${query.code} (${query.library}, ${query.operation}${query.model === undefined ? '' : `, ${query.model}`})`;
}

function wordPlace(file: SourceFile, offset: number): string {
  return `${file.path}:${placeAt(lineStartsOf(file.text), offset).line}`;
}
