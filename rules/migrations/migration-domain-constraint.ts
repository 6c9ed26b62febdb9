import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-domain-constraint',
  docs: { chapter: 'migrations', description: 'Require constraints of a domain that is in use to be added as NOT VALID', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    domainScans:
      'Domain `{{domain}}` gets a constraint that is checked at once. ' +
      'Every table with a column of this domain is read under a Share lock, which stops writes. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['domainScans']);
  },
});
