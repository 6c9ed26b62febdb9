import type { Library, LibraryType } from './types.ts';

const KEYS: LibraryType = { call: { effect: { kind: 'validator', parts: { keysOf: 0 } } } };
const BODY: LibraryType = { call: { effect: { kind: 'validator', parts: ['body'] } } };
const QUERY: LibraryType = { call: { effect: { kind: 'validator', parts: ['query'] } } };
const PARAMS: LibraryType = { call: { effect: { kind: 'validator', parts: ['params'] } } };

/** zod-express-middleware and express-zod-safe. https://github.com/Aquila169/zod-express-middleware */
export const zodMiddleware: Library = {
  id: 'zod-middleware',
  title: 'Zod for Express',
  category: 'validation',
  packages: ['zod-express-middleware', 'express-zod-safe', 'zod-express'],
  types: {
    module: {
      call: { effect: { kind: 'validator', parts: { keysOf: 0 } } },
      members: {
        validateRequest: KEYS,
        processRequest: KEYS,
        validateRequestBody: BODY,
        processRequestBody: BODY,
        validateRequestQuery: QUERY,
        processRequestQuery: QUERY,
        validateRequestParams: PARAMS,
        processRequestParams: PARAMS,
        default: 'module',
      },
    },
  },
};
