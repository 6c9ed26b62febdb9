import { describe, expect, it } from 'vitest';
import { analyzeTexts, hazardsOf } from './analyze-texts.ts';

interface Case {
  readonly name: string;
  readonly before?: string;
  readonly sql: string;
  readonly expected: readonly string[];
}

const TABLE = 'CREATE TABLE a (x int, y text, z int NOT NULL); CREATE TABLE p (id int PRIMARY KEY);';

/** One migration after a history: what rewrites, scans, or writes for long → hazards with the text that they span. */
const cases: readonly Case[] = [
  { name: 'computed defaults', sql: 'ALTER TABLE a ADD v uuid DEFAULT gen_random_uuid(), ADD w timestamptz DEFAULT clock_timestamp()', expected: ['addRewriting: ADD v uuid DEFAULT gen_random_uuid()', 'addRewriting: ADD w timestamptz DEFAULT clock_timestamp()'] },
  { name: 'defaults that are computed once', sql: "ALTER TABLE a ADD v timestamptz DEFAULT now(), ADD w date DEFAULT CURRENT_DATE, ADD u text DEFAULT 'x', ADD t int DEFAULT NULL", expected: [] },
  { name: 'numbers and stored columns', sql: 'ALTER TABLE a ADD v serial, ADD w int GENERATED ALWAYS AS IDENTITY, ADD u int GENERATED ALWAYS AS (x * 2) STORED', expected: ['addRewriting: ADD v serial', 'addRewriting: ADD w int GENERATED ALWAYS AS IDENTITY', 'addRewriting: ADD u int GENERATED ALWAYS AS (x * 2) STORED'] },
  { name: 'computed default of a column that is there', sql: 'ALTER TABLE a ADD COLUMN IF NOT EXISTS x int DEFAULT random()', expected: [] },
  { name: 'computed defaults of a new table', sql: 'CREATE TABLE b (v uuid DEFAULT gen_random_uuid()); ALTER TABLE b ADD w serial;', expected: [] },
  { name: 'a function nobody knows', sql: 'ALTER TABLE a ADD v text DEFAULT our_id()', expected: [] },

  { name: 'copies of a table', sql: 'VACUUM FULL a; CLUSTER a; ALTER TABLE a SET UNLOGGED; ALTER TABLE a SET TABLESPACE fast;', expected: ['rewriteCommand: VACUUM FULL a', 'rewriteCommand: CLUSTER a', 'rewriteCommand: SET UNLOGGED', 'rewriteCommand: SET TABLESPACE fast'] },
  { name: 'vacuum', sql: 'VACUUM a; VACUUM ANALYZE a; ANALYZE a;', expected: [] },
  { name: 'refreshes a view', before: 'CREATE MATERIALIZED VIEW m AS SELECT * FROM a', sql: 'REFRESH MATERIALIZED VIEW m; REFRESH MATERIALIZED VIEW CONCURRENTLY m; REFRESH MATERIALIZED VIEW m WITH NO DATA;', expected: ['refreshBlocking: REFRESH MATERIALIZED VIEW m'] },
  { name: 'refreshes its own view', sql: 'CREATE MATERIALIZED VIEW m AS SELECT * FROM a; REFRESH MATERIALIZED VIEW m;', expected: [] },

  { name: 'checks', sql: 'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0); ALTER TABLE a ADD w int CHECK (w > 0); ALTER TABLE a ADD CONSTRAINT d CHECK (x > 1) NOT VALID;', expected: ['checkScans: ADD CONSTRAINT c CHECK (x > 0)', 'checkScans: ADD w int CHECK (w > 0)'] },
  { name: 'foreign keys', sql: 'ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES p (id); ALTER TABLE a ADD FOREIGN KEY (z) REFERENCES p NOT VALID; ALTER TABLE a ADD w int REFERENCES p; ALTER TABLE a ADD v int DEFAULT 1 REFERENCES p;', expected: ['foreignKeyScans: ADD FOREIGN KEY (x) REFERENCES p (id)', 'foreignKeyScans: ADD v int DEFAULT 1 REFERENCES p'] },
  { name: 'keys', sql: 'ALTER TABLE a ADD CONSTRAINT u UNIQUE (x); ALTER TABLE a ADD PRIMARY KEY (x); ALTER TABLE a ADD w int UNIQUE; ALTER TABLE a ADD EXCLUDE USING gist (x WITH =);', expected: ['addUnique: ADD CONSTRAINT u UNIQUE (x)', 'addPrimaryKey: ADD PRIMARY KEY (x)', 'addUnique: ADD w int UNIQUE', 'addExclusion: ADD EXCLUDE USING gist (x WITH =)'] },
  { name: 'keys that take over an index', before: 'CREATE UNIQUE INDEX i ON a (z)', sql: 'ALTER TABLE a ADD CONSTRAINT u UNIQUE USING INDEX i', expected: [] },
  { name: 'constraints of a new table', sql: 'CREATE TABLE b (x int); ALTER TABLE b ADD CHECK (x > 0); ALTER TABLE b ADD PRIMARY KEY (x); ALTER TABLE b ADD FOREIGN KEY (x) REFERENCES p;', expected: [] },

  { name: 'detaches a partition', before: 'CREATE TABLE e (d date) PARTITION BY RANGE (d); CREATE TABLE e1 PARTITION OF e FOR VALUES FROM (\'2024-01-01\') TO (\'2025-01-01\')', sql: 'ALTER TABLE e DETACH PARTITION e1', expected: ['detachPartition: DETACH PARTITION e1'] },

  { name: 'empties more than it names', sql: 'TRUNCATE p CASCADE; TRUNCATE a;', expected: ['truncateCascade: TRUNCATE p CASCADE'] },
  { name: 'writes all rows', sql: 'UPDATE a SET x = 1; DELETE FROM p;', expected: ['unbatchedWrite: UPDATE a SET x = 1', 'unbatchedWrite: DELETE FROM p'] },
  { name: 'writes some rows', sql: "UPDATE a SET x = 1 WHERE y = 'b'; DELETE FROM a WHERE x IS NULL; INSERT INTO a SELECT * FROM a;", expected: [] },
  { name: 'writes while a table is locked, told once', sql: "BEGIN; ALTER TABLE a ADD w int; UPDATE a SET w = 1 WHERE x > 0; UPDATE a SET w = 2 WHERE y = 'b'; COMMIT;", expected: ["backfillAfterDdl: UPDATE a SET w = 1 WHERE x > 0"] },
  { name: 'writes before the lock', sql: "BEGIN; UPDATE a SET x = 1 WHERE y = 'b'; ALTER TABLE a ADD w int; COMMIT;", expected: [] },
  { name: 'writes by key while a table is locked', sql: 'BEGIN; ALTER TABLE p ADD w int; UPDATE p SET w = 1 WHERE id = 7; COMMIT;', expected: [] },
  { name: 'fills a new table', sql: 'BEGIN; CREATE TABLE b (x int); INSERT INTO b VALUES (1); UPDATE b SET x = 2; COMMIT;', expected: [] },
];

describe('hazards of rewrites, scans and long writes', () => {
  it.each(cases)('$name', ({ before = '', sql, expected }) => {
    const analysis = analyzeTexts({ 'migrations/001_before.sql': `${TABLE} ${before};`, 'migrations/002_it.sql': sql });
    expect(analysis.files.flatMap((file) => file.notAnalysed)).toEqual([]);
    expect(hazardsOf(analysis, 'migrations/002_it.sql', sql)).toEqual(expected);
  });
});
