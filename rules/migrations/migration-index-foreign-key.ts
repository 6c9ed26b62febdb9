import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-index-foreign-key',
  docs: { chapter: 'migrations', description: 'Require an index that begins with the columns of each foreign key', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    foreignKeyNotIndexed:
      'No index of `{{table}}` begins with `{{columns}}`, its foreign key to `{{parent}}`. ' +
      'Each delete in `{{parent}}` reads all of `{{table}}`, and so does each join from there. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['foreignKeyNotIndexed']);
  },
});
