import { openPglite } from './pglite.ts';
import { admitAll, type TraceDatabase } from './trace-database.ts';

/** A PGlite of its own for the history of one folder. Its statements need no guard: nobody else uses it. */
export async function connectPglite(extensions: readonly string[]): Promise<TraceDatabase> {
  const database = await openPglite({ extensions });
  const [row] = await database.connection.query("select split_part(pg_catalog.current_setting('server_version'), ' ', 1) as version");
  return { ...database, name: `PGlite (PostgreSQL ${String(row?.['version'])})`, admit: admitAll };
}
