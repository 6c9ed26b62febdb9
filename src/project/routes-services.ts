import type { LibraryType } from '../libraries/types.ts';
import { evaluate } from './evaluate.ts';
import type { HttpCall } from './http-calls.ts';
import { recognise } from './recognise.ts';
import type { Route } from './route.ts';
import { joinedTexts } from './route-paths.ts';
import { addRouter, type RouterGraph } from './router-graph.ts';
import { basesOf, middlewaresOf } from './router-paths.ts';
import { placeOf, receiverOf, routersAt } from './routers.ts';
import { implementedMethods, rpcServiceAt } from './rpc-services.ts';

/**
 * RPC services that are registered on a router: one POST route for each method that is implemented.
 * `others` are the routes that calls register: one of them may answer for all services of a router.
 */
export function serviceRoutes(graph: RouterGraph, calls: readonly HttpCall[], others: readonly Route[]): readonly Route[] {
  const services = calls.filter((call) => call.effect.kind === 'service');
  if (services.length === 0) return [];
  const handedOnBy = new Set(graph.project.libraries.flatMap(({ types }) => Object.values(types).flatMap((type) => type.servedThrough ?? [])));
  for (const route of others) mountThroughHandler(graph, route, handedOnBy);
  return services.flatMap((call) => methodsOf(graph, call));
}

function methodsOf(graph: RouterGraph, call: HttpCall): readonly Route[] {
  const { site, fact, effect, meaning } = call;
  if (effect.kind !== 'service') return [];
  const { file } = site;
  const [described, implemented] = [fact.args[effect.service], fact.args[effect.implementation]];
  const service = described === undefined ? undefined : rpcServiceAt(graph.project, { file, value: described });
  const receiver = receiverOf(site, fact);
  if (!service || implemented === undefined || !receiver) return [];
  const routers = routersAt(graph, receiver);
  const base = basesOf(routers);
  return implementedMethods(graph.project, { file, value: implemented }).flatMap((method): readonly Route[] => {
    const name = service.methods ? service.methods.get(method.key) : method.key.charAt(0).toUpperCase() + method.key.slice(1);
    if (name === undefined) return [];
    const ownPath = `/${service.name}/${name}`;
    const full = joinedTexts(base, { texts: [ownPath], known: service.known });
    return [
      {
        method: 'POST',
        path: full.texts[0] ?? ownPath,
        paths: full.texts,
        ownPath,
        ownPathSpan: method.span,
        file: method.file,
        span: method.span,
        framework: meaning.library.id,
        kind: 'procedure',
        wrappers: method.wrappers,
        middlewares: routers.flatMap((router) => middlewaresOf(router, placeOf(site), full.texts)),
        resolved: full.known ? 'full' : 'partial',
        ...(method.handler ? { handler: method.handler } : {}),
      },
    ];
  });
}

/** `app.all('/rpc/*', (c) => … router.handlers …)`: a route that hands on to the router serves its routes, below its own path. */
function mountThroughHandler(graph: RouterGraph, route: Route, handedOnBy: ReadonlySet<string>): void {
  const { handler } = route;
  const fact = handler?.file.facts.functions[handler.function];
  if (!handler || !fact) return;
  handler.file.facts.values.forEach((value, id) => {
    if (value.kind !== 'member' || !handedOnBy.has(value.property) || value.start < fact.start || value.end > fact.end) return;
    const object = { file: handler.file, value: value.object };
    if (!typesAt(graph, object.file, object.value).some((type) => type.servedThrough === value.property)) return;
    for (const router of routersAt(graph, object)) {
      if (router.mounts.some((mount) => mount.at.file === handler.file && mount.at.start === value.end)) continue;
      const server = addRouter(graph, `server ${handler.file.path}#${id}`, router.library, true);
      router.mounts.push({
        parents: [server],
        prefix: { texts: route.paths.map((path) => path.replace(/\/\*$/, '')), known: route.resolved === 'full' },
        middlewares: route.middlewares.map((each) => ({ ...each, level: 'mount' as const })),
        at: { file: handler.file, start: value.end },
      });
    }
  });
}

function typesAt(graph: RouterGraph, file: HttpCall['site']['file'], value: number): readonly LibraryType[] {
  return evaluate(graph.project.linker, file, value).flatMap((origin) => {
    const found = origin.kind === 'external' ? recognise(graph.project.recogniser, origin) : undefined;
    return found ? [found.type] : [];
  });
}
