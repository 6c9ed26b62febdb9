import { verbMembers } from './http-verbs.ts';
import { INPUT_TYPES } from './request-input.ts';
import type { CallSpec, Library, LibraryType, ValidatedParts } from './types.ts';

const HANDLER = ['request', 'reply'] as const;
const SAME: LibraryType = { call: { returns: 'this' } };
const PLUGIN = ['instance'] as const;
/** Hooks of a route, in the order in which they run. https://fastify.dev/docs/latest/Reference/Lifecycle/ */
const HOOKS = ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const;

/** https://fastify.dev/docs/latest/Reference/Validation-and-Serialization/ */
const VALIDATES: ValidatedParts = { key: 'schema', parts: { body: 'body', querystring: 'query', query: 'query', params: 'params', headers: 'headers' } };

/** Fastify 4 and 5. https://fastify.dev/docs/latest/Reference/ */
export const fastify: Library = {
  id: 'fastify',
  title: 'Fastify',
  category: 'http',
  contexts: [{ kind: 'decorated', modules: ['fastify'], methods: ['decorate', 'decorateRequest', 'decorateReply'], augments: ['fastify'] }],
  packages: ['fastify'],
  returned: 'body',
  types: {
    module: {
      call: { returns: 'instance' },
      members: {
        fastify: { call: { returns: 'instance' } },
        Fastify: { call: { returns: 'instance' } },
        FastifyInstance: { instance: 'instance' },
        FastifyBaseInstance: { instance: 'instance' },
        FastifyRequest: { instance: 'request' },
        FastifyReply: { instance: 'reply' },
        FastifyPluginAsync: { instance: 'plugin' },
        FastifyPluginCallback: { instance: 'plugin' },
        FastifyPlugin: { instance: 'plugin' },
        RouteHandler: { instance: 'handler' },
        RouteHandlerMethod: { instance: 'handler' },
        preHandlerHookHandler: { instance: 'handler' },
        preHandlerAsyncHookHandler: { instance: 'handler' },
        onRequestHookHandler: { instance: 'handler' },
        onRequestAsyncHookHandler: { instance: 'handler' },
        default: 'module',
      },
    },
    plugin: { parameters: PLUGIN },
    handler: { parameters: HANDLER },
    instance: {
      router: 'root',
      members: {
        ...verbMembers(HANDLER, 0, 1, { middlewares: HOOKS, handler: 'handler', validates: VALIDATES }),
        route: {
          call: {
            returns: 'this',
            defers: true,
            effect: { kind: 'routeObject', method: 'method', path: 'url', handler: 'handler', argument: 0, middlewares: HOOKS, validates: VALIDATES },
          },
        },
        register: { call: { returns: 'this', callbacks: { 0: PLUGIN }, effect: { kind: 'plugin', plugin: 0, options: 1, prefixKey: 'prefix' } } },
        withTypeProvider: SAME,
        after: { call: { returns: 'this', defers: true } },
        ready: { call: { defers: true } },
        addHook: { call: { returns: 'this', callbacks: { 1: HANDLER }, defers: true, effect: { kind: 'hook', name: 0, handler: 1, hooks: HOOKS } } },
        setErrorHandler: { call: { returns: 'this', callbacks: { 0: [{}, ...HANDLER] }, defers: true } },
        setNotFoundHandler: { call: { returns: 'this', callbacks: { '*': HANDLER }, defers: true } },
        decorate: SAME,
        decorateRequest: SAME,
        decorateReply: SAME,
        addSchema: SAME,
        setValidatorCompiler: SAME,
        setSerializerCompiler: SAME,
        listen: { call: { defers: true } },
      },
    },
    request: { members: { body: 'bodyInput', query: 'queryInput', params: 'paramsInput', headers: 'headersInput', cookies: 'cookiesInput', server: 'instance', '*': {} } },
    ...INPUT_TYPES,
    reply: {
      members: {
        code: { call: { returns: 'this', effect: { kind: 'status', argument: 0 } } },
        status: { call: { returns: 'this', effect: { kind: 'status', argument: 0 } } },
        send: { call: { returns: 'this', effect: { kind: 'response', body: 0, format: 'any' } } },
        redirect: { call: { returns: 'this', effect: { kind: 'response', format: 'redirect' } } },
        sendFile: { call: { returns: 'this', effect: { kind: 'response', format: 'file' } } },
        download: { call: { returns: 'this', effect: { kind: 'response', format: 'file' } } },
        view: { call: { returns: 'this', effect: { kind: 'response', format: 'html' } } },
        hijack: { call: { returns: 'this', effect: { kind: 'response', format: 'stream' } } },
        callNotFound: { call: { effect: { kind: 'response', format: 'any', status: 404 } } },
        header: SAME,
        headers: SAME,
        type: SAME,
        removeHeader: SAME,
        serializer: SAME,
        setCookie: SAME,
        cookie: SAME,
        clearCookie: SAME,
        server: 'instance',
        request: 'request',
      },
      assign: { statusCode: { kind: 'status', argument: 0 } },
    },
  },
};

const WRAP: CallSpec = { callbacks: { 0: ['fastify:instance'] }, wraps: 0 };

/** A plugin that registers on the scope it is given instead of one of its own. https://github.com/fastify/fastify-plugin */
export const fastifyPlugin: Library = {
  id: 'fastify',
  title: 'Fastify',
  category: 'http',
  packages: ['fastify-plugin'],
  types: { module: { call: WRAP, members: { default: 'module', fastifyPlugin: 'module' } } },
};

/** https://github.com/fastify/fastify-autoload */
export const fastifyAutoload: Library = {
  id: 'fastify',
  title: 'Fastify',
  category: 'http',
  packages: ['@fastify/autoload', 'fastify-autoload'],
  types: {
    module: {
      call: { effect: { kind: 'pluginFolder', folderKey: 'dir', optionsKey: 'options', prefixKey: 'prefix' } },
      members: { default: 'module', fastifyAutoload: 'module' },
    },
  },
};
