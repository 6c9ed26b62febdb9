import { BUILDER, membersNamed, schemaType, validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** Zod 3 and 4, Zod Mini; the functions of Zod 4 take the schema first. https://zod.dev/basics */
export const zod: Library = {
  id: 'zod',
  title: 'Zod',
  category: 'validation',
  packages: ['zod', 'nestjs-zod', 'zod-openapi', 'zod-form-data'],
  types: {
    module: { members: { ...membersNamed(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'decode', 'safeDecode', 'decodeAsync', 'safeDecodeAsync'], validates(1)), z: 'module', zod: 'module', default: 'module', '*': 'builder' } },
    builder: BUILDER,
    schema: schemaType(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'spa', 'decode', 'safeDecode', 'decodeAsync', 'safeDecodeAsync']),
  },
};
