import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFacts } from '../facts/empty.ts';
import { migrationsOf } from '../migrations/project-migrations.ts';
import type { Project } from '../project/project.ts';
import type { PackageUnit, SourceFile } from '../project/types.ts';
import type { Rule } from './define-rule.ts';
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
  return judged.map(({ path }) => project.files.get(path) ?? sqlFile(project, path));
}

/** A file of SQL as rules see it: it has a text and no facts; what its statements do is asked of `migrationsOf`. */
function sqlFile(project: Project, path: string): SourceFile {
  const absolutePath = join(project.root, path);
  let text: string | undefined;
  return {
    path,
    absolutePath,
    get text() {
      text ??= readFileSync(absolutePath, 'utf8').replace(/^\uFEFF/, '');
      return text;
    },
    facts: emptyFacts('js'),
    role: 'migration',
    package: packageAround(project, path),
  };
}

function packageAround(project: Project, path: string): PackageUnit {
  const around = project.packages.filter((unit) => unit.folder === '' || path.startsWith(`${unit.folder}/`));
  const nearest = around.sort((a, b) => b.folder.length - a.folder.length)[0];
  return nearest ?? { folder: '', dependencies: new Map(), type: 'commonjs' };
}
