import { baseName, folderOf, joinPath, type MigrationFile, type MigrationTool, type ReaderInput } from '../migration-files.ts';
import { packagesAround } from '../planner/tool-version.ts';

/** A folder of SQL files whose tool is asked for. */
export interface PlainFolder {
  readonly home: string;
  readonly files: readonly string[];
  readonly texts: readonly string[];
}

/** Signs of a tool in the text of one of its files. */
const TEXT_SIGNS: readonly (readonly [RegExp, MigrationTool])[] = [
  [/^--\s*migrate:up\b/m, 'dbmate'],
  [/^--\s*\+goose\s/m, 'goose'],
  [/^--\s*\+migrate\s/m, 'sql-migrate'],
  [/^\s*--[\s-]*up\s+migration\b/im, 'node-pg-migrate'],
  [/^--\s*postgres-migrations\s/m, 'postgres-migrations'],
  [/^--\s*atlas:(?:txmode|delimiter|nolint)\b/m, 'atlas'],
];

/** Packages that run SQL files, where the files themselves say nothing. */
const RUNNERS: readonly (readonly [name: string, MigrationTool])[] = [
  ['postgres-migrations', 'postgres-migrations'],
  ['node-pg-migrate', 'node-pg-migrate'],
  ['dbmate', 'dbmate'],
];

/** The tool that runs a folder of SQL files, and what shows it. */
export function recognisePlainTool({ home, files, texts }: PlainFolder, text: ReaderInput['text']): { tool: MigrationTool; sign: string } {
  for (const [pattern, tool] of TEXT_SIGNS) if (texts.some((source) => pattern.test(source))) return { tool, sign: `comments of ${tool}` };
  if (/(?:^|\/)supabase\/migrations$/.test(home)) return { tool: 'supabase', sign: 'supabase/migrations' };
  if (isDeployFolder(home, text)) return { tool: 'sqitch', sign: `sqitch.plan in ${folderOf(home) || 'the root'}` };
  if (text(joinPath(home, 'atlas.sum')) !== undefined) return { tool: 'atlas', sign: 'atlas.sum' };
  if (files.every(isInOwnFolder)) return { tool: 'diesel', sign: 'up.sql in a folder each' };
  if (files.some((path) => /^V\d[\d._]*__/.test(baseName(path)))) return { tool: 'flyway', sign: 'V1__name.sql files' };
  const runner = runnerOf(home, text);
  if (files.some((path) => /\.up\.sql$/i.test(path))) {
    // Since version 9 node-pg-migrate reads such pairs, too.
    return runner?.tool === 'node-pg-migrate' ? runner : { tool: 'golang-migrate', sign: '.up.sql files' };
  }
  return runner ?? { tool: 'sql', sign: 'a folder of SQL files' };
}

function runnerOf(home: string, text: ReaderInput['text']): { tool: MigrationTool; sign: string } | undefined {
  for (const { path, dependencies } of packagesAround(home, text)) {
    const found = RUNNERS.find(([name]) => dependencies[name] !== undefined);
    if (found) return { tool: found[1], sign: `${found[0]} in ${path}` };
  }
  return undefined;
}

/** Sqitch's deploy scripts; those to revert and to verify stand in folders beside it. */
export function isDeployFolder(home: string, text: ReaderInput['text']): boolean {
  return baseName(home) === 'deploy' && text(joinPath(folderOf(home), 'sqitch.plan')) !== undefined;
}

/** Diesel and others have a folder per migration, with `up.sql` and `down.sql` in it. */
export function isInOwnFolder(path: string): boolean {
  return /^(?:up|down)\.sql$/i.test(baseName(path));
}

/** Files beside the migrations that take one of them out of the tool's transaction. */
const OPT_OUTS: Partial<Record<MigrationTool, (path: string, text: ReaderInput['text']) => boolean>> = {
  diesel: (path, text) => /^\s*run_in_transaction\s*=\s*false\b/m.test(text(joinPath(folderOf(path), 'metadata.toml')) ?? ''),
  flyway: (path, text) => /^\s*(?:flyway\.)?executeInTransaction\s*=\s*false\b/im.test(text(`${path}.conf`) ?? ''),
};

export function withOptOut(file: MigrationFile, tool: MigrationTool, text: ReaderInput['text']): MigrationFile {
  return OPT_OUTS[tool]?.(file.path, text) ? { ...file, outsideTransaction: true } : file;
}

/** In the order of `sqitch.plan`, by the names in it; what it does not name does not run. */
export function inPlanOrder(files: readonly MigrationFile[], home: string, text: ReaderInput['text']): MigrationFile[] {
  const plan = text(joinPath(folderOf(home), 'sqitch.plan')) ?? '';
  const order = new Map<string, number>();
  for (const line of plan.split('\n')) {
    const name = /^([\w][^\s[@]*)/.exec(line.trim())?.[1];
    if (name !== undefined && !line.startsWith('%')) order.set(name, order.size);
  }
  const skip = 'not named in sqitch.plan, so Sqitch does not run it';
  const known = files.filter(({ name }) => order.has(name)).sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  return [...known, ...files.filter(({ name }) => !order.has(name)).map((file) => ({ ...file, skip }))];
}
