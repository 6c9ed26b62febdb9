import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from '../analyze-texts.ts';

const BEFORE =
  "CREATE TABLE `t` (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, n INT, s VARCHAR(50), m VARCHAR(63), l VARCHAR(100), w VARCHAR(255) CHARACTER SET latin1, e ENUM('a','b'), " +
  "f SET('1','2','3','4','5','6','7','8'), x TEXT, d DECIMAL(10,2), g INT AS (n + 1) STORED, r INT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4; CREATE TABLE u (id INT) ENGINE=MyISAM DEFAULT CHARSET=latin1;";

/** Clauses of `ALTER TABLE t` → `kind` of the hazards. Checked against a MariaDB 10.11 server with ALGORITHM=INPLACE, LOCK=NONE, and the MySQL manual. */
const clauses: readonly [clause: string, kinds: readonly string[]][] = [
  ['ADD COLUMN c INT', []],
  ['ADD COLUMN c INT NOT NULL DEFAULT 0 FIRST', []],
  ['ADD COLUMN c INT AS (n + 1) VIRTUAL', []],
  ['ADD COLUMN c INT AS (n + 1) STORED', ['copiesTable']],
  ['ADD COLUMN c INT AUTO_INCREMENT UNIQUE', ['blocksWrites']],
  ['ALTER n SET DEFAULT 1', []],
  ['MODIFY n BIGINT', ['copiesTable']],
  ['MODIFY n INT UNSIGNED', ['copiesTable']],
  ['MODIFY n INT(10)', []],
  ['MODIFY n INT NOT NULL', []],
  ['MODIFY n INT FIRST', []],
  ['MODIFY x LONGTEXT', ['copiesTable']],
  ['MODIFY s TEXT', ['copiesTable']],
  ['MODIFY d DECIMAL(12,2)', ['copiesTable']],
  ['MODIFY s VARCHAR(63)', []],
  ['MODIFY s VARCHAR(64)', ['varcharCrossesByte']],
  ['MODIFY s VARCHAR(40)', ['copiesTable']],
  ['MODIFY m VARCHAR(64)', ['varcharCrossesByte']],
  ['MODIFY l VARCHAR(4000)', []],
  ['MODIFY w VARCHAR(256) CHARACTER SET latin1', ['varcharCrossesByte']],
  ['MODIFY w VARCHAR(255) CHARACTER SET utf8mb4', ['copiesTable']],
  ["MODIFY e ENUM('a','b','c')", []],
  ["MODIFY e ENUM('c','a','b')", ['copiesTable']],
  ["MODIFY e ENUM('a')", ['copiesTable']],
  ["MODIFY f SET('1','2','3','4','5','6','7','8','9')", ['copiesTable']],
  ['MODIFY g INT AS (n + 2) STORED', ['copiesTable']],
  ['MODIFY unseen BIGINT', []],
  ['CONVERT TO CHARACTER SET latin1', ['copiesTable']],
  ['CONVERT TO CHARACTER SET utf8mb4', []],
  ['DEFAULT CHARACTER SET latin1', []],
  ['ADD INDEX (n)', []],
  ['ADD UNIQUE (n)', []],
  ['ADD FULLTEXT (x)', ['blocksWrites']],
  ['ADD SPATIAL INDEX (p)', ['blocksWrites']],
  ['DROP PRIMARY KEY', ['copiesTable']],
  ['DROP PRIMARY KEY, ADD PRIMARY KEY (id, n)', []],
  ['ADD FOREIGN KEY (n) REFERENCES u (id)', ['copiesTable']],
  ['DROP FOREIGN KEY k', []],
  ['ADD CONSTRAINT k CHECK (n > 0)', ['copiesTable']],
  ['ENGINE=InnoDB', []],
  ['ENGINE=MyISAM', ['copiesTable']],
  ['ORDER BY n', ['copiesTable']],
  ['PARTITION BY HASH (id) PARTITIONS 2', ['copiesTable']],
  ['ADD COLUMN c INT, ALGORITHM=COPY', ['copiesTable']],
  ['ADD COLUMN c INT, LOCK=SHARED', ['blocksWrites']],

  ['MODIFY n BIGINT, ALGORITHM=INPLACE, LOCK=NONE', ['algorithmRefused']],
  ['MODIFY n BIGINT, LOCK=NONE', ['algorithmRefused']],
  ['MODIFY n BIGINT, ALGORITHM=COPY', ['copiesTable']],
  ['ADD COLUMN c INT, ALGORITHM=INSTANT', []],
  ['ADD COLUMN c INT, ALGORITHM=INSTANT, LOCK=DEFAULT', []],
  ['ADD COLUMN c INT, ALGORITHM=INSTANT, LOCK=NONE', ['algorithmRefused']],
  ['ADD COLUMN c INT, ALGORITHM=INPLACE, LOCK=NONE', []],
  ['ADD COLUMN c INT, ALGORITHM=COPY, LOCK=NONE', ['algorithmRefused']],
  ['ADD COLUMN c INT, ADD INDEX (n), ALGORITHM=INSTANT', ['algorithmRefused']],
  ['ADD INDEX (n), ALGORITHM=INPLACE, LOCK=NONE', []],
  ['ADD FULLTEXT (x), ALGORITHM=INPLACE, LOCK=NONE', ['algorithmRefused']],
  ['ADD FULLTEXT (x), ALGORITHM=INPLACE', ['blocksWrites']],

  ['ADD COLUMN c INT NOT NULL', ['addNotNullImplicit']],
  ['ADD COLUMN c INT REFERENCES u (id)', ['inlineReferencesIgnored']],
  ['RENAME COLUMN n TO q', ['renameColumn']],
  ['CHANGE n q INT', ['renameColumn']],
  ['CHANGE n q BIGINT', ['copiesTable', 'renameColumn']],
  ['CHANGE n N INT', []],
  ['RENAME TO q', ['renameTable']],
  ['DROP COLUMN n, DROP INDEX i', ['dropColumn']],
];

