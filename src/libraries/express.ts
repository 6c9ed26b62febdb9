import { routeCall, verbMembers } from './http-verbs.ts';
import { INPUT_TYPES } from './request-input.ts';
import type { Effect, Library, LibraryType } from './types.ts';

const HANDLER = ['request', 'response', 'next'] as const;
const SAME: LibraryType = { call: { returns: 'this' } };

type ResponseEffect = Extract<Effect, { kind: 'response' }>;

const send = (format: ResponseEffect['format'], extra: Partial<ResponseEffect> = {}): LibraryType => ({
  call: { returns: 'this', effect: { kind: 'response', format, ...extra } },
});

/** Express 4 and 5. https://expressjs.com/en/5x/api.html */
export const express: Library = {
  id: 'express',
  title: 'Express',
  category: 'http',
  contexts: [{ kind: 'decorated', modules: ['express'], methods: [], augments: ['express', 'express-serve-static-core', 'global.Express'] }],
  packages: ['express', 'express-promise-router', 'express-serve-static-core', '@types/express'],
  types: {
    module: {
      call: { returns: 'app' },
      members: {
        Router: { call: { returns: 'router' }, construct: { returns: 'router' }, instance: 'router' },
        Application: { instance: 'app' },
        Express: { instance: 'app' },
        IRouter: { instance: 'router' },
        IRoute: { instance: 'routePath' },
        Request: { instance: 'request' },
        Response: { instance: 'response' },
        NextFunction: { instance: 'next' },
        RequestHandler: { instance: 'handler' },
        ErrorRequestHandler: { instance: 'errorHandler' },
        RequestParamHandler: { instance: 'handler' },
        default: 'module',
      },
    },
    app: { extends: 'router', router: 'root' },
    router: {
      router: 'part',
      members: {
        ...verbMembers(HANDLER, 0, 1),
        del: { call: routeCall(['DELETE'], HANDLER, 0, 1) },
        use: {
          call: {
            returns: 'this',
            callbacks: { '*': HANDLER },
            callbacksByArity: { 4: ['error', ...HANDLER] },
            defers: true,
            effect: { kind: 'mount', path: 0 },
          },
        },
        route: { call: { returns: 'routePath', effect: { kind: 'routePath', argument: 0 } } },
        param: { call: { returns: 'this', callbacks: { 1: HANDLER }, defers: true } },
        listen: { call: { defers: true } },
        on: { call: { defers: true } },
      },
    },
    routePath: { router: 'part', members: verbMembers(HANDLER, 'receiver', 0) },
    request: { members: { app: 'app', res: 'response', body: 'bodyInput', query: 'queryInput', params: 'paramsInput', headers: 'headersInput', cookies: 'cookiesInput', '*': {} } },
    ...INPUT_TYPES,
    response: {
      members: {
        json: send('json', { body: 0 }),
        jsonp: send('json', { body: 0 }),
        send: send('any', { body: 0 }),
        end: send('empty'),
        sendStatus: send('empty', { status: { argument: 0 } }),
        render: send('html'),
        redirect: send('redirect'),
        sendFile: send('file'),
        sendfile: send('file'),
        download: send('file'),
        write: send('stream', { body: 0 }),
        status: { call: { returns: 'this', effect: { kind: 'status', argument: 0 } } },
        type: SAME,
        contentType: SAME,
        format: SAME,
        attachment: SAME,
        set: SAME,
        header: SAME,
        append: SAME,
        vary: SAME,
        links: SAME,
        cookie: SAME,
        clearCookie: SAME,
        location: SAME,
        locals: { members: { '*': {} } },
        req: 'request',
      },
      assign: { statusCode: { kind: 'status', argument: 0 } },
    },
    next: {},
    error: {},
    handler: { parameters: HANDLER },
    errorHandler: { parameters: ['error', ...HANDLER] },
  },
};

const WRAP: LibraryType = { call: { callbacks: { '*': HANDLER.map((name) => `express:${name}`) }, wraps: 0, defers: true } };

/** Packages that only wrap a handler to catch what it rejects with. */
export const expressAsyncHandler: Library = {
  id: 'express',
  title: 'Express',
  category: 'http',
  packages: ['express-async-handler', 'express-asyncify', 'express-async-wrap'],
  types: { module: { ...WRAP, members: { default: 'module', asyncHandler: WRAP } } },
};
