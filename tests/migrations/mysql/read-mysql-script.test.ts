import { describe, expect, it } from 'vitest';
import { readMysqlScript } from '../../../src/migrations/mysql/read-mysql-script.ts';

/** Script → `kind text` of each statement. */
const splits: readonly [text: string, pieces: readonly string[]][] = [
  ['', []],
  ['-- a;\n# b;\n/* c; */ ;;', []],
  ["SELECT 1--1; SELECT 'a\\';b', \"c;\"; DROP TABLE `d;e`", ['select SELECT 1--1', "select SELECT 'a\\';b', \"c;\"", 'drop DROP TABLE `d;e`']],
  ['DROP TABLE a\n--> statement-breakpoint\nDROP TABLE b', ['drop DROP TABLE a', 'drop DROP TABLE b']],
  [
    'DELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = 1; END$$\nDELIMITER ;\nDROP TABLE a;',
    ['createTrigger CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = 1; END', 'drop DROP TABLE a'],
  ],
  [
    'CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; END; DROP TABLE a',
    ['other CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; END', 'drop DROP TABLE a'],
  ],
  ['/*!40101 SET NAMES utf8 */;\n/*!50503 DROP TABLE a */; DROP TABLE b /*! CASCADE */', ['set SET NAMES utf8', 'drop DROP TABLE a', 'drop DROP TABLE b /*! CASCADE']],
];

const types: readonly [written: string, expected: object][] = [
  ['INTEGER(11) UNSIGNED ZEROFILL', { name: 'int', args: [11], unsigned: true }],
  ['double precision', { name: 'double' }],
  ['CHARACTER VARYING(20)', { name: 'varchar', args: [20] }],
  ['bool', { name: 'tinyint', args: [1] }],
  ["ENUM('a','b,c','d''e')", { name: 'enum', values: ['a', 'b,c', "d'e"] }],
  ['serial', { name: 'bigint', unsigned: true, serial: true }],
  ['DECIMAL(10,2)', { name: 'decimal', args: [10, 2] }],
];

