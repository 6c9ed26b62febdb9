import type { CallSpec, Library, LibraryType, RequestPart } from './types.ts';

const ALL: readonly RequestPart[] = ['body', 'query', 'params', 'headers', 'cookies'];
/** `body('email').isEmail()`: what the chain is called with names a field. */
const field = (parts: readonly RequestPart[]): LibraryType => ({ call: chainOf(parts) });

function chainOf(parts: readonly RequestPart[]): CallSpec {
  return { returns: 'chain', effect: { kind: 'validator', parts } };
}

/** https://express-validator.github.io/docs/ */
export const expressValidator: Library = {
  id: 'express-validator',
  title: 'express-validator',
  category: 'validation',
  packages: ['express-validator'],
  types: {
    module: {
      members: {
        body: field(['body']),
        query: field(['query']),
        param: field(['params']),
        header: field(['headers']),
        cookie: field(['cookies']),
        check: field(ALL),
        oneOf: field(ALL),
        checkExact: field(ALL),
        checkSchema: field(ALL),
        buildCheckFunction: { call: { returns: 'check' } },
        default: 'module',
      },
    },
    check: field(ALL),
    chain: { members: { '*': { call: { returns: 'chain' } } } },
  },
};
