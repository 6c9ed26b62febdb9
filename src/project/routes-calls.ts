import type { CallFact, ValueId } from '../facts/types.ts';
import type { Effect, HttpMethod, RouteOptions } from '../libraries/types.ts';
import { definitionOf, objectAt, propertyOf } from './definitions.ts';
import type { HttpCall } from './http-calls.ts';
import type { Site } from './origins.ts';
import { meaningsOf } from './recognise.ts';
import { isRpcPath, type OwnRoute, type Route } from './route.ts';
import { flatArguments, handlerAt, middlewareAt } from './route-handlers.ts';
import { joinedTexts, NO_PATH, readPath, type PathText } from './route-paths.ts';
import type { RouterGraph } from './router-graph.ts';
import { basesOf, middlewaresOf } from './router-paths.ts';
import { receiverOf, routersAt } from './routers.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

const METHODS = new Set<string>(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL']);

/** Routes that are registered by calls: Express, Fastify, Hono, Koa. */
export function callRoutes(graph: RouterGraph, calls: readonly HttpCall[]): readonly Route[] {
  return calls.flatMap((call) => {
    if (call.effect.kind === 'route') return registeredRoutes(graph, call, call.effect);
    if (call.effect.kind === 'routeObject') return objectRoutes(graph, call, call.effect);
    return [];
  });
}

function registeredRoutes(graph: RouterGraph, call: HttpCall, effect: Of<'route'>): readonly Route[] {
  const { site, fact } = call;
  const args = fact.args.slice(effect.handlers);
  if (args.length === 0) return [];
  const ownArgument = effect.path === 'receiver' ? undefined : fact.args[effect.path];
  const text = ownArgument === undefined ? NO_PATH : readPath(graph.project.linker, { file: site.file, value: ownArgument });
  const methods = Array.isArray(effect.methods)
    ? (effect.methods as readonly HttpMethod[])
    : methodsAt(graph, { file: site.file, value: fact.args[(effect.methods as { argument: number }).argument] ?? -1 });
  const written = flatArguments(graph.project.linker, site.file, args);
  const options = effect.options && written[0] ? objectAt(graph.project.linker, written[0]) : undefined;
  const handlers = options && effect.options ? optionHandlers(graph, options, effect.options, written.slice(1)) : written;
  const last = handlers.at(-1);
  if (!last) return [];
  const named = skippedName(site, effect, fact, handlers);
  return placed(graph, call, named?.text ?? text ?? UNKNOWN_OWN, methods, {
    pathSite: ownArgument === undefined ? receiverPath(site, fact) : { file: site.file, value: named?.value ?? ownArgument },
    handler: last,
    before: (named ? handlers.slice(1) : handlers).slice(0, -1),
  });
}

/** `fastify.get('/x', { preHandler, handler })`: the hooks of the options, then the handler. */
function optionHandlers(graph: RouterGraph, options: Site, spec: RouteOptions, rest: readonly Site[]): readonly Site[] {
  const before = spec.middlewares.flatMap((key) => {
    const property = propertyOf(options, key);
    return property ? flatArguments(graph.project.linker, options.file, [property.value]) : [];
  });
  const inside = propertyOf(options, spec.handler);
  return [...before, ...(rest.length > 0 || !inside ? rest : [{ file: options.file, value: inside.value }])];
}

const UNKNOWN_OWN: PathText = { texts: [':?'], known: false };

/** koa-router: `router.get('name', '/path', handler)`. */
function skippedName(
  site: Site,
  effect: Of<'route'>,
  fact: CallFact,
  handlers: readonly Site[],
): { readonly text: PathText; readonly value: ValueId } | undefined {
  if (typeof effect.path !== 'number' || handlers.length < 2) return undefined;
  const value = fact.args[effect.path + 1];
  const second = value === undefined ? undefined : site.file.facts.values[value];
  if (value === undefined || second?.kind !== 'literal' || typeof second.value !== 'string') return undefined;
  return { text: { texts: [second.value], known: true }, value };
}

/** The path in `app.route('/x').get(handler)`. */
function receiverPath(site: Site, fact: CallFact): Site | undefined {
  let callee = site.file.facts.values[fact.callee];
  for (let hops = 0; hops < 20 && callee?.kind === 'member'; hops++) {
    const inner = site.file.facts.values[callee.object];
    if (inner?.kind !== 'call') return undefined;
    const argument = inner.args[0];
    const literal = argument === undefined ? undefined : site.file.facts.values[argument];
    if (argument !== undefined && literal?.kind === 'literal') return { file: site.file, value: argument };
    callee = site.file.facts.values[inner.callee];
  }
  return undefined;
}

function methodsAt(graph: RouterGraph, site: Site): readonly HttpMethod[] {
  const read = readPath(graph.project.linker, site)?.texts ?? [];
  return read.map((text) => text.toUpperCase()).filter((text): text is HttpMethod => METHODS.has(text));
}

/** `fastify.route({ method, url, handler })`, `app.openapi(createRoute({ … }), handler)`. */
function objectRoutes(graph: RouterGraph, call: HttpCall, effect: Of<'routeObject'>): readonly Route[] {
  const { site, fact } = call;
  const { linker } = graph.project;
  const argument = fact.args[effect.argument];
  const object = argument === undefined ? undefined : wrappedObject(graph, { file: site.file, value: argument });
  if (!object) return [];
  const property = (key: string): Site | undefined => {
    const found = propertyOf(object, key);
    return found && { file: object.file, value: found.value };
  };
  const methodSite = property(effect.method);
  const pathSite = property(effect.path);
  const handlerSite = typeof effect.handler === 'string' ? property(effect.handler) : flatArguments(linker, site.file, fact.args.slice(effect.handler))[0];
  if (!methodSite || !handlerSite) return [];
  const before = (effect.middlewares ?? []).flatMap((key) => {
    const found = property(key);
    return found ? flatArguments(linker, found.file, [found.value]) : [];
  });
  const text = pathSite ? readPath(linker, pathSite) : NO_PATH;
  return placed(graph, call, text ?? UNKNOWN_OWN, methodsAt(graph, methodSite), { pathSite, handler: handlerSite, before });
}

/** The object itself, or the one that a call of a library dresses up. */
function wrappedObject(graph: RouterGraph, site: Site): Site | undefined {
  const { linker, recogniser } = graph.project;
  const at = definitionOf(linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind !== 'call') return objectAt(linker, site);
  const wraps = meaningsOf(linker, recogniser, at)[0]?.spec.wraps;
  const inner = wraps === undefined ? undefined : fact.args[wraps];
  return inner === undefined ? objectAt(linker, site) : wrappedObject(graph, { file: at.file, value: inner });
}

interface Parts {
  readonly pathSite: Site | undefined;
  readonly handler: Site;
  readonly before: readonly Site[];
}

function placed(graph: RouterGraph, call: HttpCall, own: PathText, methods: readonly HttpMethod[], parts: Parts): readonly Route[] {
  const { site, fact, meaning } = call;
  const receiver = receiverOf(site, fact);
  const routers = receiver ? routersAt(graph, receiver) : [];
  const full = joinedTexts(basesOf(routers), own);
  const literal = parts.pathSite?.file === site.file ? site.file.facts.values[parts.pathSite.value] : undefined;
  const start = spanStart(site, fact);
  const outer = routers.flatMap((router) => middlewaresOf(router, { file: site.file, start }, full.texts));
  const { handler, wrappers } = handlerAt(graph.project.linker, parts.handler);
  const shared = {
    file: site.file,
    span: { start, end: fact.end },
    framework: meaning.library.id,
    wrappers,
    middlewares: [...outer, ...parts.before.map((each) => middlewareAt(each, 'route'))],
    ...(handler ? { handler } : {}),
    ...(routers.length > 0 ? { sequence: `${routers.map((router) => router.key).join(' ')} in ${fact.region}` } : {}),
    ...(literal ? { ownPathSpan: { start: literal.start, end: literal.end } } : {}),
  } satisfies Partial<OwnRoute>;
  const [path = '/'] = full.texts;
  const ownPath = own.texts[0] ?? '';
  return methods.map((method) => ({
    ...shared,
    method,
    path,
    paths: full.texts,
    ownPath,
    kind: isRpcPath(ownPath) ? ('rpc' as const) : ('rest' as const),
    resolved: full.known ? ('full' as const) : ('partial' as const),
  }));
}

/** Where the method name stands in a chain of registrations; elsewhere where the call begins. */
function spanStart(site: Site, fact: CallFact): number {
  const callee = site.file.facts.values[fact.callee];
  const receiver = callee?.kind === 'member' ? site.file.facts.values[callee.object] : undefined;
  return callee?.kind === 'member' && receiver?.kind === 'call' ? callee.propertyStart : fact.start;
}
