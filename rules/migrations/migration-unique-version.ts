import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-unique-version',
  docs: { chapter: 'migrations', description: 'Disallow two migrations of one version', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    duplicateVersion: 'Version {{version}} is that of `{{other}}`, too. The tool refuses the second one, or never runs it. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['duplicateVersion']);
  },
});
