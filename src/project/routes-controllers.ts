import type { MemberFact } from '../facts/types.ts';
import type { DecoratorSpec, HttpMethod } from '../libraries/types.ts';
import { appsServing, controllerApps, isExcluded, versionsAt, type ControllerApp } from './controller-apps.ts';
import { appliedDecorators, type AppliedDecorator } from './decorators.ts';
import { definitionOf, objectAt, propertyOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { classKey, type ClassRef, type Site } from './origins.ts';
import type { Project } from './project.ts';
import type { Middleware, Route } from './route.ts';
import { middlewareAt } from './route-handlers.ts';
import { joinedTexts, joinPaths, NO_PATH, readPath, UNKNOWN_PATH, type PathText } from './route-paths.ts';
import type { HttpCall } from './http-calls.ts';
import type { RouterGraph } from './router-graph.ts';
import type { SourceFile } from './types.ts';

type Of<K extends DecoratorSpec['kind']> = Extract<DecoratorSpec, { kind: K }>;

interface Controller {
  readonly ref: ClassRef;
  readonly decorator: AppliedDecorator;
  readonly decorators: readonly AppliedDecorator[];
  readonly path: PathText;
  readonly versions: readonly string[];
}

const METHODS = new Set<string>(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL']);
const BEFORE = new Set(['guard', 'interceptor', 'pipe']);

/** Routes of decorated classes: NestJS, routing-controllers. */
export function controllerRoutes(graph: RouterGraph, calls: readonly HttpCall[], files: readonly SourceFile[]): readonly Route[] {
  const { project } = graph;
  const controllers = files.flatMap((file) =>
    file.facts.classes.flatMap((fact, index) => (fact.decorators.length > 0 ? controllerAt(project, { file, class: index }) : [])),
  );
  if (controllers.length === 0) return [];
  const apps = controllerApps(graph, calls);
  return controllers.flatMap((controller) => {
    const serving = appsServing(apps, controller.decorator.library.id, controller.ref);
    return routedMembers(project, controller.ref).flatMap(({ owner, member }) => memberRoutes(project, controller, owner, member, serving));
  });
}

function controllerAt(project: Project, ref: ClassRef): readonly Controller[] {
  const decorators = appliedDecorators(project, ref.file, ref.file.facts.classes[ref.class]?.decorators ?? []);
  const decorator = decorators.find((each) => each.spec.kind === 'controller');
  if (!decorator || decorator.spec.kind !== 'controller') return [];
  const { pathKey, versionKey } = decorator.spec;
  const [first] = decorator.args;
  const options = first && pathKey !== undefined ? objectAt(project.linker, first) : undefined;
  const path = options ? keyedPath(project, options, pathKey ?? '') : first ? (readPath(project.linker, first) ?? UNKNOWN_PATH) : NO_PATH;
  const version = options && versionKey !== undefined ? propertyOf(options, versionKey) : undefined;
  const versions = version && options ? versionsAt(project, { file: options.file, value: version.value }) : versionsOf(project, decorators);
  return [{ ref, decorator, decorators, path, versions }];
}

function keyedPath(project: Project, object: Site, key: string): PathText {
  const property = propertyOf(object, key);
  return property ? (readPath(project.linker, { file: object.file, value: property.value }) ?? UNKNOWN_PATH) : NO_PATH;
}

function versionsOf(project: Project, decorators: readonly AppliedDecorator[]): readonly string[] {
  const [argument] = decorators.find((each) => each.spec.kind === 'version')?.args ?? [];
  return argument ? versionsAt(project, argument) : [];
}

/** Methods of a class and of the classes it extends; an override hides what it overrides. */
export function routedMembers(project: Project, ref: ClassRef): readonly { readonly owner: ClassRef; readonly member: MemberFact }[] {
  const found = new Map<string, { owner: ClassRef; member: MemberFact }>();
  const seen = new Set<string>();
  let owner: ClassRef | undefined = ref;
  while (owner && !seen.has(classKey(owner))) {
    const at: ClassRef = owner;
    seen.add(classKey(at));
    const fact = at.file.facts.classes[at.class];
    for (const member of fact?.members ?? []) {
      const overload = member.function !== undefined && at.file.facts.functions[member.function]?.body === undefined && !member.abstract;
      if (!member.static && !overload && !found.has(member.name)) found.set(member.name, { owner: at, member });
    }
    const parent = fact?.extends === undefined ? undefined : evaluate(project.linker, at.file, fact.extends).find((origin) => origin.kind === 'class');
    owner = parent?.kind === 'class' ? { file: parent.file, class: parent.class } : undefined;
  }
  return [...found.values()];
}

function memberRoutes(
  project: Project,
  controller: Controller,
  owner: ClassRef,
  member: MemberFact,
  apps: readonly ControllerApp[] | undefined,
): readonly Route[] {
  if (member.decorators.length === 0) return [];
  const decorators = appliedDecorators(project, owner.file, member.decorators);
  const versions = versionsOf(project, decorators);
  return decorators.flatMap((decorator): readonly Route[] => {
    if (decorator.spec.kind !== 'route') return [];
    const { methods, site } = methodsAndPath(project, decorator, decorator.spec);
    const own = site ? (readPath(project.linker, site) ?? UNKNOWN_PATH) : NO_PATH;
    const full = fullPath(controller, own, versions.length > 0 ? versions : controller.versions, apps);
    const literal = site?.file === owner.file ? owner.file.facts.values[definitionOf(project.linker, site).value] : undefined;
    const at = decorator.site.file.facts.values[decorator.site.value]!;
    return methods.map((method) => ({
      method,
      path: full.texts[0] ?? '/',
      paths: full.texts,
      ownPath: own.texts[0] ?? '',
      file: owner.file,
      span: { start: at.start, end: at.end },
      framework: controller.decorator.library.id,
      kind: 'rest',
      wrappers: [],
      middlewares: [...middlewaresIn(controller.decorators, 'router'), ...middlewaresIn(decorators, 'route')],
      controller: controller.ref,
      sequence: `${classKey(controller.ref)} ${classKey(owner)} ${versions.join(',')}`,
      resolved: full.known ? 'full' : 'partial',
      ...(member.function === undefined ? {} : { handler: { file: owner.file, function: member.function } }),
      ...(literal?.kind === 'literal' ? { ownPathSpan: { start: literal.start, end: literal.end } } : {}),
    }));
  });
}

function methodsAndPath(project: Project, decorator: AppliedDecorator, spec: Of<'route'>): { readonly methods: readonly HttpMethod[]; readonly site?: Site } {
  const [first, second] = decorator.args;
  if (Array.isArray(spec.methods)) return { methods: spec.methods as readonly HttpMethod[], ...(first ? { site: first } : {}) };
  if (spec.methods === 'argument') return { methods: first ? methodNames(project, first) : [], ...(second ? { site: second } : {}) };
  const options = first && objectAt(project.linker, first);
  if (!options) return { methods: ['GET'], ...(first ? { site: first } : {}) };
  const path = propertyOf(options, spec.pathKey ?? 'path');
  const method = propertyOf(options, (spec.methods as { key: string }).key);
  return {
    methods: method ? methodNames(project, { file: options.file, value: method.value }) : ['GET'],
    ...(path ? { site: { file: options.file, value: path.value } } : {}),
  };
}

/** `'get'`, `RequestMethod.GET`. */
function methodNames(project: Project, site: Site): readonly HttpMethod[] {
  const named = evaluate(project.linker, site.file, site.value).flatMap((origin) =>
    origin.kind === 'external' && origin.step?.kind === 'get' ? [origin.step.name] : [],
  );
  const texts = named.length > 0 ? named : (readPath(project.linker, site)?.texts ?? []);
  return texts.map((text) => text.toUpperCase()).filter((text): text is HttpMethod => METHODS.has(text));
}

/** Prefix, version, path of the module, path of the controller, own path. */
function fullPath(controller: Controller, own: PathText, versions: readonly string[], apps: readonly ControllerApp[] | undefined): PathText {
  const local = joinedTexts(controller.path, own);
  if (!apps) return { ...local, known: false };
  const found = apps.map((app): PathText => {
    const module = [...(app.controllers?.get(classKey(controller.ref)) ?? [])].map((key) => app.modulePaths.get(key)).find((path) => path !== undefined);
    const below = joinedTexts({ texts: [module ?? ''], known: true }, local);
    const active = app.versioning ? (versions.length > 0 ? versions : app.versioning.fallback) : [];
    const sign = app.versioning?.sign ?? '';
    const signed = active.map((version) => (version === '' ? '' : `${sign}${version}`));
    const versioned = signed.length === 0 ? below : joinedTexts({ texts: signed, known: true }, below);
    const outside = versioned.texts.filter((path, index) => isExcluded(app, path) || isExcluded(app, below.texts[index] ?? path));
    const inside = versioned.texts.filter((path) => !outside.includes(path));
    const prefixed = joinedTexts(app.prefix, { texts: inside, known: versioned.known });
    return { texts: [...prefixed.texts, ...outside.map((path) => joinPaths(path))], known: inside.length === 0 ? versioned.known : prefixed.known };
  });
  return { texts: [...new Set(found.flatMap((each) => each.texts))], known: found.every((each) => each.known) };
}

/** Guards, interceptors and pipes among decorators. */
export function middlewaresIn(decorators: readonly AppliedDecorator[], level: 'route' | 'router'): readonly Middleware[] {
  return decorators.flatMap((each) =>
    BEFORE.has(each.spec.kind) ? (each.args.length > 0 ? each.args : [each.site]).map((site) => middlewareAt(site, level)) : [],
  );
}
