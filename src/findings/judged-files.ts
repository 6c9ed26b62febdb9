import { migrationsOf } from '../migrations/project-migrations.ts';
import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/types.ts';
import type { Rule } from './define-rule.ts';
import { migrationFile } from './migration-file.ts';
import { compareText } from './rule-selection.ts';

/** The files that rules of a kind judge, sorted by path. */
export function judgedFiles(project: Project, judges: NonNullable<Rule['judges']>): SourceFile[] {
  const files = judges === 'migrations' ? migrationFiles(project) : [...project.files.values()].filter((file) => isJudgedSource(project, file));
  return files.sort((a, b) => compareText(a.path, b.path));
}

/** Tests, seeds, scripts, generated and other such files are not judged. */
export function isJudgedSource(project: Project, file: SourceFile): boolean {
  return file.role === 'source' || (file.role === 'test' && project.settings.includeTests === true);
}

function migrationFiles(project: Project): SourceFile[] {
  const judged = migrationsOf(project).files.filter((file) => file.judged);
  return judged.map(({ path }) => migrationFile(project, path));
}
