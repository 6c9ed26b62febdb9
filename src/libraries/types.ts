/**
 * What a library looks like: a small table of nominal types. The linker hands over where a value comes from as a path of steps
 * from a package (`express` → get `Router` → call → get `get` → call); these tables say what stands at the end of the path and what calling it does.
 * Names follow the library's own documentation.
 */
export interface Library {
  readonly id: string;
  /** Name as people write it. */
  readonly title: string;
  readonly category: 'http' | 'database' | 'validation' | 'auth' | 'jobs' | 'outbound';
  /** Package names (subpaths included), or patterns over the specifier as resolved. */
  readonly packages: readonly (string | RegExp)[];
  /** Types by name. `module` is what importing the package gives (namespace and default export alike). */
  readonly types: Readonly<Record<string, LibraryType>>;
  readonly contexts?: readonly ContextSpec[];
  /** Decorators by exported name. */
  readonly decorators?: Readonly<Record<string, DecoratorSpec>>;
  /** What a value returned by a handler is: the body to send, or a response made by the library. Absent: nothing. */
  readonly returned?: 'body' | 'response';
  /** Routes that stand in the names of files and folders. */
  readonly fileRoutes?: readonly FileRoutes[];
}

/** Routes by file: the path is what follows `folder`, without extension and `index`; the exports are the handlers. */
export interface FileRoutes {
  /** Folder from which the path counts, as path segments from the package's folder; a leading `src` is optional. */
  readonly folder: string;
  /** What the path starts with. */
  readonly prefix: string;
  /** Name of the file, without extension; absent: any. */
  readonly file?: string;
  /** `methods`: each method has an export of its name. `default`: the default export answers all. */
  readonly handlers: 'methods' | 'default';
}

/** Members that a program itself puts on what the library hands to its functions. */
export type ContextSpec =
  /**
   * The member of a callback's parameter whose type stands at `typedBy<T>()` earlier in the chain, and which middlewares extend:
   * `.use(({ next }) => next({ ctx: { … } }))`.
   */
  | {
      readonly kind: 'typed';
      readonly modules: readonly string[];
      readonly member: string;
      readonly typedBy: string;
      readonly extendedBy: { readonly method: string; readonly passes: string; readonly key: string };
    }
  /** `app.decorate('db', db)`, and interfaces that `declare module` or `declare global` adds members to. */
  | { readonly kind: 'decorated'; readonly modules: readonly string[]; readonly methods: readonly string[]; readonly augments: readonly string[] };

/** A type, by its name in the same library, by `library:type`, or inline. `this` is the type that the member was read from. */
export type TypeRef = string | LibraryType;

export interface LibraryType {
  /** Type of each member; `*` stands for every other name. */
  readonly members?: Readonly<Record<string, TypeRef>>;
  readonly call?: CallSpec;
  /** `new X()`; absent where constructing gives the same as an annotation (`instance`). */
  readonly construct?: CallSpec;
  /** Tagged template. */
  readonly tag?: CallSpec;
  /** Type of a value annotated with this (`x: X`), constructed from it, or whose class extends it. */
  readonly instance?: TypeRef;
  /** Members of this type as well. */
  readonly extends?: TypeRef;
  /** One element of an iterable of this type. */
  readonly element?: TypeRef;
  /** Parameters of a function annotated with this type (`const list: RequestHandler = (req, res) => …`). */
  readonly parameters?: readonly (TypeRef | undefined)[];
  /** Routes are registered on values of this type. `root` answers by itself, a `part` has to be mounted. */
  readonly router?: 'root' | 'part';
  /** Member of a router by which the handler of another route hands on to it: `router.handlers`. */
  readonly servedThrough?: string;
  /** A value of this type is what the client sent in a part of the request, as it came. */
  readonly input?: RequestPart;
  /** What assigning to a member does (`ctx.body = x`); the value assigned is argument 0 of the effect. */
  readonly assign?: Readonly<Record<string, Effect>>;
}

export interface CallSpec {
  readonly returns?: TypeRef;
  /** Types of the parameters given to a function passed as argument, by argument index; `*` for any. */
  readonly callbacks?: Readonly<Partial<Record<number | '*', readonly (TypeRef | undefined)[]>>>;
  /** Types of the parameters where the function passed in has this many, and the library goes by that: `app.use((error, request, response, next) => …)`. */
  readonly callbacksByArity?: Readonly<Record<number, readonly (TypeRef | undefined)[]>>;
  readonly effect?: Effect;
  /** The functions passed in run later, or per request, not while the call is made. */
  readonly defers?: boolean;
  /** Gives back what it is given at this argument, dressed up: `fp(plugin)`, `createRoute({ … })`. */
  readonly wraps?: number;
}

