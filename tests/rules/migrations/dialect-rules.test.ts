import { describe, expect, it } from 'vitest';
import mysqlAlgorithm from '../../../rules/migrations/migration-mysql-algorithm.ts';
import mysqlInlineReferences from '../../../rules/migrations/migration-mysql-inline-references.ts';
import mysqlOnlineDdl from '../../../rules/migrations/migration-mysql-online-ddl.ts';
import mysqlPartial from '../../../rules/migrations/migration-mysql-partial.ts';
import noMixedBackfill from '../../../rules/migrations/migration-no-mixed-backfill.ts';
import notNullDefault from '../../../rules/migrations/migration-not-null-default.ts';
import sqliteAddColumn from '../../../rules/migrations/migration-sqlite-add-column.ts';
import sqliteDropColumn from '../../../rules/migrations/migration-sqlite-drop-column.ts';
import sqliteRebuild from '../../../rules/migrations/migration-sqlite-rebuild.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const rules = {
  mysqlAlgorithm, mysqlInlineReferences, mysqlOnlineDdl, mysqlPartial, noMixedBackfill, notNullDefault, sqliteAddColumn, sqliteDropColumn, sqliteRebuild,
};
const MYSQL = 'CREATE TABLE `lines` (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, note VARCHAR(50)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;';
const SQLITE =
  'CREATE TABLE plans (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT); CREATE INDEX plans_name ON plans (name); ' +
  'CREATE TABLE features (plan_id INTEGER REFERENCES plans (id) ON DELETE CASCADE);';
const REBUILD = 'CREATE TABLE n (id INTEGER, name TEXT); INSERT INTO n SELECT id, name FROM plans; DROP TABLE plans; ALTER TABLE n RENAME TO plans; CREATE INDEX plans_name ON plans (name);';

const cases: readonly [rule: keyof typeof rules, before: string, sql: string, message: string][] = [
  [
    'sqliteRebuild', SQLITE, `BEGIN; PRAGMA foreign_keys=OFF; ${REBUILD} COMMIT;`,
    'Table `plans` is built anew, and dropping the old one deletes the rows of `features` that refer to it (ON DELETE CASCADE), where foreign keys are enforced. No error tells of it. `PRAGMA foreign_keys=OFF` does nothing here, because the file has opened a transaction with `BEGIN`. Put `PRAGMA foreign_keys=OFF;` before `BEGIN` and `PRAGMA foreign_keys=ON;` after `COMMIT`; `PRAGMA foreign_key_check` afterwards shows what is broken.',
  ],
  [
    'sqliteRebuild', SQLITE, `PRAGMA foreign_keys=OFF; ${REBUILD.replace('SELECT id, name', 'SELECT id, "label"')} PRAGMA foreign_keys=ON;`,
    "`plans` has no column `label` to copy from. SQLite takes the name in double quotes for a string, and each row gets the text 'label' in `label`. Write the value that the old rows shall have, e.g. `NULL`, instead of `label`.",
  ],
  [
    'sqliteAddColumn', SQLITE, 'ALTER TABLE plans ADD COLUMN made TEXT DEFAULT CURRENT_TIMESTAMP;',
    'Column `made` is added to `plans` with `DEFAULT CURRENT_TIMESTAMP`, which is no constant. SQLite refuses that as soon as the table has a row, so the migration fails. Add the column without a default, fill it with an `UPDATE`, and let the code write the value; or build the table anew: create it with the new columns under another name, copy the rows, drop the old one, rename.',
  ],
  [
    'sqliteDropColumn', SQLITE, 'ALTER TABLE plans DROP COLUMN name;',
    'Column `name` of `plans` is dropped while index `plans_name` needs it. SQLite refuses that, so the migration fails. Before it: `DROP INDEX plans_name;`.',
  ],
  [
    'mysqlOnlineDdl', MYSQL, 'ALTER TABLE `lines` MODIFY note VARCHAR(100);',
    '`lines` is copied for the change of its type from varchar(50) to varchar(100): in utf8mb4 that grows from 200 to 400 bytes, and from 256 on a VARCHAR needs two bytes for its length. Nobody can write to it until all rows are in the new table. There is no online form: on a large table let gh-ost or pt-online-schema-change copy the table in the background, or add a column beside it, write both, fill it in batches and drop the old one later. `ALGORITHM=INPLACE, LOCK=NONE` at the end makes the server refuse instead of blocking.',
  ],
  [
    'mysqlAlgorithm', MYSQL, 'ALTER TABLE `lines` ADD x INT, ALGORITHM=INSTANT, LOCK=NONE;',
    '`ALGORITHM=INSTANT, LOCK=NONE` is refused with error 1221, so the migration fails: MySQL takes no `LOCK` with `ALGORITHM=INSTANT`. Leave `LOCK` out: an instant change locks nothing for long.',
  ],
  [
    'mysqlInlineReferences', MYSQL, 'ALTER TABLE `lines` ADD orderId INT REFERENCES orders (id);',
    '`REFERENCES` at the column `orderId` of `lines` makes no foreign key: MySQL reads it and does nothing, without a warning, before 9.0. Write `ALTER TABLE lines ADD CONSTRAINT lines_orderId_fk FOREIGN KEY (orderId) REFERENCES orders (id);`, or `FOREIGN KEY (orderId) REFERENCES orders (id)` after the columns of the table.',
  ],
  [
    'mysqlPartial', MYSQL, 'ALTER TABLE `lines` ADD x INT; ALTER TABLE `lines` ADD y INT;',
    'This migration changes the schema 2 times, and in MySQL each change commits by itself. When a later one fails, the earlier ones stay, and the migration can neither go on nor be run again. Put each into a migration of its own, or write them so that they can be run again (`IF EXISTS`, `IF NOT EXISTS`).',
  ],
  [
    'notNullDefault', MYSQL, 'ALTER TABLE `lines` ADD x INT NOT NULL;',
    'Column `x` is added to `lines` as NOT NULL without a default. The rows that are there get 0 or an empty string, and inserts of the running release fail in strict mode (error 1364). Give it a `DEFAULT`, or add it as nullable, fill it in batches, and make it NOT NULL in a later migration.',
  ],
  [
    'noMixedBackfill', MYSQL, "UPDATE `lines` SET note = '';",
    '`UPDATE` without `WHERE` changes all rows of `lines` at once. Each row stays locked until it ends, replicas fall behind by as long, and a rollback takes longer still. Write it in batches, from a job outside of the migration: `… WHERE id BETWEEN ? AND ?` or `… LIMIT 1000` until no row is left.',
  ],
];

describe('migration rules for SQLite and MySQL', () => {
  it.each(cases)('%s after %s: %s', (name, before, sql, message) => {
    const rule = rules[name];
    const files = { 'migrations/001_before.sql': before, 'migrations/002_it.sql': sql };
    const { findings } = checkText(files, { rules: [rule], only: [rule.id], judges: 'migrations' });
    expect(findings.filter(({ path }) => path === 'migrations/002_it.sql').map((finding) => finding.message)).toEqual([message]);
  });
});
