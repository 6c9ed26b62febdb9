import { defineRule } from '../../src/findings/define-rule.ts';
import { reportHazards } from './report-hazards.ts';

export default defineRule({
  id: 'migration-mysql-online-ddl',
  docs: { chapter: 'migrations', description: 'Disallow changes of MySQL and MariaDB tables that keep others from writing while they run', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    copiesTable: '`{{table}}` is copied for {{what}}. Nobody can write to it until all rows are in the new table. {{remedy}}',
    blocksWrites: '`{{table}}` takes no writes while this runs, because of {{what}}. {{remedy}}',
    varcharCrossesByte:
      '`{{table}}` is copied for {{what}}: in {{charset}} that grows from {{from}} to {{to}} bytes, and from 256 on a VARCHAR needs two bytes for its length. ' +
      'Nobody can write to it until all rows are in the new table. {{remedy}}',
  },
  check(context) {
    reportHazards(context, ['copiesTable', 'blocksWrites', 'varcharCrossesByte']);
  },
});
