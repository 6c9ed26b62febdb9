import { reasonAgainst, TOOL_NAMES, type Dialect, type MigrationFolder, type MigrationTool, type ReaderInput } from './migration-files.ts';
import { findCodeMigrations } from './readers/code.ts';
import { findDrizzleMigrations } from './readers/drizzle.ts';
import { findPlainMigrations } from './readers/plain-sql.ts';
import { findPrismaMigrations } from './readers/prisma.ts';
import { transactionModelOf } from './planner/tool-models.ts';
import { findToolSettings } from './planner/tool-settings.ts';
import { findToolVersion } from './planner/tool-version.ts';
import { findServerVersion } from './server-version.ts';

/** What the settings pin of the migrations. */
export interface MigrationSettings {
  readonly folder?: string;
  readonly tool?: string;
  readonly dialect?: Dialect;
  /** Version of the database server. */
  readonly version?: string;
  /** Name (or its beginning) of the first migration that is judged, or a date; older ones are replayed only. */
  readonly since?: string;
  /** File with the sizes of tables, relative to the root. */
  readonly tableSizes?: string;
}

interface Reader {
  readonly tools: readonly MigrationTool[];
  /** `folder` and `tool`: those that the settings name. */
  find(input: ReaderInput, folder?: string, tool?: MigrationTool): MigrationFolder[];
}

const PLAIN: readonly MigrationTool[] = [
  'supabase', 'dbmate', 'goose', 'golang-migrate', 'flyway', 'node-pg-migrate', 'sql-migrate', 'postgres-migrations', 'diesel', 'sqitch', 'atlas', 'umzug', 'sql',
];

const CODE: readonly MigrationTool[] = ['typeorm', 'knex', 'sequelize', 'umzug', 'kysely', 'mikro-orm', 'node-pg-migrate'];

/** The more special come first: a file belongs to the first that claims it. */
const READERS: readonly Reader[] = [
  { tools: ['drizzle'], find: findDrizzleMigrations },
  { tools: ['prisma'], find: findPrismaMigrations },
  { tools: PLAIN, find: findPlainMigrations },
  { tools: CODE, find: findCodeMigrations },
];

/** Packages whose version says how a tool runs migrations. */
const PACKAGES: Partial<Record<MigrationTool, readonly string[]>> = {
  prisma: ['prisma', '@prisma/client'],
  drizzle: ['drizzle-orm', 'drizzle-kit'],
  supabase: ['supabase'],
  'node-pg-migrate': ['node-pg-migrate'],
  'postgres-migrations': ['postgres-migrations'],
  dbmate: ['dbmate'],
  typeorm: ['typeorm'],
  knex: ['knex'],
  kysely: ['kysely'],
  'mikro-orm': ['@mikro-orm/migrations', '@mikro-orm/core'],
  sequelize: ['sequelize', '@sequelize/core'],
  umzug: ['umzug'],
};

const WRITTEN: Readonly<Record<Dialect, string>> = { postgres: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite', other: 'Other' };

/** All migration folders of a project, sorted by path. A file belongs to one folder; more special readers come first. */
export function findMigrationFolders(input: ReaderInput, settings: MigrationSettings = {}): MigrationFolder[] {
  const pinned = settings.folder?.replace(/^\.\//, '').replace(/\/+$/, '');
  const tool = isTool(settings.tool) ? settings.tool : undefined;
  const claimed = new Set<string>();
  const folders: MigrationFolder[] = [];
  for (const { tools, find } of READERS) {
    if (tool && !tools.includes(tool)) continue;
    const paths = input.paths.filter((path) => !claimed.has(path) && (pinned === undefined || !path.endsWith('.sql') || path.startsWith(`${pinned}/`)));
    for (const folder of find({ paths, text: input.text }, pinned, tool)) {
      for (const file of folder.files) claimed.add(file.path);
      const asked = tool ? { ...folder, tool } : folder;
      folders.push(withServer(withModel(withSettings(asked, settings), input), input));
    }
  }
  return folders.sort((a, b) => (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : 0));
}

function isTool(name: string | undefined): name is MigrationTool {
  return name !== undefined && Object.hasOwn(TOOL_NAMES, name);
}

function withServer(folder: MigrationFolder, input: ReaderInput): MigrationFolder {
  const server = folder.dialect === 'postgres' ? findServerVersion(input, folder.folder) : undefined;
  return server ? { ...folder, server } : folder;
}

/** Says what is one transaction when the tool runs the folder, in the version and with the settings of this project. */
function withModel(folder: MigrationFolder, input: ReaderInput): MigrationFolder {
  const { tool, dialect } = folder;
  const version = findToolVersion(PACKAGES[tool] ?? [], folder.folder, input.text);
  const model = transactionModelOf(tool, { dialect, settings: findToolSettings(tool, folder.folder, input), ...(version ? { version } : {}) });
  return { ...folder, model, ...(version ? { toolVersion: [version.major, version.minor] as const } : {}) };
}

function withSettings(folder: MigrationFolder, { dialect }: MigrationSettings): MigrationFolder {
  if (!dialect || dialect === folder.dialect) return folder;
  const { notAnalysed: _detected, ...rest } = folder;
  const reason = reasonAgainst(dialect, WRITTEN[dialect]);
  return { ...rest, dialect, evidence: `${folder.evidence}; dialect pinned in the settings`, ...(reason === undefined ? {} : { notAnalysed: reason }) };
}
