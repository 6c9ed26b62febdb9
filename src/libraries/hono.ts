import { routeCall, verbMembers } from './http-verbs.ts';
import { INPUT_TYPES } from './request-input.ts';
import type { Effect, Library, LibraryType, ValidatedParts } from './types.ts';

const HANDLER = ['context', 'next'] as const;

type ResponseEffect = Extract<Effect, { kind: 'response' }>;

const respond = (format: ResponseEffect['format'], body?: number): LibraryType => ({
  call: { returns: 'answer', effect: { kind: 'response', format, status: { argument: 1 }, ...(body === undefined ? {} : { body }) } },
});

const APP: LibraryType = { construct: { returns: 'app' }, instance: 'app' };
const MIDDLEWARE: LibraryType = { call: { callbacks: { '*': HANDLER }, defers: true } };

/** https://github.com/honojs/middleware/tree/main/packages/zod-openapi */
const VALIDATES: ValidatedParts = { key: 'request', parts: { body: 'body', query: 'query', params: 'params', headers: 'headers', cookies: 'cookies' } };

/** Hono 4 and @hono/zod-openapi. https://hono.dev/docs/api/hono */
export const hono: Library = {
  id: 'hono',
  title: 'Hono',
  category: 'http',
  packages: ['hono', '@hono/zod-openapi'],
  returned: 'response',
  types: {
    module: {
      members: {
        Hono: APP,
        OpenAPIHono: APP,
        createRoute: { call: { wraps: 0 } },
        createMiddleware: MIDDLEWARE,
        createFactory: { call: { returns: 'factory' } },
        Factory: { construct: { returns: 'factory' }, instance: 'factory' },
        Context: { instance: 'context' },
        Next: { instance: 'next' },
        Handler: { instance: 'handler' },
        MiddlewareHandler: { instance: 'handler' },
        RouteHandler: { instance: 'handler' },
        default: 'module',
      },
    },
    factory: {
      members: {
        createApp: { call: { returns: 'app' } },
        createMiddleware: MIDDLEWARE,
        createHandlers: MIDDLEWARE,
      },
    },
    app: {
      router: 'root',
      members: {
        ...verbMembers(HANDLER, 0, 1),
        on: { call: routeCall({ argument: 0 }, HANDLER, 1, 2) },
        use: { call: { returns: 'this', callbacks: { '*': HANDLER }, defers: true, effect: { kind: 'mount', path: 0 } } },
        route: { call: { returns: 'this', effect: { kind: 'mount', path: 0 } } },
        basePath: { call: { returns: 'app', effect: { kind: 'prefix', argument: 0, on: 'result' } } },
        openapi: {
          call: {
            returns: 'this',
            callbacks: { '*': HANDLER },
            defers: true,
            effect: { kind: 'routeObject', method: 'method', path: 'path', handler: 1, argument: 0, middlewares: ['middleware'], validates: VALIDATES },
          },
        },
        doc: { call: { returns: 'this' } },
        doc31: { call: { returns: 'this' } },
        onError: { call: { returns: 'this', callbacks: { 0: [{}, 'context'] }, defers: true } },
        notFound: { call: { returns: 'this', callbacks: { 0: ['context'] }, defers: true } },
      },
    },
    context: {
      members: {
        req: 'request',
        json: respond('json', 0),
        text: respond('text', 0),
        html: respond('html', 0),
        body: respond('any', 0),
        newResponse: respond('any', 0),
        redirect: respond('redirect'),
        render: respond('html'),
        notFound: { call: { returns: 'answer', effect: { kind: 'response', format: 'any', status: 404 } } },
        status: { call: { effect: { kind: 'status', argument: 0 } } },
        header: { call: {} },
        get: { call: {} },
        set: { call: {} },
      },
    },
    request: {
      members: {
        json: { call: { returns: 'bodyInput' } },
        parseBody: { call: { returns: 'bodyInput' } },
        formData: { call: { returns: 'bodyInput' } },
        text: { call: { returns: 'input' } },
        param: { call: { returns: 'paramsInput' } },
        query: { call: { returns: 'queryInput' } },
        queries: { call: { returns: 'queryInput' } },
        header: { call: { returns: 'headersInput' } },
        valid: { call: { returns: 'validated' } },
      },
    },
    ...INPUT_TYPES,
    validated: { members: { '*': 'validated' } },
    answer: {},
    next: {},
    handler: { parameters: HANDLER },
  },
};
