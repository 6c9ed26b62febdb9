import type { ListedFile } from '../project/listed-file.ts';
import { analyzeFile, type FileAnalysis, type FileInput } from './analyze-file.ts';
import { decodeText } from './decode-text.ts';
import { flatten } from './flatten.ts';
import { findFolderHazards, type HistoryFile } from './folder-hazards.ts';
import { remember, type Checkpoint, type FolderMemo, type Replay } from './folder-memo.ts';
import { isHygiene, type DoneStatement, type Hazard } from './hazards.ts';
import type { Dialect, MigrationFile, MigrationFolder, MigrationTool } from './migration-files.ts';
import { findMigrationFolders, type MigrationSettings } from './readers.ts';
import { emptySchema, type ReplayedSchema } from './replayed-schema.ts';
import { firstJudged } from './since.ts';
import { readSnapshot, TABLE_SIZES_FILE, type TableSnapshot } from './table-sizes.ts';

export type { Effects, LockMode, RelationLock } from './effects/effects.ts';
export type { Hazard, HazardKind } from './hazards.ts';
export type { Dialect, MigrationFolder, MigrationTool } from './migration-files.ts';
export type { NotAnalysed } from './read-script.ts';
export type { MigrationSettings } from './readers.ts';
export type { Statement } from './statements.ts';
export type { TransactionScope } from './transactions.ts';

export interface MigrationInput {
  /** Absolute path of the project. */
  readonly root: string;
  readonly files: readonly Pick<ListedFile, 'path'>[];
  readonly settings?: MigrationSettings;
  /** Migrations that nobody has run yet, when that is known (paths): what a tool runs in one transaction, it runs of these. */
  readonly pending?: ReadonlySet<string>;
  /** Folders analysed before are taken from it while nothing of theirs has changed. */
  readonly memo?: FolderMemo;
  /** Content of a file by its path relative to the root; undefined when there is none. Bytes tell Latin-1 from UTF-8, a string does as well. */
  read(path: string): Uint8Array | string | undefined;
}

/** One file of a migration folder. Offsets are UTF-16 code units into the text without byte order mark. */
export interface AnalyzedMigration extends Omit<FileAnalysis, 'text' | 'transaction'>, Partial<Pick<FileAnalysis, 'transaction'>> {
  readonly path: string;
  readonly name: string;
  /** `code`: a program that no known tool runs. */
  readonly tool: MigrationTool | 'code';
  readonly dialect: Dialect;
  /** False for files that are replayed or listed only. One that cannot be read is judged: that is what is said of it. */
  readonly judged: boolean;
}

export interface MigrationCoverage {
  readonly folders: number;
  readonly files: number;
  /** Files whose statements were read. */
  readonly analysed: number;
  readonly statements: number;
  /** Places within analysed files that were not understood. */
  readonly notUnderstood: number;
  /** Places in programs at which they send something, and how many of them could not be followed. */
  readonly calls: { readonly found: number; readonly notFollowed: number };
  /** Files that were not analysed at all, by reason. */
  readonly skipped: readonly { readonly reason: string; readonly files: number }[];
}

/** Plain JSON; equal input gives equal output. */
export interface MigrationAnalysis {
  readonly folders: readonly MigrationFolder[];
  readonly files: readonly AnalyzedMigration[];
  readonly coverage: MigrationCoverage;
  /** What could not be used besides migrations, for people. */
  readonly notes?: readonly string[];
}

/** PostgreSQL version that is taken where neither settings nor project say one. */
const DEFAULT_VERSION = 16;

/** Finds the migrations of a project, replays them in order and says what each statement of each endangers. Bad input never throws. */
export function analyzeMigrations(input: MigrationInput): MigrationAnalysis {
  const { files, settings = {}, read } = input;
  const text = (path: string): string | undefined => {
    const content = read(path);
    return content === undefined ? undefined : decodeText(content).text;
  };
  const folders = findMigrationFolders({ paths: files.map(({ path }) => path).sort(), text }, settings);
  const { sizes, fault } = findSizes(settings, text);
  const byFolder = folders.map((folder) => {
    const key = JSON.stringify([folder, settings, [...(input.pending ?? [])], sizes]);
    return remember<Analysed[], FolderState>(input.memo, {
      folder,
      key,
      read,
      compute: (recorded, replay) => analyzeFolder(folder, { ...input, read: recorded }, sizes, replay),
    });
  });
  const analysed = byFolder.flat();
  const notes = fault === undefined ? {} : { notes: [fault] };
  const analysis = { folders, files: analysed.map(({ migration }) => migration), coverage: coverageOf(folders, analysed), ...notes };
  leftBy.set(analysis, byFolder.flatMap((files) => schemaAfter.get(files) ?? []));
  return analysis;
}

/** Schemas stand beside the analysis, which is plain JSON. */
const leftBy = new WeakMap<MigrationAnalysis, readonly ReplayedSchema[]>();
const schemaAfter = new WeakMap<readonly Analysed[], ReplayedSchema>();

export function carrySchemas(from: MigrationAnalysis, to: MigrationAnalysis): void {
  leftBy.set(to, schemasAfter(from));
}

/** What the migrations of each folder leave behind, as far as they were understood. */
export function schemasAfter(analysis: MigrationAnalysis): readonly ReplayedSchema[] {
  return leftBy.get(analysis) ?? [];
}

