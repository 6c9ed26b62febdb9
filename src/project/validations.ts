import type { RequestPart, ValidatedParts } from '../libraries/types.ts';
import { appliedDecorators } from './decorators.ts';
import { definitionOf, objectAt, propertyOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { wholeRequestPath } from './input-checks.ts';
import { inputOf } from './input-flows.ts';
import type { External, Site } from './origins.ts';
import type { Project } from './project.ts';
import { meaningsOf, recognise } from './recognise.ts';
import type { Middleware, Route } from './route.ts';
import { isExport } from './response-helpers.ts';

/** A part of the request that is validated before the handler runs, or what stands at a path in it. */
export interface Validation {
  readonly part: RequestPart;
  readonly path: readonly string[];
  /** What does it: the middleware, the options of the route. */
  readonly by: Site;
}

type PartNames = Readonly<Record<string, RequestPart>>;

const ALL: readonly RequestPart[] = ['body', 'query', 'params', 'headers', 'cookies'];
/** Names of parts where they are keys or texts: of Hono's targets, of celebrate's segments, of Fastify. */
const PART_NAMES: PartNames = {
  body: 'body',
  json: 'body',
  form: 'body',
  query: 'query',
  querystring: 'query',
  param: 'params',
  params: 'params',
  header: 'headers',
  headers: 'headers',
  cookie: 'cookies',
  cookies: 'cookies',
  signedCookies: 'cookies',
};
/** Middlewares of which nothing is known but that they are called after validating. */
const VALIDATING = /valid|schema|sanitiz|celebrate/i;

const memo = new WeakMap<Route, readonly Validation[]>();

/** What of the request is validated before the handler of a route runs: by middlewares, wrappers, and the options of the route. */
export function validationsOf(project: Project, route: Route): readonly Validation[] {
  const known = memo.get(route);
  if (known) return known;
  const before = [...route.middlewares, ...route.wrappers].flatMap((each) => validatedBy(project, each));
  const found = [...before, ...validatedByOptions(project, route), ...validatedByPipes(project, route)];
  memo.set(route, found);
  return found;
}

export function isValidated(validations: readonly Validation[], part: RequestPart, path: readonly string[]): boolean {
  return validations.some((each) => each.part === part && each.path.every((key, index) => path[index] === key));
}

const whole = (parts: readonly RequestPart[], by: Site): readonly Validation[] => parts.map((part) => ({ part, path: [], by }));

function validatedBy(project: Project, middleware: Middleware): readonly Validation[] {
  const made = partsOfMaker(project, middleware);
  if (made) return whole(made, middleware);
  const origins = evaluate(project.linker, middleware.file, middleware.value);
  const functions = origins.filter((origin) => origin.kind === 'function');
  if (functions.length === 0) {
    const isKnown = origins.some((origin) => origin.kind === 'external' && recognise(project.recogniser, origin));
    return !isKnown && VALIDATING.test(middleware.name) ? whole(ALL, middleware) : [];
  }
  const declared = project.settingsOf(middleware.file.package).validators ?? [];
  const callee = middleware.file.facts.values[middleware.value];
  const named = callee?.kind === 'call' ? [...origins, ...evaluate(project.linker, middleware.file, callee.callee)] : origins;
  if (named.some((origin) => declared.some((validator) => isExport(project, origin, validator)))) return whole(ALL, middleware);
  return functions.flatMap((ref) =>
    inputOf(project, ref).checkedSomewhere.flatMap((source): readonly Validation[] => {
      if (source.shallow && source.path.length === 0) return [];
      if (source.kind === 'request') return [{ part: source.part, path: source.path, by: middleware }];
      if (source.index !== 0) return [];
      // The request as a whole, by a name that says nothing of it.
      const [first, ...rest] = wholeRequestPath(source.path);
      if (first === undefined) return source.shallow || source.named ? [] : whole(ALL, middleware);
      const part = PART_NAMES[first];
      return part === undefined || (source.shallow && rest.length === 0) ? [] : [{ part, path: rest, by: middleware }];
    }),
  );
}

/** Parts that a middleware of a validation library validates, also behind a chain of calls: `body('email').isEmail()`. */
function partsOfMaker(project: Project, site: Site): readonly RequestPart[] | undefined {
  const at = definitionOf(project.linker, site);
  for (const { spec } of meaningsOf(project.linker, project.recogniser, at)) {
    if (spec.effect?.kind === 'validator') return partsOf(project, at, spec.effect.parts);
  }
  for (const origin of evaluate(project.linker, at.file, at.value)) {
    for (let step: External | undefined = origin.kind === 'external' ? origin : undefined; step?.parent; step = step.parent) {
      const effect = step.step?.kind === 'call' ? recognise(project.recogniser, step.parent)?.type.call?.effect : undefined;
      if (effect?.kind === 'validator') return partsOf(project, step.step?.kind === 'call' ? step.step.site : undefined, effect.parts);
    }
  }
  return undefined;
}

type Parts = readonly RequestPart[] | { readonly namedBy: number } | { readonly keysOf: number };

function partsOf(project: Project, call: Site | undefined, parts: Parts): readonly RequestPart[] {
  if (isList(parts)) return parts;
  const fact = call?.file.facts.values[call.value];
  const arg = fact?.kind === 'call' ? fact.args['namedBy' in parts ? parts.namedBy : parts.keysOf] : undefined;
  if (!call || arg === undefined) return ALL;
  if ('namedBy' in parts) {
    const name = evaluate(project.linker, call.file, arg).find((origin) => origin.kind === 'literal');
    const part = name?.kind === 'literal' ? PART_NAMES[String(name.value)] : undefined;
    return part === undefined ? ALL : [part];
  }
  const object = objectAt(project.linker, { file: call.file, value: arg });
  return object ? keysAmong(object, PART_NAMES) : ALL;
}

function isList(parts: Parts): parts is readonly RequestPart[] {
  return Array.isArray(parts);
}

/** Parts that are keys of an object; all where it has keys that are not known. */
function keysAmong({ file, value }: Site, names: PartNames, resolve?: (spread: Site) => readonly RequestPart[]): readonly RequestPart[] {
  const fact = file.facts.values[value];
  if (fact?.kind !== 'object') return ALL;
  return fact.properties.flatMap((property): readonly RequestPart[] => {
    if (property.spread) return resolve ? resolve({ file, value: property.value }) : ALL;
    if (property.key === undefined) return ALL;
    const part = names[property.key];
    return part === undefined ? [] : [part];
  });
}

/** `schema: { body }` among the options of a route. */
function validatedByOptions(project: Project, route: Route): readonly Validation[] {
  const { file, span } = route;
  const value = file.facts.calls.find((id) => file.facts.values[id]?.start === span.start && file.facts.values[id]?.end === span.end);
  const fact = value === undefined ? undefined : file.facts.values[value];
  if (value === undefined || fact?.kind !== 'call') return [];
  for (const { spec } of meaningsOf(project.linker, project.recogniser, { file, value })) {
    const { effect } = spec;
    const validates = effect?.kind === 'routeObject' ? effect.validates : effect?.kind === 'route' ? effect.options?.validates : undefined;
    if (!validates) continue;
    for (const arg of fact.args) {
      const object = optionsAt(project, { file, value: arg });
      const parts = object && partsOfOptions(project, object, validates);
      if (parts) return whole(parts, { file, value: arg });
    }
  }
  return [];
}

/** The object itself, or the one that a call of a library dresses up: `createRoute({ … })`. */
function optionsAt(project: Project, site: Site): Site | undefined {
  const at = definitionOf(project.linker, site);
  const wraps = meaningsOf(project.linker, project.recogniser, at)[0]?.spec.wraps;
  const fact = at.file.facts.values[at.value];
  const inner = wraps === undefined || fact?.kind !== 'call' ? undefined : fact.args[wraps];
  return objectAt(project.linker, inner === undefined ? site : { file: at.file, value: inner });
}

function partsOfOptions(project: Project, object: Site, { key, parts }: ValidatedParts): readonly RequestPart[] | undefined {
  const property = propertyOf(object, key);
  if (!property) {
    const fact = object.file.facts.values[object.value];
    const spread = fact?.kind === 'object' ? fact.properties.find((each) => each.spread) : undefined;
    const behind = spread && objectAt(project.linker, { file: object.file, value: spread.value });
    return behind ? partsOfOptions(project, behind, { key, parts }) : spread && ALL;
  }
  return partsOfSchema(project, { file: object.file, value: property.value }, parts, 0);
}

function partsOfSchema(project: Project, site: Site, names: PartNames, depth: number): readonly RequestPart[] {
  const object = depth < 5 ? objectAt(project.linker, site) : undefined;
  return object ? keysAmong(object, names, (spread) => partsOfSchema(project, spread, names, depth + 1)) : ALL;
}

/** Pipes that are not the usual ones: what they do is not known, and that is what they are for. */
function validatedByPipes(project: Project, route: Route): readonly Validation[] {
  const { controller, handler } = route;
  if (!controller || !handler) return [];
  const owner = controller.file.facts.classes[controller.class];
  const member = handler.file === controller.file ? owner?.members.find((each) => each.function === handler.function) : undefined;
  const decorators = [...(owner?.decorators ?? []), ...(member?.decorators ?? [])];
  const pipes = appliedDecorators(project, controller.file, decorators).filter((each) => each.spec.kind === 'pipe');
  return pipes.flatMap((pipe) => {
    const isUsual = pipe.args.every((arg) => isValidationPipe(project, arg));
    return isUsual ? [] : whole(ALL, pipe.site);
  });
}

/** `ValidationPipe`, `new ValidationPipe({ … })`: validates what has a class with constraints for a type. */
export function isValidationPipe(project: Project, site: Site): boolean {
  return evaluate(project.linker, site.file, site.value).some((origin) => {
    for (let at: External | undefined = origin.kind === 'external' ? origin : undefined; at; at = at.parent) {
      if (at.step?.kind === 'get' && at.step.name === 'ValidationPipe') return true;
    }
    return false;
  });
}
