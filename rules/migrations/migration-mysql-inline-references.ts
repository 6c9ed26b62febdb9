import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-mysql-inline-references',
  docs: { chapter: 'migrations', description: 'Disallow REFERENCES written at a column, which MySQL passes over before 9.0', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    inlineReferencesIgnored:
      '`REFERENCES` at the column `{{column}}` of `{{table}}` makes no foreign key: MySQL reads it and does nothing, without a warning, before 9.0. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['inlineReferencesIgnored']);
  },
});
