import type { Library } from './types.ts';

/** https://github.com/arb/celebrate */
export const celebrate: Library = {
  id: 'celebrate',
  title: 'celebrate',
  category: 'validation',
  packages: ['celebrate'],
  types: {
    module: {
      members: {
        celebrate: { call: { effect: { kind: 'validator', parts: { keysOf: 0 } } } },
        celebrator: { call: { returns: 'celebrate' } },
        Joi: 'joi:module',
      },
    },
    celebrate: { call: { effect: { kind: 'validator', parts: { keysOf: 0 } }, returns: 'celebrate' } },
  },
};
