import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-consistent-name',
  docs: { chapter: 'migrations', description: 'Require names of tables and columns to keep the style of nearly all others', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    inconsistentName: 'The {{what}} `{{name}}` is not in {{style}}, as nearly all others of this database are. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['inconsistentName']);
  },
});
