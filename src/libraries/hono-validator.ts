import { membersNamed } from './validation-calls.ts';
import type { Library, LibraryType } from './types.ts';

const VALIDATOR: LibraryType = { call: { effect: { kind: 'validator', parts: { namedBy: 0 } } } };

/** `zValidator('json', schema)` and its likes; `validator` of Hono itself. https://hono.dev/docs/guides/validation */
export const honoValidator: Library = {
  id: 'hono-validator',
  title: 'Hono validators',
  category: 'validation',
  packages: [/^@hono\/[a-z]+-validator$/, 'hono-openapi', 'hono/validator', '@hono/standard-validator'],
  types: {
    module: {
      members: membersNamed(['zValidator', 'vValidator', 'tbValidator', 'sValidator', 'arktypeValidator', 'typiaValidator', 'validator'], VALIDATOR),
    },
  },
};
