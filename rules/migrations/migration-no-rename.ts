import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-rename',
  docs: { chapter: 'migrations', description: 'Disallow renaming a column or table that a running release uses', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    renameColumn:
      'Column `{{from}}` of `{{table}}` is renamed to `{{to}}`. The release that is still running asks for `{{from}}` and fails from then on. {{remedy}}',
    renameTable: 'Table `{{table}}` is renamed to `{{to}}`. The release that is still running asks for `{{from}}` and fails from then on. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['renameColumn', 'renameTable']);
  },
});
