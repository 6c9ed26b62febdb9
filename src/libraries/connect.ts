import type { CallSpec, Library } from './types.ts';

const adapter = (returns: 'server' | 'middleware'): CallSpec => ({
  returns,
  effect: { kind: 'router', options: 0, prefixKey: 'requestPathPrefix', routesKey: 'routes', middlewaresKey: 'interceptors' },
});

/** Connect 1 and 2. https://connectrpc.com/docs/node/implementing-services https://connectrpc.com/docs/node/server-plugins */
export const connect: Library = {
  id: 'connect',
  title: 'Connect',
  category: 'http',
  packages: ['@connectrpc/connect', '@connectrpc/connect-node', '@connectrpc/connect-express', '@connectrpc/connect-fastify'],
  returned: 'body',
  types: {
    module: {
      members: {
        createConnectRouter: { call: { returns: 'router', effect: { kind: 'router', options: 0, middlewaresKey: 'interceptors' } } },
        ConnectRouter: { instance: 'router' },
        connectNodeAdapter: { call: adapter('server') },
        expressConnectMiddleware: { call: adapter('middleware') },
        fastifyConnectPlugin: { call: { effect: { kind: 'pluginRoutes', routesKey: 'routes' } } },
      },
    },
    router: {
      router: 'part',
      servedThrough: 'handlers',
      members: {
        service: { call: { returns: 'this', defers: true, effect: { kind: 'service', service: 0, implementation: 1 } } },
        rpc: { call: { returns: 'this', defers: true } },
      },
    },
    server: { router: 'root' },
    middleware: { router: 'part' },
  },
};

/** What protoc-gen-es writes for services: descriptors of files and of what stands in them. https://github.com/bufbuild/protobuf-es */
export const protobuf: Library = {
  id: 'protobuf',
  title: 'Protobuf-ES',
  category: 'validation',
  packages: ['@bufbuild/protobuf'],
  types: {
    module: {
      members: {
        fileDesc: { call: { effect: { kind: 'fileDescriptor', argument: 0 } } },
        serviceDesc: { call: { effect: { kind: 'serviceDescriptor', file: 0, index: 1 } } },
      },
    },
  },
};
