import type { Client } from 'pg';
import type { Connection } from './connection.ts';
import { MissingPackageError, type OpenDatabase, type OpenOptions } from './pglite.ts';

export interface ServerOptions extends OpenOptions {
  /** Settings of the session, e.g. `search_path`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A session on a server, by its URL (`postgresql://user@host:port/database`). `pg` is an optional dependency. */
export async function openServer(url: string, { onNotice, settings = {} }: ServerOptions = {}): Promise<OpenDatabase> {
  const { Client: ServerClient } = await loadPg();
  const client = new ServerClient({ connectionString: url, application_name: 'backend-patterns', connectionTimeoutMillis: 15_000, ...optionsOf(settings) });
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

function optionsOf(settings: Readonly<Record<string, string>>): { options?: string } {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return options.length === 0 ? {} : { options: options.join(' ') };
}

async function loadPg(): Promise<typeof import('pg').default> {
  try {
    return (await import('pg')).default;
  } catch {
    throw new MissingPackageError('--database-url connects through the package pg, which is not installed: npm install --save-dev pg');
  }
}
