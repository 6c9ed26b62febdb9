import type { Effect } from '../libraries/types.ts';
import type { Span } from '../facts/types.ts';
import { definitionOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { exportsOf } from './modules.ts';
import { originKey, type External, type Origin, type Site } from './origins.ts';
import type { Project } from './project.ts';
import { meaningsOf, recognise } from './recognise.ts';
import { handlerAt, middlewareAt } from './route-handlers.ts';
import type { Middleware, Route } from './route.ts';
import type { HttpCall } from './http-calls.ts';
import type { SourceFile } from './types.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** One name in a router: a procedure, or a router below it. */
interface Entry {
  readonly key: string;
  readonly file: SourceFile;
  readonly span: Span;
  readonly value: Site;
}

interface ProcedureRouter {
  readonly call: HttpCall;
  readonly entries: readonly Entry[];
  /** Routers whose procedures are part of this one without a name of their own. */
  readonly merged: readonly string[];
  /** Names under which it stands in other routers. */
  readonly parents: { readonly router: string; readonly name: string }[];
}

/** tRPC: procedures by their place in the routers, with dotted paths. */
export function procedureRoutes(project: Project, calls: readonly HttpCall[]): readonly Route[] {
  const routers = new Map<string, ProcedureRouter>();
  for (const call of calls) {
    const { effect } = call;
    if (effect.kind !== 'procedures' && effect.kind !== 'mergedProcedures') continue;
    const entries = effect.kind === 'procedures' ? entriesOf(project, { file: call.site.file, value: call.fact.args[effect.argument] ?? -1 }, '') : [];
    routers.set(siteKey(call.site), { call, entries, merged: effect.kind === 'mergedProcedures' ? mergedRouters(project, call) : [], parents: [] });
  }
  for (const [key, router] of routers) {
    for (const name of router.merged) routers.get(name)?.parents.push({ router: key, name: '' });
    for (const entry of router.entries)
      {for (const child of routersBehind(project, entry.value)) routers.get(child)?.parents.push({ router: key, name: entry.key });}
  }
  return [...routers].flatMap(([key, router]) => {
    const prefixes = prefixesOf(routers, key, new Set());
    return router.entries.flatMap((entry) => procedureAt(project, router, entry, prefixes));
  });
}

function siteKey(site: Site): string {
  return `${site.file.path}#${site.value}`;
}

/** Properties of a router record, with those of plain records below it (`member: { find, update }`). */
function entriesOf(project: Project, site: Site, prefix: string): readonly Entry[] {
  const { linker } = project;
  const at = definitionOf(linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind === 'call') return createdEntries(project, at, prefix);
  if (fact?.kind !== 'object') return [];
  return fact.properties.flatMap((property): readonly Entry[] => {
    const value = { file: at.file, value: property.value };
    if (property.spread) return entriesOf(project, value, prefix);
    if (property.key === undefined) return [];
    const key = prefix === '' ? property.key : `${prefix}.${property.key}`;
    const inner = definitionOf(linker, value);
    if (inner.file.facts.values[inner.value]?.kind === 'object') return entriesOf(project, inner, key);
    return [{ key, file: at.file, span: { start: property.start, end: property.end }, value }];
  });
}

/** `{ ...crudProcedures() }`: records that a function gives. */
function createdEntries(project: Project, site: Site, prefix: string): readonly Entry[] {
  return evaluate(project.linker, site.file, site.value).flatMap((origin) =>
    origin.kind === 'object' ? entriesOf(project, { file: origin.file, value: origin.value }, prefix) : [],
  );
}

function mergedRouters(project: Project, call: HttpCall): readonly string[] {
  return call.fact.args.flatMap((value) => routersBehind(project, { file: call.site.file, value }));
}

/** Keys of the routers that a value is. */
function routersBehind(project: Project, site: Site): readonly string[] {
  return evaluate(project.linker, site.file, site.value).flatMap((origin) => routerKeys(project, origin, 0));
}

function routerKeys(project: Project, origin: Origin, depth: number): readonly string[] {
  if (depth > 6) return [];
  if (origin.kind === 'module') {
    const names = origin.file.facts.exports.map((fact) => fact.name);
    const exported = names.flatMap((name) => exportsOf(project.linker, origin.file, name));
    const keys = exported.flatMap((each) => (each.kind === 'external' ? routerKeys(project, each, depth + 1) : []));
    return [...new Set(keys)];
  }
  if (origin.kind !== 'external') return [];
  const call = lastCall(origin);
  const effect = call && recognise(project.recogniser, call.callee)?.type.call?.effect;
  if (!call || !effect) return [];
  if (effect.kind === 'procedures' || effect.kind === 'mergedProcedures') return [siteKey(call.site)];
  return effect.kind === 'lazyProcedures' ? lazyRouters(project, call.site, effect, depth) : [];
}

/** `lazy(() => import('./orders'))`: the module, or the member of it that the function picks. */
function lazyRouters(project: Project, site: Site, effect: Of<'lazyProcedures'>, depth: number): readonly string[] {
  const fact = site.file.facts.values[site.value];
  const loader = fact?.kind === 'call' ? fact.args[effect.argument] : undefined;
  const functions = loader === undefined ? [] : evaluate(project.linker, site.file, loader).filter((origin) => origin.kind === 'function');
  return functions.flatMap((loaded) => {
    const { returns } = loaded.file.facts;
    return returns
      .filter((each) => each.function === loaded.function && each.value !== undefined)
      .flatMap((each) => evaluate(project.linker, loaded.file, each.value ?? -1).flatMap((origin) => routerKeys(project, origin, depth + 1)));
  });
}

function lastCall(origin: External): { readonly site: Site; readonly callee: External } | undefined {
  const { step, parent } = origin;
  return step?.kind === 'call' && step.site && parent ? { site: step.site, callee: parent } : undefined;
}

function prefixesOf(routers: ReadonlyMap<string, ProcedureRouter>, key: string, trail: ReadonlySet<string>): readonly string[] {
  const parents = routers.get(key)?.parents ?? [];
  if (parents.length === 0 || trail.has(key)) return [''];
  const inside = new Set(trail).add(key);
  const found = parents.flatMap((parent) => prefixesOf(routers, parent.router, inside).map((prefix) => dotted(prefix, parent.name)));
  return [...new Set(found)].slice(0, 12);
}

function dotted(prefix: string, name: string): string {
  return prefix === '' || name === '' ? prefix + name : `${prefix}.${name}`;
}

function procedureAt(project: Project, router: ProcedureRouter, entry: Entry, prefixes: readonly string[]): readonly Route[] {
  const seen = new Set<string>();
  for (const origin of evaluate(project.linker, entry.value.file, entry.value.value)) {
    const call = origin.kind === 'external' ? lastCall(origin) : undefined;
    const effect = call && recognise(project.recogniser, call.callee)?.type.call?.effect;
    if (!call || effect?.kind !== 'procedure' || seen.has(originKey(origin))) continue;
    const fact = call.site.file.facts.values[call.site.value];
    const resolver = fact?.kind === 'call' ? fact.args[effect.handler] : undefined;
    const { handler, wrappers } =
      resolver === undefined ? { handler: undefined, wrappers: [] } : handlerAt(project.linker, { file: call.site.file, value: resolver });
    const paths = prefixes.map((prefix) => dotted(prefix, entry.key));
    return [
      {
        method: effect.method,
        path: paths[0] ?? entry.key,
        paths,
        ownPath: entry.key,
        ownPathSpan: entry.span,
        file: entry.file,
        span: entry.span,
        framework: router.call.meaning.library.id,
        kind: 'procedure',
        wrappers,
        middlewares: chainMiddlewares(project, call.site),
        resolved: 'full',
        ...(handler ? { handler } : {}),
      },
    ];
  }
  return [];
}

/** Functions handed to `.use(…)` in the chain, and the base procedure that it starts from. */
function chainMiddlewares(project: Project, site: Site): readonly Middleware[] {
  const found: Middleware[] = [];
  let at: Site | undefined = site;
  for (let hops = 0; at && hops < 60; hops++) {
    const fact: ReturnType<typeof valueAt> = valueAt(at);
    if (fact?.kind !== 'call') {
      const definition: Site = definitionOf(project.linker, at);
      if (fact?.kind === 'name') found.unshift(middlewareAt(at, 'router'));
      at = definition.file === at.file && definition.value === at.value ? undefined : definition;
      continue;
    }
    const callee = at.file.facts.values[fact.callee];
    if (callee?.kind !== 'member') {
      found.unshift(middlewareAt(at, 'router'));
      break;
    }
    const { file } = at;
    if (callee.property === 'use' && meaningsOf(project.linker, project.recogniser, at).length > 0) {
      found.unshift(...fact.args.map((value) => middlewareAt({ file, value }, 'route')));
    }
    at = { file, value: callee.object };
  }
  return found;
}

function valueAt(site: Site) {
  return site.file.facts.values[site.value];
}
