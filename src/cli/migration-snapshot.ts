import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotText, TABLE_SIZES_FILE } from '../migrations/table-sizes.ts';
import { openServer } from '../migrations/trace/server.ts';
import { takeSnapshot } from '../migrations/trace/take-snapshot.ts';
import type { Project } from '../project/project.ts';
import type { CommandInput } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { forPeople } from './migration-trace.ts';

/** `migrations --snapshot`: writes the sizes of the tables of a server into the project. Reads catalogues only. */
export async function runSnapshot(project: Project, { values, write }: CommandInput): Promise<number> {
  const url = values['database-url'];
  if (url === undefined) throw new UsageError('--snapshot reads the sizes of tables from a server: add --database-url URL.');
  const path = project.settings.migrations?.tableSizes ?? TABLE_SIZES_FILE;
  const snapshot = await readFrom(url);
  writeFileSync(join(project.root, path), snapshotText(snapshot));
  write(`${path}: ${Object.keys(snapshot.tables).length} tables of PostgreSQL ${snapshot.server}. Commit it; it holds names and sizes, no data.\n`);
  return EXIT.clean;
}

async function readFrom(url: string): ReturnType<typeof takeSnapshot> {
  try {
    const { connection, close } = await openServer(url);
    try {
      return await takeSnapshot(connection);
    } finally {
      await close();
    }
  } catch (error) {
    throw forPeople(error);
  }
}
