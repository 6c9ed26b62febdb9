import { describe, expect, it } from 'vitest';
import { readSqliteScript } from '../../../src/migrations/sqlite/read-sqlite-script.ts';

/** Script → `kind text` of each statement. */
const splits: readonly [text: string, pieces: readonly string[]][] = [
  ['', []],
  ['-- only a comment\n/* another; */ ;;', []],
  ['CREATE TABLE `a;b` ("x;" int, [y;] int); SELECT \';\'', ['createTable CREATE TABLE `a;b` ("x;" int, [y;] int)', "select SELECT ';'"]],
  ['DROP TABLE a\n--> statement-breakpoint\nDROP VIEW b', ['drop DROP TABLE a', 'drop DROP VIEW b']],
  [
    'CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE WHEN 1 THEN 2 END; DELETE FROM b; END; DROP TABLE a;',
    ['createTrigger CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE WHEN 1 THEN 2 END; DELETE FROM b; END', 'drop DROP TABLE a'],
  ],
  ['BEGIN IMMEDIATE; END; SAVEPOINT s; ROLLBACK TO s; VACUUM', ['transaction BEGIN IMMEDIATE', 'transaction END', 'transaction SAVEPOINT s', 'transaction ROLLBACK TO s', 'other VACUUM']],
];

describe('readSqliteScript', () => {
  it.each(splits)('%j', (text, expected) => {
    const { statements, notAnalysed } = readSqliteScript(text);
    expect(notAnalysed).toEqual([]);
    expect(statements.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)).toEqual(expected);
  });

  it('reads on after a statement that does not parse, and says where it broke', () => {
    const text = '-- größe 😀\nDROP TABLE a;\nCREATE TABLE "é" (x int,, y int);\nDROP TABLE c;';
    const { statements, notAnalysed } = readSqliteScript(text);
    expect(statements.map(({ start, end }) => text.slice(start, end))).toEqual(['DROP TABLE a', 'DROP TABLE c']);
    expect(notAnalysed.map(({ start, reason }) => [text.slice(start, start + 5), reason])).toEqual([[', y i', 'not understood: syntax error: unexpected ","']]);
  });

  it('reads long lists of rows by their head, and leaves longer statements out', () => {
    const row = `('${'x'.repeat(3_000)}', 1)`;
    expect(readSqliteScript(`INSERT OR IGNORE INTO "a" (x, \`y\`) VALUES ${row};`).statements).toMatchObject([{ kind: 'insert', tables: [{ name: 'a' }], columns: ['x', 'y'] }]);
    const { notAnalysed } = readSqliteScript(`SELECT '${'x'.repeat(1_100_000)}'; DROP TABLE a;`);
    expect(notAnalysed.map(({ reason }) => reason)).toEqual(['statement of 1.1 million characters: too long to parse. Keep data out of migrations, or split it.']);
  });

  it('keeps what columns and constraints are', () => {
    const text =
      "CREATE TABLE main.\"Ä\" (id INTEGER PRIMARY KEY AUTOINCREMENT, `ö` varchar(20) DEFAULT 'x' NOT NULL COLLATE NOCASE, c int DEFAULT (random()) REFERENCES z (id) ON DELETE SET NULL, " +
      'd int GENERATED ALWAYS AS (c + 1) STORED, CONSTRAINT k CHECK (c > 0), UNIQUE (c, d), FOREIGN KEY (c) REFERENCES y (id) ON DELETE CASCADE ON UPDATE NO ACTION) STRICT';
    const [statement] = readSqliteScript(text).statements;
    expect(statement).toMatchObject({
      kind: 'createTable',
      table: { name: 'Ä' },
      constraints: [
        { kind: 'check', name: 'k', columns: ['c'] },
        { kind: 'unique', columns: ['c', 'd'] },
        { kind: 'foreignKey', columns: ['c'], references: { name: 'y' }, referencedColumns: ['id'], onDelete: 'cascade', onUpdate: 'noAction' },
      ],
    });
    const columns = statement?.kind === 'createTable' ? statement.columns : [];
    expect(columns.map(({ nameAt }) => text.slice(nameAt?.start, nameAt?.end))).toEqual(['id', '`ö`', 'c', 'd']);
    expect(columns).toMatchObject([
      { type: { name: 'integer' }, identity: true, constraints: [{ kind: 'primaryKey', columns: ['id'] }] },
      { type: { name: 'varchar', args: [20] }, notNull: true, collation: true, default: { volatility: 'constant', expression: { text: "'x'" } } },
      { notNull: false, default: { volatility: 'volatile' }, constraints: [{ kind: 'foreignKey', columns: ['c'], onDelete: 'setNull' }] },
      { generated: 'stored', generatedFrom: ['c'] },
    ]);
  });

  it.each([
    ['PRAGMA foreign_keys=OFF', { kind: 'pragma', name: 'foreign_keys', value: 'OFF' }],
    ['pragma main.Foreign_Keys(0)', { kind: 'pragma', name: 'foreign_keys', value: '0' }],
    ['PRAGMA table_info("a b")', { kind: 'pragma', name: 'table_info', value: 'a b' }],
    ['PRAGMA foreign_key_check', { kind: 'pragma', name: 'foreign_key_check' }],
    ['ALTER TABLE a RENAME x TO y', { kind: 'rename', object: 'column', from: 'x', to: 'y', target: { name: 'a' } }],
    ['ALTER TABLE a RENAME TO b', { kind: 'rename', object: 'table', from: 'a', to: 'b' }],
    [
      'ALTER TABLE `a` ALTER COLUMN "x" TO "x" text NOT NULL',
      { kind: 'alterTable', table: { name: 'a' }, commands: [{ kind: 'modifyColumn', column: 'x', definition: { name: 'x', notNull: true, type: { name: 'text' } } }] },
    ],
    [
      'INSERT INTO n (a, "b", c) SELECT x, "b", lower(y) AS z FROM o',
      {
        kind: 'insert',
        copy: {
          from: { name: 'o' },
          all: false,
          columns: [{ to: 'a', from: 'x', reads: ['x'] }, { to: 'b', from: 'b', reads: ['b'], doubleQuoted: true }, { to: 'c', from: null, reads: ['y'] }],
        },
      },
    ],
    ['CREATE VIEW v AS SELECT a.x FROM a JOIN b ON a.id = b.id', { kind: 'createView', query: { reads: [{ name: 'a' }, { name: 'b' }] } }],
    [
      'CREATE UNIQUE INDEX i ON a (lower(x), y COLLATE NOCASE DESC) WHERE z IS NULL',
      { kind: 'createIndex', unique: true, columns: [null, 'y'], keys: [{ reads: ['x'] }, { reads: ['y'] }], whereColumns: ['z'] },
    ],
    ['UPDATE a SET x = 1', { kind: 'update', tables: [{ name: 'a' }], filtered: false, narrowing: 'none', columns: ['x'] }],
    ['DELETE FROM a WHERE id IN (1, 2)', { kind: 'delete', filtered: true, narrowing: 'key' }],
    ['DELETE FROM a WHERE id IN (SELECT id FROM a LIMIT 100)', { kind: 'delete', narrowing: 'limited' }],
  ])('%s', (text, expected) => {
    expect(readSqliteScript(text).statements).toMatchObject([expected]);
  });
});
