import type { CallFact } from '../facts/types.ts';
import type { Effect } from '../libraries/types.ts';
import { definitionOf, objectAt, propertyOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { exportsOf } from './modules.ts';
import type { FunctionRef, Origin, Site } from './origins.ts';
import { meaningsOf, recognise } from './recognise.ts';
import { joinedTexts, readPath, type PathText } from './route-paths.ts';
import type { RouterGraph } from './router-graph.ts';
import { optionPath, pluginPrefix } from './routers.ts';
import type { SourceFile } from './types.ts';

export interface Plugin {
  readonly plugin: FunctionRef;
  readonly prefix: PathText;
  /** Dressed up to run on the very scope that registers it (`fp(plugin)`), not on one below. */
  readonly same: boolean;
}

type Found = Omit<Plugin, 'prefix'>;
type FolderEffect = Extract<Effect, { kind: 'pluginFolder' }>;
type RoutesEffect = Extract<Effect, { kind: 'pluginRoutes' }>;

/** The functions that `fastify.register(plugin, options)` runs, each with its prefix. */
export function pluginFunctions(graph: RouterGraph, site: Site, fact: CallFact, effect: Extract<Effect, { kind: 'plugin' }>): readonly Plugin[] {
  const value = fact.args[effect.plugin];
  if (value === undefined) return [];
  const argument = { file: site.file, value };
  const made = pluginEffect(graph, argument);
  const options = fact.args[effect.options];
  if (made?.kind === 'pluginFolder' && options !== undefined) return folderPlugins(graph, { file: site.file, value: options }, made);
  const prefix = pluginPrefix(graph, site, fact, effect);
  if (made?.kind === 'pluginRoutes' && options !== undefined) {
    return optionPlugins(graph, { file: site.file, value: options }, made.routesKey).map((plugin) => ({ plugin, prefix, same: false }));
  }
  return functionsBehind(graph, argument).map((found) => ({ ...found, prefix }));
}

/** `fp(plugin)` is opened; modules stand for their default export, as `register(import('./routes'))` takes them. */
function functionsBehind(graph: RouterGraph, site: Site, depth = 0): readonly Found[] {
  const { linker, recogniser } = graph.project;
  const at = definitionOf(linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind === 'call' && depth < 5) {
    const wraps = meaningsOf(linker, recogniser, at)[0]?.spec.wraps;
    const inner = wraps === undefined ? undefined : fact.args[wraps];
    if (inner !== undefined) return functionsBehind(graph, { file: at.file, value: inner }, depth + 1).map((found) => ({ ...found, same: true }));
  }
  return evaluate(linker, at.file, at.value).flatMap((origin) => pluginOf(graph, origin, depth));
}

function pluginOf(graph: RouterGraph, origin: Origin, depth: number): readonly Found[] {
  if (origin.kind === 'function') return [{ plugin: { file: origin.file, function: origin.function }, same: false }];
  if (origin.kind === 'module') {
    return exportsOf(graph.project.linker, origin.file, 'default').flatMap((each) => (each.kind === 'module' ? [] : pluginOf(graph, each, depth)));
  }
  // A factory whose result is `fp(…)`: the origin is the call of the package, at its place.
  const site = origin.kind === 'external' && origin.step && 'site' in origin.step ? origin.step.site : undefined;
  return site && depth < 5 ? functionsBehind(graph, site, depth + 1) : [];
}

function pluginEffect(graph: RouterGraph, site: Site): FolderEffect | RoutesEffect | undefined {
  for (const origin of evaluate(graph.project.linker, site.file, site.value)) {
    const effect = origin.kind === 'external' ? recognise(graph.project.recogniser, origin)?.type.call?.effect : undefined;
    if (effect?.kind === 'pluginFolder' || effect?.kind === 'pluginRoutes') return effect;
  }
  return undefined;
}

/** The functions at a key of options. */
export function optionPlugins(graph: RouterGraph, options: Site, key: string): readonly FunctionRef[] {
  const object = objectAt(graph.project.linker, options);
  const property = object && propertyOf(object, key);
  return object && property ? functionsBehind(graph, { file: object.file, value: property.value }).map(({ plugin }) => plugin) : [];
}

/** The default exports of the files under a folder, each at the path of its folder. */
function folderPlugins(graph: RouterGraph, options: Site, effect: FolderEffect): readonly Plugin[] {
  const { linker, files } = graph.project;
  const object = objectAt(linker, options);
  const dir = object && propertyOf(object, effect.folderKey);
  const folder = object && dir && folderOf(graph, { file: object.file, value: dir.value });
  if (!object || folder === undefined) return [];
  const shared = propertyOf(object, effect.optionsKey);
  const prefix = shared ? optionPath(graph, { file: object.file, value: shared.value }, effect.prefixKey) : { texts: [''], known: true };
  const found: Plugin[] = [];
  for (const file of files.values()) {
    if (!file.path.startsWith(`${folder}/`) || file.role === 'test') continue;
    const under = file.path.slice(folder.length + 1).split('/').slice(0, -1);
    const own = { texts: [under.map((part) => part.replace(/^_(.+)$/, ':$1')).join('/')], known: true };
    for (const plugin of defaultPlugins(graph, file)) found.push({ ...plugin, prefix: joinedTexts(prefix, own) });
  }
  return found;
}

function defaultPlugins(graph: RouterGraph, file: SourceFile): readonly Found[] {
  return exportsOf(graph.project.linker, file, 'default').flatMap((origin) => pluginOf(graph, origin, 0));
}

/** `path.join(__dirname, 'routes')`: the folder of the file and the texts among the arguments. */
function folderOf(graph: RouterGraph, site: Site): string | undefined {
  const at = definitionOf(graph.project.linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind !== 'call') return undefined;
  const parts = at.file.path.split('/').slice(0, -1);
  for (const value of fact.args) {
    const [text] = readPath(graph.project.linker, { file: at.file, value })?.texts ?? [];
    for (const segment of text?.split('/') ?? []) {
      if (segment === '..') parts.pop();
      else if (segment !== '' && segment !== '.') parts.push(segment);
    }
  }
  return parts.join('/');
}
