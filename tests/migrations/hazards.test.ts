import { describe, expect, it } from 'vitest';
import { analyzeTexts, hazardsOf } from './analyze-texts.ts';

/** One migration after a history (or none) → hazards with the text that they span. */
const cases: readonly { readonly name: string; readonly before?: string; readonly sql: string; readonly expected: readonly string[] }[] = [
  { name: 'renames a column', sql: 'ALTER TABLE users RENAME COLUMN a TO b;', expected: ['renameColumn: ALTER TABLE users RENAME COLUMN a TO b'] },
  { name: 'renames a table', sql: 'alter table "Users" rename to "People"', expected: ['renameTable: alter table "Users" rename to "People"'] },
  { name: 'leaves a view under the old name', sql: 'ALTER TABLE a RENAME TO b; CREATE VIEW a AS SELECT * FROM b;', expected: [] },
  { name: 'renames a column it added', sql: 'ALTER TABLE a ADD COLUMN x int; ALTER TABLE a RENAME x TO y;', expected: [] },
  { name: 'renames schemas, types and enum values', sql: "ALTER SCHEMA s RENAME TO z; ALTER TYPE t RENAME TO u; ALTER TYPE t RENAME VALUE 'a' TO 'b';", expected: ['renameSchema: ALTER SCHEMA s RENAME TO z', 'renameType: ALTER TYPE t RENAME TO u', "renameEnumValue: ALTER TYPE t RENAME VALUE 'a' TO 'b'"] },
  { name: 'puts a new enum in the place of an old one', sql: 'CREATE TYPE "Role_new" AS ENUM (\'a\'); ALTER TYPE "Role" RENAME TO "Role_old"; ALTER TYPE "Role_new" RENAME TO "Role"; DROP TYPE "Role_old";', expected: [] },
  { name: 'renames views, indexes, constraints', sql: "ALTER VIEW v RENAME TO w; ALTER VIEW v RENAME COLUMN a TO b; ALTER INDEX i RENAME TO j; ALTER TABLE a RENAME CONSTRAINT c TO d;", expected: [] },
  { name: 'renames after creating', sql: 'CREATE TABLE public.a (x int); ALTER TABLE "a" RENAME TO b; ALTER TABLE b RENAME x TO y; CREATE INDEX ON public.b (y);', expected: [] },

  { name: 'widens varchar', before: 'CREATE TABLE a (x varchar(10))', sql: 'ALTER TABLE a ALTER x TYPE varchar(20); ALTER TABLE a ALTER x TYPE text;', expected: [] },
  { name: 'narrows varchar', before: 'CREATE TABLE a (x varchar(20))', sql: 'ALTER TABLE a ALTER x TYPE varchar(10)', expected: ['typeRewrite: ALTER x TYPE varchar(10)'] },
  { name: 'bounds text', before: 'CREATE TABLE a (x text)', sql: 'ALTER TABLE a ALTER x TYPE varchar(255)', expected: ['typeRewrite: ALTER x TYPE varchar(255)'] },
  { name: 'widens numeric', before: 'CREATE TABLE a (x numeric(10,2))', sql: 'ALTER TABLE a ALTER x TYPE numeric(12,2), ALTER x TYPE numeric', expected: [] },
  { name: 'changes the scale of numeric', before: 'CREATE TABLE a (x numeric(10,2))', sql: 'ALTER TABLE a ALTER x TYPE numeric(12,4)', expected: ['typeRewrite: ALTER x TYPE numeric(12,4)'] },
  { name: 'int to bigint, serial included', before: 'CREATE TABLE a (x serial)', sql: 'ALTER TABLE a ALTER COLUMN x SET DATA TYPE int8', expected: ['typeRewrite: ALTER COLUMN x SET DATA TYPE int8'] },
  { name: 'serial is an integer', before: 'CREATE TABLE a (x serial)', sql: 'ALTER TABLE a ALTER COLUMN x TYPE integer', expected: [] },
  { name: 'refines timestamps', before: 'CREATE TABLE a (x timestamp(3))', sql: 'ALTER TABLE a ALTER x TYPE timestamp(6)', expected: [] },
  { name: 'adds a time zone', before: 'CREATE TABLE a (x timestamp)', sql: 'ALTER TABLE a ALTER x TYPE timestamptz', expected: ['typeUnlessUtc: ALTER x TYPE timestamptz'] },
  { name: 'plain cast in USING', before: 'CREATE TABLE a (x varchar(9))', sql: 'ALTER TABLE a ALTER x TYPE text USING x::text', expected: [] },
  { name: 'expression in USING', before: 'CREATE TABLE a (x varchar(9))', sql: 'ALTER TABLE a ALTER x TYPE text USING lower(x)', expected: ['typeRewrite: ALTER x TYPE text USING lower(x)'] },
  { name: 'elements of arrays', before: 'CREATE TABLE a (x varchar(9)[])', sql: 'ALTER TABLE a ALTER x TYPE text[]', expected: ['typeRewrite: ALTER x TYPE text[]'] },
  { name: 'unknown old type', sql: 'ALTER TABLE a ALTER x TYPE text', expected: ['typeMayRewrite: ALTER x TYPE text'] },
  { name: 'type through a rename', before: 'CREATE TABLE a (x varchar(9)); ALTER TABLE a RENAME x TO y; ALTER TABLE a RENAME TO b', sql: 'ALTER TABLE b ALTER y TYPE text', expected: [] },
  { name: 'enum swapped by a new type', before: "CREATE TYPE s AS ENUM ('a'); CREATE TABLE a (x s)", sql: "CREATE TYPE s_new AS ENUM ('b'); ALTER TABLE a ALTER x TYPE s_new USING x::text::s_new; ALTER TYPE s RENAME TO s_old; ALTER TYPE s_new RENAME TO s; DROP TYPE s_old;", expected: ['typeRewrite: ALTER x TYPE s_new USING x::text::s_new'] },

  { name: 'drops columns one by one', sql: 'ALTER TABLE a DROP COLUMN x, DROP COLUMN y CASCADE', expected: ['dropColumn: DROP COLUMN x', 'dropColumn: DROP COLUMN y CASCADE'] },
  { name: 'recreates a column', sql: 'ALTER TABLE a DROP COLUMN x, ADD COLUMN x int', expected: ['recreateColumn: DROP COLUMN x'] },
  { name: 'renames and drops', before: 'CREATE TABLE a (x int)', sql: 'ALTER TABLE a RENAME x TO y; ALTER TABLE a DROP y;', expected: ['dropColumn: DROP y'] },
  { name: 'drops its own column', sql: 'ALTER TABLE a ADD COLUMN x int; ALTER TABLE a DROP COLUMN x;', expected: [] },
  { name: 'drops a table with what is on it', before: 'CREATE TABLE a (x int); CREATE INDEX i ON a (x)', sql: 'DROP INDEX i; ALTER TABLE a DROP COLUMN x; DROP TABLE a;', expected: ['dropTable: DROP TABLE a'] },
  { name: 'drops two tables', sql: 'DROP TABLE a, s.b', expected: ['dropTable: DROP TABLE a, s.b', 'dropTable: DROP TABLE a, s.b'] },
  { name: 'starts from nothing', sql: 'DROP TABLE IF EXISTS a; CREATE TABLE a (x int);', expected: [] },
  { name: 'replaces what was there', before: 'CREATE TABLE a (x int)', sql: 'DROP TABLE IF EXISTS a; CREATE TABLE a (x int);', expected: ['dropTable: DROP TABLE IF EXISTS a'] },
  { name: 'drops a temporary table', sql: 'CREATE TEMP TABLE t (x int); CREATE INDEX ON t (x); DROP TABLE t;', expected: [] },
  { name: 'drops a table of another migration that is temporary by name', sql: 'DROP TABLE pg_temp.t;', expected: [] },

  { name: 'adds a required column', sql: 'ALTER TABLE a ADD COLUMN x int NOT NULL', expected: ['addNotNull: ADD COLUMN x int NOT NULL'] },
  { name: 'adds one with a null default', sql: 'ALTER TABLE a ADD x int NOT NULL DEFAULT NULL::int', expected: ['addNotNull: ADD x int NOT NULL DEFAULT NULL::int'] },
  { name: 'adds required columns with values', sql: 'ALTER TABLE a ADD x int NOT NULL DEFAULT 0, ADD y timestamptz NOT NULL DEFAULT now()', expected: [] },
  { name: 'adds to an emptied table', sql: 'TRUNCATE a; ALTER TABLE a ADD COLUMN x int NOT NULL; ALTER TABLE a ALTER y SET NOT NULL;', expected: ['addNotNullEmptied: ADD COLUMN x int NOT NULL'] },
  { name: 'adds to a filled table again', sql: 'TRUNCATE a; INSERT INTO a VALUES (1); ALTER TABLE a ADD COLUMN x int NOT NULL;', expected: ['addNotNull: ADD COLUMN x int NOT NULL'] },
  { name: 'sets not null', sql: 'ALTER TABLE a ALTER x SET NOT NULL', expected: ['setNotNull: ALTER x SET NOT NULL'] },
  { name: 'sets not null again', before: 'CREATE TABLE a (x int PRIMARY KEY)', sql: 'ALTER TABLE a ALTER x SET NOT NULL', expected: [] },
  { name: 'validated check', before: 'ALTER TABLE a ADD CONSTRAINT c CHECK (x IS NOT NULL AND y > 0) NOT VALID; ALTER TABLE a VALIDATE CONSTRAINT c', sql: 'ALTER TABLE a ALTER x SET NOT NULL; ALTER TABLE a DROP CONSTRAINT c;', expected: [] },
  { name: 'check not validated', before: 'ALTER TABLE a ADD CONSTRAINT c CHECK (x IS NOT NULL) NOT VALID', sql: 'ALTER TABLE a ALTER x SET NOT NULL', expected: ['setNotNull: ALTER x SET NOT NULL'] },
  { name: 'check dropped in the same command', before: 'ALTER TABLE a ADD CONSTRAINT c CHECK (x IS NOT NULL)', sql: 'ALTER TABLE a ALTER x SET NOT NULL, DROP CONSTRAINT c', expected: ['setNotNull: ALTER x SET NOT NULL'] },

  { name: 'creates an index', sql: 'CREATE INDEX i ON a (x)', expected: ['createIndex: CREATE INDEX i ON a (x)'] },
  { name: 'creates an index on its own table', sql: 'CREATE TABLE IF NOT EXISTS a (x int); CREATE UNIQUE INDEX i ON "public"."a" (x); DROP INDEX i;', expected: [] },
  { name: 'IF NOT EXISTS on a table that exists', before: 'CREATE TABLE a (x int)', sql: 'CREATE TABLE IF NOT EXISTS a (x int); CREATE INDEX i ON a (x);', expected: ['createIndex: CREATE INDEX i ON a (x)'] },
  { name: 'index on a partitioned table', before: 'CREATE TABLE a (x int) PARTITION BY RANGE (x)', sql: 'CREATE INDEX i ON a (x); CREATE INDEX j ON ONLY a (x);', expected: ['createIndexOnPartitioned: CREATE INDEX i ON a (x)'] },
  { name: 'drops an index', sql: 'DROP INDEX i', expected: ['dropIndex: DROP INDEX i'] },
  { name: 'drops an index whose column goes', before: 'CREATE TABLE a (x int, y int); CREATE INDEX i ON a (x)', sql: 'DROP INDEX i; ALTER TABLE a DROP COLUMN x;', expected: ['dropColumn: DROP COLUMN x'] },
  { name: 'repeatable script', sql: 'CREATE TABLE a (x int); DROP INDEX IF EXISTS i; CREATE INDEX i ON a (x);', expected: [] },
  { name: 'concurrently between BEGIN and COMMIT', sql: 'BEGIN; CREATE INDEX CONCURRENTLY i ON a (x); COMMIT; DROP INDEX CONCURRENTLY j;', expected: ['concurrentlyInTransaction: CREATE INDEX CONCURRENTLY i ON a (x)'] },
  { name: 'concurrently in a block', sql: 'DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON a (x); END $$', expected: ['concurrentlyInTransaction: CREATE INDEX CONCURRENTLY i ON a (x)'] },
  { name: 'search path', sql: 'SET search_path = shop; CREATE TABLE a (x int); CREATE INDEX i ON shop.a (x);', expected: [] },
  { name: 'same name in another schema', sql: 'CREATE TABLE shop.a (x int); CREATE INDEX i ON public.a (x);', expected: ['createIndex: CREATE INDEX i ON public.a (x)'] },
  { name: 'block with conditions and literals', sql: "DO $x$\nBEGIN\n  IF true THEN ALTER TABLE a DROP COLUMN b; END IF;\n  EXECUTE 'DROP TABLE c';\nEND $x$;", expected: ['dropColumn: DROP COLUMN b', 'dropTable: DROP TABLE c'] },
  { name: 'what stands in comments, texts and functions', sql: "-- DROP TABLE a;\n/* DROP TABLE b; /* nested */ */ SELECT 'DROP TABLE c;'; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ DELETE FROM d; SELECT 1; $$; CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; COMMENT ON TABLE a IS 'x';", expected: [] },
];

describe('findHazards', () => {
  it.each(cases)('$name', ({ before, sql, expected }) => {
    const analysis = analyzeTexts({ 'migrations/001_before.sql': before ?? 'SELECT 1;', 'migrations/002_it.sql': sql });
    expect(analysis.files.flatMap((file) => file.notAnalysed)).toEqual([]);
    expect(hazardsOf(analysis, 'migrations/002_it.sql', sql)).toEqual(expected);
  });
});
