import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-mixed-backfill',
  docs: {
    chapter: 'migrations',
    description: 'Disallow long writes in one statement, or while the same transaction has locked a table',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    backfillAfterDdl:
      '`{{what}}` on `{{table}}` runs while this transaction holds an AccessExclusive lock on `{{locked}}`. ' +
      'Nobody can read or write `{{locked}}` until all rows are done. {{remedy}}',
    updatesAllRows:
      '`{{what}}` without `WHERE` changes all rows of `{{table}}` at once. ' +
      'Each row stays locked until it ends, replicas fall behind by as long, and a rollback takes longer still. {{remedy}}',
    unbatchedWrite:
      '`{{what}}` without `WHERE` changes all rows of `{{table}}` at once. ' +
      'Others that write to them wait until it ends, and the table grows by as many dead rows. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['backfillAfterDdl', 'unbatchedWrite', 'updatesAllRows']);
  },
});
