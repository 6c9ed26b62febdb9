import { baseName, folderOf, groupBy, joinPath, reasonAgainst, type Dialect, type MigrationFolder, type ReaderInput } from '../migration-files.ts';

const DIALECTS: Readonly<Record<string, readonly [Dialect, string]>> = {
  postgresql: ['postgres', 'PostgreSQL'],
  postgres: ['postgres', 'PostgreSQL'],
  pg: ['postgres', 'PostgreSQL'],
  mysql: ['mysql', 'MySQL'],
  singlestore: ['other', 'SingleStore'],
  mssql: ['other', 'SQL Server'],
  cockroach: ['other', 'CockroachDB'],
  gel: ['other', 'Gel'],
  sqlite: ['sqlite', 'SQLite'],
  turso: ['sqlite', 'SQLite'],
};

/** Drizzle Kit's folders: `meta/_journal.json` beside numbered files (0.x), or a folder with `migration.sql` and `snapshot.json` each (1.x). */
export function findDrizzleMigrations(input: ReaderInput): MigrationFolder[] {
  return [...findJournals(input), ...findSnapshotFolders(input)];
}

function findJournals({ paths, text }: ReaderInput): MigrationFolder[] {
  return paths.flatMap((journalPath) => {
    if (!/(?:^|\/)meta\/_journal\.json$/.test(journalPath)) return [];
    const folder = folderOf(folderOf(journalPath));
    const files = paths.filter((path) => folderOf(path) === folder && path.endsWith('.sql'));
    const journal = parseJournal(text(journalPath));
    if (!journal) {
      const reason = `${journalPath} is not a journal that can be read, so the order of the migrations is unknown. Run \`drizzle-kit check\`.`;
      return [describe(folder, undefined, journalPath, files.map((path) => ({ path, name: nameOf(path) })), reason)];
    }
    const order = new Map(journal.tags.map((tag, i) => [tag, i]));
    const known = files.filter((path) => order.has(nameOf(path))).sort((a, b) => (order.get(nameOf(a)) ?? 0) - (order.get(nameOf(b)) ?? 0));
    const skip = 'not named in meta/_journal.json, so Drizzle does not run it';
    const strangers = files.filter((path) => !order.has(nameOf(path))).map((path) => ({ path, name: nameOf(path), skip }));
    return [describe(folder, journal.dialect, journalPath, [...known.map((path) => ({ path, name: nameOf(path) })), ...strangers])];
  });
}

function findSnapshotFolders({ paths, text }: ReaderInput): MigrationFolder[] {
  const migrations = paths.filter((path) => /(?:^|\/)\d[^/]*\/migration\.sql$/.test(path));
  return [...groupBy(migrations, (path) => folderOf(folderOf(path)))].flatMap(([folder, files]) => {
    const snapshots = files.flatMap((path) => text(joinPath(folderOf(path), 'snapshot.json')) ?? []);
    const [snapshot] = snapshots;
    if (snapshot === undefined) return [];
    const dialect = /"dialect"\s*:\s*"(\w+)"/.exec(snapshot)?.[1];
    return [describe(folder, dialect, 'snapshot.json', files.map((path) => ({ path, name: baseName(folderOf(path)) })))];
  });
}

function describe(folder: string, written: string | undefined, place: string, files: MigrationFolder['files'], broken?: string): MigrationFolder {
  const [dialect, label] = DIALECTS[written ?? 'postgresql'] ?? ['other', `\`${written ?? ''}\``];
  const reason = broken ?? reasonAgainst(dialect, label);
  const evidence = written === undefined ? `${place}; PostgreSQL assumed` : `dialect \`${written}\` in ${place}`;
  return { folder, tool: 'drizzle', dialect, evidence, ...(reason === undefined ? {} : { notAnalysed: reason }), files };
}

function nameOf(path: string): string {
  return baseName(path).replace(/\.sql$/, '');
}

function parseJournal(source: string | undefined): { dialect?: string; tags: string[] } | undefined {
  try {
    const journal = JSON.parse(source ?? '') as { dialect?: unknown; entries?: unknown };
    if (!Array.isArray(journal.entries)) return undefined;
    const tags = (journal.entries as { tag?: unknown }[]).flatMap((entry) => (typeof entry?.tag === 'string' ? [entry.tag] : []));
    return { tags, ...(typeof journal.dialect === 'string' ? { dialect: journal.dialect } : {}) };
  } catch {
    return undefined;
  }
}
