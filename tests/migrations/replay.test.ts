import { describe, expect, it } from 'vitest';
import { readScript } from '../../src/migrations/read-script.ts';
import { applyStatement } from '../../src/migrations/replay.ts';
import { childrenOf, emptySchema, findTable, type ReplayedSchema } from '../../src/migrations/replayed-schema.ts';

function replay(...files: readonly string[]): ReplayedSchema {
  const schema = emptySchema();
  files.forEach((text, i) => {
    for (const statement of readScript(text).statements) applyStatement(schema, statement, `${i + 1}.sql`);
  });
  return schema;
}

const keys = (entries: ReadonlyMap<string, unknown>): string[] => [...entries.keys()].sort();
const constraints = (schema: ReplayedSchema, table: string): string[] => keys(findTable(schema, { name: table })?.constraints ?? new Map());

describe('names that the server makes', () => {
  it.each<[sql: string, table: string, expected: readonly string[]]>([
    ['CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0), d int REFERENCES t)', 't', ['t_b_key', 't_c_check', 't_d_fkey', 't_pkey']],
    ['CREATE TABLE t (a int, b int, UNIQUE (a, b), CHECK (a > b), FOREIGN KEY (a, b) REFERENCES u (x, y))', 't', ['t_a_b_fkey', 't_a_b_key', 't_check']],
    ['CREATE TABLE t (a int CHECK (a > 0) CHECK (a < 9))', 't', ['t_a_check', 't_a_check1']],
    ['CREATE TABLE t (a int); ALTER TABLE t ADD EXCLUDE USING gist (a WITH =)', 't', ['t_a_excl']],
    ['CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i', 't', ['u']],
    [
      `CREATE TABLE ${'long'.repeat(10)} (${'column'.repeat(8)} int UNIQUE)`,
      'long'.repeat(10),
      [`${'long'.repeat(10).slice(0, 29)}_${'column'.repeat(8).slice(0, 29)}_key`],
    ],
  ])('%s', (sql, table, expected) => {
    expect(constraints(replay(sql), table)).toEqual(expected);
  });

  it.each<[sql: string, expected: readonly string[]]>([
    ['CREATE TABLE t (a int, b text); CREATE INDEX ON t (a, b); CREATE INDEX ON t (a, b)', ['public.t_a_b_idx', 'public.t_a_b_idx1']],
    ['CREATE TABLE t (a text); CREATE INDEX ON t (lower(a), (a || a), (a || a))', ['public.t_lower_expr_expr1_idx']],
    ['SET search_path TO s; CREATE TABLE t (a int PRIMARY KEY)', ['s.t_pkey']],
    ['CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t RENAME CONSTRAINT t_pkey TO k', ['public.k']],
    ['CREATE TABLE t (a int PRIMARY KEY); ALTER INDEX t_pkey RENAME TO k', ['public.k']],
    ['CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t SET SCHEMA s', ['s.t_pkey']],
    ['CREATE TABLE t (a int, b int UNIQUE); ALTER TABLE t DROP COLUMN b', []],
    ['CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t DROP CONSTRAINT t_pkey', []],
    ['CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a) WHERE b > 0; ALTER TABLE t DROP COLUMN b', []],
    ['CREATE TABLE t (a int UNIQUE); CREATE TABLE u (LIKE t INCLUDING INDEXES)', ['public.t_a_key', 'public.u_a_key']],
  ])('indexes after %s', (sql, expected) => {
    expect(keys(replay(sql).indexes)).toEqual(expected);
  });

  it('numbers and drops sequences with their columns', () => {
    const before = 'CREATE TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY); CREATE SEQUENCE t_c_seq; ALTER TABLE t ADD COLUMN c bigserial';
    expect(keys(replay(before).sequences)).toEqual(['public.t_a_seq', 'public.t_b_seq', 'public.t_c_seq', 'public.t_c_seq1']);
    expect(keys(replay(before, 'ALTER TABLE t DROP COLUMN a; ALTER TABLE t ALTER b DROP IDENTITY; DROP SEQUENCE t_c_seq').sequences)).toEqual(['public.t_c_seq1']);
    expect(keys(replay(before, 'DROP TABLE t').sequences)).toEqual(['public.t_c_seq']);
  });
});

