import { guessDialect } from '../guess-dialect.ts';
import { baseName, folderOf, groupBy, joinPath, reasonAgainst, type MigrationFile, type MigrationFolder, type MigrationTool, type ReaderInput } from '../migration-files.ts';
import { inPlanOrder, isDeployFolder, isInOwnFolder, recognisePlainTool, withOptOut } from './plain-tools.ts';

const MIGRATION_SEGMENT = /migrat|^(?:deltas|flyway|changelogs?)$/i;
const FOREIGN_SEGMENT = /^(?:tests?|__tests__|spec|e2e|fixtures|__fixtures__|__mocks__|mocks|seeds?|seeders|examples?|node_modules)$/i;
const NUMBERED = /^(?:[VUR]?\d[\w.]*?[-_.]|R__)/;
const DOWN = /(?:^|[._-])(?:down|rollback|undo)\.sql$|^U\d[\d._]*__/i;

/** Folders of `.sql` files that run in the order of their numbers. `folder` and `pinned`: what the settings name, whatever it looks like. */
export function findPlainMigrations({ paths, text }: ReaderInput, folder?: string, pinned?: MigrationTool): MigrationFolder[] {
  const scripts = paths.filter((path) => /\.sql$/i.test(path) && isCandidate(path, folder));
  return [...groupBy(scripts, homeOf)].flatMap(([home, files]) => {
    const isSqitch = isDeployFolder(home, text);
    if (isBesideDeploy(home, text)) return [];
    const named = folder !== undefined || isSqitch || home.split('/').some((segment) => MIGRATION_SEGMENT.test(segment));
    // Numbered files in a folder called `sql` or `db` are migrations too; a single one says nothing.
    if (!named && (files.length < 2 || !files.every((path) => NUMBERED.test(nameOf(path))))) return [];
    const texts = files.map((path) => text(path) ?? '');
    const { tool, sign } = pinned ? { tool: pinned, sign: 'tool pinned in the settings' } : recognisePlainTool({ home, files, texts }, text);
    const { dialect, written, evidence } = guessDialect(texts, home, text);
    const reason = reasonAgainst(dialect, written);
    const described = files.map((path) => withOptOut(describe(path), tool, text));
    return [
      {
        folder: home,
        tool,
        dialect,
        evidence: `${sign}; ${evidence}`,
        ...(reason === undefined ? {} : { notAnalysed: reason }),
        files: isSqitch ? inPlanOrder(described, home, text) : described.sort(inOrder),
      },
    ];
  });
}

function isCandidate(path: string, folder: string | undefined): boolean {
  if (folder !== undefined) return path.startsWith(`${folder}/`);
  return !folderOf(path).split('/').some((segment) => FOREIGN_SEGMENT.test(segment));
}

/** Sqitch's `revert` and `verify`. */
function isBesideDeploy(home: string, text: ReaderInput['text']): boolean {
  return /^(?:revert|verify)$/.test(baseName(home)) && isDeployFolder(joinPath(folderOf(home), 'deploy'), text);
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

/** By number first (`00010` comes after `0009`), then by name; what has no number, such as Flyway's repeatable scripts, comes last. */
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
