import type { MigrationFolder } from '../migration-files.ts';

/** The way out of Knex's transaction, in any of the ways in which a module exports it. */
const OPT_OUT = /\bconfig\b[^;]{0,80}\btransaction["']?\s*:\s*false/;

/** Whether one of the pending migrations of a folder opts out, where that decides over all of them. `text` gives the text of a file. */
export function hasSharedOptOut(folder: MigrationFolder, pending: ReadonlySet<string> | undefined, text: (path: string) => string | undefined): boolean {
  if (!pending || !folder.model?.sharesOptOut) return false;
  return folder.files.some(({ path }) => pending.has(path) && OPT_OUT.test(text(path) ?? ''));
}
