import { findToolVersion } from './guess-dialect.ts';
import { reasonAgainst, type Dialect, type MigrationFolder, type MigrationTool, type ReaderInput } from './migration-files.ts';
import { findDrizzleMigrations } from './readers/drizzle.ts';
import { findPlainMigrations } from './readers/plain-sql.ts';
import { findPrismaMigrations } from './readers/prisma.ts';

/** What the settings pin of the migrations. */
export interface MigrationSettings {
  readonly folder?: string;
  readonly tool?: string;
  readonly dialect?: Dialect;
  /** Version of the database server. */
  readonly version?: string;
  /** Name (or its beginning) of the first migration that is judged; older ones are replayed only. */
  readonly since?: string;
}

const READERS: readonly ((input: ReaderInput, folder?: string) => MigrationFolder[])[] = [findPrismaMigrations, findDrizzleMigrations, findPlainMigrations];

/** Packages whose version says how a tool runs migrations. */
const PACKAGES: Partial<Record<MigrationTool, readonly string[]>> = {
  prisma: ['prisma', '@prisma/client'],
  drizzle: ['drizzle-orm', 'drizzle-kit'],
};

const WRITTEN: Readonly<Record<Dialect, string>> = { postgres: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite', other: 'Other' };

/** All migration folders of a project, sorted by path. A file belongs to one folder; more special readers come first. */
export function findMigrationFolders(input: ReaderInput, settings: MigrationSettings = {}): MigrationFolder[] {
  const pinned = settings.folder?.replace(/^\.\//, '').replace(/\/+$/, '');
  const claimed = new Set<string>();
  const folders: MigrationFolder[] = [];
  for (const find of READERS) {
    const paths = input.paths.filter((path) => !claimed.has(path) && (pinned === undefined || !path.endsWith('.sql') || path.startsWith(`${pinned}/`)));
    for (const folder of find({ paths, text: input.text }, pinned)) {
      for (const file of folder.files) claimed.add(file.path);
      folders.push(withSettings(withVersion(folder, input), settings));
    }
  }
  return folders.sort((a, b) => (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : 0));
}

function withVersion(folder: MigrationFolder, input: ReaderInput): MigrationFolder {
  const version = findToolVersion(PACKAGES[folder.tool] ?? [], folder.folder, input.text);
  return version ? { ...folder, toolVersion: version } : folder;
}

function withSettings(folder: MigrationFolder, { dialect }: MigrationSettings): MigrationFolder {
  if (!dialect || dialect === folder.dialect) return folder;
  const { notAnalysed: _detected, ...rest } = folder;
  const reason = reasonAgainst(dialect, WRITTEN[dialect]);
  return { ...rest, dialect, evidence: `${folder.evidence}; dialect pinned in the settings`, ...(reason === undefined ? {} : { notAnalysed: reason }) };
}
