import type { CallSpec, DecoratorSpec, HttpMethod, LibraryType, RouteOptions, TypeRef } from './types.ts';

/** Method names under which routers register routes, with the HTTP methods they stand for. */
export const VERBS: Readonly<Record<string, readonly HttpMethod[]>> = {
  get: ['GET'],
  post: ['POST'],
  put: ['PUT'],
  patch: ['PATCH'],
  delete: ['DELETE'],
  head: ['HEAD'],
  options: ['OPTIONS'],
  all: ['ALL'],
};

/** Decorators `@Get`, `@Post`, … of a controller's methods. */
export const VERB_DECORATORS: Readonly<Record<string, DecoratorSpec>> = Object.fromEntries(
  Object.entries(VERBS).map(([name, methods]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, { kind: 'route', methods }] as const),
);

/** Members `get`, `post`, … of a router. `path` and `handlers` are argument indices. */
export function verbMembers(
  parameters: readonly TypeRef[],
  path: number | 'receiver',
  handlers: number,
  options?: RouteOptions,
): Readonly<Record<string, LibraryType>> {
  return Object.fromEntries(Object.entries(VERBS).map(([name, methods]) => [name, { call: routeCall(methods, parameters, path, handlers, options) }]));
}

/** A call that registers a route and gives the router back. */
export function routeCall(
  methods: readonly HttpMethod[] | { readonly argument: number },
  parameters: readonly TypeRef[],
  path: number | 'receiver',
  handlers: number,
  options?: RouteOptions,
): CallSpec {
  return { returns: 'this', callbacks: { '*': parameters }, defers: true, effect: { kind: 'route', methods, path, handlers, ...(options ? { options } : {}) } };
}