/** The committed snapshot of table sizes. One that cannot be used is no reason to check nothing. */
function findSizes({ tableSizes }: MigrationSettings, text: (path: string) => string | undefined): { readonly sizes?: TableSnapshot; readonly fault?: string } {
  const path = tableSizes ?? TABLE_SIZES_FILE;
  const content = text(path);
  if (content === undefined) return tableSizes === undefined ? {} : { fault: `The sizes of tables (${path}) cannot be read.` };
  const sizes = readSnapshot(content);
  return 'fault' in sizes ? { fault: `The sizes of tables (${path}) are not used: ${sizes.fault}` } : { sizes };
}

/** A file with the reason why it was only listed. */
interface Analysed {
  readonly migration: AnalyzedMigration;
  readonly skipped?: string;
}

/** What the replay of a folder has come to. */
interface FolderState {
  readonly schema: ReplayedSchema;
  readonly history: readonly HistoryFile[];
  readonly due: readonly DoneStatement[];
  readonly analysed: readonly Analysed[];
}

function analyzeFolder(
  folder: MigrationFolder,
  { settings = {}, pending, read }: MigrationInput,
  sizes: TableSnapshot | undefined,
  replay: Replay<FolderState>,
): { readonly value: Analysed[]; readonly checkpoint?: Checkpoint<FolderState> } {
  // What is due may depend on files that come later.
  const { from: start, keepBefore } = pending ? {} : replay;
  const schema = start ? structuredClone(start.state.schema) : emptySchema();
  const from = firstJudged(folder.files, settings.since);
  const version = Number.parseInt(settings.version ?? '', 10) || folder.server?.version || DEFAULT_VERSION;
  const history: HistoryFile[] = [...(start?.state.history ?? [])];
  const due: DoneStatement[] = [...(start?.state.due ?? [])];
  const analysed: Analysed[] = [...(start?.state.analysed ?? [])];
  let checkpoint = start;
  const analyse = (file: MigrationFile, position: number): Analysed => {
    const reason = folder.notAnalysed ?? file.skip;
    if (reason !== undefined) return { migration: listedOnly(folder, file, reason), skipped: reason };
    // What the running release has already brought to the database is done.
    const judged = settings.since === undefined && pending ? pending.has(file.path) : position >= from;
    const known = { ...(pending ? { pending } : {}), ...(sizes ? { sizes } : {}) };
    const result = analyzeFile({ folder, file, schema, judged, version, due, read, ...known } satisfies FileInput);
    if ('unreadable' in result) return { migration: { ...listedOnly(folder, file, result.unreadable), judged } };
    const { text: _text, ...rest } = result;
    history.push({ path: file.path, name: file.name, judged, ...result });
    return { migration: { path: file.path, name: file.name, tool: folder.tool, dialect: folder.dialect, judged, ...rest } };
  };
  for (const [position, file] of folder.files.entries()) {
    if (position < (start?.position ?? 0)) continue;
    if (position === keepBefore && position !== start?.position) {
      checkpoint = { position, state: { schema: structuredClone(schema), history: [...history], due: [...due], analysed: [...analysed] } };
    }
    analysed.push(analyse(file, position));
  }
  const later = findFolderHazards({ folder, files: history, schema, version, ...(pending ? { pending } : {}) });
  const value = analysed.map(({ migration, ...rest }) => ({ ...rest, migration: withHazards(migration, later.get(migration.path) ?? []) }));
  schemaAfter.set(value, schema);
  return { value, ...(checkpoint ? { checkpoint } : {}) };
}

function withHazards(migration: AnalyzedMigration, found: readonly Hazard[]): AnalyzedMigration {
  if (found.length === 0 || !migration.judged) return migration;
  const sorted = (hazards: readonly Hazard[]): Hazard[] => [...hazards].sort((a, b) => a.start - b.start);
  const hazards = sorted([...migration.hazards, ...found.filter((hazard) => !isHygiene(hazard))]);
  return { ...migration, hazards, hygiene: sorted([...migration.hygiene, ...found.filter(isHygiene)]) };
}

function coverageOf(folders: readonly MigrationFolder[], analysed: readonly Analysed[]): MigrationCoverage {
  const skipped = new Map<string, number>();
  for (const { skipped: reason } of analysed) if (reason !== undefined) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  const migrations = analysed.map(({ migration }) => migration);
  const readFiles = migrations.filter((file) => file.statements.length > 0 || file.judged);
  const programs = migrations.filter((file) => file.calls !== undefined);
  return {
    folders: folders.length,
    files: migrations.length,
    analysed: migrations.length - [...skipped.values()].reduce((sum, count) => sum + count, 0),
    statements: readFiles.reduce((sum, file) => sum + file.statements.flatMap(flatten).length, 0),
    notUnderstood: readFiles.reduce((sum, file) => sum + file.notAnalysed.length, 0),
    calls: {
      found: programs.reduce((sum, file) => sum + (file.calls ?? 0), 0),
      notFollowed: programs.reduce((sum, file) => sum + file.notAnalysed.length, 0),
    },
    skipped: [...skipped].map(([reason, count]) => ({ reason, files: count })),
  };
}

function listedOnly(folder: MigrationFolder, file: MigrationFile, reason: string): AnalyzedMigration {
  const { tool, dialect } = folder;
  const notAnalysed = [{ start: 0, end: 0, reason }];
  const nothing = { statements: [], transactions: [], effects: [], hazards: [], hygiene: [] };
  return { path: file.path, name: file.name, tool, dialect, judged: false, ...nothing, notAnalysed };
}
