import { describe, expect, test } from 'vitest';
import { readScript } from '../../../src/migrations/read-script.ts';
import { admitInDatabase, admitInSchema } from '../../../src/migrations/trace/admit-on-server.ts';

function read(sql: string): Parameters<typeof admitInDatabase>[0] {
  const [statement] = readScript(sql).statements;
  if (!statement) throw new Error(`Not understood: ${sql}`);
  return { statement, sql, sqlStart: 0 };
}

describe('what is run in a database of its own', () => {
  test.each([
    'CREATE TABLE public.orders (id integer)',
    'CREATE SCHEMA auth',
    'CREATE EXTENSION citext',
    'DO $$ BEGIN CREATE TABLE t (id integer); END $$',
    'ALTER TABLE orders OWNER TO CURRENT_USER',
    'GRANT SELECT ON orders TO PUBLIC',
    'CREATE TABLE users_role (database text, "user" text)',
  ])('runs: %s', (sql) => expect(admitInDatabase(read(sql))).toEqual({ sql }));

  test.each([
    'CREATE ROLE app',
    'ALTER ROLE app SET search_path = x',
    'DROP USER app',
    'CREATE DATABASE shop',
    'DROP DATABASE shop',
    'ALTER DATABASE shop SET timezone = UTC',
    'GRANT CONNECT ON DATABASE shop TO PUBLIC',
    'GRANT admin TO app',
    "ALTER SYSTEM SET work_mem = '1GB'",
    "CREATE TABLESPACE fast LOCATION '/fast'",
    "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
    'REASSIGN OWNED BY a TO b',
    "COPY orders TO PROGRAM 'cat'",
    "COPY orders FROM '/etc/passwd'",
    'DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles) THEN CREATE ROLE app; END IF; END $$',
    "DO $$ BEGIN EXECUTE 'DROP DATABASE shop'; END $$",
    "SELECT dblink_exec('dbname=shop', 'DELETE FROM orders')",
    'CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw',
    'SELECT pg_terminate_backend(1)',
  ])('leaves out: %s', (sql) => expect(admitInDatabase(read(sql))).toHaveProperty('skip'));
});

describe('what is run in a schema of its own', () => {
  const admit = (sql: string): ReturnType<typeof admitInSchema> => admitInSchema(read(sql), 'trace_1', ['public', 'auth', 'pg_catalog', 'trace_1']);

  test.each([
    ['CREATE TABLE orders (id integer)', 'CREATE TABLE orders (id integer)'],
    ['ALTER TABLE public.orders ADD COLUMN a text', 'ALTER TABLE trace_1.orders ADD COLUMN a text'],
    ['ALTER TABLE "public"."a" ADD FOREIGN KEY (b) REFERENCES "public" . "b" (id)', 'ALTER TABLE trace_1."a" ADD FOREIGN KEY (b) REFERENCES trace_1 . "b" (id)'],
    ['ALTER TABLE PUBLIC.orders DROP COLUMN a', 'ALTER TABLE trace_1.orders DROP COLUMN a'],
    ['UPDATE orders o SET note = o.title', 'UPDATE orders o SET note = o.title'],
    ["INSERT INTO notes (body) VALUES ('the public. it says')", undefined],
    ['CREATE TABLE t (id uuid DEFAULT pg_catalog.gen_random_uuid())', 'CREATE TABLE t (id uuid DEFAULT pg_catalog.gen_random_uuid())'],
    ['DROP INDEX public.orders_idx', 'DROP INDEX trace_1.orders_idx'],
    ['UPDATE auth.users SET id = 1', undefined],
    ['CREATE VIEW v AS SELECT id FROM "auth"."users"', undefined],
    ["CREATE TABLE t (id integer DEFAULT nextval('public.orders_id_seq'))", undefined],
    ["SELECT setval('orders_id_seq', 1)", undefined],
    ['SET search_path TO public', undefined],
    ['CREATE SCHEMA other', undefined],
    ['ALTER TABLE orders SET SCHEMA auth', undefined],
    ['DROP SCHEMA public CASCADE', undefined],
    ['CREATE EXTENSION citext', undefined],
    ['DO $$ BEGIN DELETE FROM orders; END $$', undefined],
    ['CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM public.orders $$', undefined],
    ['GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC', undefined],
    ['VACUUM', undefined],
    ['CREATE ROLE app', undefined],
  ])('%s', (sql, expected) => {
    const admission = admit(sql);
    expect('sql' in admission ? admission.sql : undefined).toBe(expected);
  });
});
