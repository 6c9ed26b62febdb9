import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from '../analyze-texts.ts';

interface Case {
  readonly name: string;
  readonly before: string;
  readonly sql: string;
  /** `kind: what` of each hazard. */
  readonly expected: readonly string[];
}

const PARENT = 'CREATE TABLE p (id integer PRIMARY KEY, a text, b text); CREATE INDEX p_a ON p (a);';
const CASCADE = `${PARENT} CREATE TABLE c (p_id integer REFERENCES p (id) ON DELETE CASCADE);`;
const rebuild = (columns = 'id integer PRIMARY KEY, a text, b text', list = 'id, a, b', end = 'CREATE INDEX p_a ON p (a);'): string =>
  `CREATE TABLE n (${columns}); INSERT INTO n (${list}) SELECT ${list} FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; ${end}`;
const off = (sql: string): string => `PRAGMA foreign_keys=OFF; ${sql} PRAGMA foreign_keys=ON;`;

const rebuilds: readonly Case[] = [
  { name: 'nobody refers to it', before: PARENT, sql: rebuild(), expected: [] },
  { name: 'children go along', before: CASCADE, sql: rebuild(), expected: ['rebuildDeletesRows: deletes the rows of `c` that refer to it (ON DELETE CASCADE)'] },
  { name: 'foreign keys off', before: CASCADE, sql: off(rebuild()), expected: [] },
  {
    name: 'foreign keys off too late', before: CASCADE, sql: `BEGIN; ${off(rebuild())} COMMIT;`,
    expected: ['rebuildDeletesRows: deletes the rows of `c` that refer to it (ON DELETE CASCADE)'],
  },
  { name: 'foreign keys off before the transaction', before: CASCADE, sql: off(`BEGIN; ${rebuild()} COMMIT;`), expected: [] },
  {
    name: 'switched on again between two rebuilds', before: `${CASCADE} CREATE TABLE q (id int, p int); CREATE TABLE d (q int REFERENCES q (id) ON DELETE SET NULL);`,
    sql: `${off(rebuild())} CREATE TABLE m (id int, p int); INSERT INTO m SELECT id, p FROM q; DROP TABLE q; ALTER TABLE m RENAME TO q;`,
    expected: ['rebuildDeletesRows: clears the references of `d` (ON DELETE SET NULL or SET DEFAULT)'],
  },
  {
    name: 'deferring does not help', before: CASCADE, sql: `BEGIN; PRAGMA defer_foreign_keys=ON; ${rebuild()} COMMIT;`,
    expected: ['rebuildDeletesRows: deletes the rows of `c` that refer to it (ON DELETE CASCADE)'],
  },
  { name: 'other children forbid it', before: `${PARENT} CREATE TABLE c (p_id integer, FOREIGN KEY (p_id) REFERENCES p (id));`, sql: rebuild(), expected: ['rebuildFails: `c`'] },
  {
    name: 'a default that refers to a row', before: `${PARENT} CREATE TABLE c (p_id integer DEFAULT 1 REFERENCES p (id) ON DELETE SET DEFAULT);`, sql: rebuild(),
    expected: ['rebuildFails: `c`'],
  },
  {
    name: 'renames away what restricts itself', before: 'CREATE TABLE p (id integer PRIMARY KEY, up integer REFERENCES p (id) ON DELETE RESTRICT);',
    sql: 'ALTER TABLE p RENAME TO q; CREATE TABLE p (id integer PRIMARY KEY, up integer); INSERT INTO p SELECT * FROM q; DROP TABLE q;',
    expected: ['rebuildFails: `q`'],
  },
  { name: 'children made by the same migration', before: PARENT, sql: `CREATE TABLE c (p_id integer REFERENCES p (id) ON DELETE CASCADE); ${rebuild()}`, expected: [] },
  { name: 'a table of the same migration', before: 'SELECT 1;', sql: `${CASCADE} ${rebuild()}`, expected: [] },
  {
    name: 'rows that refer to each other', before: 'CREATE TABLE p (id integer PRIMARY KEY, up integer REFERENCES p (id) ON DELETE CASCADE);',
    sql: rebuild('id integer PRIMARY KEY, up integer REFERENCES p (id) ON DELETE CASCADE', 'id, up', ''),
    expected: ['rebuildDeletesRows: deletes the rows of `p` that refer to it (ON DELETE CASCADE)'],
  },
  {
    name: 'names in another case', before: 'CREATE TABLE "P" ("Id" integer PRIMARY KEY); CREATE TABLE c (p_id integer REFERENCES p (id) ON DELETE CASCADE);',
    sql: 'CREATE TABLE n (id integer PRIMARY KEY); INSERT INTO N (ID) SELECT id FROM p; DROP TABLE P; ALTER TABLE n RENAME TO "P";',
    expected: ['rebuildDeletesRows: deletes the rows of `c` that refer to it (ON DELETE CASCADE)'],
  },
  {
    name: 'renames the old one away', before: CASCADE,
    sql: off('ALTER TABLE p RENAME TO p_old; CREATE TABLE p (id integer PRIMARY KEY, a text, b text); INSERT INTO p SELECT * FROM p_old; DROP TABLE p_old;'),
    expected: ['rebuildRenamesAway: `c`'],
  },
  { name: 'forgets an index', before: PARENT, sql: rebuild(undefined, undefined, ''), expected: ['rebuildLosesIndex: index `p_a`'] },
  {
    name: 'forgets a trigger', before: `${PARENT} CREATE TRIGGER t AFTER UPDATE ON p BEGIN SELECT NEW.a; END;`, sql: rebuild(),
    expected: ['rebuildLosesIndex: trigger `t`'],
  },
  { name: 'drops an indexed column', before: PARENT, sql: rebuild('id integer PRIMARY KEY, b text', 'id, b', ''), expected: ['dropColumn: a'] },
  { name: 'a view on it', before: `${PARENT} CREATE VIEW v AS SELECT a FROM p;`, sql: rebuild(), expected: ['rebuildBreaksView: `v`'] },
  { name: 'a view that was dropped', before: `${PARENT} CREATE VIEW v AS SELECT a FROM p;`, sql: `DROP VIEW v; ${rebuild()} CREATE VIEW v AS SELECT a FROM p;`, expected: [] },
  {
    name: 'a column that is not there, in double quotes', before: PARENT,
    sql: 'CREATE TABLE n (id integer, a text, b text, x text); INSERT INTO n ("id", "a", "b", "x") SELECT "id", "a", "b", "x" FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; CREATE INDEX p_a ON p (a);',
    expected: ['rebuildCopiesName: x'],
  },
  {
    name: 'a column that is not there', before: PARENT,
    sql: 'CREATE TABLE n (id integer, a text, b text, x text); INSERT INTO n SELECT id, a, b, x FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; CREATE INDEX p_a ON p (a);',
    expected: ['rebuildCopiesMissing: x'],
  },
  { name: 'values left behind', before: PARENT, sql: rebuild(undefined, 'id, a'), expected: ['rebuildLosesValues: b'] },
  {
    name: 'a column by another name', before: PARENT,
    sql: 'CREATE TABLE n (id integer, a text, c text); INSERT INTO n (id, a, c) SELECT id, a, b FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; CREATE INDEX p_a ON p (a);',
    expected: ['renameColumn: b'],
  },
];

