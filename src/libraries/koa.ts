import { routeCall, verbMembers } from './http-verbs.ts';
import { INPUT_TYPES } from './request-input.ts';
import type { Library, LibraryType } from './types.ts';

const HANDLER = ['koa:context', 'koa:next'] as const;
const ROUTER: LibraryType = {
  construct: { returns: 'router', effect: { kind: 'router', options: 0, prefixKey: 'prefix' } },
  call: { returns: 'router', effect: { kind: 'router', options: 0, prefixKey: 'prefix' } },
  instance: 'router',
};

const verbs = { ...verbMembers(HANDLER, 0, 1), del: { call: routeCall(['DELETE'], HANDLER, 0, 1) } };

/** Koa 2 and 3, @koa/router, koa-mount, koa-compose. https://koajs.com https://github.com/koajs/router */
export const koa: Library = {
  id: 'koa',
  title: 'Koa',
  category: 'http',
  contexts: [{ kind: 'decorated', modules: ['koa', '@koa/router', 'koa-router'], methods: [], augments: ['koa'] }],
  packages: ['koa'],
  types: {
    module: {
      construct: { returns: 'app' },
      call: { returns: 'app' },
      instance: 'app',
      members: {
        Context: { instance: 'context' },
        ParameterizedContext: { instance: 'context' },
        BaseContext: { instance: 'context' },
        DefaultContext: { instance: 'context' },
        Middleware: { instance: 'handler' },
        Next: { instance: 'next' },
        default: 'module',
      },
    },
    app: {
      router: 'root',
      members: {
        use: { call: { returns: 'this', callbacks: { '*': HANDLER }, defers: true, effect: { kind: 'mount' } } },
        listen: { call: { defers: true } },
        on: { call: { defers: true } },
        callback: { call: {} },
        context: 'context',
      },
    },
    context: {
      members: {
        request: 'request',
        response: 'response',
        query: 'queryInput',
        params: 'paramsInput',
        headers: 'headersInput',
        cookies: {},
        redirect: { call: { effect: { kind: 'response', format: 'redirect' } } },
        throw: { call: {} },
        state: { members: { '*': {} } },
        app: 'app',
      },
      assign: { body: { kind: 'response', body: 0, format: 'any' }, status: { kind: 'status', argument: 0 } },
    },
    request: { members: { body: 'bodyInput', query: 'queryInput', '*': {} } },
    response: {
      members: { redirect: { call: { effect: { kind: 'response', format: 'redirect' } } } },
      assign: { body: { kind: 'response', body: 0, format: 'any' }, status: { kind: 'status', argument: 0 } },
    },
    ...INPUT_TYPES,
    handler: { parameters: HANDLER },
    next: {},
  },
};

/** @koa/router and koa-router. https://github.com/koajs/router/blob/master/API.md */
export const koaRouter: Library = {
  id: 'koa',
  title: 'Koa',
  category: 'http',
  packages: ['@koa/router', 'koa-router', 'koa-joi-router'],
  types: {
    module: {
      ...ROUTER,
      members: {
        Router: ROUTER,
        RouterContext: { instance: 'koa:context' },
        RouterMiddleware: { instance: 'koa:handler' },
        Middleware: { instance: 'koa:handler' },
        default: 'module',
      },
    },
    router: {
      router: 'part',
      members: {
        ...verbs,
        register: { call: routeCall({ argument: 1 }, HANDLER, 0, 2) },
        use: { call: { returns: 'this', callbacks: { '*': HANDLER }, defers: true, effect: { kind: 'mount', path: 0 } } },
        prefix: { call: { returns: 'this', effect: { kind: 'prefix', argument: 0, on: 'receiver' } } },
        routes: { call: { returns: 'this' } },
        middleware: { call: { returns: 'this' } },
        allowedMethods: { call: {} },
        param: { call: { returns: 'this', callbacks: { 1: [undefined, ...HANDLER] }, defers: true } },
      },
    },
  },
};

/** https://github.com/koajs/mount */
export const koaMount: Library = {
  id: 'koa',
  title: 'Koa',
  category: 'http',
  packages: ['koa-mount'],
  types: { module: { call: { effect: { kind: 'mounted', path: 0, router: 1 } }, members: { default: 'module' } } },
};
