import { BUILDER, schemaType } from './validation-calls.ts';
import type { Library } from './types.ts';

/** https://github.com/gcanti/io-ts */
export const ioTs: Library = {
  id: 'io-ts',
  title: 'io-ts',
  category: 'validation',
  packages: ['io-ts', 'io-ts-types'],
  types: {
    module: { members: { '*': 'builder' } },
    builder: BUILDER,
    schema: schemaType(['decode', 'is', 'validate']),
  },
};
