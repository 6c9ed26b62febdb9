import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-domain-constraint',
  docs: { chapter: 'migrations', description: 'Disallow checking a constraint of a domain in all tables that use it', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    domainScans:
      'A constraint of the domain `{{domain}}` is checked in {{tables}}. ' +
      'All rows are read under Share locks, which stop writes until the transaction ends. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['domainScans']);
  },
});
