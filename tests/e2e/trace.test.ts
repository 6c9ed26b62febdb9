import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServer } from '../../src/migrations/trace/server.ts';
import type { OpenDatabase } from '../../src/migrations/trace/pglite.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const FILES = {
  'package.json': '{ "name": "shop", "dependencies": { "node-pg-migrate": "9.0.0" } }',
  'migrations/001_init.sql': [
    'CREATE EXTENSION IF NOT EXISTS citext;',
    'CREATE EXTENSION IF NOT EXISTS no_such_extension;',
    'CREATE TABLE customers (id integer PRIMARY KEY, email text NOT NULL);',
    'CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id), total integer);',
    'CREATE ROLE reporting;',
    'GRANT SELECT ON orders TO anon;',
  ].join('\n'),
  'migrations/002_grow.sql': [
    'ALTER TABLE public.orders ALTER COLUMN total TYPE bigint;',
    'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
    'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;',
  ].join('\n'),
};

interface TraceJson {
  readonly servers: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly missing: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly { readonly file: string; readonly statements: readonly StatementJson[] }[];
}

interface StatementJson {
  readonly line: number;
  readonly outcome: string;
  readonly error?: { readonly sqlstate: string };
  readonly locks?: readonly { readonly relation: string; readonly mode: string }[];
  readonly rewrites?: readonly string[];
  readonly scans?: readonly string[];
  readonly differences: readonly unknown[];
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backend-patterns-trace-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function migrations(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'migrations', '--root', folder, '--no-cache', ...args], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** What every server shows of the history; `outcomes`: those of the statements that depend on where it runs. */
function expectHistory(trace: TraceJson, createRole: string): void {
  const [init, grow] = trace.files;
  expect(init?.file).toBe('migrations/001_init.sql');
  expect(init?.statements.map(({ outcome }) => outcome)).toEqual(['ran', 'failed', 'ran', 'ran', createRole, 'failed']);
  expect(trace.missing).toEqual({ extensions: ['no_such_extension'], roles: ['anon'], schemas: [] });
  expect(grow?.statements.map(({ error }) => error?.sqlstate)).toEqual([undefined, '25001', undefined]);
  expect(grow?.statements[0]).toMatchObject({
    line: 1,
    locks: [
      { relation: 'public.orders', mode: 'AccessExclusiveLock' },
      { relation: 'public.orders_pkey', mode: 'AccessExclusiveLock' },
    ],
    rewrites: ['public.orders', 'public.orders_pkey'],
    scans: ['public.orders'],
  });
  expect(grow?.statements[2]?.locks).toContainEqual({ relation: 'public.customers', mode: 'AccessExclusiveLock' });
}

describe('migrations --trace in PGlite', () => {
  test('says per statement what the server did', async () => {
    const { status, stdout } = await migrations('--trace', '--format', 'json');
    const trace = JSON.parse(stdout) as TraceJson;
    expect(trace.servers).toEqual([expect.stringMatching(/^PGlite \(PostgreSQL 18/)]);
    expectHistory(trace, 'ran');
    expect(trace.files.flatMap(({ statements }) => statements.flatMap(({ differences }) => differences))).toEqual([]);
    expect(status).toBe(1);
  });

  test('for people', async () => {
    const { stdout } = await migrations('--trace', 'migrations/002_grow.sql');
    expect(stdout).toContain('AccessExclusive public.orders');
    expect(stdout).toContain('error 25001: CREATE INDEX CONCURRENTLY cannot run inside a transaction block');
    expect(stdout).toContain('Missing on the server: extension no_such_extension, role anon.');
    expect(stdout).toContain('The tables hold only the rows');
    expect(stdout).not.toContain('001_init.sql');
  });
});

describe('migrations --database-url', () => {
  const url = process.env['BACKEND_PATTERNS_DATABASE_URL'] ?? '';
  let server: OpenDatabase;

  beforeAll(async () => {
    if (url === '') throw new Error('These tests need a PostgreSQL server and a role that may create databases. Run: scripts/with-postgres.sh npm run test:full');
    server = await openServer(url);
    await server.connection.exec('drop table if exists public.orders; create table public.orders (id integer primary key, note text)');
    await server.connection.exec('insert into public.orders select i from generate_series(1, 1234) i; analyze public.orders');
    await server.connection.exec('drop role if exists backend_patterns_limited; create role backend_patterns_limited login');
    await server.connection.exec('grant create on database postgres to backend_patterns_limited; grant all on schema public to backend_patterns_limited');
    await server.connection.exec('grant all on public.orders to backend_patterns_limited');
  });
  afterAll(async () => {
    if (url === '') return;
    await server.connection.exec('drop owned by backend_patterns_limited; drop role backend_patterns_limited; drop table public.orders');
    await server.close();
  });

  async function expectUntouched(): Promise<void> {
    const [orders] = await server.connection.query("select count(*)::int as rows, (select count(*)::int from pg_attribute where attrelid = 'public.orders'::regclass and attnum > 0) as columns from public.orders");
    expect(orders).toEqual({ rows: 1234, columns: 2 });
    const left = await server.connection.query(
      "select datname as name from pg_database where datname like 'backend_patterns%' union all select nspname from pg_namespace where nspname like 'backend_patterns%' union all select rolname from pg_roles where rolname = 'reporting'",
    );
    expect(left).toEqual([]);
  }

  test('replays in a database of its own, says so before, and drops it', async () => {
    const { stdout, stderr } = await migrations('--trace', '--format', 'json', '--database-url', url);
    expect(stderr).toMatch(/^Creates the database backend_patterns_trace_[0-9a-f]{8} on 127\.0\.0\.1:\d+, .* and drops it\./);
    const trace = JSON.parse(stdout) as TraceJson;
    expect(trace.servers).toEqual([expect.stringMatching(/^PostgreSQL [\d.]+ \(database of its own\)$/)]);
    expectHistory(trace, 'skipped');
    await expectUntouched();
  });

  test('replays in a schema of its own where the role may not create databases', async () => {
    const limited = url.replace(/\/\/[^@]*@/, '//backend_patterns_limited@');
    const { stdout, stderr } = await migrations('--trace', '--format', 'json', '--database-url', limited);
    expect(stderr).toMatch(/^Creates the schema backend_patterns_trace_[0-9a-f]{8} in the database postgres /);
    const trace = JSON.parse(stdout) as TraceJson;
    expect(trace.servers).toEqual([expect.stringMatching(/schema of its own/)]);
    const [init, grow] = trace.files;
    expect(init?.statements.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'ran', 'ran', 'skipped', 'skipped']);
    expect(grow?.statements[0]).toMatchObject({ outcome: 'ran', rewrites: ['public.orders', 'public.orders_pkey'] });
    await expectUntouched();
  });

  test('drops what it made when it is interrupted', async () => {
    writeFileSync(join(folder, 'migrations/003_slow.sql'), 'SELECT pg_sleep(50);');
    try {
      const child = spawn(process.execPath, [MAIN, 'migrations', '--root', folder, '--no-cache', '--trace', '--database-url', url], { stdio: 'ignore' });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      await sleeping(server);
      child.kill('SIGINT');
      expect(await ended).toBe(130);
    } finally {
      rmSync(join(folder, 'migrations/003_slow.sql'));
    }
    await expectUntouched();
  });

  test('--snapshot writes sizes and nothing else', async () => {
    const { status, stdout } = await migrations('--snapshot', '--database-url', url);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^backend-patterns\.tables\.json: \d+ tables of PostgreSQL/);
    const snapshot = JSON.parse(readFileSync(join(folder, 'backend-patterns.tables.json'), 'utf8')) as { readonly tables: Readonly<Record<string, unknown>> };
    expect(snapshot.tables['public.orders']).toEqual({ rows: 1200, bytes: expect.any(Number), indexes: { orders_pkey: expect.any(Number) } });
    rmSync(join(folder, 'backend-patterns.tables.json'));
    await expectUntouched();
  });
});