const columns: readonly Case[] = [
  ...(
    [
      ['int', []],
      ["text DEFAULT 'a' NOT NULL", []],
      ['int DEFAULT -1', []],
      ['int DEFAULT (+1)', []],
      ['int DEFAULT true', []],
      ['text DEFAULT abc', []],
      ['text DEFAULT (CAST(1 AS text))', []],
      ['int GENERATED ALWAYS AS (id)', []],
      ['int REFERENCES z (id)', []],
      ['int NOT NULL', ['addNotNull: n']],
      ['int NOT NULL DEFAULT NULL', ['addNotNull: n']],
      ['int DEFAULT (~1)', ['addColumnFails: `DEFAULT (~1)`, which is no constant']],
      ['text DEFAULT ("x")', ['addColumnFails: `DEFAULT ("x")`, which is no constant']],
      ['int UNIQUE', ['addColumnFails: `UNIQUE`']],
      ['int PRIMARY KEY', ['addColumnFails: `PRIMARY KEY`']],
      ['int DEFAULT (1 + 2)', ['addColumnFails: `DEFAULT (1 + 2)`, which is no constant']],
      ['int DEFAULT CURRENT_TIMESTAMP NOT NULL', ['addColumnFails: `DEFAULT CURRENT_TIMESTAMP`, which is no constant']],
      ["text DEFAULT (datetime('now'))", ["addColumnFails: `DEFAULT (datetime('now'))`, which is no constant"]],
      ['int GENERATED ALWAYS AS (id) STORED', ['addColumnFails: `STORED`']],
      ['int DEFAULT 1 REFERENCES z (id)', ['addColumnFails: `REFERENCES` with a default that is not NULL']],
      ['int DEFAULT NULL REFERENCES z (id)', []],
    ] as const
  ).map(([definition, expected]) => ({ name: `adds ${definition}`, before: 'CREATE TABLE t (id int);', sql: `ALTER TABLE t ADD COLUMN n ${definition};`, expected })),
  { name: 'adds what an empty table takes', before: 'SELECT 1;', sql: 'CREATE TABLE t (id int); ALTER TABLE t ADD COLUMN n int DEFAULT (random());', expected: [] },
  { name: 'adds what no table takes', before: 'SELECT 1;', sql: 'CREATE TABLE t (id int); ALTER TABLE t ADD COLUMN n int UNIQUE;', expected: ['addColumnFails: `UNIQUE`'] },
  ...(
    [
      ['plain', 'CREATE TABLE t (id int, a int)', undefined],
      ['own CHECK', 'CREATE TABLE t (id int, a int CHECK (a > id))', undefined],
      ['own REFERENCES', 'CREATE TABLE t (id int, a int REFERENCES z (id))', undefined],
      ['view of everything', 'CREATE TABLE t (id int, a int); CREATE VIEW v AS SELECT * FROM t', undefined],
      ['name that a view gives', 'CREATE TABLE t (id int, a int); CREATE VIEW v AS SELECT count(*) AS a FROM t', undefined],
      ['trigger that names it elsewhere', 'CREATE TABLE t (id int, a int); CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1; END', undefined],
      ['dropped index', 'CREATE TABLE t (id int, a int); CREATE INDEX i ON t (a); DROP INDEX i', undefined],
      ['primary key', 'CREATE TABLE t (id int, a int PRIMARY KEY)', 'the primary key'],
      ['part of a primary key', 'CREATE TABLE t (id int, a int, PRIMARY KEY (id, a))', 'the primary key'],
      ['UNIQUE', 'CREATE TABLE t (id int, a int UNIQUE)', 'a `UNIQUE` constraint'],
      ['index', 'CREATE TABLE t (id int, a int); CREATE INDEX i ON t (a)', 'index `i`'],
      ['expression of an index', 'CREATE TABLE t (id int, a int); CREATE INDEX i ON t (lower(a))', 'index `i`'],
      ['WHERE of an index', 'CREATE TABLE t (id int, a int); CREATE INDEX i ON t (id) WHERE a IS NULL', 'index `i`'],
      ['CHECK of the table', 'CREATE TABLE t (id int, a int, CHECK (a > 0))', 'a `CHECK`'],
      ['CHECK of another column', 'CREATE TABLE t (id int CHECK (id > a), a int)', 'a `CHECK`'],
      ['FOREIGN KEY of the table', 'CREATE TABLE t (id int, a int, FOREIGN KEY (a) REFERENCES z (id))', 'a `FOREIGN KEY` of the table'],
      ['generated column', 'CREATE TABLE t (id int, a int, g int AS (a + 1))', 'the generated column `g`'],
      ['view', 'CREATE TABLE t (id int, a int); CREATE VIEW v AS SELECT id, a FROM t', 'view `v`'],
      ['NEW of a trigger', 'CREATE TABLE t (id int, a int); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT NEW.a; END', 'trigger `g`'],
    ] as const
  ).map(([name, before, uses]) => ({
    name: `drops a column: ${name}`,
    before,
    sql: 'ALTER TABLE t DROP COLUMN a;',
    expected: [...(uses === undefined ? [] : [`dropColumnFails: ${uses}`]), 'dropColumn: a'],
  })),
];

