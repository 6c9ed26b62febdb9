import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-constraint-using-index',
  docs: {
    chapter: 'migrations',
    description: 'Require unique and primary key constraints of existing tables to take over an index that was built concurrently',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    addUnique:
      'Constraint `{{constraint}}` builds its index on `{{table}}` under an AccessExclusive lock, ' +
      'which stops reads and writes until all rows have been read. {{remedy}}',
    addPrimaryKey:
      'Primary key `{{constraint}}` builds its index on `{{table}}` under an AccessExclusive lock, ' +
      'which stops reads and writes until all rows have been read. {{remedy}}',
    addExclusion:
      'Constraint `{{constraint}}` builds its index on `{{table}}` under an AccessExclusive lock, ' +
      'which stops reads and writes until all rows have been read. {{remedy}}',
    primaryKeyNullable:
      'The primary key of `{{table}}` makes {{columns}} NOT NULL. ' +
      'Every row is read under an AccessExclusive lock, which stops reads and writes. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['addUnique', 'addPrimaryKey', 'addExclusion', 'primaryKeyNullable']);
  },
});
