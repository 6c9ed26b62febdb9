import { addTo } from './grouping.ts';
import { segmentsOf } from './path-words.ts';
import { defineView, type Project } from './project.ts';
import { routes, type Route } from './routes.ts';
import type { SourceFile } from './types.ts';

/** A route whose requests another one, registered before it, takes. */
export interface ShadowedRoute {
  readonly route: Route;
  readonly by: Route;
  /** `same`: both have the same path but for the names of parameters. `param`: a parameter of the other takes what is written out here. `rest`: a wildcard does. */
  readonly how: 'same' | 'param' | 'rest';
  /** The parameter that takes a segment, and the segment. */
  readonly param?: { readonly name: string; readonly takes: string };
}

/** Routers that try their routes one after the other; those of other frameworks go by what is more specific. */
const IN_ORDER = new Set(['express', 'koa', 'hono', 'nestjs', 'routing-controllers']);

/** Routes that no request reaches, by the file that registers them; each with the first route that is before it. */
export const shadowedRoutes = defineView((project): ReadonlyMap<SourceFile, readonly ShadowedRoute[]> => {
  const table = new Map<SourceFile, ShadowedRoute[]>();
  for (const sequence of sequences(project)) {
    sequence.forEach((route, index) => {
      for (const by of sequence.slice(0, index)) {
        const found = shadowAt(route, by);
        if (!found) continue;
        addTo(table, route.file, found);
        return;
      }
    });
  }
  return table;
});

/** Routes that are registered on the same router by the same stretch of code, in order. */
function sequences(project: Project): Iterable<readonly Route[]> {
  const table = new Map<string, Route[]>();
  for (const route of routes(project)) {
    if (route.sequence === undefined || route.file.role !== 'source' || !IN_ORDER.has(route.framework) || !isKnown(route)) continue;
    addTo(table, `${route.file.path} ${route.sequence}`, route);
  }
  return table.values();
}

function isKnown(route: Route): boolean {
  return (route.ownPathSpan !== undefined || route.resolved === 'full') && !route.ownPath.includes(':?');
}

function shadowAt(route: Route, by: Route): ShadowedRoute | undefined {
  if (by.method !== route.method && by.method !== 'ALL') return undefined;
  if (by.span.start === route.span.start || passesOn(by)) return undefined;
  const found = covers(segmentsOf(by.ownPath), segmentsOf(route.ownPath));
  if (!found || (found.how === 'same' && by.method !== route.method)) return undefined;
  // Fastify under NestJS looks for what is written out before it looks at parameters.
  if (found.how !== 'same' && route.framework === 'nestjs' && route.file.package.dependencies.has('@nestjs/platform-fastify')) return undefined;
  return { route, by, ...found };
}

/** A handler that calls `next`, or one that is not known, may leave the request to those after it. */
function passesOn({ handler }: Route): boolean {
  const fact = handler?.file.facts.functions[handler.function];
  if (!handler || !fact) return true;
  return fact.params.some(({ name, binding }) => name !== undefined && /^_?(?:next|done)$/i.test(name) && (handler.file.facts.bindings[binding ?? -1]?.valueUses ?? 0) > 0);
}

const PLAIN_PARAM = /^:\w+$/;
const WILDCARD = /^(?:\*\w*|\(\.\*\)|\{\*\w+\}|:\w+(?:\(\.\*\)|\{\.[*+]\}))$/;
/** What makes one segment stand for others than itself. */
const SPECIAL = /[():*?+{}]/;

function covers(before: readonly string[], after: readonly string[]): Pick<ShadowedRoute, 'how' | 'param'> | undefined {
  const hasRest = WILDCARD.test(before.at(-1) ?? '');
  const fixed = hasRest ? before.slice(0, -1) : before;
  if (hasRest ? after.length < fixed.length + 1 : after.length !== fixed.length) return undefined;
  let param: ShadowedRoute['param'];
  for (const [index, segment] of fixed.entries()) {
    const other = after[index] ?? '';
    if (segment === other) continue;
    if (!takes(segment, other)) return undefined;
    if (!param && !PLAIN_PARAM.test(other)) param = { name: segment.replace(/^:(\w+).*/, '$1'), takes: other };
  }
  if (hasRest) return after.length === before.length && WILDCARD.test(after.at(-1) ?? '') ? (param ? { how: 'param', param } : { how: 'same' }) : { how: 'rest' };
  return param ? { how: 'param', param } : { how: 'same' };
}

/** Whether a segment of one path takes whatever one of another takes. */
function takes(segment: string, other: string): boolean {
  if (PLAIN_PARAM.test(segment)) return PLAIN_PARAM.test(other) || !/[?*+]/.test(other);
  const pattern = /^:\w+[({](.+)[)}]$/.exec(segment)?.[1];
  if (pattern === undefined || SPECIAL.test(other)) return false;
  try {
    return new RegExp(`^(?:${pattern})$`).test(other);
  } catch {
    return false;
  }
}

/** A parameter that stands twice in the joined path of a route. */
export interface RepeatedParameter {
  readonly route: Route;
  readonly name: string;
}

/** Paths with the same parameter twice, by the file that registers the route; of a router each parameter once. */
export const repeatedParameters = defineView((project): ReadonlyMap<SourceFile, readonly RepeatedParameter[]> => {
  const table = new Map<SourceFile, RepeatedParameter[]>();
  const told = new Set<string>();
  for (const route of routes(project)) {
    if (route.kind === 'procedure' || route.file.role !== 'source') continue;
    const names = segmentsOf(route.path).filter((segment) => PLAIN_PARAM.test(segment));
    const name = names.find((each, index) => names.indexOf(each) < index)?.slice(1);
    if (name === undefined) continue;
    const inOwn = segmentsOf(route.ownPath).filter((segment) => segment === `:${name}`).length > 1;
    const key = `${route.file.path} ${name} ${inOwn || route.sequence === undefined ? route.span.start : route.sequence}`;
    if (told.has(key)) continue;
    told.add(key);
    addTo(table, route.file, { route, name });
  }
  return table;
});
