import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-sqlite-add-column',
  docs: { chapter: 'migrations', description: 'Disallow columns that SQLite cannot add to an existing table', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    addColumnFails: 'Column `{{column}}` is added to `{{table}}` with {{what}}. SQLite refuses that {{when}}, so the migration fails. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['addColumnFails']);
  },
});
