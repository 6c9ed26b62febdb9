import { decodeText } from './decode-text.ts';
import { SCRIPT_READERS } from './dialects.ts';
import { forwardPart } from './forward-part.ts';
import type { MigrationFile, MigrationFolder } from './migration-files.ts';
import type { ReadStatement } from './place-statements.ts';
import { readScript, type NotAnalysed } from './read-script.ts';

/** What a file runs forward, in order. */
export interface ReadMigration {
  readonly text: string;
  readonly statements: readonly ReadStatement[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** The file opts out of the tool's transaction. */
  readonly outsideTransaction: boolean;
  /** What is wrong with the file as a whole, though it can be read. */
  readonly fault?: string;
}

/** Reads one migration by the way its folder is written: SQL, or a program that builds it. */
export function readMigration(input: {
  readonly folder: MigrationFolder;
  readonly file: MigrationFile;
  read(path: string): Uint8Array | string | undefined;
}): ReadMigration | { readonly unreadable: string } {
  const { folder, file } = input;
  const content = input.read(file.path);
  if (content === undefined) return { unreadable: 'the file cannot be read' };
  const { text, fault, unreadable } = decodeText(content);
  if (unreadable) return { unreadable: fault ?? 'the file cannot be read' };
  const { ranges, outsideTransaction } = forwardPart(text, folder.tool);
  const { statements, notAnalysed } = (SCRIPT_READERS[folder.dialect] ?? readScript)(text, ranges);
  return {
    text,
    statements: statements.map((statement) => ({ statement, sql: text.slice(statement.start, statement.end), sqlStart: statement.start })),
    notAnalysed,
    outsideTransaction,
    ...(fault === undefined ? {} : { fault }),
  };
}
