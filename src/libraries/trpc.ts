import type { Library, LibraryType } from './types.ts';

const SAME: LibraryType = { call: { returns: 'this' } };

const procedure = (method: 'QUERY' | 'MUTATION' | 'SUBSCRIPTION'): LibraryType => ({
  call: { returns: 'builtProcedure', callbacks: { 0: ['options'] }, defers: true, effect: { kind: 'procedure', method, handler: 0 } },
});

/** tRPC 10 and 11. https://trpc.io/docs/server/routers */
export const trpc: Library = {
  id: 'trpc',
  title: 'tRPC',
  category: 'http',
  packages: ['@trpc/server'],
  returned: 'body',
  contexts: [{ kind: 'typed', modules: ['@trpc/server'], member: 'ctx', typedBy: 'context', extendedBy: { method: 'use', passes: 'next', key: 'ctx' } }],
  types: {
    module: {
      members: {
        initTRPC: 'builder',
        lazy: { call: { returns: 'router', effect: { kind: 'lazyProcedures', argument: 0 } } },
        experimental_lazy: { call: { returns: 'router', effect: { kind: 'lazyProcedures', argument: 0 } } },
        default: 'module',
      },
    },
    builder: { members: { context: SAME, meta: SAME, create: { call: { returns: 'root' } } } },
    root: {
      members: {
        router: { call: { returns: 'router', effect: { kind: 'procedures', argument: 0 } } },
        mergeRouters: { call: { returns: 'router', effect: { kind: 'mergedProcedures' } } },
        procedure: 'procedure',
        middleware: { call: { returns: 'middleware', callbacks: { 0: ['options'] }, defers: true } },
        createCallerFactory: { call: { returns: 'callerFactory' } },
      },
    },
    router: { members: { createCaller: { call: { returns: 'caller' } } } },
    procedure: {
      members: {
        input: SAME,
        output: SAME,
        meta: SAME,
        concat: SAME,
        unstable_concat: SAME,
        use: { call: { returns: 'this', callbacks: { 0: ['options'] }, defers: true } },
        query: procedure('QUERY'),
        mutation: procedure('MUTATION'),
        subscription: procedure('SUBSCRIPTION'),
      },
    },
    builtProcedure: {},
    middleware: { members: { unstable_pipe: { call: { returns: 'this', callbacks: { 0: ['options'] }, defers: true } } } },
    callerFactory: { call: { returns: 'caller' } },
    caller: { members: { '*': 'caller' } },
    options: { members: { ctx: 'context', input: 'input', next: { call: {} } } },
    context: { members: { '*': {} } },
    input: { members: { '*': 'input' } },
  },
};
