// Measures what every statement of tests/migrations/locks locks, rewrites and scans:
//   node scripts/measure-locks.js                                     in PGlite (PostgreSQL 18)
//   node scripts/measure-locks.js --database-url postgresql://…       on a server, in a database that it creates and drops
// Writes tests/migrations/locks/postgres-<major>.json: all cases of the newest major, of older ones what differs from it; then docs/postgres-locks.md.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createViteServer } from 'vitest/node';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { 'database-url': { type: 'string' }, 'docs-only': { type: 'boolean' } } });

const server = await createViteServer({ root, configFile: false, appType: 'custom', logLevel: 'error', server: { middlewareMode: true, hmr: false, ws: false, watch: null } });
const load = (file) => server.ssrLoadModule(`/${file}`);
try {
  const { LOCK_CASES } = await load('tests/migrations/locks/cases.ts');
  const records = await load('tests/migrations/locks/records.ts');
  const running = await load('tests/migrations/locks/run-cases.ts');
  if (!values['docs-only']) await measure(LOCK_CASES, records, running);
  const { locksPage } = await load('tests/migrations/locks/locks-page.ts');
  writeFileSync(path.join(root, 'docs/postgres-locks.md'), locksPage());
} finally {
  await server.close();
}

async function measure(cases, records, { runCases, majorVersion }) {
  const server = {};
  const measured = await runCases(cases, async (options) => {
    const database = await open(values['database-url'], options);
    server.major = await majorVersion(database.connection);
    const [{ version }] = await database.connection.query("select split_part(current_setting('server_version'), ' ', 1) as version");
    server.version = version;
    return database;
  });
  const { major, version } = server;
  writeFileSync(path.join(root, records.recordFile(major)), records.recordsText(records.asKept(measured, major)));
  const servers = { ...records.measuredServers(), [major]: values['database-url'] === undefined ? `${version}, PGlite` : version };
  writeFileSync(path.join(root, records.SERVERS_FILE), `${JSON.stringify(servers, undefined, 2)}\n`);
  const refused = Object.entries(measured).filter(([, record]) => record.error);
  console.log(`PostgreSQL ${major}: ${Object.keys(measured).length} cases, refused: ${refused.map(([id, { error }]) => `${id} ${error}`).join(', ')}`);
}

async function open(url, options) {
  if (url === undefined) return (await load('src/migrations/trace/pglite.ts')).openPglite(options);
  const { openServer } = await load('src/migrations/trace/server.ts');
  const admin = await openServer(url);
  const name = `backend_patterns_locks_${process.pid}`;
  await admin.connection.exec(`create database ${name} template template0`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const database = await openServer(own.href, options);
  return {
    connection: database.connection,
    async close() {
      await database.close();
      await admin.connection.exec(`drop database ${name}`);
      await admin.close();
    },
  };
}
