import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-safe-partition',
  docs: {
    chapter: 'migrations',
    description: 'Disallow attaching or detaching partitions in a way that reads them, or stops their table',
    preset: 'migrations',
  },
  judges: 'migrations',
  hasSuggestions: true,
  messages: {
    attachScans:
      'Partition `{{partition}}` is attached to `{{table}}` without a check that proves its bounds. ' +
      'All its rows are read under an AccessExclusive lock on it. {{remedy}}',
    defaultPartitionScans:
      '`{{table}}` gets a partition while it has the default partition `{{partition}}`. ' +
      'All rows of that one are read under an AccessExclusive lock, which stops reads and writes. {{remedy}}',
    detachPartition:
      'Partition `{{partition}}` is detached under an AccessExclusive lock on `{{table}}`, ' +
      'which waits for all running queries and makes all later ones wait. {{remedy}}',
    detachConcurrently: 'Detach it `CONCURRENTLY`. PostgreSQL refuses that where there is a default partition.',
  },
  check(context) {
    reportHazards(context, ['attachScans', 'defaultPartitionScans', 'detachPartition'], 'detachConcurrently');
  },
});