describe('partitions and children', () => {
  const events = `CREATE TABLE events (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); CREATE TABLE events_rest PARTITION OF events DEFAULT;`;

  it('have the indexes and constraints of what is above', () => {
    const schema = replay(`${events} CREATE INDEX ON events (day); ALTER TABLE events ADD CONSTRAINT positive CHECK (id > 0)`);
    expect(keys(schema.indexes)).toEqual([
      'public.events_1_day_idx', 'public.events_1_pkey', 'public.events_day_idx', 'public.events_pkey', 'public.events_rest_day_idx', 'public.events_rest_pkey',
    ]);
    expect(constraints(schema, 'events_1')).toEqual(['events_1_pkey', 'positive']);
    expect(findTable(schema, { name: 'events_1' })?.columns.get('id')).toMatchObject({ notNull: true });
    expect(findTable(schema, { name: 'events_rest' })?.partitionBound).toMatchObject({ isDefault: true });
  });

  it('are attached with an index that fits, and leave with it', () => {
    const attached = `${events} CREATE TABLE spare (id int, day date, PRIMARY KEY (id, day)); ALTER TABLE events ATTACH PARTITION spare FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);`;
    const schema = replay(attached);
    expect(childrenOf(schema, findTable(schema, { name: 'events' })!).map(({ name }) => name.name)).toEqual(['events_1', 'events_rest', 'spare']);
    expect(schema.indexes.get('public.spare_pkey')?.parent?.name.name).toBe('events_pkey');
    const detached = replay(attached, 'ALTER TABLE events DETACH PARTITION spare; DROP TABLE events');
    expect(keys(detached.tables)).toEqual(['public.spare']);
    expect(keys(detached.indexes)).toEqual(['public.spare_pkey']);
  });

  it('follow the columns of what they inherit from', () => {
    const schema = replay('CREATE TABLE a (x int); CREATE TABLE b (y int) INHERITS (a)', 'ALTER TABLE a ADD COLUMN z text; ALTER TABLE a RENAME x TO w; ALTER TABLE a DROP COLUMN z');
    expect(keys(findTable(schema, { name: 'b' })!.columns)).toEqual(['w', 'y']);
  });
});

describe('what hangs on a table', () => {
  it('falls with CASCADE', () => {
    const schema = replay(
      `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a); CREATE VIEW v AS SELECT id FROM a; CREATE MATERIALIZED VIEW m AS SELECT id FROM v`,
      'DROP TABLE a CASCADE',
    );
    expect([keys(schema.tables), keys(schema.views), constraints(schema, 'b')]).toEqual([['public.b'], [], []]);
  });

  it('references the columns by their new names', () => {
    const schema = replay('CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a ON DELETE CASCADE)', 'ALTER TABLE a RENAME id TO key; ALTER TABLE a RENAME TO c');
    const key = findTable(schema, { name: 'b' })?.constraints.get('b_a_id_fkey');
    expect(key?.references).toMatchObject({ table: { name: { name: 'c' } }, columns: ['key'], onDelete: 'cascade' });
  });

  it('is valid once it was validated', () => {
    const schema = replay('CREATE TABLE a (x int); ALTER TABLE a ADD CONSTRAINT c CHECK (x IS NOT NULL) NOT VALID');
    expect(findTable(schema, { name: 'a' })?.checks.get('c')).toEqual({ provesNotNull: ['x'], valid: false });
    for (const statement of readScript('ALTER TABLE a VALIDATE CONSTRAINT c').statements) applyStatement(schema, statement, '2.sql');
    expect(findTable(schema, { name: 'a' })?.checks.get('c')).toEqual({ provesNotNull: ['x'], valid: true });
    expect(findTable(schema, { name: 'a' })?.constraints.get('c')).toMatchObject({ valid: true, expression: 'x IS NOT NULL' });
  });

  it('comes and goes: triggers, policies, statistics, publications', () => {
    const text = `CREATE TABLE a (x int, y int); CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f(); CREATE POLICY p ON a USING (true);
      CREATE STATISTICS s ON x, y FROM a; CREATE PUBLICATION b FOR TABLE a;`;
    const schema = replay(text);
    const table = findTable(schema, { name: 'a' })!;
    expect([[...table.triggers.keys()], [...table.policies], keys(schema.statistics), schema.publications.get('b')?.has(table)]).toEqual([['t'], ['p'], ['public.s'], true]);
    const after = replay(text, 'ALTER TRIGGER t ON a RENAME TO u; DROP POLICY p ON a; DROP STATISTICS s; ALTER PUBLICATION b DROP TABLE a');
    const left = findTable(after, { name: 'a' })!;
    expect([[...left.triggers.keys()], [...left.policies], keys(after.statistics), after.publications.get('b')?.size]).toEqual([['u'], [], [], 0]);
  });
});

describe('types', () => {
  it('keeps the values of an enum in order, with the migration of each', () => {
    const schema = replay("CREATE TYPE e AS ENUM ('a', 'c')", "ALTER TYPE e ADD VALUE 'b' BEFORE 'c'; ALTER TYPE e ADD VALUE 'd'; ALTER TYPE e RENAME VALUE 'a' TO 'z'; ALTER TYPE e RENAME TO f");
    expect(schema.enums.get('public.f')?.values).toEqual([
      { value: 'z', addedIn: '1.sql' }, { value: 'b', addedIn: '2.sql' }, { value: 'c', addedIn: '1.sql' }, { value: 'd', addedIn: '2.sql' },
    ]);
  });

  it('knows what a domain demands', () => {
    const schema = replay('CREATE DOMAIN d AS text CHECK (VALUE <> $$$$)', 'ALTER DOMAIN d ADD CONSTRAINT c CHECK (true) NOT VALID; ALTER DOMAIN d SET NOT NULL');
    expect(schema.domains.get('public.d')).toMatchObject({ notNull: true, checks: new Map([['d_check', { valid: true }], ['c', { valid: false }]]) });
  });

  it('follows settings', () => {
    const schema = replay("SET TimeZone TO 'UTC'; SET lock_timeout = '1s'; RESET lock_timeout; SELECT set_config('statement_timeout', '5s', false)");
    expect(Object.fromEntries(schema.settings)).toEqual({ timezone: 'UTC', statement_timeout: '5s' });
  });
});
