import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-constraint-not-valid',
  docs: { chapter: 'migrations', description: 'Require checks and foreign keys of existing tables to be added as NOT VALID', preset: 'migrations' },
  judges: 'migrations',
  hasSuggestions: true,
  messages: {
    checkScans:
      'Constraint `{{constraint}}` is added to `{{table}}` and checked at once. ' +
      'Every row is read under an AccessExclusive lock, which stops reads and writes. {{remedy}}',
    foreignKeyScans:
      'Foreign key `{{constraint}}` is added to `{{table}}` and checked at once. ' +
      'All rows are read while ShareRowExclusive locks stop writes to `{{table}}` and to `{{parent}}`. {{remedy}}',
    addNotValid: 'Add it as `NOT VALID`, and validate it in a migration that comes later.',
  },
  check(context) {
    reportHazards(context, ['checkScans', 'foreignKeyScans'], 'addNotValid');
  },
});
