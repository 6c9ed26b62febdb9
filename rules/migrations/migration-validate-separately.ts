import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-validate-separately',
  docs: {
    chapter: 'migrations',
    description: 'Require a constraint to be validated in another transaction than the one that adds it',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    validateInSameTransaction:
      'Constraint `{{constraint}}` is validated in the transaction that added it as `NOT VALID`: {{by}}. ' +
      'Locks last until the transaction ends, so {{held}}. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['validateInSameTransaction']);
  },
});
