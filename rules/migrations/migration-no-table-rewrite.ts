import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-table-rewrite',
  docs: {
    chapter: 'migrations',
    description: 'Disallow commands that copy a whole table or materialized view while nobody can read it',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    rewriteCommand: '`{{command}}` copies {{table}} under an AccessExclusive lock, which stops reads and writes for as long. {{remedy}}',
    refreshBlocking: 'Materialized view `{{view}}` is refreshed under an AccessExclusive lock: nobody can read it until its query has run. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['rewriteCommand', 'refreshBlocking']);
  },
});
