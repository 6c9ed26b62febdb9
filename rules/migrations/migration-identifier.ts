import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-identifier',
  docs: { chapter: 'migrations', description: 'Disallow names that the server shortens or turns into lower case', preset: 'migrations-strict' },
  judges: 'migrations',
  messages: {
    longIdentifier: 'The name of this {{what}} has {{bytes}} bytes. PostgreSQL keeps 63 of them: `{{kept}}`. {{remedy}}',
    foldedName: '`{{name}}` is not quoted: PostgreSQL keeps this {{what}} as `{{kept}}`. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['longIdentifier', 'foldedName']);
  },
});
