import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-mysql-partial',
  docs: { chapter: 'migrations', description: 'Require one schema change per MySQL migration, because each commits by itself', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    partiallyApplied:
      'This migration changes the schema {{count}} times, and in MySQL each change commits by itself. ' +
      'When a later one fails, the earlier ones stay, and the migration can neither go on nor be run again. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['partiallyApplied']);
  },
});
