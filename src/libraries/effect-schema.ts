import { membersNamed, validates } from './validation-calls.ts';
import type { Library } from './types.ts';

const DECODERS = ['decodeUnknownSync', 'decodeUnknownEither', 'decodeUnknownOption', 'decodeUnknown', 'decodeUnknownPromise', 'decodeSync', 'decode', 'decodeEither', 'validate', 'validateSync', 'is', 'asserts'];

/** Schema of Effect: `Schema.decodeUnknownSync(schema)(value)`. https://effect.website/docs/schema/getting-started/ */
export const effectSchema: Library = {
  id: 'effect-schema',
  title: 'Effect Schema',
  category: 'validation',
  packages: ['@effect/schema', 'effect/Schema', 'effect'],
  types: {
    module: { members: { Schema: 'functions', ...membersNamed(DECODERS, 'makesDecoder') } },
    functions: { members: membersNamed(DECODERS, 'makesDecoder') },
    makesDecoder: { call: { returns: 'decoder' } },
    decoder: validates(),
  },
};
