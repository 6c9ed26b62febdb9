import type { Span } from '../facts/types.ts';
import type { HttpMethod } from '../libraries/types.ts';
import type { ClassRef, FunctionRef, Site } from './origins.ts';
import type { SourceFile } from './types.ts';

export type RouteMethod = HttpMethod | 'QUERY' | 'MUTATION' | 'SUBSCRIPTION';

/**
 * `rest`: a method and a path. `rpc`: an HTTP route whose path names a procedure (`documents.list`). `procedure`: a method of tRPC or Connect, an
 * operation of GraphQL. `page`: a file of a framework that routes by files, which answers every method.
 */
export type RouteKind = 'rest' | 'rpc' | 'procedure' | 'page';

/** What runs before a handler. */
export interface Middleware extends Site {
  /** As people call it: `auth`, `helmet`, `JwtAuthGuard`. */
  readonly name: string;
  /** Where it is put: at the route itself, at its router or controller, or where the router is mounted. */
  readonly level: 'route' | 'router' | 'mount';
}

export interface Route {
  readonly method: RouteMethod;
  /**
   * From the root of the server: parameters as `:name`, the rest of a path as `*`, a part that is not known as `:?`; procedures of tRPC as dotted names,
   * GraphQL operations as the name of the field.
   */
  readonly path: string;
  /** All paths, when its router is mounted at several places; the first is `path`. */
  readonly paths: readonly string[];
  /** As written at the route. */
  readonly ownPath: string;
  /** The literal of the own path, where there is one. */
  readonly ownPathSpan?: Span;
  readonly file: SourceFile;
  /** The registration: the call, the decorator, the property of a procedure or of a service's method, the exported handler. */
  readonly span: Span;
  /** Id of the library. */
  readonly framework: string;
  readonly kind: RouteKind;
  readonly handler?: FunctionRef;
  /** Wrappers around the handler, outermost first: `asyncHandler(withAuth(fn))`. */
  readonly wrappers: readonly Middleware[];
  /** In the order in which they run. */
  readonly middlewares: readonly Middleware[];
  readonly controller?: ClassRef;
  /** Names what it is registered on, and in which stretch of code: routes of one sequence are registered in the order in which they stand. */
  readonly sequence?: string;
  /** `partial`: mounted by something that is not known, or under a path that is not known. */
  readonly resolved: 'full' | 'partial';
}

/** A route before its path is joined with where it is mounted. */
export type OwnRoute = Omit<Route, 'path' | 'paths' | 'resolved'>;

/** RPC by name over HTTP: one dotted or slashless procedure name. */
export function isRpcPath(path: string): boolean {
  return /(^|\/)[A-Za-z][\w-]*\.[A-Za-z][\w]*$/.test(path) && !/\.(json|xml|txt|html?|js|css|map|ico|png|svg|ya?ml|csv|pdf|webmanifest)$/.test(path);
}
