import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-transaction-opt-out',
  docs: {
    chapter: 'migrations',
    description: 'Disallow leaving the transaction of the migration tool in a way that the tool refuses or that makes it wait for itself',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    transactionOptOutRefused:
      'This migration leaves the transaction, but {{tool}} runs all pending migrations in one and fails before it runs any ({{evidence}}). {{remedy}}',
    optOutOnOtherConnection:
      'This migration leaves the transaction, so {{tool}} runs it on another connection while the transaction of all pending migrations stays open. ' +
      'There it does not see what they created, and waits without end for a table that they altered. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['transactionOptOutRefused', 'optOutOnOtherConnection']);
  },
});
