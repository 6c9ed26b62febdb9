import {
  baseName, folderOf, groupBy, joinPath, reasonAgainst, type Dialect, type MigrationFile, type MigrationFolder, type ReaderInput,
} from '../migration-files.ts';
import { foldersAround } from '../planner/tool-version.ts';

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
    const order = new Map(journal.entries.map((entry, position) => [entry.tag, { ...entry, position }]));
    const known = files
      .flatMap((path) => {
        const entry = order.get(nameOf(path));
        return entry ? [{ path, ...entry }] : [];
      })
      .sort((a, b) => a.position - b.position)
      .map(({ path, when }): MigrationFile => ({ path, name: nameOf(path), ...(when === undefined ? {} : { created: when }) }));
    const skip = 'not named in meta/_journal.json, so Drizzle does not run it';
    const strangers = files.filter((path) => !order.has(nameOf(path))).map((path) => ({ path, name: nameOf(path), skip }));
    return [describe(folder, journal.dialect ?? configured(folder, text)?.dialect, journalPath, [...known, ...strangers])];
  });
}

function findSnapshotFolders({ paths, text }: ReaderInput): MigrationFolder[] {
  const migrations = paths.filter((path) => /(?:^|\/)\d[^/]*\/migration\.sql$/.test(path));
  return [...groupBy(migrations, (path) => folderOf(folderOf(path)))].flatMap(([folder, files]) => {
    const [snapshot] = files.flatMap((path) => text(joinPath(folderOf(path), 'snapshot.json')) ?? []);
    const config = configured(folder, text);
    if (snapshot === undefined && config?.out !== folder) return [];
    const dialect = snapshot === undefined ? config?.dialect : /"dialect"\s*:\s*"(\w+)"/.exec(snapshot)?.[1];
    const named = files.map((path) => ({ path, name: baseName(folderOf(path)) })).sort((a, b) => (a.name < b.name ? -1 : 1));
    return [describe(folder, dialect, snapshot === undefined ? (config?.path ?? folder) : 'snapshot.json', named)];
  });
}

const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((extension) => `drizzle.config.${extension}`);

/** `out` and `dialect` of the nearest drizzle.config.ts; `out` is relative to the root, its default is `drizzle`. */
function configured(folder: string, text: ReaderInput['text']): { path: string; out: string; dialect?: string } | undefined {
  for (const at of foldersAround(folder)) {
    for (const name of CONFIG_NAMES) {
      const path = joinPath(at, name);
      const source = text(path);
      if (source === undefined) continue;
      const out = /\bout["']?\s*:\s*["'`]([^"'`]+)["'`]/.exec(source)?.[1] ?? 'drizzle';
      const dialect = /\bdialect["']?\s*:\s*["'`](\w+)["'`]/.exec(source)?.[1];
      return { path, out: joinPath(at, out.replace(/^\.\//, '').replace(/\/+$/, '')), ...(dialect === undefined ? {} : { dialect }) };
    }
  }
  return undefined;
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

interface JournalEntry {
  readonly tag: string;
  /** Milliseconds since 1970. */
  readonly when?: number;
}

function parseJournal(source: string | undefined): { dialect?: string; entries: readonly JournalEntry[] } | undefined {
  try {
    const journal = JSON.parse(source ?? '') as { dialect?: unknown; entries?: unknown };
    if (!Array.isArray(journal.entries)) return undefined;
    const entries = (journal.entries as { tag?: unknown; when?: unknown }[]).flatMap((entry): JournalEntry[] => {
      if (typeof entry?.tag !== 'string') return [];
      return [{ tag: entry.tag, ...(typeof entry.when === 'number' ? { when: entry.when } : {}) }];
    });
    return { entries, ...(typeof journal.dialect === 'string' ? { dialect: journal.dialect } : {}) };
  } catch {
    return undefined;
  }
}
