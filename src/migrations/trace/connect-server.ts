import { randomBytes } from 'node:crypto';
import { admitInDatabase, admitInSchema } from './admit-on-server.ts';
import type { Connection } from './connection.ts';
import { openServer } from './server.ts';
import type { TraceDatabase } from './trace-database.ts';

/** A statement that runs longer than this is cancelled: the tables are empty, so that it waits for something that will not come. Milliseconds. */
const STATEMENT_TIMEOUT = 60_000;

/** The server will not let the role do what is needed; says what to do. */
export class ServerAccessError extends Error {
  override readonly name = 'ServerAccessError';
}

export interface ConnectOptions {
  /** Hears in one line what is about to be done on the server, before it is done. */
  announce(text: string): void;
}

/**
 * A place of its own on a server, for the history of one folder: a new database where the role may create one, else a new schema in the database
 * of the URL. `close` drops it. The user's tables are never touched: statements that reach beyond the place are not admitted.
 * @throws ServerAccessError, MissingPackageError
 */
export async function connectServer(url: string, { announce }: ConnectOptions): Promise<TraceDatabase> {
  const admin = await open(url, {});
  const place = `backend_patterns_trace_${randomBytes(4).toString('hex')}`;
  try {
    const [row] = await admin.connection.query(`select split_part(current_setting('server_version'), ' ', 1) as version, current_database() as database,
      (select rolcreatedb or rolsuper from pg_catalog.pg_roles where rolname = current_user) as may_database,
      pg_catalog.has_database_privilege(current_database(), 'CREATE') as may_schema`);
    const server: Server = { url, admin, place, version: String(row?.['version']), host: hostOf(url), database: String(row?.['database']) };
    if (row?.['may_database'] === true) {
      announce(`Creates the database ${place} on ${server.host}, replays the migrations in it and drops it. Nothing else on the server is changed.`);
      return await ownDatabase(server);
    }
    if (row?.['may_schema'] !== true) throw new ServerAccessError(`The role may create neither a database on ${server.host} nor a schema in ${server.database}.`);
    announce(`Creates the schema ${place} in the database ${server.database} on ${server.host} (the role may not create databases), replays in it what names no other schema, and drops it.`);
    return await ownSchema(server);
  } catch (error) {
    await admin.close();
    throw error;
  }
}

interface Server {
  readonly url: string;
  readonly admin: { readonly connection: Connection; close(): Promise<void> };
  readonly place: string;
  readonly version: string;
  readonly host: string;
  readonly database: string;
}

async function ownDatabase({ url, admin, place, version }: Server): Promise<TraceDatabase> {
  await admin.connection.exec(`create database ${place} template template0`);
  const drop = async (): Promise<void> => {
    await admin.connection.exec(`drop database if exists ${place} with (force)`);
    await admin.close();
  };
  const own = new URL(url);
  own.pathname = `/${place}`;
  try {
    const { connection, close } = await open(own.href, {});
    const closeAll = async (): Promise<void> => {
      await close().catch(() => undefined);
      await drop();
    };
    return { connection, close: closeAll, name: `PostgreSQL ${version} (database of its own)`, admit: admitInDatabase };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function ownSchema({ url, admin, place, version }: Server): Promise<TraceDatabase> {
  const rows = await admin.connection.query('select nspname as name from pg_catalog.pg_namespace');
  const schemas = rows.map((row) => String(row['name']));
  await admin.connection.exec(`create schema ${place}`);
  const drop = async (): Promise<void> => {
    await admin.connection.exec(`drop schema if exists ${place} cascade`);
    await admin.close();
  };
  try {
    const { connection, close } = await open(url, { search_path: place });
    const closeAll = async (): Promise<void> => {
      await close().catch(() => undefined);
      await drop();
    };
    await requireOwnSchema(connection, place).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return {
      connection,
      close: closeAll,
      name: `PostgreSQL ${version} (schema of its own)`,
      ownSchema: place,
      admit: (read) => admitInSchema(read, place, schemas),
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** A pooler, or options in the URL, may have taken the search path away: names without a schema would then mean the user's own tables. */
async function requireOwnSchema(connection: Connection, place: string): Promise<void> {
  await connection.exec('reset all');
  const [row] = await connection.query('select pg_catalog.array_to_string(pg_catalog.current_schemas(false), \',\') as path');
  if (row?.['path'] !== place) throw new ServerAccessError('The session did not keep its search_path: connect without a pooler and without options in the URL.');
}

/** Settings given at the start are those that RESET goes back to. */
function open(url: string, settings: Readonly<Record<string, string>>): ReturnType<typeof openServer> {
  return openServer(url, { settings: { statement_timeout: String(STATEMENT_TIMEOUT), ...settings } });
}

function hostOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname || 'localhost'}:${port || '5432'}`;
}
