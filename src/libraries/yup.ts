import { BUILDER, schemaType } from './validation-calls.ts';
import type { Library } from './types.ts';

/** https://github.com/jquense/yup */
export const yup: Library = {
  id: 'yup',
  title: 'Yup',
  category: 'validation',
  packages: ['yup'],
  types: {
    module: { members: { default: 'module', '*': 'builder' } },
    builder: BUILDER,
    schema: schemaType(['validate', 'validateSync', 'validateAt', 'validateSyncAt', 'isValid', 'isValidSync', 'cast']),
  },
};
