import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-valid-concurrent-index',
  docs: {
    chapter: 'migrations',
    description: 'Require a retry of a concurrent index to remove the invalid one that a failure has left',
    preset: 'migrations-strict',
  },
  judges: 'migrations',
  messages: {
    keepsInvalidIndex:
      'If building `{{index}}` fails, an invalid index of that name stays. ' +
      '`IF NOT EXISTS` then succeeds without building it, and no query uses it. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['keepsInvalidIndex']);
  },
});
