import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-sqlite-rebuild',
  docs: {
    chapter: 'migrations',
    description: 'Disallow building a SQLite table anew in a way that loses rows, references, indexes or views',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    rebuildDeletesRows:
      'Table `{{table}}` is built anew, and dropping the old one {{effect}}, where foreign keys are enforced. No error tells of it. {{why}}. {{remedy}}',
    rebuildFails:
      'Table `{{table}}` is built anew, and dropping the old one fails with "FOREIGN KEY constraint failed" as soon as a row of {{children}} refers to it, ' +
      'where foreign keys are enforced. {{why}}. {{remedy}}',
    rebuildRenamesAway:
      'Table `{{table}}` is renamed to `{{other}}` and created anew. The foreign keys of {{children}} follow it to `{{other}}`, ' +
      'and once that is dropped, they refer to nothing. {{remedy}}',
    rebuildLosesIndex: 'Table `{{table}}` is built anew, and the old one takes {{what}} along. {{remedy}}',
    rebuildLosesValues: 'Column `{{column}}` of `{{table}}` is not copied into the new table, so its values are gone. {{remedy}}',
    rebuildBreaksView:
      'Table `{{table}}` is built anew while {{views}} still names it. The rename then fails with "error in view … no such table". {{remedy}}',
    rebuildCopiesName:
      '`{{table}}` has no column `{{column}}` to copy from. SQLite takes the name in double quotes for a string, ' +
      'and each row gets the text \'{{text}}\' in `{{target}}`. {{remedy}}',
    rebuildCopiesMissing: '`{{table}}` has no column `{{column}}` to copy from, so the copy fails with "no such column". {{remedy}}',
  },
  check(context) {
    reportHazards(context, [
      'rebuildDeletesRows', 'rebuildFails', 'rebuildRenamesAway', 'rebuildLosesIndex', 'rebuildLosesValues', 'rebuildBreaksView', 'rebuildCopiesName',
      'rebuildCopiesMissing',
    ]);
  },
});
