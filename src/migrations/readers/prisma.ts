import { baseName, folderOf, groupBy, joinPath, reasonAgainst, type Dialect, type MigrationFolder, type ReaderInput } from '../migration-files.ts';

const DIALECTS: Readonly<Record<string, readonly [Dialect, string]>> = {
  postgresql: ['postgres', 'PostgreSQL'],
  postgres: ['postgres', 'PostgreSQL'],
  mysql: ['mysql', 'MySQL'],
  sqlite: ['sqlite', 'SQLite'],
  sqlserver: ['other', 'SQL Server'],
  cockroachdb: ['other', 'CockroachDB'],
};

/** `prisma/migrations/<timestamp>_<name>/migration.sql`, wherever the schema (one file or a folder of them) lies. */
export function findPrismaMigrations({ paths, text }: ReaderInput): MigrationFolder[] {
  const migrations = paths.filter((path) => /(?:^|\/)[^/]+\/migration\.sql$/.test(path));
  return [...groupBy(migrations, (path) => folderOf(folderOf(path)))].flatMap(([folder, files]) => {
    const lock = text(joinPath(folder, 'migration_lock.toml'));
    // Drizzle 1.x has the same file names, and a snapshot beside each.
    if (lock === undefined && !files.every((path) => /^\d/.test(baseName(folderOf(path))))) return [];
    if (lock === undefined && files.some((path) => text(joinPath(folderOf(path), 'snapshot.json')) !== undefined)) return [];
    const found = lock === undefined ? providerOfSchema(folder, paths, text) : { provider: providerIn(lock), place: joinPath(folder, 'migration_lock.toml') };
    const [dialect, written] = DIALECTS[found?.provider ?? 'postgresql'] ?? ['other', `\`${found?.provider ?? ''}\``];
    const reason = reasonAgainst(dialect, written);
    return [
      {
        folder,
        tool: 'prisma' as const,
        dialect,
        evidence: found?.provider === undefined ? 'migration.sql in numbered folders; PostgreSQL assumed' : `provider \`${found.provider}\` in ${found.place}`,
        ...(reason === undefined ? {} : { notAnalysed: reason }),
        files: files.map((path) => ({ path, name: baseName(folderOf(path)) })).sort((a, b) => (a.name < b.name ? -1 : 1)),
      },
    ];
  });
}

function providerIn(source: string): string | undefined {
  return /^\s*provider\s*=\s*"(\w+)"/m.exec(source)?.[1];
}

/** The datasource of a schema next to the folder, for repositories that leave the lock file out. */
function providerOfSchema(folder: string, paths: readonly string[], text: ReaderInput['text']): { provider: string | undefined; place: string } | undefined {
  const around = folderOf(folder);
  for (const place of paths) {
    if (!place.endsWith('.prisma') || !(around === '' || place.startsWith(`${around}/`))) continue;
    const datasource = /\bdatasource\s+\w+\s*\{[^}]*\}/.exec(text(place) ?? '')?.[0];
    if (datasource !== undefined) return { provider: providerIn(datasource.replaceAll('{', '{\n')), place };
  }
  return undefined;
}
