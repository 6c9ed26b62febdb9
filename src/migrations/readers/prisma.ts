import { baseName, folderOf, groupBy, joinPath, reasonAgainst, type Dialect, type MigrationFolder, type ReaderInput } from '../migration-files.ts';
import { foldersAround, packagesAround } from '../planner/tool-version.ts';

const DIALECTS: Readonly<Record<string, readonly [Dialect, string]>> = {
  postgresql: ['postgres', 'PostgreSQL'],
  postgres: ['postgres', 'PostgreSQL'],
  mysql: ['mysql', 'MySQL'],
  sqlite: ['sqlite', 'SQLite'],
  sqlserver: ['other', 'SQL Server'],
  cockroachdb: ['other', 'CockroachDB'],
};

/** What makes a folder Prisma's, and the provider of its database. */
interface Recognised {
  readonly provider?: string;
  readonly place: string;
}

/** Folders of `<timestamp>_<name>/migration.sql`: beside the schema (one file or a folder of them), or where `prisma.config.ts` says. */
export function findPrismaMigrations({ paths, text }: ReaderInput): MigrationFolder[] {
  const migrations = paths.filter((path) => /(?:^|\/)[^/]+\/migration\.sql$/.test(path));
  return [...groupBy(migrations, (path) => folderOf(folderOf(path)))].flatMap(([folder, files]) => {
    const recognised = recognise(folder, files, { paths, text });
    if (!recognised) return [];
    const { provider, place } = recognised;
    const [dialect, written] = DIALECTS[provider ?? 'postgresql'] ?? ['other', `\`${provider ?? ''}\``];
    const reason = reasonAgainst(dialect, written);
    return [
      {
        folder,
        tool: 'prisma' as const,
        dialect,
        evidence: provider === undefined ? `${place}; PostgreSQL assumed` : `provider \`${provider}\` in ${place}`,
        ...(reason === undefined ? {} : { notAnalysed: reason }),
        files: files.map((path) => ({ path, name: baseName(folderOf(path)) })).sort((a, b) => (a.name < b.name ? -1 : 1)),
      },
    ];
  });
}

function recognise(folder: string, files: readonly string[], input: ReaderInput): Recognised | undefined {
  const { text } = input;
  const lockPath = joinPath(folder, 'migration_lock.toml');
  const lock = text(lockPath);
  const provider = lock === undefined ? undefined : providerIn(lock);
  if (provider !== undefined) return { provider, place: lockPath };
  const config = findConfig(folder, text);
  const isConfigured = config?.migrations === folder;
  // Drizzle 1.x has the same file names, and a snapshot beside each.
  const isNumbered = files.every((path) => /^\d/.test(baseName(folderOf(path))));
  const isDrizzle = files.some((path) => text(joinPath(folderOf(path), 'snapshot.json')) !== undefined);
  if (lock === undefined && !isConfigured && (!isNumbered || isDrizzle)) return undefined;
  const sign = isConfigured ? `migrations path in ${config.path}` : 'migration.sql in numbered folders';
  return providerOfSchema(folder, config, input) ?? { place: sign };
}

function providerIn(source: string): string | undefined {
  return /^\s*provider\s*=\s*"(\w+)"/m.exec(source)?.[1];
}

interface PrismaConfig {
  readonly path: string;
  /** Folder of the migrations and path of the schema (a file or a folder), relative to the root. */
  readonly migrations?: string;
  readonly schema?: string;
}

const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs', 'cjs'].flatMap((extension) => [`prisma.config.${extension}`, `.config/prisma.${extension}`]);

/** `prisma.config.ts` of the folders around, the nearest first; paths in it are relative to it. */
function findConfig(folder: string, text: ReaderInput['text']): PrismaConfig | undefined {
  for (const at of foldersAround(folder)) {
    for (const name of CONFIG_NAMES) {
      const path = joinPath(at, name);
      const source = text(path);
      if (source === undefined) continue;
      const migrations = /\bmigrations\s*:\s*\{[^}]*?\bpath\s*:\s*(?:path\.join\()?\s*([^)}\n]*)/.exec(source)?.[1];
      const schema = /\bschema\s*:\s*(?:path\.join\()?\s*([^)}\n]*)/.exec(source)?.[1];
      const inside = folderOf(path);
      return {
        path,
        ...(migrations === undefined ? {} : { migrations: pathIn(inside, migrations) }),
        ...(schema === undefined ? {} : { schema: pathIn(inside, schema) }),
      };
    }
  }
  return undefined;
}

/** `'db/migrations'`, `"./db", "migrations"`: the literals joined. */
function pathIn(folder: string, written: string): string {
  const parts = [...written.matchAll(/["'`]([^"'`]*)["'`]/g)].flatMap((match) => (match[1] ?? '').split('/'));
  return parts.reduce((at, part) => (part === '..' ? folderOf(at) : part === '.' || part === '' ? at : joinPath(at, part)), folder);
}

/** The datasource of the schema, for repositories that leave the lock file out: next to the folder, where the configuration says, in the package. */
function providerOfSchema(folder: string, config: PrismaConfig | undefined, { paths, text }: ReaderInput): Recognised | undefined {
  const home = packagesAround(folder, text)[0];
  const places = [folderOf(folder), config?.schema, home ? folderOf(home.path) : undefined];
  const schemas = paths.filter((path) => path.endsWith('.prisma'));
  for (const place of places) {
    if (place === undefined) continue;
    for (const path of schemas.filter((schema) => place === '' || schema === place || schema.startsWith(`${place}/`))) {
      const datasource = /\bdatasource\s+\w+\s*\{[^}]*\}/.exec(text(path) ?? '')?.[0];
      const provider = datasource === undefined ? undefined : providerIn(datasource.replaceAll('{', '{\n'));
      if (provider !== undefined) return { provider, place: path };
    }
  }
  return undefined;
}
