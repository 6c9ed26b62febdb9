import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-prefer-type',
  docs: { chapter: 'migrations', description: 'Disallow types of columns that cause trouble later', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    preferType: 'Column `{{column}}` of `{{table}}` is `{{type}}`. {{why}}. Use `{{better}}`.',
  },
  check(context) {
    reportHazards(context, ['preferType']);
  },
});
