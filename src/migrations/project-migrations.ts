import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineView } from '../project/project.ts';
import { analyzeMigrations, type AnalyzedMigration, type MigrationAnalysis } from './analyze.ts';
import type { Project } from '../project/project.ts';

/** The migrations of a project, analysed once per state of the program. */
export const migrationsOf = defineView((project): MigrationAnalysis =>
  analyzeMigrations({
    root: project.root,
    files: project.loaded.listing.files,
    ...(project.settings.migrations ? { settings: project.settings.migrations } : {}),
    read: (path) => readOrUndefined(join(project.root, path)),
  }),
);

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
