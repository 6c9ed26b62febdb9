import type { ListedFile } from '../project/listed-file.ts';
import { decodeText } from './decode-text.ts';
import { forwardPart } from './forward-part.ts';
import { findHazards, outlineOf, type Hazard } from './hazards.ts';
import type { Dialect, MigrationFile, MigrationFolder, MigrationTool } from './migration-files.ts';
import { readScript, type NotAnalysed } from './read-script.ts';
import { findMigrationFolders, type MigrationSettings } from './readers.ts';
import { applyStatement } from './replay.ts';
import { emptySchema, type ReplayedSchema } from './replayed-schema.ts';
import type { Statement } from './statements.ts';
import { planTransactions, type TransactionScope } from './transactions.ts';

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
  /** Content of a file by its path relative to the root; undefined when there is none. Bytes tell Latin-1 from UTF-8, a string does as well. */
  read(path: string): Uint8Array | string | undefined;
}

/** One `.sql` file of a migration folder. Offsets are UTF-16 code units into the text without byte order mark. */
export interface AnalyzedMigration {
  readonly path: string;
  readonly name: string;
  /** `code`: written in JavaScript or TypeScript. */
  readonly tool: MigrationTool | 'code';
  readonly dialect: Dialect;
  /** False for files that are replayed or listed only. */
  readonly judged: boolean;
  readonly statements: readonly Statement[];
  /** Transaction of each statement; null where it commits by itself. */
  readonly transactions: readonly (TransactionScope | null)[];
  readonly hazards: readonly Hazard[];
  readonly notAnalysed: readonly NotAnalysed[];
}

export interface MigrationCoverage {
  readonly folders: number;
  readonly files: number;
  /** Files whose statements were read. */
  readonly analysed: number;
  readonly statements: number;
  /** Places within analysed files that were not understood. */
  readonly notUnderstood: number;
  /** Files that were not analysed at all, by reason. */
  readonly skipped: readonly { readonly reason: string; readonly files: number }[];
}

/** Plain JSON; equal input gives equal output. */
export interface MigrationAnalysis {
  readonly folders: readonly MigrationFolder[];
  readonly files: readonly AnalyzedMigration[];
  readonly coverage: MigrationCoverage;
}

/** Finds the migrations of a project, replays them in order and says what each statement of each endangers. Bad input never throws. */
export function analyzeMigrations({ files, settings = {}, read }: MigrationInput): MigrationAnalysis {
  const text = (path: string): string | undefined => {
    const content = read(path);
    return content === undefined ? undefined : decodeText(content).text;
  };
  const paths = files.map(({ path }) => path).sort();
  const folders = findMigrationFolders({ paths, text }, settings);
  const skipped = new Map<string, number>();
  const analysed = folders.flatMap((folder) => {
    const schema = emptySchema();
    const from = firstJudged(folder.files, settings.since);
    return folder.files.map((file, position) => {
      const reason = folder.notAnalysed ?? file.skip;
      if (reason === undefined) return analyzeFile(folder, file, schema, position >= from, read);
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      return listedOnly(folder, file, reason);
    });
  });
  const readFiles = analysed.filter((file) => file.statements.length > 0 || file.judged);
  return {
    folders,
    files: analysed,
    coverage: {
      folders: folders.length,
      files: analysed.length,
      analysed: analysed.length - [...skipped.values()].reduce((sum, count) => sum + count, 0),
      statements: readFiles.reduce((sum, file) => sum + countStatements(file.statements), 0),
      notUnderstood: readFiles.reduce((sum, file) => sum + file.notAnalysed.length, 0),
      skipped: [...skipped].map(([reason, count]) => ({ reason, files: count })),
    },
  };
}

function analyzeFile(
  folder: MigrationFolder,
  file: MigrationFile,
  schema: ReplayedSchema,
  judged: boolean,
  read: MigrationInput['read'],
): AnalyzedMigration {
  const content = read(file.path);
  if (content === undefined) return listedOnly(folder, file, 'the file cannot be read');
  const { text, fault, unreadable } = decodeText(content);
  if (unreadable) return listedOnly(folder, file, fault ?? 'the file cannot be read');
  const { ranges, outsideTransaction } = forwardPart(text, folder.tool);
  const { statements, notAnalysed } = readScript(text, ranges);
  const flat = statements.flatMap(flatten);
  const count = statements.length + notAnalysed.filter(({ reason }) => reason.startsWith('not understood')).length;
  const outline = outlineOf(flat, count);
  const version = folder.toolVersion ? { toolVersion: folder.toolVersion } : {};
  const plan = planTransactions({ tool: folder.tool, outsideTransaction, count, ...version }, statements);
  const hazards: Hazard[] = [];
  schema.defaultSchema = 'public';
  statements.forEach((statement, i) => {
    const inBlock = statement.kind === 'block';
    const scope: TransactionScope | undefined = inBlock ? { by: 'block', id: plan[i]?.id ?? i } : plan[i];
    for (const single of flatten(statement)) {
      if (judged) hazards.push(...findHazards(single, { file: file.path, text, tool: folder.tool, schema, outline, ...(scope ? { scope } : {}) }));
      applyStatement(schema, single, file.path);
    }
  });
  return {
    path: file.path,
    name: file.name,
    tool: folder.tool,
    dialect: folder.dialect,
    judged,
    statements,
    transactions: plan.map((scope) => scope ?? null),
    hazards,
    notAnalysed: fault === undefined ? notAnalysed : [{ start: 0, end: 0, reason: fault }, ...notAnalysed],
  };
}

function listedOnly(folder: MigrationFolder, file: MigrationFile, reason: string): AnalyzedMigration {
  const { tool, dialect } = folder;
  const notAnalysed = [{ start: 0, end: 0, reason }];
  return { path: file.path, name: file.name, tool, dialect, judged: false, statements: [], transactions: [], hazards: [], notAnalysed };
}

function flatten(statement: Statement): Statement[] {
  return statement.kind === 'block' ? statement.statements.flatMap(flatten) : [statement];
}

function countStatements(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => sum + (statement.kind === 'block' ? countStatements(statement.statements) : 1), 0);
}

/** Position of the first file that is judged: the one named by `since`, else the first whose name sorts after it. */
function firstJudged(files: readonly MigrationFile[], since: string | undefined): number {
  if (since === undefined) return 0;
  const named = files.findIndex((file) => file.name.startsWith(since));
  if (named !== -1) return named;
  const later = files.findIndex((file) => file.name >= since);
  return later === -1 ? files.length : later;
}