/** Waits until a statement of another session sleeps. */
async function sleeping({ connection }: OpenDatabase): Promise<void> {
  for (;;) {
    const [found] = await connection.query("select 1 as found from pg_stat_activity where query = 'SELECT pg_sleep(50)' and state = 'active'");
    if (found) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('wrong use of --database-url and --trace', () => {
  test.each([
    [['--database-url', 'postgresql://nobody@127.0.0.1:1/none'], '--database-url needs --trace'],
    [['--trace', '--database-url', 'postgresql://nobody:secret@127.0.0.1:1/none'], 'ECONNREFUSED'],
    [['--snapshot'], 'add --database-url URL'],
    [['--trace', '--snapshot'], 'give one of them'],
    [['--trace', '--format', 'sarif'], 'stylish and json'],
  ])('%j is told and ends with 2', async (args, words) => {
    const { status, stderr } = await migrations(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('secret');
  });
});

describe('without the optional packages', () => {
  test.each([
    [['--trace'], 'npm install --save-dev @electric-sql/pglite'],
    [['--trace', '--database-url', 'postgresql://x@127.0.0.1:1/x'], 'npm install --save-dev pg'],
  ])('%j says what to install', (args, words) => {
    const hooks = `export async function resolve(name, context, next) {
      if (name === 'pg' || name.startsWith('@electric-sql/')) throw new Error('not installed');
      return next(name, context);
    }`;
    const module = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;
    const loader = module(`import { register } from 'node:module'; register(${JSON.stringify(module(hooks))});`);
    const run = (): string =>
      execFileSync(process.execPath, ['--import', loader, MAIN, 'migrations', '--root', folder, '--no-cache', ...args], { encoding: 'utf8', stdio: 'pipe' });
    expect(run).toThrow(words);
  });
});
