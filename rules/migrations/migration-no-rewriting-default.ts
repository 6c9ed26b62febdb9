import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-rewriting-default',
  docs: { chapter: 'migrations', description: 'Disallow adding a column whose values are computed for each row that is there', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    addRewriting:
      'Column `{{column}}` is added to `{{table}}` and {{cause}}. ' +
      'The whole table and its indexes are rewritten under an AccessExclusive lock, which stops reads and writes. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['addRewriting']);
  },
});
