import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-drop-not-null',
  docs: { chapter: 'migrations', description: 'Disallow making a column nullable while a release runs that reads it as never NULL', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    dropNotNull: 'Column `{{column}}` of `{{table}}` may be NULL from now on. A running release that reads it as always there fails at the first NULL. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['dropNotNull']);
  },
});
