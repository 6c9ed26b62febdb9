import { VERBS } from './http-verbs.ts';
import type { DecoratorSpec, Library } from './types.ts';

const NAMES: Readonly<Record<string, string>> = {
  Get: 'get',
  Post: 'post',
  Put: 'put',
  Patch: 'patch',
  Delete: 'delete',
  Head: 'head',
  Options: 'options',
  All: 'all',
};

const routes: Readonly<Record<string, DecoratorSpec>> = Object.fromEntries(
  Object.entries(NAMES).map(([decorator, verb]) => [decorator, { kind: 'route', methods: VERBS[verb] ?? [] }] as const),
);

/** https://github.com/typestack/routing-controllers */
export const routingControllers: Library = {
  id: 'routing-controllers',
  title: 'routing-controllers',
  category: 'http',
  packages: ['routing-controllers'],
  returned: 'body',
  types: {
    module: {
      members: {
        createExpressServer: { call: { returns: 'express:app', effect: { kind: 'controllers', options: 0, prefixKey: 'routePrefix' } } },
        createKoaServer: { call: { returns: 'koa:app', effect: { kind: 'controllers', options: 0, prefixKey: 'routePrefix' } } },
        useExpressServer: { call: { returns: 'express:app', effect: { kind: 'controllers', options: 1, prefixKey: 'routePrefix' } } },
        useKoaServer: { call: { returns: 'koa:app', effect: { kind: 'controllers', options: 1, prefixKey: 'routePrefix' } } },
      },
    },
  },
  decorators: {
    ...routes,
    Controller: { kind: 'controller' },
    JsonController: { kind: 'controller' },
    Method: { kind: 'route', methods: 'argument' },
    HttpCode: { kind: 'status' },
    Res: { kind: 'response' },
    Render: { kind: 'render' },
    UseBefore: { kind: 'guard' },
    UseAfter: { kind: 'interceptor' },
    UseInterceptor: { kind: 'interceptor' },
    Authorized: { kind: 'guard' },
  },
};
