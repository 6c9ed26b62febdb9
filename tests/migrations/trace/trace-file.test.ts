import { describe, expect, test } from 'vitest';
import { analyzeMigrations } from '../../../src/migrations/analyze.ts';
import { traceMigrations, type Trace } from '../../../src/migrations/trace/trace.ts';
import { admitAll, type TraceDatabase } from '../../../src/migrations/trace/trace-database.ts';

const INDEX = 'CREATE INDEX CONCURRENTLY i ON a (id)';

/** A server that takes everything down, refuses what a pattern matches (and CONCURRENTLY in a transaction), and shows no relations. */
function recordingServer(refusals: readonly (readonly [RegExp, string, string])[] = []): { readonly database: TraceDatabase; readonly sent: string[] } {
  const sent: string[] = [];
  let isOpen = false;
  const database: TraceDatabase = {
    name: 'recording',
    admit: admitAll,
    close: () => Promise.resolve(),
    connection: {
      query: (sql) => Promise.resolve(sql.includes('server_version_num') ? [{ major: 16 }] : [{ relations: null, counters: null, locks: null }]),
      exec: (sql) => {
        sent.push(sql);
        if (/^(?:begin|commit|rollback)$/.test(sql)) isOpen = sql === 'begin';
        const concurrently: typeof refusals = isOpen ? [[/concurrently/i, '25001', 'cannot run inside a transaction block']] : [];
        const refusal = [...refusals, ...concurrently].find(([pattern]) => pattern.test(sql));
        return refusal ? Promise.reject(Object.assign(new Error(refusal[2]), { code: refusal[1] })) : Promise.resolve();
      },
    },
  };
  return { database, sent };
}

async function traceOf(
  files: Readonly<Record<string, string>>,
  { database, sent }: ReturnType<typeof recordingServer>,
): Promise<{ readonly trace: Trace; readonly sent: string[] }> {
  const input = { root: '/', files: Object.keys(files).map((path) => ({ path })), read: (path: string) => files[path] };
  expect(analyzeMigrations(input).files.length).toBeGreaterThan(0);
  const trace = await traceMigrations(input, { connect: () => Promise.resolve(database) });
  return { trace, sent: sent.filter((sql) => !/savepoint/.test(sql) && sql !== 'reset all') };
}

const PRISMA = { 'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("URL")\n}' };
const prisma = (sql: string): Record<string, string> => ({ ...PRISMA, 'prisma/migrations/20250101000000_a/migration.sql': sql });

describe('a history is replayed in the transactions of its tool', () => {
  test.each([
    ['a batch is one transaction', prisma('CREATE TABLE a (id int);\nCREATE INDEX i ON a (id);'), ['begin', 'CREATE TABLE a (id int)', 'CREATE INDEX i ON a (id)', 'commit']],
    ['a single statement is none', prisma('CREATE INDEX CONCURRENTLY i ON a (id);'), ['begin', INDEX, 'rollback', INDEX]],
    ['a single statement that a transaction can hold', prisma('CREATE TABLE a (id int);'), ['begin', 'CREATE TABLE a (id int)', 'commit']],
    ['BEGIN of the file', { 'migrations/001.sql': 'CREATE TABLE z (id int);\nBEGIN;\nCREATE TABLE a (id serial);\nCOMMIT;\nCREATE TABLE b (id int);' }, [
      'begin', 'CREATE TABLE z (id int)', 'commit', 'begin', 'CREATE TABLE a (id serial)', 'commit', 'begin', 'CREATE TABLE b (id int)', 'commit',
    ]],
    ['ROLLBACK of the file', { 'migrations/001.sql': 'BEGIN;\nCREATE TABLE a (id serial);\nROLLBACK;' }, ['begin', 'CREATE TABLE a (id serial)', 'rollback']],
  ])('%s', async (_name, files, expected) => {
    expect((await traceOf(files, recordingServer())).sent).toEqual(expected);
  });
});

describe('what fails is told and the rest is replayed', () => {
  test('an error, what follows from it, and what is missing', async () => {
    const sql = 'CREATE EXTENSION vector;\nCREATE TABLE a (v vector(3));\nCREATE TABLE b (id serial);\nCOPY b FROM stdin;\n1\n\\.\n';
    const server = recordingServer([
      [/extension vector/i, '0A000', 'extension "vector" is not available'],
      [/v vector/, '42704', 'type "vector" does not exist'],
    ]);
    const { trace } = await traceOf(prisma(sql), server);
    const [file] = trace.files;
    expect(file?.statements.map(({ outcome, error }) => [outcome, error?.sqlstate])).toEqual([['failed', '0A000'], ['failed', '42704'], ['ran', undefined], ['skipped', undefined]]);
    expect(file?.statements[0]?.note).toBeUndefined();
    expect(file?.statements[1]?.note).toContain('may only follow from it');
    expect(trace.missing.extensions).toEqual(['vector']);
    expect(trace.counts).toMatchObject({ statements: 4, ran: 1, failed: 2, skipped: 1 });
    expect(server.sent.filter((sent) => sent.startsWith('rollback to savepoint'))).toHaveLength(2);
  });

  test('what the server refuses only when the transaction is committed', async () => {
    const { trace } = await traceOf(prisma('CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);'), recordingServer([[/^commit$/, '23503', 'violates']]));
    expect(trace.files[0]?.statements.map(({ outcome }) => outcome)).toEqual(['ran', 'failed']);
  });

  test('other dialects are not replayed', async () => {
    const files = { 'prisma/schema.prisma': PRISMA['prisma/schema.prisma'].replace('postgresql', 'sqlite'), 'prisma/migrations/20250101000000_a/migration.sql': 'CREATE TABLE a (id int);' };
    const { trace, sent } = await traceOf(files, recordingServer());
    expect(trace.servers).toEqual([]);
    expect(trace.files[0]?.skipped).toContain('sqlite');
    expect(sent).toEqual([]);
  });

  test('a lost connection ends the run', async () => {
    const server = recordingServer();
    const broken = { ...server.database, connection: { ...server.database.connection, exec: () => Promise.reject(new Error('Connection terminated unexpectedly')) } };
    await expect(traceOf(prisma('CREATE TABLE a (id int);'), { ...server, database: broken })).rejects.toThrow('Connection terminated');
  });
});
