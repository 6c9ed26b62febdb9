import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-concurrent-index',
  docs: {
    chapter: 'migrations',
    description: 'Require indexes of existing tables to be created and dropped concurrently, outside of a transaction',
    preset: 'migrations',
  },
  judges: 'migrations',
  hasSuggestions: true,
  messages: {
    createIndex: 'Index `{{index}}` is created on `{{table}}` without `CONCURRENTLY`. Writes to the table wait until all its rows have been read. {{remedy}}',
    createIndexOnPartitioned:
      'Index `{{index}}` is created on the partitioned table `{{table}}`. ' +
      'Writes to all its partitions wait until all rows have been read. {{remedy}}',
    dropIndex:
      'Index `{{index}}` is dropped without `CONCURRENTLY`. ' +
      'That needs an AccessExclusive lock on {{place}}; while it waits for running queries, all later ones wait behind it. {{remedy}}',
    reindex: '`{{what}}` keeps writers from the table and readers from the index until it is built anew. {{remedy}}',
    concurrentlyInTransaction: '`{{what}}` runs inside a transaction: {{by}}. PostgreSQL refuses that with error 25001, so the migration fails. {{remedy}}',
    timeoutWhileConcurrent:
      '`{{index}}` is built concurrently while `{{setting}}` is {{value}}. Building waits for every older snapshot, also on other tables; ' +
      'when the time is up it fails and leaves an invalid index behind. {{remedy}}',
    refusesTransaction: '`{{what}}` runs inside a transaction: {{by}}. PostgreSQL refuses that with error 25001, so the migration fails. {{remedy}}',
    insertConcurrently: 'Insert `CONCURRENTLY`.',
  },
  check(context) {
    reportHazards(
      context,
      ['createIndex', 'createIndexOnPartitioned', 'dropIndex', 'reindex', 'concurrentlyInTransaction', 'refusesTransaction', 'timeoutWhileConcurrent'],
      'insertConcurrently',
    );
  },
});
