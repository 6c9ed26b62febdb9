import { describe, expect, it } from 'vitest';
import { readScript } from '../../src/migrations/read-script.ts';
import type { Statement } from '../../src/migrations/statements.ts';

function only(sql: string): Statement {
  const { statements, notAnalysed } = readScript(sql);
  expect(notAnalysed).toEqual([]);
  const [statement] = statements;
  if (!statement || statements.length !== 1) throw new Error(`Not one statement: ${sql}`);
  return statement;
}

/** Every text of the model that has a place, as `text of the file`. */
function placesIn(value: unknown, text: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => placesIn(item, text));
  if (value === null || typeof value !== 'object') return [];
  const { start, end } = value as { start?: number; end?: number };
  const own = start !== undefined && end !== undefined ? [text.slice(start, end)] : [];
  return [...own, ...Object.values(value).flatMap((child) => placesIn(child, text))];
}

describe('the model of a statement', () => {
  it.each<[sql: string, expected: object]>([
    ['TRUNCATE a, b.c RESTART IDENTITY CASCADE', { kind: 'truncate', tables: [{ name: 'a' }, { schema: 'b', name: 'c' }], cascade: true, restartIdentity: true }],
    ['VACUUM (FULL, ANALYZE) a', { kind: 'vacuum', tables: [{ name: 'a' }], full: true, analyze: true }],
    ['VACUUM (FULL false) a', { kind: 'vacuum', tables: [{ name: 'a' }] }],
    ['ANALYZE', { kind: 'analyze', tables: [] }],
    ['CLUSTER a USING i', { kind: 'cluster', tables: [{ name: 'a' }], index: 'i' }],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY v', { kind: 'refresh', tables: [{ name: 'v' }], concurrently: true, withData: true }],
    ['REINDEX (CONCURRENTLY) TABLE a', { kind: 'reindex', object: 'table', tables: [{ name: 'a' }], concurrently: true }],
    ['REINDEX SCHEMA s', { kind: 'reindex', object: 'schema', tables: [{ name: 's' }] }],
    ['LOCK TABLE ONLY a IN SHARE ROW EXCLUSIVE MODE', { kind: 'lock', mode: 'ShareRowExclusiveLock', only: true }],
    ['CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()', { kind: 'createTrigger', name: 't', table: { name: 'a' }, rowLevel: true, function: { name: 'f' } }],
    ['CREATE POLICY p ON a USING (x IN (SELECT id FROM b))', { kind: 'createPolicy', name: 'p', query: { reads: [{ name: 'b' }] } }],
    ['CREATE RULE r AS ON INSERT TO a DO ALSO INSERT INTO b SELECT new.x', { kind: 'createRule', table: { name: 'a' }, query: { writes: [{ name: 'b' }], reads: [] } }],
    ['DROP POLICY IF EXISTS p ON s.a', { kind: 'drop', object: 'policy', names: [{ name: 'p' }], on: { schema: 's', name: 'a' }, ifExists: true }],
    ['CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT count(*) FROM a $$', { kind: 'createFunction', language: 'sql', query: { reads: [{ name: 'a' }] } }],
    ["COMMENT ON COLUMN s.a.x IS 'y'", { kind: 'comment', object: 'column', target: { schema: 's', name: 'a' } }],
    ['GRANT SELECT ON a, b TO c', { kind: 'grant', object: 'table', targets: [{ name: 'a' }, { name: 'b' }] }],
    ['REVOKE ALL ON ALL TABLES IN SCHEMA s FROM c', { kind: 'revoke', targets: [], allInSchemas: ['s'] }],
    ['ALTER SEQUENCE s OWNED BY a.x', { kind: 'alterSequence', ownedBy: { table: { name: 'a' }, column: 'x' } }],
    ['ALTER SEQUENCE s RESTART WITH 5', { kind: 'alterSequence', restart: true, options: ['restart'] }],
    ['ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID', { kind: 'alterDomain', action: 'addConstraint', constraint: { name: 'c', notValid: true } }],
    ['ALTER DOMAIN d SET NOT NULL', { kind: 'alterDomain', action: 'setNotNull' }],
    ['ALTER DOMAIN d DROP DEFAULT', { kind: 'alterDomain', action: 'dropDefault' }],
    ['ALTER DOMAIN d SET DEFAULT 1', { kind: 'alterDomain', action: 'setDefault' }],
    ["CREATE TYPE e AS ENUM ('a', 'b')", { kind: 'createType', form: 'enum', values: ['a', 'b'] }],
    ["ALTER TYPE e ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'", { kind: 'enumValue', action: 'add', value: 'x', neighbour: 'y', before: true, ifNotExists: true }],
    ["ALTER TYPE e RENAME VALUE 'x' TO 'y'", { kind: 'enumValue', action: 'rename', oldValue: 'x', value: 'y' }],
    ['CREATE EXTENSION IF NOT EXISTS citext SCHEMA s', { kind: 'createExtension', name: 'citext', schema: 's', ifNotExists: true }],
    ['ALTER PUBLICATION p ADD TABLE a', { kind: 'alterPublication', action: 'add', tables: [{ name: 'a' }] }],
    ['SET LOCAL lock_timeout TO 5000', { kind: 'set', name: 'lock_timeout', value: '5000', local: true }],
    ['RESET ALL', { kind: 'set', reset: 'all' }],
    ["SELECT set_config('lock_timeout', '5s', true)", { kind: 'select', query: { calls: [{ name: 'set_config', args: ['lock_timeout', '5s', 'true'] }] } }],
    ['SELECT o.id FROM orders o JOIN items i ON true FOR UPDATE OF i', { kind: 'select', query: { locksRows: [{ name: 'items' }] } }],
    ['EXPLAIN SELECT 1 FROM a', { kind: 'select', how: 'explained', query: { reads: [{ name: 'a' }] } }],
    ['COPY a TO stdout', { kind: 'select', how: 'copied' }],
    ['WITH a AS (DELETE FROM b RETURNING id) INSERT INTO c SELECT id FROM a', {
      kind: 'insert', tables: [{ name: 'c' }], query: { reads: [], writes: [{ name: 'c' }, { name: 'b' }], inserts: [{ name: 'c' }] },
    }],
    ["INSERT INTO a (x, y) VALUES (1, 'b'), (2, now()) ON CONFLICT (x) DO NOTHING", {
      kind: 'insert', columns: ['x', 'y'], rows: 2, values: [['1', 'b'], ['2', null]], onConflict: true, conflictTarget: true,
    }],
    ['MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE', { kind: 'merge', tables: [{ name: 'a' }], query: { reads: [{ name: 'b' }] } }],
    ['CREATE VIEW v AS WITH w AS (SELECT * FROM a) SELECT * FROM w, s.b', { kind: 'createView', query: { reads: [{ schema: 's', name: 'b' }, { name: 'a' }] } }],
    ["CREATE TABLE p PARTITION OF q FOR VALUES FROM (MINVALUE) TO ('2024-01-01')", {
      kind: 'createTable', partitionOf: { name: 'q' }, partitionBound: { isDefault: false, strategy: 'range', from: ['MINVALUE'], to: ['2024-01-01'] },
    }],
    ['CREATE TABLE a (LIKE b INCLUDING DEFAULTS INCLUDING INDEXES)', { kind: 'createTable', like: [{ name: 'b', including: ['defaults', 'indexes'] }] }],
    ['CREATE INDEX ON a USING gin (lower(x) gin_trgm_ops, y DESC) INCLUDE (z) WHERE w IS NULL', {
      kind: 'createIndex', columns: [null, 'y'], included: ['z'], whereColumns: ['w'],
      keys: [{ column: null, reads: ['x'], named: 'lower', opclass: 'gin_trgm_ops' }, { column: 'y', descending: true }],
    }],
    ['ALTER TABLE a RENAME CONSTRAINT x TO y', { kind: 'rename', object: 'constraint', on: 'table', from: 'x', to: 'y' }],
    ['ALTER TYPE t RENAME ATTRIBUTE x TO y', { kind: 'rename', object: 'attribute', on: 'type' }],
    ['NOTIFY x', { kind: 'other', node: 'NotifyStmt' }],
  ])('%s', (sql, expected) => {
    expect(only(sql)).toMatchObject(expected);
  });

  it.each<[sql: string, expected: object]>([
    ['ALTER x SET STATISTICS 5', { kind: 'setStatistics', column: 'x' }],
    ['ALTER x SET STORAGE external', { kind: 'setStorage' }],
    ['ALTER x SET (n_distinct = 5)', { kind: 'setColumnOptions' }],
    ['ALTER x ADD GENERATED ALWAYS AS IDENTITY', { kind: 'addIdentity', column: 'x' }],
    ['ALTER x SET GENERATED ALWAYS RESTART', { kind: 'setIdentity', options: ['generated', 'restart'] }],
    ['ALTER x DROP IDENTITY', { kind: 'dropIdentity' }],
    ['ALTER x SET EXPRESSION AS (y + 1)', { kind: 'setExpression' }],
    ['ALTER x DROP EXPRESSION', { kind: 'dropExpression' }],
    ['SET (fillfactor = 70)', { kind: 'setOptions', options: ['fillfactor'] }],
    ['SET LOGGED', { kind: 'setLogged' }],
    ['SET TABLESPACE fast', { kind: 'setTablespace', name: 'fast' }],
    ['SET ACCESS METHOD heap2', { kind: 'setAccessMethod', name: 'heap2' }],
    ['OWNER TO someone', { kind: 'setOwner', name: 'someone' }],
    ['OWNER TO CURRENT_USER', { kind: 'setOwner' }],
    ['REPLICA IDENTITY USING INDEX i', { kind: 'replicaIdentity', identity: 'index', index: 'i' }],
    ['DISABLE TRIGGER ALL', { kind: 'disableTrigger', trigger: 'ALL' }],
    ['ENABLE ALWAYS TRIGGER t', { kind: 'enableTrigger', trigger: 't', when: 'always' }],
    ['FORCE ROW LEVEL SECURITY', { kind: 'forceRowSecurity' }],
    ['NO INHERIT p', { kind: 'noInherit', parent: { name: 'p' } }],
    ['OF t', { kind: 'ofType', type: { name: 't' } }],
    ['CLUSTER ON i', { kind: 'clusterOn', index: 'i' }],
    ['ALTER CONSTRAINT c NOT ENFORCED', { kind: 'alterConstraint', constraint: 'c', changes: ['enforceability'], notEnforced: true }],
    ['DETACH PARTITION p FINALIZE', { kind: 'detachPartition', finalize: true }],
    ['ATTACH PARTITION p DEFAULT', { kind: 'attachPartition', bound: { isDefault: true } }],
    ['DROP CONSTRAINT IF EXISTS c CASCADE', { kind: 'dropConstraint', ifExists: true, cascade: true }],
  ])('ALTER TABLE a %s', (command, expected) => {
    expect(only(`ALTER TABLE a ${command}`)).toMatchObject({ kind: 'alterTable', commands: [expected] });
  });

  it.each<[sql: string, narrowing: string]>([
    ['DELETE FROM a', 'none'],
    ['DELETE FROM a WHERE id = 5', 'key'],
    ["UPDATE a SET x = 1 WHERE slug IN ('a', 'b')", 'key'],
    ['UPDATE a SET x = 1 WHERE id BETWEEN 1 AND 1000', 'range'],
    ['UPDATE a SET x = 1 WHERE n >= 1 AND n < 1000 AND y IS NULL', 'range'],
    ['UPDATE a SET x = 1 WHERE id IN (SELECT id FROM a WHERE x IS NULL LIMIT 500)', 'limited'],
    ['WITH batch AS (SELECT id FROM a LIMIT 500) UPDATE a SET x = 1 FROM batch WHERE a.id = batch.id', 'limited'],
    ['UPDATE a SET x = 1 WHERE x IS NULL', 'condition'],
    ['UPDATE a SET x = b.x FROM b WHERE b.id = a.id', 'condition'],
  ])('narrows %s', (sql, narrowing) => {
    expect(only(sql)).toMatchObject({ narrowing });
  });

  it('knows the place of every clause, whatever the text holds', () => {
    const text = `/* 😀 */ CREATE TABLE "Ö".tü (
      "größe" double precision[] CONSTRAINT nn NOT NULL DEFAULT ARRAY['😀,)', 'b'] COLLATE "C" CHECK ("größe" > 0), -- c, d
      b timestamp(3) without time zone DEFAULT now() NULL REFERENCES z (a, b) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      CONSTRAINT "K" UNIQUE (a, b), c serial PRIMARY KEY)`;
    const statement = only(text);
    expect(placesIn(statement.kind === 'createTable' ? [statement.columns, statement.constraints] : [], text)).toEqual([
      `"größe" double precision[] CONSTRAINT nn NOT NULL DEFAULT ARRAY['😀,)', 'b'] COLLATE "C" CHECK ("größe" > 0)`,
      '"größe"',
      'double precision[]',
      "ARRAY['😀,)', 'b']",
      'CHECK ("größe" > 0)',
      '"größe" > 0',
      'b timestamp(3) without time zone DEFAULT now() NULL REFERENCES z (a, b) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
      'b',
      'timestamp(3) without time zone',
      'now()',
      'REFERENCES z (a, b) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
      'c serial PRIMARY KEY',
      'c',
      'serial',
      'PRIMARY KEY',
      'CONSTRAINT "K" UNIQUE (a, b)',
    ]);
  });

  it('keeps a place and the text there together', () => {
    const text = "ALTER TABLE é ALTER x SET DATA TYPE numeric(10, 2) USING x::numeric(10,2), ADD COLUMN ü varchar(20) DEFAULT 'ß' NOT NULL, ALTER y SET DEFAULT 1 + 2";
    const statement = only(text);
    const commands = statement.kind === 'alterTable' ? statement.commands : [];
    expect(commands).toMatchObject([
      { typeAsWritten: { text: 'numeric(10, 2)' } },
      { column: { typeAsWritten: { text: 'varchar(20)' }, default: { expression: { text: "'ß'" } } } },
      { default: { expression: { text: '1 + 2' } } },
    ]);
  });

  it('keeps names as they are written, beyond what the server keeps', () => {
    const long = 'x'.repeat(70);
    const text = `CREATE TABLE IF NOT EXISTS s."T" ("A""b" int, ${long} int CONSTRAINT ${long}_c UNIQUE, CONSTRAINT k CHECK (true))`;
    const names = (sql: string): string[] => (only(sql).introduces ?? []).map(({ what, quoted, text: name, start, end }) => {
      expect(sql.slice(start, end)).toContain(name.slice(0, 1));
      return `${what} ${quoted ? 'quoted ' : ''}${name}`;
    });
    expect(names(text)).toEqual(['table quoted T', 'column quoted A"b', `column ${long}`, `constraint ${long}_c`, 'constraint k']);
    expect(names('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS Idx ON a (b)')).toEqual(['index Idx']);
    expect(names('ALTER TABLE a RENAME COLUMN b TO "C"')).toEqual(['column quoted C']);
    expect(names('ALTER TABLE a ADD COLUMN b int, ADD CONSTRAINT c CHECK (b > 0)')).toEqual(['column b', 'constraint c']);
    expect(only('CREATE INDEX ON a (b)').introduces).toBeUndefined();
  });
});

