import { BUILDER, schemaType, validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** https://docs.superstructjs.org/api-reference/core */
export const superstruct: Library = {
  id: 'superstruct',
  title: 'Superstruct',
  category: 'validation',
  packages: ['superstruct'],
  types: {
    module: { members: { assert: validates(), create: validates(), is: validates(), mask: validates(), validate: validates(), '*': 'builder' } },
    builder: BUILDER,
    schema: schemaType(['assert', 'create', 'is', 'mask', 'validate']),
  },
};