const WHAT = ['effect', 'children', 'what', 'uses', 'views', 'column', 'from'] as const;

function hazardsOf(files: Readonly<Record<string, string>>, path: string): string[] {
  const analysis = analyzeTexts(files);
  expect(analysis.files.flatMap((file) => file.notAnalysed)).toEqual([]);
  return fileOf(analysis, path).hazards.map(({ kind, data }) => `${kind}: ${WHAT.map((key) => data[key]).find((text) => text !== undefined) ?? ''}`);
}

describe('SQLite', () => {
  it.each([...rebuilds, ...columns])('$name', ({ before, sql, expected }) => {
    const files = { 'migrations/001_before.sql': `PRAGMA journal_mode=WAL; ${before}`, 'migrations/002_it.sql': sql };
    expect(hazardsOf(files, 'migrations/002_it.sql').sort()).toEqual([...expected].sort());
  });

  const journal = JSON.stringify({ dialect: 'sqlite', entries: [{ tag: '0000_a' }, { tag: '0001_b' }] });
  const drizzle = { 'drizzle/meta/_journal.json': journal, 'drizzle/0000_a.sql': CASCADE, 'drizzle/0001_b.sql': off(rebuild()) };

  it('knows that Drizzle opens a transaction first', () => {
    expect(hazardsOf(drizzle, 'drizzle/0001_b.sql')).toEqual(['rebuildDeletesRows: deletes the rows of `c` that refer to it (ON DELETE CASCADE)']);
  });

  it('knows that Drizzle switches foreign keys off before it on libSQL', () => {
    const files = {
      ...drizzle,
      'drizzle.config.ts': "import { defineConfig } from 'drizzle-kit'; export default defineConfig({ dialect: 'turso' });",
      'package.json': '{"dependencies":{"drizzle-orm":"^0.45.0"}}',
    };
    expect(hazardsOf(files, 'drizzle/0001_b.sql')).toEqual([]);
  });

  it('knows that Prisma opens none', () => {
    const lock = 'provider = "sqlite"';
    const files = { 'prisma/migrations/migration_lock.toml': lock, 'prisma/migrations/1_a/migration.sql': CASCADE, 'prisma/migrations/2_b/migration.sql': off(rebuild()) };
    expect(hazardsOf(files, 'prisma/migrations/2_b/migration.sql')).toEqual([]);
  });
});
