import { describe, expect, it } from 'vitest';
import { effectsOf, type LockMode } from '../../src/migrations/effects/effects.ts';
import { readScript } from '../../src/migrations/read-script.ts';
import { applyStatement } from '../../src/migrations/replay.ts';
import { emptySchema } from '../../src/migrations/replayed-schema.ts';
import { EFFECTS_CASES } from './effects-cases.ts';
import { BASE_SCHEMA } from './locks/base-schema.ts';

const SHORT: readonly (readonly [mode: LockMode, short: string])[] = [
  ['AccessExclusiveLock', 'AX'], ['ExclusiveLock', 'X'], ['ShareRowExclusiveLock', 'SRX'], ['ShareLock', 'S'], ['ShareUpdateExclusiveLock', 'SUX'],
  ['RowExclusiveLock', 'RX'], ['RowShareLock', 'RS'], ['AccessShareLock', 'AS'],
];

const PARTITIONS = `CREATE TABLE a (x int) PARTITION BY LIST (x);
  CREATE TABLE b PARTITION OF a FOR VALUES IN (1); CREATE TABLE c PARTITION OF a DEFAULT`;

const OLD_DEFAULT = "CREATE TYPE e AS ENUM ('a'); CREATE TABLE a (x e DEFAULT 'a'); ALTER TABLE a ALTER x TYPE text";

const stated = (volatility: string): string => `CREATE TABLE a (x int); CREATE FUNCTION f() RETURNS int LANGUAGE sql ${volatility} AS $$ SELECT 1 $$`;

/** Effects of the last statement: `AX orders; SRX customers; scans orders`. */
function effects(before: string, sql: string, version = 18): string {
  const schema = emptySchema();
  for (const statement of readScript(before).statements) applyStatement(schema, statement, 'before.sql');
  const [statement] = readScript(sql).statements;
  if (!statement) throw new Error(`Not understood: ${sql}`);
  const { locks, rewrites, scans } = effectsOf(statement, schema, version);
  const short = (name: string): string => name.replace(/^public\./, '');
  const modes = SHORT.flatMap(([mode, word]) => {
    const names = locks.filter((lock) => lock.mode === mode).map(({ relation }) => short(relation));
    return names.length > 0 ? [`${word} ${names.join(' ')}`] : [];
  });
  const rest = [['rewrites', rewrites], ['scans', scans]] as const;
  return [...modes, ...rest.flatMap(([word, names]) => (names.length > 0 ? [`${word} ${names.map(short).join(' ')}`] : []))].join('; ');
}

describe('effectsOf', () => {
  it.each(EFFECTS_CASES.map(({ sql, setup = '', expected }) => [sql, setup, expected] as const))('%s (%s)', (sql, setup, expected) => {
    expect(effects(`${BASE_SCHEMA};${setup}`, sql)).toBe(expected);
  });

  it.each<[why: string, before: string, sql: string, version: number, expected: string]>([
    ['a table that no migration made was there before', '', 'ALTER TABLE a DROP COLUMN b', 18, 'AX a'],
    ['a type change of a column nobody has seen may write all rows', '', 'ALTER TABLE a ALTER b TYPE text', 18, 'AX a; rewrites a; scans a'],
    ['nothing is there where IF EXISTS asks', '', 'DROP TABLE IF EXISTS a', 18, ''],
    ['what was dropped is gone', 'CREATE TABLE a (x int); DROP TABLE a', 'SELECT * FROM a', 18, ''],
    ['a temporary table', 'CREATE TEMP TABLE a (x int)', 'DROP TABLE a', 18, 'AX pg_temp.a'],
    ['another schema', 'SET search_path TO s; CREATE TABLE a (x int UNIQUE)', 'DROP TABLE s.a', 18, 'AX s.a s.a_x_key'],
    ['a catalogue is no table', '', 'SELECT * FROM pg_catalog.pg_class, information_schema.tables, pg_stat_activity', 18, ''],
    ['CONCURRENTLY lets others write', 'CREATE TABLE a (x int)', 'CREATE INDEX CONCURRENTLY ON a (x)', 18, 'SUX a; scans a'],
    ['types take no lock on tables', "CREATE TYPE e AS ENUM ('a'); CREATE TABLE a (x e)", "ALTER TYPE e ADD VALUE 'b'", 18, ''],
    ['a default of a type that the column had', OLD_DEFAULT, 'DROP TYPE e CASCADE', 18, 'AX a'],
    ['a time zone that is not UTC', 'CREATE TABLE a (x timestamp)', 'ALTER TABLE a ALTER x TYPE timestamptz', 18, 'AX a; rewrites a; scans a'],
    ['UTC', "SET timezone = 'UTC'; CREATE TABLE a (x timestamp)", 'ALTER TABLE a ALTER x TYPE timestamptz', 18, 'AX a'],
    ['rows that go where they belong', PARTITIONS, 'INSERT INTO a VALUES (1), (1)', 18, 'RX a b'],
    ['rows of a query may go anywhere', PARTITIONS, 'INSERT INTO a SELECT 1', 18, 'RX a b c'],
    ['a function of the schema', stated('STABLE'), 'ALTER TABLE a ADD y int DEFAULT f()', 18, 'AX a'],
    ['a function that says nothing', stated(''), 'ALTER TABLE a ADD y int DEFAULT f()', 18, 'AX a; rewrites a; scans a'],
    ['a grant before PostgreSQL 18', 'CREATE TABLE a (x int)', 'GRANT SELECT ON a TO PUBLIC', 17, ''],
    ['a partition that leaves, before PostgreSQL 14', PARTITIONS, 'ALTER TABLE a DETACH PARTITION b', 13, 'AX a c; SUX b'],
    ['children that inherit, before PostgreSQL 18', 'CREATE TABLE a (x int); CREATE TABLE b () INHERITS (a)', 'ANALYZE a', 17, 'SUX a; AS b'],
  ])('%s', (_, before, sql, version, expected) => {
    expect(effects(before, sql, version)).toBe(expected);
  });
});
