import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/types.ts';
import { prismaComments } from '../schema/prisma-blocks.ts';
import { textFile } from './migration-file.ts';

/** The schema files of ORMs that are no source: what their models say is asked of `modelsOf`. */
export function schemaFiles(project: Project): SourceFile[] {
  return project.loaded.others('prisma').map(({ path }) => schemaFile(project, path));
}

/** One such file, with a text, comments, and no other facts. */
function schemaFile(project: Project, path: string): SourceFile {
  return textFile(project, path, 'source', prismaComments);
}
