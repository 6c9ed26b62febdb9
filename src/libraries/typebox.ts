import { membersNamed, validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** https://github.com/sinclairzx81/typebox */
export const typebox: Library = {
  id: 'typebox',
  title: 'TypeBox',
  category: 'validation',
  packages: ['@sinclair/typebox', 'typebox'],
  types: {
    module: { members: {
        Value: { members: membersNamed(['Check', 'Parse', 'Decode', 'Assert', 'Errors'], validates(1)) },
        TypeCompiler: { members: { Compile: { call: { returns: 'compiled' } } } },
        Compile: { call: { returns: 'compiled' } },
        TypeCheck: { instance: 'compiled' },
        Check: validates(1),
        Parse: validates(1),
        default: 'module',
      } },
    compiled: { members: membersNamed(['Check', 'Parse', 'Decode', 'Errors'], validates()) },
  },
};
