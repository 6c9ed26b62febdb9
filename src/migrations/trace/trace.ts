import { analyzeMigrations, type AnalyzedMigration, type MigrationAnalysis, type MigrationFolder, type MigrationInput } from '../analyze.ts';
import { readMigration } from '../read-migration.ts';
import { serverErrorOf, type Connection } from './connection.ts';
import type { TraceDatabase } from './trace-database.ts';
import { traceFile, type TracedStatement } from './trace-file.ts';

export type { Difference } from './differences.ts';
export type { TracedStatement } from './trace-file.ts';

export interface TracedMigration {
  readonly path: string;
  readonly tool: string;
  readonly statements: readonly TracedStatement[];
  /** Why the file was not replayed. */
  readonly skipped?: string;
}

/** What the history needs and the server does not have, by name, sorted. */
export interface MissingObjects {
  readonly extensions: readonly string[];
  readonly roles: readonly string[];
  readonly schemas: readonly string[];
}

export interface Trace {
  /** Where the history ran, e.g. `PGlite (PostgreSQL 18.6)`; empty when nothing ran. */
  readonly servers: readonly string[];
  readonly files: readonly TracedMigration[];
  readonly missing: MissingObjects;
  readonly counts: { readonly statements: number; readonly ran: number; readonly failed: number; readonly skipped: number; readonly differing: number };
}

export interface TraceOptions {
  /** Opens an empty database; asked once per folder of migrations. `extensions`: those that the folder creates. */
  connect(extensions: readonly string[]): Promise<TraceDatabase>;
  onProgress?(done: number, total: number): void;
}

/**
 * Replays the migrations of a project, statement by statement and in the transactions that their tool uses, and says what the server did:
 * locks, rewrites, scans, errors, and where that differs from the static answer for the server's version. The tables are as empty as the migrations leave them.
 */
export async function traceMigrations(input: MigrationInput, { connect, onProgress }: TraceOptions): Promise<Trace> {
  const plain = analyzeMigrations(input);
  const files: TracedMigration[] = [];
  const servers = new Set<string>();
  const total = plain.files.length;
  for (const folder of plain.folders) {
    const skipped = folder.notAnalysed ?? (folder.dialect === 'postgres' ? undefined : `dialect ${folder.dialect}: only PostgreSQL migrations can be traced`);
    const own = plain.files.filter((file) => folder.files.some(({ path }) => path === file.path));
    if (skipped !== undefined || own.every(({ statements }) => statements.length === 0)) {
      files.push(...own.map(({ path, tool }) => ({ path, tool, statements: [], skipped: skipped ?? reasonOf(path, own) })));
      continue;
    }
    const installed = INSTALLED_BY_TOOL[folder.tool] ?? [];
    const database = await connect([...extensionsIn(own), ...installed]);
    try {
      if (database.ownSchema === undefined) for (const name of installed) await install(database.connection, name);
      servers.add(database.name);
      const version = String(await majorVersionOf(database.connection));
      const analysis = analyzeMigrations({ ...input, settings: { ...input.settings, version } });
      for (const file of folder.files) {
        files.push(await traceOne({ folder, file, analysis, database, input, failed: files.some(hasFailed) }));
        onProgress?.(files.length, total);
      }
    } finally {
      await database.close();
    }
  }
  return { servers: [...servers], files, missing: missingIn(files), counts: countsOf(files) };
}

/** Extensions that a tool installs by itself, so that no migration says so: TypeORM's `installExtensions`. */
const INSTALLED_BY_TOOL: Partial<Record<MigrationFolder['tool'], readonly string[]>> = { typeorm: ['uuid-ossp'] };

/** What the server does not have will be missed by the statements that need it. */
async function install(connection: Connection, extension: string): Promise<void> {
  try {
    await connection.exec(`create extension if not exists "${extension}"`);
  } catch (error) {
    serverErrorOf(error);
  }
}

interface OneFile {
  readonly folder: MigrationFolder;
  readonly file: MigrationFolder['files'][number];
  readonly analysis: MigrationAnalysis;
  readonly database: TraceDatabase;
  readonly input: MigrationInput;
  readonly failed: boolean;
}

async function traceOne({ folder, file, analysis, database, input, failed }: OneFile): Promise<TracedMigration> {
  const migration = analysis.files.find(({ path }) => path === file.path);
  const head = { path: file.path, tool: folder.tool };
  if (!migration || file.skip !== undefined) return { ...head, statements: [], skipped: file.skip ?? 'it was not analysed' };
  const source = readMigration({ folder, file, read: input.read });
  if ('unreadable' in source) return { ...head, statements: [], skipped: source.unreadable };
  return { ...head, statements: await traceFile(database, source.statements, migration, failed) };
}

async function majorVersionOf(connection: Connection): Promise<number> {
  const [row] = await connection.query("select pg_catalog.current_setting('server_version_num')::int / 10000 as major");
  return Number(row?.['major']);
}

function reasonOf(path: string, files: readonly AnalyzedMigration[]): string {
  return files.find((file) => file.path === path)?.notAnalysed[0]?.reason ?? 'it has no statements';
}

function extensionsIn(files: readonly AnalyzedMigration[]): string[] {
  const names = files.flatMap(({ statements }) => statements.flatMap((statement) => (statement.kind === 'createExtension' ? [statement.name] : [])));
  return [...new Set(names)].sort();
}

function hasFailed({ statements }: TracedMigration): boolean {
  return statements.some(({ outcome }) => outcome !== 'ran');
}

function missingIn(files: readonly TracedMigration[]): MissingObjects {
  const errors = files.flatMap(({ statements }) => statements.flatMap(({ error, sql }) => (error ? [{ message: error.message, sql }] : [])));
  const named = (pattern: RegExp, of: (entry: (typeof errors)[number]) => string): string[] =>
    [...new Set(errors.flatMap((entry) => pattern.exec(of(entry))?.[1] ?? []))].sort();
  return {
    extensions: named(/^\s*create\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/i, ({ sql }) => sql),
    roles: named(/role "([^"]+)" does not exist/, ({ message }) => message),
    schemas: named(/schema "([^"]+)" does not exist/, ({ message }) => message),
  };
}

function countsOf(files: readonly TracedMigration[]): Trace['counts'] {
  const statements = files.flatMap((file) => file.statements);
  const having = (outcome: TracedStatement['outcome']): number => statements.filter((statement) => statement.outcome === outcome).length;
  return {
    statements: statements.length,
    ran: having('ran'),
    failed: having('failed'),
    skipped: having('skipped'),
    differing: statements.filter(({ differences }) => differences.length > 0).length,
  };
}
