import type { Extension } from '@electric-sql/pglite';
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

/**
 * An empty PostgreSQL in this process, in memory. PGlite is an optional dependency. Of `extensions` those are made available that come with it;
 * CREATE EXTENSION of others fails.
 * @throws MissingPackageError
 */
export async function openPglite({ onNotice, extensions = [] }: OpenOptions & { readonly extensions?: readonly string[] } = {}): Promise<OpenDatabase> {
  const { PGlite } = await loadPglite();
  const found = await Promise.all(extensions.map(loadExtension));
  const database = await PGlite.create({ extensions: Object.assign({}, ...found) as Record<string, Extension> });
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

/** Extensions that come with PGlite are modules of their own, named as the extension with underscores. */
async function loadExtension(name: string): Promise<Record<string, Extension>> {
  const file = name.replaceAll('-', '_');
  if (!/^[a-z_0-9]+$/.test(file)) return {};
  try {
    const specifier = `@electric-sql/pglite/contrib/${file}`;
    const module = (await import(/* @vite-ignore */ specifier)) as Record<string, Extension>;
    const extension = module[file];
    return extension ? { [file]: extension } : {};
  } catch {
    return {};
  }
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
