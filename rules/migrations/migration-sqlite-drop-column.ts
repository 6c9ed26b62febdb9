import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-sqlite-drop-column',
  docs: {
    chapter: 'migrations',
    description: 'Disallow dropping a column that SQLite still needs for an index, a constraint, a view or a trigger',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    dropColumnFails: 'Column `{{column}}` of `{{table}}` is dropped while {{uses}} needs it. SQLite refuses that, so the migration fails. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['dropColumnFails']);
  },
});
