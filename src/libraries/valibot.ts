import { BUILDER, membersNamed, schemaType, validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** https://valibot.dev/guides/parse-data/ */
export const valibot: Library = {
  id: 'valibot',
  title: 'Valibot',
  category: 'validation',
  packages: ['valibot'],
  types: {
    module: { members: { ...membersNamed(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'is'], validates(1)), assert: validates(1), parser: { call: { returns: 'parser' } }, safeParser: { call: { returns: 'parser' } }, v: 'module', '*': 'builder' } },
    builder: BUILDER,
    schema: schemaType([]),
    parser: validates(),
  },
};
