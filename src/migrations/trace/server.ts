import type { Client } from 'pg';
import type { Connection } from './connection.ts';
import { MissingPackageError, type OpenDatabase, type OpenOptions } from './pglite.ts';

/** A session on a server, by its URL (`postgresql://user@host:port/database`). `pg` is an optional dependency. */
export async function openServer(url: string, { onNotice }: OpenOptions = {}): Promise<OpenDatabase> {
  const { Client: ServerClient } = await loadPg();
  const client = new ServerClient({ connectionString: url, application_name: 'backend-patterns', connectionTimeoutMillis: 15_000 });
  // A connection that breaks makes the statement at hand fail, too; without a listener Node would end the process.
  client.on('error', () => undefined);
  if (onNotice) client.on('notice', ({ message }) => onNotice(message ?? ''));
  await client.connect();
  return { connection: connectionOf(client), close: () => client.end() };
}

function connectionOf(client: Client): Connection {
  return {
    query: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    exec: async (sql) => {
      await client.query(sql);
    },
  };
}

async function loadPg(): Promise<typeof import('pg').default> {
  try {
    return (await import('pg')).default;
  } catch {
    throw new MissingPackageError('--database-url connects through the package pg, which is not installed: npm install --save-dev pg');
  }
}
