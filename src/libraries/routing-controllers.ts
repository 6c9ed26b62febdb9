import { VERB_DECORATORS } from './http-verbs.ts';
import { INPUT_DECORATORS } from './request-input.ts';
import type { Library } from './types.ts';


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
    ...VERB_DECORATORS,
    ...INPUT_DECORATORS,
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
