import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-foreign-key-type',
  docs: { chapter: 'migrations', description: 'Require a foreign key to have the type of the column that it refers to', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    foreignKeyTypeMismatch:
      '`{{column}}` of `{{table}}` is `{{type}}`, the column of `{{parent}}` that it refers to is `{{parentType}}`. ' +
      'Values of the one need not fit into the other, and comparing them may keep an index from being used. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['foreignKeyTypeMismatch']);
  },
});
