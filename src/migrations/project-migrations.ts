import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineView } from '../project/project.ts';
import { analyzeMigrations, type AnalyzedMigration, type MigrationAnalysis } from './analyze.ts';
import type { Project } from '../project/project.ts';

/** The migrations of a project, analysed once per state of the program. */
export const migrationsOf = defineView((project): MigrationAnalysis =>
  withCode(
    project,
    analyzeMigrations({
      root: project.root,
      files: project.loaded.listing.files,
      ...(project.settings.migrations ? { settings: project.settings.migrations } : {}),
      read: (path) => readOrUndefined(join(project.root, path)),
    }),
  ),
);

const IN_CODE = 'migrations written in JavaScript or TypeScript are not analysed yet';

/** Migrations that are programs are listed, so that nobody takes them for checked. */
function withCode(project: Project, analysis: MigrationAnalysis): MigrationAnalysis {
  const programs = [...project.files.values()].filter((file) => file.role === 'migration').map(({ path }) => path);
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
      notAnalysed: [{ start: 0, end: 0, reason: IN_CODE }],
    }),
  );
  const { coverage } = analysis;
  return {
    ...analysis,
    files: [...analysis.files, ...listed],
    coverage: { ...coverage, files: coverage.files + listed.length, skipped: [...coverage.skipped, { reason: IN_CODE, files: listed.length }] },
  };
}

/** One migration by its path relative to the root. */
export function findMigration(project: Project, path: string): AnalyzedMigration | undefined {
  return migrationsOf(project).files.find((file) => file.path === path);
}

function readOrUndefined(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