/** Where in a request a client puts data. `body` includes forms and files. */
export type RequestPart = 'body' | 'query' | 'params' | 'headers' | 'cookies';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'ALL';

/**
 * `member`: the name read before the method (`prisma.user.findMany`). `argument`: argument n of the call. `entity`: the type argument or class behind
 * the receiver (`Repository<User>`, `User.findAll`). `chain`: argument of a named method later in the chain (`select().from(users)`).
 */
export type ModelSource =
  | { readonly from: 'member' | 'entity' | 'sql' }
  | { readonly from: 'argument'; readonly index: number }
  | { readonly from: 'chain'; readonly methods: readonly string[] };

export interface QueryEffect {
  readonly kind: 'query';
  readonly operation: 'read' | 'write' | 'raw';
  /** Works on many rows at once (`createMany`, `bulkCreate`, IN lists aside). */
  readonly bulk?: boolean;
  /** Returns a list of rows. */
  readonly many?: boolean;
  readonly model?: ModelSource;
  /**
   * A query builder: the statement is the whole chain of calls. Methods in `writes` turn it into a write; after one in `unsent`
   * it is a fragment or text. Methods in `executes` send it, also where they are called on what another function made of it.
   */
  readonly builder?: { readonly writes?: readonly string[]; readonly unsent?: readonly string[]; readonly executes?: readonly string[] };
  /** Unique lookups that the client batches within one tick (Prisma `findUnique`). */
  readonly batchedPerTick?: boolean;
}

/** An object between the path and the handler of a route: keys of what runs before, and of the handler where it stands inside. */
export interface RouteOptions {
  readonly middlewares: readonly string[];
  readonly handler: string;
  readonly validates?: ValidatedParts;
}

/** Among the options of a route: the key of an object whose keys hold a schema for a part of the request, which the framework validates. */
export interface ValidatedParts {
  readonly key: string;
  readonly parts: Readonly<Record<string, RequestPart>>;
}

/** What is at the other end: an HTTP server, a mail server, a queue, object storage, a language model, the service of an SDK. */
export type IoKind = 'http' | 'mail' | 'queue' | 'storage' | 'model' | 'service';

