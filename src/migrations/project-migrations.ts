import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineView } from '../project/project.ts';
import { findBase } from './base/base-release.ts';
import { analyzeMigrations, carrySchemas, type AnalyzedMigration, type MigrationAnalysis, type MigrationInput } from './analyze.ts';
import type { FolderMemo } from './folder-memo.ts';
import type { Project } from '../project/project.ts';

/** The analysis of one state of the program, and the buffers of SQL files that it was made with. */
const stateOf = defineView((): { buffers?: ReadonlyMap<string, string>; analysis?: MigrationAnalysis } => ({}));

const memos = new WeakMap<Project, FolderMemo>();

/** The migrations of a project, with the texts of an editor's buffers; analysed once per state of the program and its buffers. */
export function migrationsOf(project: Project): MigrationAnalysis {
  const state = stateOf(project);
  const { buffers } = project.loaded;
  if (!state.analysis || state.buffers !== buffers) {
    state.buffers = buffers;
    state.analysis = analyse(project);
  }
  return state.analysis;
}

function analyse(project: Project): MigrationAnalysis {
  const memo = memos.get(project) ?? new Map();
  memos.set(project, memo);
  return withCode(project, analyzeMigrations({ ...migrationInputOf(project), memo }));
}

/** What the analyzer reads of a project: its files as they are now, buffers of an editor first. */
export function migrationInputOf(project: Project): MigrationInput {
  const { files } = project.loaded.listing;
  const base = findBase(project);
  return {
    root: project.root,
    files,
    ...(base ? { pending: new Set(files.flatMap(({ path }) => (base.has(path) ? [] : [path]))) } : {}),
    ...(project.settings.migrations ? { settings: project.settings.migrations } : {}),
    read: (path) => project.loaded.buffers.get(path) ?? project.files.get(path)?.text ?? readOrUndefined(join(project.root, path)),
  };
}

const IN_CODE = 'a program in a folder of migrations, with nothing in it that a known tool would run';

/** Migrations that are programs are listed, so that nobody takes them for checked. */
function withCode(project: Project, analysis: MigrationAnalysis): MigrationAnalysis {
  const known = new Set(analysis.files.map(({ path }) => path));
  const programs = [...project.files.values()].filter((file) => file.role === 'migration' && !known.has(file.path)).map(({ path }) => path);
  if (programs.length === 0) return analysis;
  const listed = programs.sort().map(
    (path): AnalyzedMigration => ({
      path,
      name: basename(path),
      tool: 'code',
      dialect: 'other',
      judged: false,
      statements: [],
      transactions: [],
      effects: [],
      hazards: [],
      hygiene: [],
      notAnalysed: [{ start: 0, end: 0, reason: IN_CODE }],
    }),
  );
  const { coverage } = analysis;
  const widened = {
    ...analysis,
    files: [...analysis.files, ...listed],
    coverage: { ...coverage, files: coverage.files + listed.length, skipped: [...coverage.skipped, { reason: IN_CODE, files: listed.length }] },
  };
  carrySchemas(analysis, widened);
  return widened;
}

const byPath = new WeakMap<MigrationAnalysis, ReadonlyMap<string, AnalyzedMigration>>();

/** One migration by its path relative to the root. */
export function findMigration(project: Project, path: string): AnalyzedMigration | undefined {
  const analysis = migrationsOf(project);
  const index = byPath.get(analysis) ?? new Map(analysis.files.map((file) => [file.path, file]));
  byPath.set(analysis, index);
  return index.get(path);
}

function readOrUndefined(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
