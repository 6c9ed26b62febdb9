import type { CallFact } from '../facts/types.ts';
import type { CallSpec, Effect, Library, LibraryType } from '../libraries/types.ts';
import { programIndex } from './calls.ts';
import { objectAt, propertyOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { functionKey, originKey, type External, type FunctionRef, type Site } from './origins.ts';
import { effectOf, meaningsOf, recognise, type CallMeaning } from './recognise.ts';
import type { Middleware } from './route.ts';
import { flatArguments, middlewareAt } from './route-handlers.ts';
import { NO_PATH, readPath, UNKNOWN_PATH, type PathText } from './route-paths.ts';
import { addRouter, type Place, type Router, type RouterGraph } from './router-graph.ts';

/** The routers that an expression stands for; empty when it is none, or not known which. */
export function routersAt(graph: RouterGraph, site: Site, depth = 0): readonly Router[] {
  const { file } = site;
  const fact = file.facts.values[site.value];
  if (!fact || depth > 40) return [];
  const at = (value: number) => routersAt(graph, { file, value }, depth + 1);
  switch (fact.kind) {
    case 'await':
    case 'spread':
      return at(fact.value);
    case 'cast':
      return at(fact.value).length > 0 ? at(fact.value) : fromOrigins(graph, site);
    case 'param':
      return isRouter(graph, site) ? parameterRouters(graph, site, { file, function: fact.function }, fact.index, depth) : [];
    case 'name': {
      const binding = file.facts.bindings[fact.binding];
      if (binding?.value === undefined || binding.writes?.length) return fromOrigins(graph, site);
      return at(binding.value);
    }
    case 'member':
      return memberRouters(graph, site, fact.object, fact.property, depth);
    case 'call':
      return callRouters(graph, site, fact, depth);
    default:
      return fromOrigins(graph, site);
  }
}

function isRouter(graph: RouterGraph, site: Site): boolean {
  return evaluate(graph.project.linker, site.file, site.value).some((origin) => origin.kind === 'external' && routerType(graph, origin) !== undefined);
}

function routerType(graph: RouterGraph, origin: External) {
  const found = recognise(graph.project.recogniser, origin);
  const kind = found && routerKind(found.type, found.library);
  return found && kind && { library: found.library, root: kind === 'root' };
}

function routerKind(type: LibraryType, library: Library): 'root' | 'part' | undefined {
  if (type.router) return type.router;
  return typeof type.extends === 'string' ? library.types[type.extends]?.router : undefined;
}

/** `app.get(…).post(…)` goes on with the app; `new Hono().basePath('/x')` and `app.route('/x')` are scopes of it. */
function callRouters(graph: RouterGraph, site: Site, fact: CallFact, depth: number): readonly Router[] {
  const callee = site.file.facts.values[fact.callee];
  if (callee?.kind !== 'member') return fromOrigins(graph, site);
  const meanings = meaningsOf(graph.project.linker, graph.project.recogniser, site);
  const [meaning] = meanings;
  if (!meaning) return fromOrigins(graph, site);
  if (meaning.spec.returns === 'this') return routersAt(graph, { file: site.file, value: callee.object }, depth + 1);
  const path = scopePath(meaning.spec);
  if (path === undefined) return fromOrigins(graph, site);
  const parents = routersAt(graph, { file: site.file, value: callee.object }, depth + 1);
  return scopeOf(graph, site, meaning.library, parents, argumentPath(graph, site, fact, path));
}

function scopePath(spec: CallSpec): number | undefined {
  if (spec.effect?.kind === 'routePath') return spec.effect.argument;
  return spec.effect?.kind === 'prefix' && spec.effect.on === 'result' ? spec.effect.argument : undefined;
}

export function argumentPath(graph: RouterGraph, site: Site, fact: CallFact, argument: number): PathText {
  const value = fact.args[argument];
  if (value === undefined) return NO_PATH;
  return readPath(graph.project.linker, { file: site.file, value }) ?? UNKNOWN_PATH;
}

export function placeOf(site: Site): Place {
  return { file: site.file, start: site.file.facts.values[site.value]?.end ?? 0 };
}

function scopeOf(graph: RouterGraph, site: Site, library: Library, parents: readonly Router[], prefix: PathText): readonly Router[] {
  const key = `scope ${site.file.path}#${site.value}`;
  const known = graph.routers.get(key);
  if (known) return [known];
  const router = addRouter(graph, key, library, false);
  router.mounts.push({ parents, prefix, middlewares: [], at: placeOf(site) });
  return [router];
}

/** `this.app` where the constructor's parameter declares the field. */
function memberRouters(graph: RouterGraph, site: Site, object: number, property: string, depth: number): readonly Router[] {
  const found = fromOrigins(graph, site);
  const owner = site.file.facts.values[object];
  if (found.length > 0 || owner?.kind !== 'this' || owner.class === undefined) return found;
  const members = site.file.facts.classes[owner.class]?.members ?? [];
  const constructor = members.find((member) => member.kind === 'constructor')?.function;
  const index = constructor === undefined ? -1 : (site.file.facts.functions[constructor]?.params.findIndex((param) => param.property === property) ?? -1);
  if (constructor === undefined || index < 0 || !isRouter(graph, site)) return found;
  return parameterRouters(graph, site, { file: site.file, function: constructor }, index, depth);
}

function fromOrigins(graph: RouterGraph, site: Site): readonly Router[] {
  return evaluate(graph.project.linker, site.file, site.value).flatMap((origin) => (origin.kind === 'external' ? externalRouters(graph, origin) : []));
}

/** Follows the steps back to the call that made the router. */
function externalRouters(graph: RouterGraph, origin: External): readonly Router[] {
  const type = routerType(graph, origin);
  const { step, parent } = origin;
  if (!type || !step || !parent) return [];
  if (step.kind === 'callback') return callbackRouters(graph, parent);
  if (step.kind !== 'call' && step.kind !== 'new') return [];
  const callee = recognise(graph.project.recogniser, parent);
  const spec = step.kind === 'new' ? callee?.type.construct : callee?.type.call;
  if (spec?.returns === 'this') return parent.parent ? externalRouters(graph, parent.parent) : [];
  const fact = step.site && callAt(step.site);
  const path = spec && scopePath(spec);
  if (path !== undefined && step.site && fact && parent.parent) {
    return scopeOf(graph, step.site, type.library, externalRouters(graph, parent.parent), argumentPath(graph, step.site, fact, path));
  }
  return [createdRouter(graph, origin, type, spec, step.site, fact)];
}

function createdRouter(
  graph: RouterGraph,
  origin: External,
  type: { library: Library; root: boolean },
  spec: CallSpec | undefined,
  site: Site | undefined,
  fact: CallFact | undefined,
): Router {
  const key = originKey(origin);
  const known = graph.routers.get(key);
  if (known) return known;
  const router = addRouter(graph, key, type.library, type.root);
  const effect = spec?.effect;
  const options = effect?.kind === 'router' ? fact?.args[effect.options] : undefined;
  if (effect?.kind !== 'router' || options === undefined || !site) return router;
  const at = { file: site.file, value: options };
  if (effect.prefixKey !== undefined) router.prefix = optionPath(graph, at, effect.prefixKey);
  const before = effect.middlewaresKey === undefined ? [] : optionMiddlewares(graph, at, effect.middlewaresKey);
  router.middlewares.push(...before.map((middleware) => ({ middleware, path: NO_PATH })));
  return router;
}

function optionMiddlewares(graph: RouterGraph, options: Site, key: string): readonly Middleware[] {
  const { linker } = graph.project;
  const object = objectAt(linker, options);
  const property = object && propertyOf(object, key);
  return object && property ? flatArguments(linker, object.file, [property.value]).map((site) => middlewareAt(site, 'router')) : [];
}

/** A path among options; `NO_PATH` when the key is not there. */
export function optionPath(graph: RouterGraph, options: Site, key: string): PathText {
  const object = objectAt(graph.project.linker, options);
  if (!object) return UNKNOWN_PATH;
  const property = propertyOf(object, key);
  if (!property) return NO_PATH;
  return readPath(graph.project.linker, { file: object.file, value: property.value }) ?? UNKNOWN_PATH;
}

function callAt(site: Site): CallFact | undefined {
  const fact = site.file.facts.values[site.value];
  return fact?.kind === 'call' || fact?.kind === 'new' ? fact : undefined;
}

/** The scope that a plugin is given, seen from inside an inline plugin. */
function callbackRouters(graph: RouterGraph, call: External): readonly Router[] {
  const site = call.step && 'site' in call.step ? call.step.site : undefined;
  const fact = site && callAt(site);
  const found = site && fact && pluginCall(graph, site);
  if (!site || !found) return [];
  const receiver = receiverOf(site, fact);
  return receiver === undefined ? [] : scopeOf(graph, site, found.meaning.library, routersAt(graph, receiver), pluginPrefix(graph, site, fact, found.effect));
}

interface PluginCall {
  readonly meaning: CallMeaning;
  readonly effect: Extract<Effect, { kind: 'plugin' }>;
}

function pluginCall(graph: RouterGraph, site: Site): PluginCall | undefined {
  return effectOf(meaningsOf(graph.project.linker, graph.project.recogniser, site), 'plugin');
}

export function pluginPrefix(graph: RouterGraph, site: Site, fact: CallFact, effect: Extract<Effect, { kind: 'plugin' }>): PathText {
  const options = fact.args[effect.options];
  return options === undefined ? NO_PATH : optionPath(graph, { file: site.file, value: options }, effect.prefixKey);
}

export function receiverOf(site: Site, fact: CallFact): Site | undefined {
  const callee = site.file.facts.values[fact.callee];
  return callee?.kind === 'member' ? { file: site.file, value: callee.object } : undefined;
}

/** A parameter is the routers that the function is run on: as a plugin, or by its callers. */
function parameterRouters(graph: RouterGraph, site: Site, ref: FunctionRef, index: number, depth: number): readonly Router[] {
  const key = `parameter ${functionKey(ref)}/${index}`;
  const known = graph.routers.get(key);
  if (known) return [known];
  const [type] = evaluate(graph.project.linker, site.file, site.value).flatMap((origin) =>
    origin.kind === 'external' ? (routerType(graph, origin) ?? []) : [],
  );
  if (!type) return [];
  const router = addRouter(graph, key, type.library, false);
  for (const run of index === 0 ? (graph.plugins.get(functionKey(ref)) ?? []) : []) {
    router.mounts.push({
      parents: routersAt(graph, run.receiver, depth + 1),
      prefix: run.prefix,
      middlewares: [],
      at: run.at,
      ...(run.same ? { same: true as const } : {}),
    });
  }
  for (const caller of programIndex(graph.project.linker).callers.get(functionKey(ref)) ?? []) {
    const argument = callAt(caller)?.args[index];
    if (argument === undefined || caller.file.role === 'test') continue;
    const parents = routersAt(graph, { file: caller.file, value: argument }, depth + 1);
    if (parents.length > 0) router.mounts.push({ parents, prefix: NO_PATH, middlewares: [], same: true, at: placeOf(caller) });
  }
  return [router];
}
