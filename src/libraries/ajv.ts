import { validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** Ajv 6–8. https://ajv.js.org/api.html */
export const ajv: Library = {
  id: 'ajv',
  title: 'Ajv',
  category: 'validation',
  packages: ['ajv'],
  types: {
    module: { construct: { returns: 'ajv' }, call: { returns: 'ajv' }, instance: 'ajv', members: { Ajv: 'module', default: 'module', ValidateFunction: { instance: 'validator' } } },
    ajv: {
      members: {
        compile: { call: { returns: 'validator' } },
        compileAsync: { call: { returns: 'validator' } },
        getSchema: { call: { returns: 'validator' } },
        addSchema: { call: { returns: 'this' } },
        addFormat: { call: { returns: 'this' } },
        addKeyword: { call: { returns: 'this' } },
        validate: validates(1),
      },
    },
    validator: validates(),
  },
};
