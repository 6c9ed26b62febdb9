import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-lock-timeout',
  docs: { chapter: 'migrations', description: 'Require a lock timeout before a statement whose lock makes others wait', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    missingLockTimeout:
      'This takes a {{mode}} lock on `{{table}}` without a `lock_timeout`. ' +
      'While it waits for a running query, everything that comes later waits behind it, plain reads included. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['missingLockTimeout']);
  },
});
