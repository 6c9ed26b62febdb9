import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-mysql-algorithm',
  docs: { chapter: 'migrations', description: 'Disallow ALGORITHM and LOCK clauses that MySQL or MariaDB refuses', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    algorithmRefused: '`{{demand}}` is refused with error {{error}}, so the migration fails: {{what}}. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['algorithmRefused']);
  },
});
