import type { RequestPart } from '../libraries/types.ts';
import { programIndex } from './calls.ts';
import { addTo } from './grouping.ts';
import { inputOf, type InputFlow } from './input-flows.ts';
import { inputParameter, type InputParameter } from './input-parameters.ts';
import { functionKey, type Site } from './origins.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import type { InputSource } from './request-data.ts';
import type { Route, RouteKind } from './route.ts';
import { routes } from './routes.ts';
import { isValidated, validationsOf } from './validations.ts';

/** A part of the request, or a field of it, that reaches a query without anything having looked at it. */
export interface UnvalidatedInput {
  readonly route: Route;
  readonly part: RequestPart;
  readonly path: readonly string[];
  /** Where it is read; for a decorated parameter, its decorator. */
  readonly at: Site;
  readonly parameter?: InputParameter;
  readonly flow: InputFlow;
}

/** Arguments of procedures are what their contract says: `.input(…)` of tRPC, the schema of GraphQL, messages of Protocol Buffers. */
const JUDGED: ReadonlySet<RouteKind> = new Set(['rest', 'rpc', 'page']);

const byFile = defineView((project): ReadonlyMap<string, readonly UnvalidatedInput[]> => {
  programIndex(project.linker);
  const table = new Map<string, UnvalidatedInput[]>();
  const seen = new Set<string>();
  for (const route of routes(project)) {
    for (const input of unvalidatedIn(project, route)) {
      // One validation mends all reads of a part; a read in a helper is mended there for all of its handlers.
      const keys = [causeKey(input), `${input.at.file.path}#${input.at.value}`];
      if (keys.some((key) => seen.has(key))) continue;
      for (const key of keys) seen.add(key);
      addTo(table, input.at.file.path, input);
    }
  }
  return table;
});

/** A page answers every method, so each of its ways to a query is one of its own. */
function causeKey({ route, part, flow }: UnvalidatedInput): string {
  const handler = route.handler ? functionKey(route.handler) : '';
  return route.kind === 'page' ? `${handler} ${part} ${flow.trail[0]?.value ?? flow.query.head}` : `${handler} ${part}`;
}

/** Data that is read in a file and reaches a query as it came, by what reads it. */
export const unvalidatedInputsOf = defineFileView((project, file): readonly UnvalidatedInput[] => byFile(project).get(file.path) ?? []);

function unvalidatedIn(project: Project, route: Route): readonly UnvalidatedInput[] {
  if (!route.handler || !JUDGED.has(route.kind) || route.handler.file.role !== 'source') return [];
  const { flows, verifiesSignature } = inputOf(project, route.handler);
  if (flows.length === 0) return [];
  const validations = validationsOf(project, route);
  const found = flows.flatMap((flow): readonly UnvalidatedInput[] => {
    const input = inputOfFlow(project, route, flow);
    if (!input || input.parameter?.isValidated) return [];
    if (isValidated(validations, input.part, input.path) || verifiesSignature) return [];
    return [input];
  });
  return found.sort((a, b) => a.at.value - b.at.value);
}

/** Frameworks that route by files hand over the parameters of the path among the query. */
function partOf({ kind, path }: Route, source: Extract<InputSource, { kind: 'request' }>): RequestPart {
  const [name] = source.path;
  return kind === 'page' && source.part === 'query' && name !== undefined && path.split('/').includes(`:${name}`) ? 'params' : source.part;
}

function inputOfFlow(project: Project, route: Route, flow: InputFlow): UnvalidatedInput | undefined {
  const { source } = flow;
  if (source.kind === 'request') return { route, part: partOf(route, source), path: source.path, at: source.at, flow };
  const parameter = inputParameter(project, route, source.index);
  return parameter && { route, part: parameter.part, path: [...parameter.path, ...source.path], at: parameter.site, parameter, flow };
}
