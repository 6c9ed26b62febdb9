import type { Middleware } from './route.ts';
import { isBelow, joinedTexts, UNKNOWN_PATH, type PathText } from './route-paths.ts';
import type { Place, Router } from './router-graph.ts';

/** The router itself, or those that a parameter is handed. */
export function sameRouters(router: Router): readonly Router[] {
  const handed = router.mounts.filter((mount) => mount.same).flatMap((mount) => mount.parents);
  return handed.length === 0 || handed.includes(router) ? [router] : handed;
}

/** Where the routes of a router stand in the end. */
export function pathsOf(router: Router, trail: ReadonlySet<Router> = new Set()): PathText {
  if (trail.has(router)) return UNKNOWN_PATH;
  const inside = new Set(trail).add(router);
  const mounted = router.mounts.flatMap((mount) =>
    mount.parents.length === 0 ? [{ ...mount.prefix, known: false }] : mount.parents.map((parent) => joinedTexts(pathsOf(parent, inside), mount.prefix)),
  );
  const bases = mounted.length === 0 ? { texts: [''], known: router.root } : alternativesOf(mounted);
  return joinedTexts(bases, router.prefix);
}

/** Where the routes stand that are registered on any of some routers; not known when there is none. */
export function basesOf(routers: readonly Router[]): PathText {
  return routers.length === 0 ? UNKNOWN_PATH : alternativesOf(routers.map((router) => pathsOf(router)));
}

function alternativesOf(paths: readonly PathText[]): PathText {
  return { texts: [...new Set(paths.flatMap((each) => each.texts))], known: paths.every((each) => each.known) };
}

/**
 * Middlewares that run before a route of a router, outermost first: of the router and of where it is mounted, as far as they stand before it and cover
 * its path.
 */
export function middlewaresOf(router: Router, at: Place, paths: readonly string[], trail: ReadonlySet<Router> = new Set()): readonly Middleware[] {
  if (trail.has(router)) return [];
  const inside = new Set(trail).add(router);
  const outer = router.mounts.flatMap((mount) => [
    ...mount.parents
      .flatMap((parent) => middlewaresOf(parent, mount.same ? at : mount.at, paths, inside))
      .map((each) => (mount.same ? each : { ...each, level: 'mount' as const })),
    ...mount.middlewares,
  ]);
  const own = router.middlewares.filter((each) => isBefore(each.middleware, at) && covers(router, each.path, paths)).map((each) => each.middleware);
  const seen = new Set<string>();
  return [...outer, ...own].filter((each) => {
    const key = `${each.file.path}#${each.value}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/** In another file the order is not known here: what belongs to the router was there first. */
function isBefore(middleware: Middleware, at: Place): boolean {
  const start = middleware.file.facts.values[middleware.value]?.start ?? 0;
  return middleware.file !== at.file || start < at.start;
}

function covers(router: Router, path: PathText, paths: readonly string[]): boolean {
  if (path.texts.every((text) => text === '' || text === '*' || text === '/*' || text === '/')) return true;
  return joinedTexts(pathsOf(router), path).texts.some((mount) => paths.some((each) => isBelow(each, mount)));
}
