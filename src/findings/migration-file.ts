import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFacts } from '../facts/empty.ts';
import type { CommentFact, FileFacts } from '../facts/types.ts';
import { linterCommentsOfSql } from '../migrations/sql-comments.ts';
import type { Project } from '../project/project.ts';
import type { FileRole, PackageUnit, SourceFile } from '../project/types.ts';

/** A migration as rules see it: a source file of the project, or a file of SQL, which has a text, comments, and no other facts. */
export function migrationFile(project: Project, path: string): SourceFile {
  // What the statements of a file of SQL do is asked of `migrationsOf`.
  return project.files.get(path) ?? textFile(project, path, 'migration', linterCommentsOfSql);
}

/** A file that is no source, as rules see it: its text and comments. */
export function textFile(project: Project, path: string, role: FileRole, commentsOf: (text: string) => readonly CommentFact[]): SourceFile {
  const absolutePath = join(project.root, path);
  let text: string | undefined;
  let facts: FileFacts | undefined;
  const readText = (): string => (text ??= project.loaded.buffers.get(path) ?? readFileSync(absolutePath, 'utf8').replace(/^\uFEFF/, ''));
  return {
    path,
    absolutePath,
    get text() {
      return readText();
    },
    get facts() {
      facts ??= { ...emptyFacts('js', readText().length), linterComments: commentsOf(readText()) };
      return facts;
    },
    role,
    package: packageAround(project, path),
  };
}

function packageAround(project: Project, path: string): PackageUnit {
  const around = project.packages.filter((unit) => unit.folder === '' || path.startsWith(`${unit.folder}/`));
  const nearest = around.sort((a, b) => b.folder.length - a.folder.length)[0];
  return nearest ?? { folder: '', dependencies: new Map(), type: 'commonjs' };
}
