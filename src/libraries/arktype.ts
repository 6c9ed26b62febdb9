import { validates } from './validation-calls.ts';
import type { Library } from './types.ts';

/** A type is a function that validates. https://arktype.io */
export const arktype: Library = {
  id: 'arktype',
  title: 'ArkType',
  category: 'validation',
  packages: ['arktype'],
  types: {
    module: { members: { type: 'builder', scope: { call: { returns: 'scope' } }, Type: { instance: 'schema' } } },
    builder: { call: { returns: 'schema' }, members: { '*': 'builder' } },
    scope: { members: { export: { call: { returns: 'scope' } }, type: 'builder', '*': 'schema' } },
    schema: { call: { effect: { kind: 'validation', argument: 0 } }, members: { assert: validates(), allows: validates(), '*': 'method' } },
    method: { call: { returns: 'schema' } },
  },
};
