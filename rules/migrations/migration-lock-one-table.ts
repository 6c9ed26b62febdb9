import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-lock-one-table',
  docs: {
    chapter: 'migrations',
    description: 'Disallow locking several tables, or the parent of a foreign key, against reads in one transaction without a lock timeout',
    preset: 'migrations-strict',
  },
  judges: 'migrations',
  messages: {
    locksSeveralTables:
      'This locks `{{table}}` against reads while the transaction holds such a lock on `{{first}}`. ' +
      'Both are held until it ends, and a transaction that takes them in another order is a deadlock. {{remedy}}',
    locksParent:
      '{{what}} also takes an AccessExclusive lock on `{{parent}}`: ' +
      'it waits for all that read that table, and makes all later readers wait. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['locksSeveralTables', 'locksParent']);
  },
});
