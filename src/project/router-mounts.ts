import type { ValueId } from '../facts/types.ts';
import type { Effect } from '../libraries/types.ts';
import { functionOfRegion } from './calls.ts';
import { definitionOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import type { HttpCall } from './http-calls.ts';
import { functionKey, type Site } from './origins.ts';
import { optionPlugins, pluginFunctions } from './plugins.ts';
import { meaningsOf } from './recognise.ts';
import type { Middleware } from './route.ts';
import { flatArguments, INLINE, middlewareAt } from './route-handlers.ts';
import { joinedTexts, NO_PATH, readPath, UNKNOWN_PATH, type PathText } from './route-paths.ts';
import type { Router, RouterGraph } from './router-graph.ts';
import { sameRouters } from './router-paths.ts';
import { argumentPath, placeOf, receiverOf, routersAt } from './routers.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** Enters into the graph what calls say of routers: where they are mounted, what runs before their routes, their prefixes. */
export function fillRouterGraph(graph: RouterGraph, calls: readonly HttpCall[]): void {
  for (const call of calls) {
    const receiver = receiverOf(call.site, call.fact);
    if (call.effect.kind !== 'plugin' || !receiver) continue;
    for (const run of pluginFunctions(graph, call.site, call.fact, call.effect)) {
      const key = functionKey(run.plugin);
      const runs = graph.plugins.get(key) ?? [];
      graph.plugins.set(key, [...runs, { receiver, prefix: run.prefix, same: run.same, at: placeOf(call.site) }]);
    }
  }
  for (const call of calls) if (call.effect.kind === 'router') runRoutes(graph, call, call.effect);
  for (const call of calls) {
    if (call.effect.kind === 'mount') mountRouters(graph, call, call.effect);
    if (call.effect.kind === 'hook') addHook(graph, call, call.effect);
    if (call.effect.kind === 'prefix' && call.effect.on === 'receiver') setPrefix(graph, call, call.effect);
  }
}

/** `expressConnectMiddleware({ routes })`: the function registers routes on the router that the call makes. */
function runRoutes(graph: RouterGraph, { site, fact }: HttpCall, { options, routesKey }: Of<'router'>): void {
  const value = fact.args[options];
  if (value === undefined || routesKey === undefined) return;
  for (const plugin of optionPlugins(graph, { file: site.file, value }, routesKey)) {
    const key = functionKey(plugin);
    graph.plugins.set(key, [...(graph.plugins.get(key) ?? []), { receiver: site, prefix: NO_PATH, same: false, at: placeOf(site) }]);
  }
}

function setPrefix(graph: RouterGraph, call: HttpCall, effect: Of<'prefix'>): void {
  const receiver = receiverOf(call.site, call.fact);
  for (const router of receiver ? routersAt(graph, receiver).flatMap(sameRouters) : [])
    {router.prefix = argumentPath(graph, call.site, call.fact, effect.argument);}
}

function addHook(graph: RouterGraph, call: HttpCall, effect: Of<'hook'>): void {
  const receiver = receiverOf(call.site, call.fact);
  const handler = call.fact.args[effect.handler];
  const [name = ''] = readPath(graph.project.linker, { file: call.site.file, value: call.fact.args[effect.name] ?? -1 })?.texts ?? [];
  if (!receiver || handler === undefined || !effect.hooks.includes(name)) return;
  const hook = middlewareAt({ file: call.site.file, value: handler }, 'router');
  // A hook has mostly no name of its own; people know it by the plugin that adds it.
  const plugin = call.site.file.facts.functions[functionOfRegion(call.site.file, call.fact.region)]?.name;
  const middleware = hook.name === INLINE && plugin !== undefined ? { ...hook, name: plugin } : hook;
  for (const router of routersAt(graph, receiver).flatMap(sameRouters)) router.middlewares.push({ middleware, path: NO_PATH });
}

/** `app.use('/api', auth, router)`: the routers among the arguments are mounted, the rest runs before them or before what follows. */
function mountRouters(graph: RouterGraph, call: HttpCall, effect: Of<'mount'>): void {
  const { site, fact } = call;
  const receiver = receiverOf(site, fact);
  if (!receiver) return;
  const parents = routersAt(graph, receiver);
  const path = effect.path === undefined ? undefined : mountPath(graph, site, fact.args[effect.path], fact.args.length);
  const prefix = path ?? NO_PATH;
  const middlewares: Middleware[] = [];
  for (const argument of flatArguments(graph.project.linker, site.file, path ? fact.args.slice(1) : fact.args)) {
    const routers = mountedRouters(graph, argument);
    for (const { router, under } of routers) {
      if (!parents.includes(router)) router.mounts.push({ parents, prefix: joinedTexts(prefix, under), middlewares: [...middlewares], at: placeOf(site) });
    }
    if (routers.length === 0) middlewares.push(middlewareAt(argument, 'mount'));
  }
  for (const parent of parents.flatMap(sameRouters)) {
    parent.middlewares.push(...middlewares.map((each) => ({ middleware: { ...each, level: 'router' as const }, path: prefix })));
  }
}

const NAMED_LIKE_PATH = /(prefix|path|route|url|base)$/i;

/** The first argument, where it is a path: a text, or something unknown that is neither a function nor the only argument. */
function mountPath(graph: RouterGraph, site: Site, value: ValueId | undefined, count: number): PathText | undefined {
  if (value === undefined) return undefined;
  const { linker } = graph.project;
  const known = readPath(linker, { file: site.file, value });
  if (known) return known;
  const at = definitionOf(linker, { file: site.file, value });
  const kind = at.file.facts.values[at.value]?.kind;
  if (count < 2 || kind === 'function' || kind === 'call' || kind === 'array') return undefined;
  const origins = evaluate(linker, site.file, value);
  if (origins.length === 0) return UNKNOWN_PATH;
  // A package may hold a path or a middleware under the name; only what is called a path is taken for one.
  const isNamedLikePath = NAMED_LIKE_PATH.test(middlewareAt({ file: site.file, value }, 'mount').name);
  return isNamedLikePath && origins.every((origin) => origin.kind === 'external') ? UNKNOWN_PATH : undefined;
}

function mountedRouters(graph: RouterGraph, site: Site): readonly { readonly router: Router; readonly under: PathText }[] {
  const { linker, recogniser } = graph.project;
  const at = definitionOf(linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind === 'call') {
    const effect = meaningsOf(linker, recogniser, at)[0]?.spec.effect;
    if (effect?.kind === 'mounted') {
      const path = readPath(linker, { file: at.file, value: fact.args[effect.path] ?? -1 });
      // `mount(app)` without a path mounts at the root.
      const router = fact.args[effect.router] ?? fact.args[effect.path] ?? -1;
      const under = path ?? (fact.args.length > 1 ? UNKNOWN_PATH : NO_PATH);
      return routersAt(graph, { file: at.file, value: router }).map((each) => ({ router: each, under }));
    }
  }
  return routersAt(graph, site).map((router) => ({ router, under: NO_PATH }));
}
