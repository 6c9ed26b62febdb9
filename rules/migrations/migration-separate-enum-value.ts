import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-separate-enum-value',
  docs: {
    chapter: 'migrations',
    description: 'Disallow the use of an enum value in the transaction that adds it',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    enumValueInSameTransaction:
      '`{{value}}` is used in the transaction that adds it to the enum `{{type}}`: {{by}}. ' +
      'PostgreSQL refuses that (`unsafe use of new value`), so the migration fails. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['enumValueInSameTransaction']);
  },
});
