import { expect, test } from 'vitest';
import { isStatement, sqlOperation, sqlTable } from '../../src/project/sql-text.ts';

test.each([
  ['SELECT * FROM users', 'read', 'users'],
  ['-- who\nselect 1 from "public"."orders" o', 'read', 'public.orders'],
  ['insert into carts (id) select id from users', 'write', 'carts'],
  ['UPDATE ONLY orders AS o SET total = 0', 'write', 'orders'],
  ['UPDATE ? SET total = 0', 'write', undefined],
  ['INSERT INTO ? (id) VALUES (1) ON CONFLICT DO UPDATE SET id = 2', 'write', undefined],
  ['SELECT id FROM jobs FOR UPDATE SKIP LOCKED', 'read', 'jobs'],
  ['WITH done AS (SELECT 1), more AS (DELETE FROM jobs RETURNING id) SELECT * FROM done', 'write', 'jobs'],
  ['WITH recent AS (SELECT id FROM visits) SELECT * FROM recent', 'read', 'visits'],
  ['SELECT pg_try_advisory_xact_lock($1)', 'raw', undefined],
  ['BEGIN', 'raw', undefined],
  ['CREATE TABLE users (id int)', 'raw', undefined],
])('%s', (sql, operation, table) => {
  expect([sqlOperation(sql), sqlTable(sql)]).toEqual([operation, table]);
});

test.each([
  ['select 1', true],
  ['/* ids */ DELETE FROM users', true],
  ['truncate table users', true],
  ['count(*) as total', false],
  ['TRUNC(created_at, ?)', false],
  ["concat_ws(' ', a, b)", false],
])('is %s a statement', (sql, expected) => {
  expect(isStatement(sql)).toBe(expected);
});
