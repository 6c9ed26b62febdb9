/** A function or value by the module that exports it: package name, or path relative to the settings file (`./src/db.ts`). */
export interface ExportName {
  readonly module: string;
  readonly name: string;
}

export type StyleName = 'handler-service-repository' | 'handler-service' | 'handler-orm' | 'function-per-file';
export type EnvelopeName = 'document' | 'jsend' | 'jsonapi' | 'bare';
export type DatabaseClientKind = 'prisma' | 'drizzle' | 'knex' | 'typeorm' | 'sequelize' | 'pg';
export type QueryOperation = 'read' | 'write' | 'raw';
export type LayerName = 'handler' | 'service' | 'repository' | 'model' | 'middleware' | 'job' | 'event' | 'schema' | 'shared';

/** Keys of the body of a response, in the order in which they are told to people. */
export interface EnvelopeKeys {
  readonly success: readonly string[];
  readonly error: readonly string[];
}

export interface LayerSetting {
  readonly name: LayerName;
  /** Globs relative to the folder of the settings file. */
  readonly files: readonly string[];
}

export interface DatabaseClientSetting {
  readonly module: string;
  /** Name of the export that is the client; every export when absent. */
  readonly export?: string;
  readonly kind: DatabaseClientKind;
}

/** Tools whose migrations are read; `sql` is a folder of SQL files that something else runs. */
export const MIGRATION_TOOLS = [
  'prisma', 'drizzle', 'supabase', 'dbmate', 'goose', 'golang-migrate', 'flyway', 'node-pg-migrate', 'sql-migrate', 'postgres-migrations',
  'diesel', 'sqitch', 'atlas', 'typeorm', 'knex', 'sequelize', 'umzug', 'kysely', 'mikro-orm', 'sql',
] as const;

export interface MigrationSettings {
  readonly folder?: string;
  readonly tool?: (typeof MIGRATION_TOOLS)[number];
  readonly dialect?: 'postgres' | 'mysql' | 'sqlite';
  /** Major version of the database server, e.g. `16`. */
  readonly version?: string;
  /** Name of the first migration that is judged, or a date (`2025-01-31`); older ones have already run everywhere. */
  readonly since?: string;
  /** File with the sizes of tables that `migrations --snapshot` writes, relative to the root. */
  readonly tableSizes?: string;
  /** Branch or commit that is released: migrations that are new since the merge base with it are judged, against the code there. */
  readonly base?: string;
}

/** Sets of rules. `migrations` and `migrations-strict` judge migrations, the others source files. */
export type PresetName = 'recommended' | 'strict' | 'migrations' | 'migrations-strict';

export type RuleSetting = 'off' | 'error' | readonly ['off' | 'error', Readonly<Record<string, unknown>>];

/** What `backend-patterns.config.json` says. Everything is optional: what is absent is detected. */
export interface Settings {
  readonly root?: string;
  /** Globs of files that are not part of the project, relative to the root. */
  readonly ignore?: readonly string[];
  readonly includeTests?: boolean;
  /** One or several. */
  readonly preset?: PresetName | readonly PresetName[];
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly layers?: readonly LayerSetting[];
  readonly style?: StyleName;
  readonly envelope?: EnvelopeName | EnvelopeKeys;
  readonly databaseClients?: readonly DatabaseClientSetting[];
  readonly queryFunctions?: readonly (ExportName & { readonly operation: QueryOperation })[];
  readonly responseHelpers?: readonly (ExportName & { readonly kind: 'success' | 'error' })[];
  readonly validators?: readonly ExportName[];
  readonly errors?: { readonly base?: readonly ExportName[] };
  readonly migrations?: MigrationSettings;
  /** Largest constant number of elements that a loop may have and still count as bounded. */
  readonly maxConstant?: number;
}

/** Name of the file, at the root or in a package. */
export const SETTINGS_FILE = 'backend-patterns.config.json';
