import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-type-change',
  docs: { chapter: 'migrations', description: 'Disallow changing the type of a column in a way that rewrites its table', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    typeRewrite:
      'Column `{{column}}` of `{{table}}` changes from `{{from}}` to `{{to}}`. ' +
      'The whole table is rewritten under an AccessExclusive lock, which stops reads and writes. {{remedy}}',
    typeMayRewrite:
      'Column `{{column}}` of `{{table}}` changes its type to `{{to}}`. ' +
      'The table or its indexes may be rewritten under an AccessExclusive lock, which stops reads and writes. {{remedy}}',
    typeUnlessUtc:
      'Column `{{column}}` of `{{table}}` changes from `{{from}}` to `{{to}}`. ' +
      'Unless the session\'s time zone is UTC, the whole table is rewritten under an AccessExclusive lock. {{remedy}}',
    typeScans:
      'Column `{{column}}` of `{{table}}` changes to `{{to}}`. Its values stay as they are, but a constraint or an index on it is checked or built anew: ' +
      'every row is read under an AccessExclusive lock, which stops reads and writes. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['typeRewrite', 'typeMayRewrite', 'typeUnlessUtc', 'typeScans']);
  },
});
