import { BUILDER, schemaType, validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** https://joi.dev/api/ */
export const joi: Library = {
  id: 'joi',
  title: 'Joi',
  category: 'validation',
  packages: ['joi', '@hapi/joi'],
  types: {
    module: { members: { assert: validates(), attempt: validates(), Joi: 'module', default: 'module', '*': 'builder' } },
    builder: BUILDER,
    schema: schemaType(['validate', 'validateAsync']),
  },
};