const scripts: readonly [sql: string, kinds: readonly string[]][] = [
  ['SET foreign_key_checks = 0; ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES u (id); SET foreign_key_checks = 1;', []],
  ['CREATE TABLE v (id INT) DEFAULT CHARSET=utf8mb4; ALTER TABLE v MODIFY id BIGINT;', []],
  ['CREATE TABLE v (id INT); CREATE INDEX i ON t (n);', ['partiallyApplied']],
  ['CREATE TEMPORARY TABLE v (id INT);', []],
  ['CREATE FULLTEXT INDEX i ON t (x)', ['blocksWrites']],
  ['CREATE INDEX i ON t (n) ALGORITHM=INPLACE LOCK=NONE', []],
  ['CREATE INDEX i ON t (n) ALGORITHM=COPY', ['copiesTable']],
  ['CREATE TABLE v (id INT REFERENCES u (id))', ['inlineReferencesIgnored']],
  ['CREATE TABLE v (id INT, FOREIGN KEY (id) REFERENCES u (id))', []],
  ['UPDATE t SET n = 0', ['updatesAllRows']],
  ['UPDATE t SET n = 0 WHERE id BETWEEN 1 AND 1000', []],
  ['DELETE FROM t', ['updatesAllRows']],
  ['DROP TABLE u', ['dropTable']],
  ['RENAME TABLE t TO v', ['renameTable']],
  ['CREATE TABLE v (a INT); ALTER TABLE v ADD b INT, RENAME TO w; ALTER TABLE w DROP a, CHANGE b c BIGINT;', []],
  ['ALTER TABLE t ADD a INT; ALTER TABLE t ADD b INT; INSERT INTO t (n) VALUES (1);', ['partiallyApplied']],
];

function kindsOf(sql: string, version?: string): string[] {
  const settings = version === undefined ? {} : { version };
  const analysis = analyzeTexts({ 'migrations/001_before.sql': BEFORE, 'migrations/002_it.sql': sql }, settings);
  expect(analysis.files.flatMap((file) => [file.dialect, ...file.notAnalysed])).toEqual(['mysql', 'mysql']);
  return fileOf(analysis, 'migrations/002_it.sql').hazards.map(({ kind }) => kind).sort();
}

describe('MySQL', () => {
  it.each(clauses)('ALTER TABLE t %s', (clause, expected) => {
    expect(kindsOf(`ALTER TABLE t ${clause};`)).toEqual(expected);
  });

  it.each(scripts)('%s', (sql, expected) => {
    expect(kindsOf(sql)).toEqual(expected);
  });

  it('tells the bytes that a VARCHAR grows by', () => {
    const analysis = analyzeTexts({ 'migrations/001_before.sql': BEFORE, 'migrations/002_it.sql': 'ALTER TABLE t MODIFY s VARCHAR(100);' });
    expect(fileOf(analysis, 'migrations/002_it.sql').hazards).toMatchObject([{ data: { from: '200', to: '400', charset: 'utf8mb4', what: 'the change of its type from varchar(50) to varchar(100)' } }]);
  });

  it.each([
    ['8.0', 'CREATE TABLE v (id INT REFERENCES u (id))', ['inlineReferencesIgnored']],
    ['9.1', 'CREATE TABLE v (id INT REFERENCES u (id))', []],
    ['10.11', 'CREATE TABLE v (id INT REFERENCES u (id))', []],
    ['8.4', 'ALTER TABLE t ADD COLUMN c INT, ALGORITHM=INSTANT, LOCK=NONE', ['algorithmRefused']],
    ['11.4', 'ALTER TABLE t ADD COLUMN c INT, ALGORITHM=INSTANT, LOCK=NONE', []],
    ['10.11', 'ALTER TABLE t MODIFY s VARCHAR(60), ALGORITHM=INSTANT', []],
    ['8.0', 'ALTER TABLE t MODIFY s VARCHAR(60), ALGORITHM=INSTANT', ['algorithmRefused']],
  ])('on version %s: %s', (version, sql, expected) => {
    expect(kindsOf(sql, version)).toEqual(expected);
  });
});
