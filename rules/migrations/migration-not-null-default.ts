import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-not-null-default',
  docs: {
    chapter: 'migrations',
    description: 'Require a default or a validated check before a column of an existing table becomes NOT NULL',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    addNotNull:
      'Column `{{column}}` is added to `{{table}}` as NOT NULL without a default. ' +
      'The migration fails as soon as the table has a row, and inserts of the running release fail. {{remedy}}',
    addNotNullEmptied:
      'Column `{{column}}` is added to `{{table}}` as NOT NULL without a default. ' +
      'The table is empty by then, but every insert of the running release fails from then on. {{remedy}}',
    addNotNullImplicit:
      'Column `{{column}}` is added to `{{table}}` as NOT NULL without a default. ' +
      'The rows that are there get 0 or an empty string, and inserts of the running release fail in strict mode (error 1364). {{remedy}}',
    setNotNull:
      'Column `{{column}}` of `{{table}}` becomes NOT NULL. ' +
      'Every row is read under an AccessExclusive lock, which stops reads and writes, and one NULL makes the migration fail. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['addNotNull', 'addNotNullEmptied', 'addNotNullImplicit', 'setNotNull']);
  },
});
