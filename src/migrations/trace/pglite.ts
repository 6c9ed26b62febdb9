import type { Connection } from './connection.ts';

/** A database that can be closed. */
export interface OpenDatabase {
  readonly connection: Connection;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Hears the server's NOTICE messages. */
  readonly onNotice?: (message: string) => void;
}

/** A package that the project has to install for what was asked. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
}

/** An empty PostgreSQL in this process, in memory. PGlite is an optional dependency. */
export async function openPglite({ onNotice }: OpenOptions = {}): Promise<OpenDatabase> {
  const { PGlite } = await loadPglite();
  const database = await PGlite.create();
  return {
    connection: {
      query: async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
      exec: async (sql) => {
        await database.exec(sql, onNotice ? { onNotice: ({ message }) => onNotice(message ?? '') } : {});
      },
    },
    close: () => database.close(),
  };
}

async function loadPglite(): Promise<typeof import('@electric-sql/pglite')> {
  try {
    return await import('@electric-sql/pglite');
  } catch {
    throw new MissingPackageError(
      'Tracing without --database-url runs the migrations in PGlite, which is not installed: npm install --save-dev @electric-sql/pglite@0.5',
    );
  }
}
