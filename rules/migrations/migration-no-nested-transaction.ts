import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-nested-transaction',
  docs: {
    chapter: 'migrations',
    description: 'Disallow BEGIN and COMMIT within the transaction of the migration tool, and BEGIN without COMMIT',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    nestedTransaction:
      '`{{what}}` stands in a migration that runs in a transaction already: {{by}}. PostgreSQL only warns; ' +
      'the `COMMIT` that belongs to it then ends the transaction of the tool, and what follows is not undone when it fails. {{remedy}}',
    endedTransaction:
      '`{{what}}` ends the transaction of the tool: {{by}}. ' +
      'What follows runs outside of it, the note that the migration has run included, and is not undone when it fails. {{remedy}}',
    uncommittedTransaction:
      '`BEGIN` has no `COMMIT` in this file. What follows is rolled back when the connection closes, or its locks are held by whatever runs next. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['nestedTransaction', 'endedTransaction', 'uncommittedTransaction']);
  },
});