describe('readMysqlScript', () => {
  it.each(splits)('%j', (text, expected) => {
    const { statements, notAnalysed } = readMysqlScript(text);
    expect(notAnalysed).toEqual([]);
    expect(statements.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)).toEqual(expected);
  });

  it('reads on after a statement that is not understood, and says where it broke', () => {
    const text = '-- größe 😀\nSELEC 1;\nALTER TABLE a ADD COLUMN x INT FOO, DROP y;\nALTER TABLE a DROP COLUMN b;\nCREATE TABLE c (x INT;';
    const { statements, notAnalysed } = readMysqlScript(text);
    expect(statements.map(({ start, end }) => text.slice(start, end))).toEqual(['ALTER TABLE a DROP COLUMN b']);
    expect(notAnalysed.map(({ start, reason }) => [text.slice(start, start + 5), reason])).toEqual([
      ['SELEC', 'not understood: a statement expected, found `SELEC`'],
      ['FOO, ', 'not understood: a clause of ALTER TABLE expected, found `FOO`'],
      ['(x IN', 'not understood: a bracket is not closed'],
    ]);
  });

  it.each(types)('knows the type %s', (written, expected) => {
    const [statement] = readMysqlScript(`ALTER TABLE a ADD c ${written}`).statements;
    expect(statement).toMatchObject({ commands: [{ kind: 'addColumn', column: { type: expected, typeAsWritten: { text: written } } }] });
  });

  it('keeps what tables are', () => {
    const text =
      "CREATE TABLE IF NOT EXISTS `ö`.`a` (`id` int unsigned NOT NULL AUTO_INCREMENT, `b` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x' COMMENT 'it''s, so', " +
      'c datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), d INT AS (`id` + 1) STORED, e INT REFERENCES z (id), PRIMARY KEY (`id`), ' +
      'UNIQUE KEY `uk` (`b`(10)), KEY (c, (lower(b))), FULLTEXT KEY f (b), CONSTRAINT k CHECK (d > 0), CONSTRAINT fk FOREIGN KEY (e) REFERENCES y (id) ON DELETE SET NULL) ' +
      'ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci';
    const [statement] = readMysqlScript(text).statements;
    expect(statement).toMatchObject({
      kind: 'createTable',
      table: { schema: 'ö', name: 'a' },
      ifNotExists: true,
      constraints: [
        { kind: 'primaryKey', columns: ['id'] },
        { kind: 'check', name: 'k', columns: ['d'] },
        { kind: 'foreignKey', name: 'fk', columns: ['e'], references: { name: 'y' }, onDelete: 'setNull' },
      ],
      indexes: [
        { name: 'uk', unique: true, columns: ['b'] },
        { unique: false, columns: ['c', null] },
        { name: 'f', method: 'fulltext' },
      ],
      options: { engine: 'innodb', charset: 'utf8mb4', collate: 'utf8mb4_unicode_ci' },
    });
    const columns = statement?.kind === 'createTable' ? statement.columns : [];
    expect(columns.map(({ start, end }) => text.slice(start, end).split(' ')[0])).toEqual(['`id`', '`b`', 'c', 'd', 'e']);
    expect(columns).toMatchObject([
      { notNull: true, identity: true },
      { notNull: false, charset: 'latin1', default: { volatility: 'constant', expression: { text: "'x'" } } },
      { default: { volatility: 'stable', expression: { text: 'CURRENT_TIMESTAMP(3)' } } },
      { generated: 'stored', generatedFrom: ['id'] },
      { constraints: [{ kind: 'foreignKey', columns: ['e'] }] },
    ]);
  });

  it('finds each clause of an ALTER TABLE, whatever stands between', () => {
    const text =
      "ALTER TABLE `a,b` ADD COLUMN `c` decimal(10, 2) DEFAULT 1 COMMENT 'x, y' AFTER `d`, -- e, f\n ADD (g INT, h INT), CHANGE i j VARCHAR(20) NOT NULL FIRST, MODIFY k ENUM('l', 'm'), " +
      'DROP n, RENAME COLUMN o TO p, ADD UNIQUE INDEX q (r), DROP PRIMARY KEY, ADD PRIMARY KEY (s, t), RENAME INDEX u TO v, ALTER w SET DEFAULT (1 + 2), ' +
      'CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, ENGINE = InnoDB ROW_FORMAT=DYNAMIC, RENAME TO x, ALGORITHM=INPLACE, LOCK = NONE';
    const [statement] = readMysqlScript(text).statements;
    const commands = statement?.kind === 'alterTable' ? statement.commands : [];
    expect(statement).toMatchObject({ table: { name: 'a,b' }, online: { algorithm: 'inplace', lock: 'none' } });
    expect(commands.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)).toEqual([
      "addColumn: ADD COLUMN `c` decimal(10, 2) DEFAULT 1 COMMENT 'x, y' AFTER `d`",
      'addColumn: g INT',
      'addColumn: h INT',
      'modifyColumn: CHANGE i j VARCHAR(20) NOT NULL FIRST',
      "modifyColumn: MODIFY k ENUM('l', 'm')",
      'dropColumn: DROP n',
      'renameColumn: RENAME COLUMN o TO p',
      'addIndex: ADD UNIQUE INDEX q (r)',
      'dropPrimaryKey: DROP PRIMARY KEY',
      'addConstraint: ADD PRIMARY KEY (s, t)',
      'renameIndex: RENAME INDEX u TO v',
      'setDefault: ALTER w SET DEFAULT (1 + 2)',
      'convertCharset: CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
      'setOptions: ENGINE = InnoDB',
      'setOptions: ROW_FORMAT=DYNAMIC',
      'renameTable: RENAME TO x',
    ]);
  });

  it.each([
    ['CREATE FULLTEXT INDEX i ON a (b) LOCK=SHARED', { kind: 'createIndex', method: 'fulltext', online: { lock: 'shared' } }],
    ['DROP INDEX i ON a ALGORITHM=INPLACE LOCK=NONE', { kind: 'drop', object: 'index', names: [{ name: 'i' }], on: { name: 'a' }, online: { algorithm: 'inplace', lock: 'none' } }],
    ['DROP TABLE IF EXISTS a, b.c', { kind: 'drop', ifExists: true, names: [{ name: 'a' }, { schema: 'b', name: 'c' }] }],
    ['CREATE TABLE a LIKE b', { kind: 'createTable', like: [{ name: 'b' }] }],
    ['CREATE TABLE a AS SELECT 1', { kind: 'createTable', fromQuery: true }],
    ['SET SESSION lock_wait_timeout = 5', { kind: 'set', name: 'lock_wait_timeout', value: '5' }],
    ['SET @@session.foreign_key_checks=OFF', { kind: 'set', name: 'foreign_key_checks', value: 'OFF' }],
    ['UPDATE IGNORE a SET x = 1', { kind: 'update', tables: [{ name: 'a' }], filtered: false, narrowing: 'none' }],
    ['UPDATE a JOIN b USING (id) SET a.x = b.x', { kind: 'update', filtered: true, narrowing: 'condition' }],
    ['DELETE FROM a WHERE id IN (1, 2)', { kind: 'delete', narrowing: 'key' }],
    ['DELETE FROM a ORDER BY id LIMIT 100', { kind: 'delete', narrowing: 'limited' }],
    ['REPLACE INTO a VALUES (1)', { kind: 'insert', tables: [{ name: 'a' }] }],
    ['CREATE DEFINER=`root`@`%` VIEW v AS SELECT 1', { kind: 'createView', view: { name: 'v' } }],
    ['ALTER TABLE a DROP PARTITION p0, p1', { kind: 'alterTable', commands: [{ kind: 'other', command: 'drop partition' }] }],
  ])('%s', (text, expected) => {
    expect(readMysqlScript(text).statements).toMatchObject([expected]);
  });

  it('reads each of several renames', () => {
    expect(readMysqlScript('RENAME TABLE a TO b, c TO d.e').statements).toMatchObject([{ kind: 'rename', from: 'a', to: 'b' }, { kind: 'rename', from: 'c', to: 'e' }]);
  });
});