export type Effect =
  | QueryEffect
  /** Opens a transaction; the callback's queries run in it. `handle`: called without a callback it gives back the transaction. */
  | { readonly kind: 'transaction'; readonly handle?: 'result' }
  /** Begins a transaction that a later call commits, and that is reached through the receiver or through what the call gives back. */
  | { readonly kind: 'transactionBegin'; readonly handle: 'receiver' | 'result' }
  /** Goes over the network to something that is no database of the program, and waits for the answer. */
  | { readonly kind: 'io'; readonly what: IoKind }
  /** Registers a route: `app.get(path, …handlers)`. */
  | {
      readonly kind: 'route';
      readonly methods: readonly HttpMethod[] | { readonly argument: number };
      readonly path: number | 'receiver';
      readonly handlers: number;
      readonly options?: RouteOptions;
    }
  /**
   * A route in one object: `fastify.route({ method, url, handler })`. `handler`: a key of the object, or the first of the arguments that are handlers.
   * `middlewares`: keys of the object that run before.
   */
  | {
      readonly kind: 'routeObject';
      readonly method: string;
      readonly path: string;
      readonly handler: string | number;
      readonly argument: number;
      readonly middlewares?: readonly string[];
      readonly validates?: ValidatedParts;
    }
  /** Fixes a path for the calls chained on it: `app.route('/x').get(h)`. */
  | { readonly kind: 'routePath'; readonly argument: number }
  /** Mounts routers under a path: `app.use('/api', router)`. The router is any argument that is one. */
  | { readonly kind: 'mount'; readonly path?: number; readonly prefixKey?: string }
  /** `mount('/api', app)`: makes a middleware out of a router, to be mounted. */
  | { readonly kind: 'mounted'; readonly path: number; readonly router: number }
  /** Runs a function that registers routes on the scope it is given: `fastify.register(plugin, { prefix })`. */
  | { readonly kind: 'plugin'; readonly plugin: number; readonly options: number; readonly prefixKey: string }
  /** Runs a function before every route of the receiver: `fastify.addHook('preHandler', fn)`, for the named hooks. */
  | { readonly kind: 'hook'; readonly name: number; readonly handler: number; readonly hooks: readonly string[] }
  /** As argument of `plugin`: registers the default exports of the files under a folder, at the path of their folder. */
  | { readonly kind: 'pluginFolder'; readonly folderKey: string; readonly optionsKey: string; readonly prefixKey: string }
  /** As argument of `plugin`: runs the function among the options that registers routes. */
  | { readonly kind: 'pluginRoutes'; readonly routesKey: string }
  /** Makes a router; its options may hold a prefix, what runs before its routes, and a function that registers routes on it. */
  | { readonly kind: 'router'; readonly options: number; readonly prefixKey?: string; readonly middlewaresKey?: string; readonly routesKey?: string }
  /** Serves decorated controllers: all that the module at an argument reaches, or all there are. A prefix may be among the options. */
  | { readonly kind: 'controllers'; readonly module?: number; readonly options?: number; readonly prefixKey?: string }
  /** Puts a version before the path of controllers that have one. */
  | { readonly kind: 'versioning'; readonly options: number }
  /** Paths for whole modules: `RouterModule.register([{ path, module, children }])`. */
  | { readonly kind: 'modulePaths'; readonly argument: number }
  /** Applies every decorator among its arguments. */
  | { readonly kind: 'decorators' }
  /** A prefix for everything registered on the result (`new Hono().basePath('/api')`) or on the receiver (`setGlobalPrefix`). */
  | { readonly kind: 'prefix'; readonly argument: number; readonly on: 'result' | 'receiver'; readonly excludeKey?: string }
  /** A procedure: `t.procedure.query(fn)`. */
  | { readonly kind: 'procedure'; readonly method: 'QUERY' | 'MUTATION' | 'SUBSCRIPTION'; readonly handler: number }
  /** A router of named procedures: `router({ list: … })`. */
  | { readonly kind: 'procedures'; readonly argument: number }
  /** A router of all procedures of the routers among its arguments. */
  | { readonly kind: 'mergedProcedures' }
  /** A router that a function loads: `lazy(() => import('./orders'))`. */
  | { readonly kind: 'lazyProcedures'; readonly argument: number }
  /** Registers the methods of an RPC service: `router.service(OrderService, implementation)`. */
  | { readonly kind: 'service'; readonly service: number; readonly implementation: number }
  /** A compiled `.proto` file, as base64, and one of its services. */
  | { readonly kind: 'fileDescriptor'; readonly argument: number }
  | { readonly kind: 'serviceDescriptor'; readonly file: number; readonly index: number }
  /**
   * Sends a response with the body at an argument; `status` at an argument or fixed. Statuses set earlier in the chain (`res.status(201)`) are read by
   * the `status` effect.
   */
  | {
      readonly kind: 'response';
      readonly body?: number;
      readonly format: 'json' | 'text' | 'html' | 'redirect' | 'file' | 'stream' | 'empty' | 'any';
      readonly status?: number | { readonly argument: number; readonly key?: string };
    }
  | { readonly kind: 'status'; readonly argument: number }
  /** Validates the value at an argument: gives back what is valid, throws, or tells what is wrong with it. */
  | { readonly kind: 'validation'; readonly argument: number }
  /**
   * Makes a middleware that validates parts of the request: the named ones, the one named by an argument, or those that are keys of the object at an
   * argument (all of them where that object is not known).
   */
  | { readonly kind: 'validator'; readonly parts: readonly RequestPart[] | { readonly namedBy: number } | { readonly keysOf: number } };

/** What a decorator says. Applied to classes, members or parameters. */
export type DecoratorSpec =
  /** `@Controller('users')`: routes of its members stand under the path. `pathKey` when the argument may be an object. */
  | { readonly kind: 'controller'; readonly pathKey?: string; readonly versionKey?: string }
  | { readonly kind: 'route'; readonly methods: readonly HttpMethod[] | 'argument' | { readonly key: string }; readonly pathKey?: string }
  /** `@Resolver()`: a class whose members answer GraphQL operations. */
  | { readonly kind: 'resolver' }
  /** `@Query(() => [Order], { name })`: a field of the root type; its name is the member's unless one is given. */
  | { readonly kind: 'operation'; readonly method: 'QUERY' | 'MUTATION' | 'SUBSCRIPTION'; readonly nameKey: string }
  /** Version of a controller or of a route: `@Version('2')`. */
  | { readonly kind: 'version' }
  /** `@Module({ imports, controllers })`. */
  | { readonly kind: 'module' }
  | { readonly kind: 'status' }
  | { readonly kind: 'injectable' }
  | { readonly kind: 'entity' }
  /** The handler answers through the response object it is given. */
  | { readonly kind: 'response' }
  | { readonly kind: 'render' }
  /** A parameter that takes a part of the request, or the field of it that the first argument names. */
  | { readonly kind: 'input'; readonly part: RequestPart }
  | { readonly kind: 'guard' | 'interceptor' | 'pipe' | 'filter' };
