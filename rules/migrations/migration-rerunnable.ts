import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-rerunnable',
  docs: { chapter: 'migrations', description: 'Require statements that commit by themselves to be repeatable', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    notRerunnable: '{{what}} commits by itself. If a later statement of this migration fails, running it again fails here. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['notRerunnable']);
  },
});
