import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-drop-referenced',
  docs: { chapter: 'migrations', description: 'Disallow dropping a column or table that code may still use', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    dropColumn:
      'Column `{{column}}` of `{{table}}` is dropped. ' +
      'Every query of a running release that names it fails from then on, and its values are gone. {{remedy}}',
    recreateColumn:
      'Column `{{column}}` of `{{table}}` is dropped and created anew. ' +
      'Its values are gone, and a running release reads the new column as if it were the old one. {{remedy}}',
    dropTable: 'Table `{{table}}` is dropped. Every query of a running release that names it fails from then on, and its rows are gone. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['dropColumn', 'recreateColumn', 'dropTable']);
  },
});