describe('a DO block', () => {
  it('keeps the SQL of its body, PERFORM and WITH too, at its places', () => {
    const text = `DO $$ DECLARE n int; BEGIN
      PERFORM set_config('lock_timeout', '5s', true);
      WITH gone AS (DELETE FROM a RETURNING id) INSERT INTO b SELECT id FROM gone;
      WITH c AS (SELECT 1 AS x) SELECT x INTO n FROM c;
      WITH c AS (INSERT INTO b SELECT 1 RETURNING id) SELECT id, 1 FROM c INTO STRICT n, m;
      IF n > 0 THEN ALTER TABLE "ä" DROP COLUMN x; END IF;
    END $$`;
    const block = only(text);
    const inner = block.kind === 'block' ? block.statements : [];
    expect(inner.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)).toEqual([
      "select: PERFORM set_config('lock_timeout', '5s', true)",
      'insert: WITH gone AS (DELETE FROM a RETURNING id) INSERT INTO b SELECT id FROM gone',
      'select: WITH c AS (INSERT INTO b SELECT 1 RETURNING id) SELECT id, 1 FROM c INTO STRICT n, m',
      'alterTable: ALTER TABLE "ä" DROP COLUMN x',
    ]);
    expect(inner[0]).toMatchObject({ query: { calls: [{ name: 'set_config' }] } });
  });
});
