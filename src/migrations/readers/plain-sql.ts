import { guessDialect } from '../guess-dialect.ts';
import { baseName, folderOf, groupBy, reasonAgainst } from '../migration-files.ts';
import type { MigrationFile, MigrationFolder, MigrationTool, ReaderInput } from '../migration-files.ts';

const MIGRATION_SEGMENT = /migrat|^(?:deltas|flyway|changelogs?)$/i;
const FOREIGN_SEGMENT = /^(?:tests?|__tests__|spec|e2e|fixtures|__fixtures__|__mocks__|mocks|seeds?|seeders|examples?|node_modules)$/i;
const NUMBERED = /^(?:[VUR]?\d[\w.]*?[-_.]|R__)/;
const DOWN = /(?:^|[._-])(?:down|rollback|undo)\.sql$|^U\d[\d._]*__/i;

/** Signs of a tool in the text of one of its files. */
const TEXT_SIGNS: readonly (readonly [RegExp, MigrationTool])[] = [
  [/^--\s*migrate:up\b/m, 'dbmate'],
  [/^--\s*\+goose\s/m, 'goose'],
  [/^--\s*\+migrate\s/m, 'sql-migrate'],
  [/^\s*--\s*up migration\b/im, 'node-pg-migrate'],
  [/^--\s*postgres-migrations\s/m, 'postgres-migrations'],
];

/** Folders of `.sql` files that run in the order of their numbers. `folder`: the one the settings name, whatever it is called. */
export function findPlainMigrations({ paths, text }: ReaderInput, folder?: string): MigrationFolder[] {
  const scripts = paths.filter((path) => /\.sql$/i.test(path) && isCandidate(path, folder));
  return [...groupBy(scripts, homeOf)].flatMap(([home, files]) => {
    const named = folder !== undefined || home.split('/').some((segment) => MIGRATION_SEGMENT.test(segment));
    // Numbered files in a folder called `sql` or `db` are migrations too; a single one says nothing.
    if (!named && (files.length < 2 || !files.every((path) => NUMBERED.test(nameOf(path))))) return [];
    const texts = files.map((path) => text(path) ?? '');
    const { tool, sign } = recogniseTool(home, files, texts);
    const { dialect, written, evidence } = guessDialect(texts, home, text);
    const reason = reasonAgainst(dialect, written);
    return [
      {
        folder: home,
        tool,
        dialect,
        evidence: `${sign}; ${evidence}`,
        ...(reason === undefined ? {} : { notAnalysed: reason }),
        files: files.map(describe).sort(inOrder),
      },
    ];
  });
}

function isCandidate(path: string, folder: string | undefined): boolean {
  if (folder !== undefined) return path.startsWith(`${folder}/`);
  return !folderOf(path).split('/').some((segment) => FOREIGN_SEGMENT.test(segment));
}

/** Diesel and others have a folder per migration, with `up.sql` and `down.sql` in it. */
function isInOwnFolder(path: string): boolean {
  return /^(?:up|down)\.sql$/i.test(baseName(path));
}

function homeOf(path: string): string {
  return isInOwnFolder(path) ? folderOf(folderOf(path)) : folderOf(path);
}

function nameOf(path: string): string {
  return isInOwnFolder(path) ? baseName(folderOf(path)) : baseName(path);
}

function describe(path: string): MigrationFile {
  const name = nameOf(path).replace(/\.sql$/i, '');
  return DOWN.test(baseName(path)) ? { path, name, skip: 'down migration: recognised and not judged' } : { path, name };
}

function recogniseTool(home: string, files: readonly string[], texts: readonly string[]): { tool: MigrationTool; sign: string } {
  for (const [pattern, tool] of TEXT_SIGNS) if (texts.some((source) => pattern.test(source))) return { tool, sign: `comments of ${tool}` };
  if (/(?:^|\/)supabase\/migrations$/.test(home)) return { tool: 'supabase', sign: 'supabase/migrations' };
  if (files.some((path) => /\.up\.sql$/i.test(path))) return { tool: 'golang-migrate', sign: '.up.sql files' };
  if (files.every(isInOwnFolder)) return { tool: 'diesel', sign: 'up.sql in a folder each' };
  if (files.some((path) => /^V\d[\d._]*__/.test(baseName(path)))) return { tool: 'flyway', sign: 'V1__name.sql files' };
  return { tool: 'sql', sign: 'a folder of SQL files' };
}

/** By number first (`00010` comes after `0009`), then by name; what has no number comes last. */
function inOrder(a: MigrationFile, b: MigrationFile): number {
  const [left, right] = [versionOf(a.name), versionOf(b.name)];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return left.length === 0 || right.length === 0 ? right.length - left.length : difference;
  }
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1;
}

function versionOf(name: string): number[] {
  const digits = /^[VU]?(\d+(?:[._]\d+)*)(?=[-_.]|$)/.exec(name)?.[1];
  return digits === undefined ? [] : digits.split(/[._]/).map(Number);
}
