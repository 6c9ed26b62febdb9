import type { Span } from '../facts/types.ts';
import type { TransactionModel } from './planner/transaction-model.ts';

/** Every tool whose migrations are read, with its name for people. `sql`: a folder of SQL files that something unknown runs. */
export const TOOL_NAMES = {
  prisma: 'Prisma',
  drizzle: 'Drizzle',
  supabase: 'Supabase',
  dbmate: 'dbmate',
  goose: 'goose',
  'golang-migrate': 'golang-migrate',
  flyway: 'Flyway',
  'node-pg-migrate': 'node-pg-migrate',
  'sql-migrate': 'sql-migrate',
  'postgres-migrations': 'postgres-migrations',
  diesel: 'Diesel',
  sqitch: 'Sqitch',
  atlas: 'Atlas',
  typeorm: 'TypeORM',
  knex: 'Knex',
  sequelize: 'Sequelize',
  umzug: 'Umzug',
  kysely: 'Kysely',
  'mikro-orm': 'MikroORM',
  sql: 'plain SQL',
} as const;

export type MigrationTool = keyof typeof TOOL_NAMES;

export type Dialect = 'postgres' | 'mysql' | 'sqlite' | 'other';

/** One migration, or a file beside migrations that does not run forward. */
export interface MigrationFile {
  /** POSIX path relative to the root. */
  readonly path: string;
  /** What the tool calls it; `since` is compared with it. */
  readonly name: string;
  /** Why it is listed but not judged: a down migration, a file that the journal does not name. */
  readonly skip?: string;
  /** A file beside it takes it out of the tool's transaction: `metadata.toml`, `V1__a.sql.conf`. */
  readonly outsideTransaction?: true;
  /** When it was made, in milliseconds since 1970, where the tool notes that elsewhere than in the name. */
  readonly created?: number;
}

/** A folder of migrations in the order in which they run. */
export interface MigrationFolder {
  readonly folder: string;
  readonly tool: MigrationTool;
  /** Major and minor of the tool, when the project says. */
  readonly toolVersion?: readonly [number, number];
  /** `code`: written in JavaScript or TypeScript. */
  readonly language?: 'code';
  /** What is one transaction when the tool runs its migrations. */
  readonly model?: TransactionModel;
  /** Server that the project runs on, where its files say so. */
  readonly server?: { readonly version: number; readonly evidence: string };
  readonly dialect: Dialect;
  /** What the tool and the dialect were recognised by. */
  readonly evidence: string;
  /** Why none of its files is analysed. */
  readonly notAnalysed?: string;
  readonly files: readonly MigrationFile[];
}

/** What a reader may look at. Paths are POSIX and relative to the root. */
export interface ReaderInput {
  /** Files not yet claimed by another reader, sorted. */
  readonly paths: readonly string[];
  /** Text of a file; undefined when there is none. Asked also for files that are not listed. */
  text(path: string): string | undefined;
}

/** The part of a migration's text that runs forward. */
export interface ForwardPart {
  readonly ranges: readonly Span[];
  /** True when the file opts out of the tool's transaction. */
  readonly outsideTransaction: boolean;
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Groups what has a key; groups keep the order of their first member. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Reason for which a dialect is listed only; undefined for those that are analysed. */
export function reasonAgainst(dialect: Dialect, written: string): string | undefined {
  if (dialect !== 'other') return undefined;
  return `${written} migrations are not analysed; PostgreSQL, SQLite, MySQL and MariaDB are.`;
}
