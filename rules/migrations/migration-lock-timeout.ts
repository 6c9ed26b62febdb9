import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-lock-timeout',
  docs: { chapter: 'migrations', description: 'Require a lock timeout before a statement whose lock makes others wait', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    missingLockTimeout: 'This takes {{article}} {{mode}} lock on `{{table}}` without a `lock_timeout`. {{waiting}}. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['missingLockTimeout']);
  },
});
