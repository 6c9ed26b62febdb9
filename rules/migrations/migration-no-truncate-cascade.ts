import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-no-truncate-cascade',
  docs: { chapter: 'migrations', description: 'Disallow TRUNCATE … CASCADE, which empties tables that it does not name', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    truncateCascade: '`TRUNCATE {{table}} CASCADE` also empties every table that refers to it, directly or through others. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['truncateCascade']);
  },
});
