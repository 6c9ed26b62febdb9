import type { Effect } from '../libraries/types.ts';
import { classesIn, controllersBelow, modulePaths } from './controller-modules.ts';
import { definitionOf, objectAt, propertyOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import type { ClassRef, Site } from './origins.ts';
import { classKey } from './origins.ts';
import type { Project } from './project.ts';
import { joinPaths, NO_PATH, readPath, type PathText } from './route-paths.ts';
import type { HttpCall } from './http-calls.ts';
import type { RouterGraph } from './router-graph.ts';
import { sameRouters } from './router-paths.ts';
import { optionPath, receiverOf, routersAt } from './routers.ts';
import type { SourceFile } from './types.ts';

/** An application that serves decorated controllers. */
export interface ControllerApp {
  readonly library: string;
  readonly file: SourceFile;
  /** Controllers with the modules that declare them; undefined: all there are. */
  readonly controllers?: ReadonlyMap<string, ReadonlySet<string>>;
  prefix: PathText;
  /** Paths without the prefix. */
  exclude: readonly string[];
  versioning?: { readonly sign: string; readonly fallback: readonly string[] } | undefined;
  readonly modulePaths: ReadonlyMap<string, string>;
}

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** Applications with their prefixes and versions. */
export function controllerApps(graph: RouterGraph, calls: readonly HttpCall[]): readonly ControllerApp[] {
  const { project } = graph;
  const paths = new Map<string, string>();
  for (const call of calls) {
    if (call.effect.kind === 'modulePaths') modulePaths(project, { file: call.site.file, value: call.fact.args[call.effect.argument] ?? -1 }, '', paths);
  }
  const apps = new Map<string, ControllerApp>();
  for (const call of calls) {
    if (call.effect.kind === 'controllers') for (const [key, app] of servedApps(graph, call, call.effect, paths)) apps.set(key, app);
  }
  for (const call of calls) {
    const receiver = receiverOf(call.site, call.fact);
    if (!receiver || (call.effect.kind !== 'versioning' && call.effect.kind !== 'prefix')) continue;
    for (const router of routersAt(graph, receiver).flatMap(sameRouters)) {
      const app = apps.get(router.key);
      if (!app) continue;
      if (call.effect.kind === 'versioning') app.versioning = versioningOf(project, call, call.effect);
      else app.exclude = excludedPaths(project, call, call.effect);
    }
  }
  return mainApps([...apps.values()]);
}

function servedApps(graph: RouterGraph, call: HttpCall, effect: Of<'controllers'>, paths: ReadonlyMap<string, string>): readonly (readonly [string, ControllerApp])[] {
  const shared = { library: call.meaning.library.id, file: call.site.file, exclude: [], modulePaths: paths };
  const argument = effect.module === undefined ? undefined : call.fact.args[effect.module];
  const modules: readonly ClassRef[] = argument === undefined ? [] : classesIn(graph.project, { file: call.site.file, value: argument }, 0);
  const controllers = effect.module === undefined ? undefined : new Map(modules.flatMap((module) => [...controllersBelow(graph.project, module)]));
  const options = effect.options === undefined ? undefined : call.fact.args[effect.options];
  const own =
    options === undefined || effect.prefixKey === undefined ? undefined : optionPath(graph, { file: call.site.file, value: options }, effect.prefixKey);
  return routersAt(graph, call.site).map(
    (router) => [router.key, { ...shared, prefix: own ?? router.prefix, ...(controllers ? { controllers } : {}) }] as const,
  );
}

/** One module may be started twice, once to read its settings: the app that is set up is the one that serves. */
function mainApps(apps: readonly ControllerApp[]): readonly ControllerApp[] {
  const isSetUp = (app: ControllerApp): boolean => app.versioning !== undefined || app.prefix !== NO_PATH;
  return apps.filter((app) => isSetUp(app) || !apps.some((other) => other !== app && other.file === app.file && isSetUp(other)));
}

function versioningOf(project: Project, call: HttpCall, effect: Of<'versioning'>): NonNullable<ControllerApp['versioning']> | undefined {
  const options = call.fact.args[effect.options];
  // Without options NestJS puts the version into the path.
  if (options === undefined) return { sign: 'v', fallback: [] };
  const object = objectAt(project.linker, { file: call.site.file, value: options });
  if (!object) return undefined;
  const type = propertyOf(object, 'type');
  const kind = type && evaluate(project.linker, object.file, type.value)[0];
  if (kind?.kind === 'external' && kind.step?.kind === 'get' && kind.step.name !== 'URI') return undefined;
  const sign = propertyOf(object, 'prefix');
  const written = sign && object.file.facts.values[sign.value];
  const text = written?.kind === 'literal' ? (written.value === false ? '' : String(written.value)) : 'v';
  const fallback = propertyOf(object, 'defaultVersion');
  return { sign: text, fallback: fallback ? versionsAt(project, { file: object.file, value: fallback.value }) : [] };
}

/** Versions as written; a neutral one is the empty text. */
export function versionsAt(project: Project, site: Site): readonly string[] {
  const at = definitionOf(project.linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind === 'array') return fact.items.flatMap((value) => versionsAt(project, { file: at.file, value }));
  const neutral = evaluate(project.linker, at.file, at.value).some((origin) => origin.kind === 'external' && origin.step?.kind === 'get' && origin.step.name === 'VERSION_NEUTRAL');
  return neutral ? [''] : (readPath(project.linker, at)?.texts ?? []);
}

function excludedPaths(project: Project, call: HttpCall, effect: Of<'prefix'>): readonly string[] {
  const options = call.fact.args[1];
  const object = options === undefined || effect.excludeKey === undefined ? undefined : objectAt(project.linker, { file: call.site.file, value: options });
  const list = object && propertyOf(object, effect.excludeKey ?? '');
  const items = object && list ? object.file.facts.values[list.value] : undefined;
  if (!object || items?.kind !== 'array') return [];
  return items.items.flatMap((value) => {
    const site = { file: object.file, value };
    const written = objectAt(project.linker, site);
    const path = written && propertyOf(written, 'path');
    return (written && path ? readPath(project.linker, { file: written.file, value: path.value }) : readPath(project.linker, site))?.texts ?? [];
  });
}

/** Whether a path is left out of the prefix: named, or below one that ends in a wildcard. */
export function isExcluded(app: ControllerApp, path: string): boolean {
  return app.exclude.some((pattern) => {
    const wild = /(\/?\{?\/?\*\w*\}?|\/?\(\.\*\))$/.exec(pattern);
    const base = joinPaths(wild ? pattern.slice(0, wild.index) : pattern);
    return path === base || (wild !== null && path.startsWith(base === '/' ? '/' : `${base}/`));
  });
}

/** The apps that serve a controller; undefined when it is not known which. */
export function appsServing(apps: readonly ControllerApp[], library: string, controller: ClassRef): readonly ControllerApp[] | undefined {
  const own = apps.filter((app) => app.library === library);
  const reaching = own.filter((app) => !app.controllers || app.controllers.has(classKey(controller)));
  if (reaching.length > 0) return reaching;
  // A module that is chosen at start-up: the app of the same package, or the only one.
  const near = own.filter((app) => app.file.package === controller.file.package);
  if (near.length > 0) return near;
  return own.length === 1 ? own : undefined;
}
