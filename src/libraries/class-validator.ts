import { membersNamed, validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** https://github.com/typestack/class-validator */
export const classValidator: Library = {
  id: 'class-validator',
  title: 'class-validator',
  category: 'validation',
  packages: ['class-validator'],
  types: {
    module: { members: membersNamed(['validate', 'validateOrReject', 'validateSync'], validates()) },
  },
};
