import type { Library } from '../libraries/types.ts';
import { programIndex } from './calls.ts';
import type { Site } from './origins.ts';
import type { Project } from './project.ts';
import type { Middleware } from './route.ts';
import { NO_PATH, type PathText } from './route-paths.ts';
import type { SourceFile } from './types.ts';

/** Something that routes are registered on: an app, a router, a scope of either, or a parameter that is handed one. */
export interface Router {
  readonly key: string;
  readonly library: Library;
  /** Answers by itself, without being mounted. */
  readonly root: boolean;
  /** Where it is mounted, or what it is a scope of. */
  readonly mounts: Mount[];
  /** Prefix of its own (`new Router({ prefix })`, `setGlobalPrefix`). */
  prefix: PathText;
  /** Run before every route that is registered after them. */
  readonly middlewares: { readonly middleware: Middleware; readonly path: PathText }[];
}

/** A place in a file. */
export interface Place {
  readonly file: SourceFile;
  readonly start: number;
}

export interface Mount {
  readonly parents: readonly Router[];
  readonly prefix: PathText;
  readonly middlewares: readonly Middleware[];
  /** Where it is written: what is put before later does not run before its routes. */
  readonly at: Place;
  /** Handed over as it is: what is set on the one holds for the other. */
  readonly same?: true;
}

/** A run of a plugin function: on the scope of which router, under which prefix. */
export interface PluginRun {
  readonly at: Place;
  readonly receiver: Site;
  readonly prefix: PathText;
  readonly same: boolean;
}

export interface RouterGraph {
  readonly project: Project;
  readonly routers: Map<string, Router>;
  /** Functions that register routes on the scope they are given, by function. */
  readonly plugins: Map<string, PluginRun[]>;
}

export function createRouterGraph(project: Project): RouterGraph {
  programIndex(project.linker);
  return { project, routers: new Map(), plugins: new Map() };
}

/** A router that nothing is known of yet but what it is. */
export function addRouter(graph: RouterGraph, key: string, library: Library, root: boolean): Router {
  const router: Router = { key, library, root, mounts: [], prefix: NO_PATH, middlewares: [] };
  graph.routers.set(key, router);
  return router;
}
