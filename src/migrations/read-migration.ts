import type { CodeTool } from './code/code-migration.ts';
import { readCodeMigration } from './code/read-code-migration.ts';
import { decodeText } from './decode-text.ts';
import { SCRIPT_READERS } from './dialects.ts';
import { forwardPart } from './forward-part.ts';
import type { MigrationFile, MigrationFolder } from './migration-files.ts';
import { placeStatements, type ReadStatement } from './place-statements.ts';
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
  /** Programs: places where it sends something, those not analysed included. */
  readonly calls?: number;
}

interface Source {
  readonly folder: MigrationFolder;
  readonly file: MigrationFile;
  read(path: string): Uint8Array | string | undefined;
}

/** Reads one migration by the way its folder is written: SQL, or a program that builds it. */
export function readMigration(input: Source): ReadMigration | { readonly unreadable: string } {
  const { folder, file } = input;
  const content = input.read(file.path);
  if (content === undefined) return { unreadable: 'the file cannot be read' };
  const { text, fault, unreadable } = decodeText(content);
  if (unreadable) return { unreadable: fault ?? 'the file cannot be read' };
  const whole = fault === undefined ? {} : { fault };
  if (folder.language === 'code') return { ...readCode(input, text), ...whole };
  const { ranges, outsideTransaction } = forwardPart(text, folder.tool);
  const { statements, notAnalysed } = (SCRIPT_READERS[folder.dialect] ?? readScript)(text, ranges);
  return {
    text,
    statements: statements.map((statement) => ({ statement, sql: text.slice(statement.start, statement.end), sqlStart: statement.start })),
    notAnalysed,
    outsideTransaction: outsideTransaction || file.outsideTransaction === true,
    ...whole,
  };
}

/** Follows a program, and reads the SQL that it sends as the dialect's own. */
function readCode({ folder, file, read }: Source, text: string): ReadMigration {
  const { tool, dialect } = folder;
  const textOf = (path: string): string | undefined => {
    const content = read(path);
    return content === undefined ? undefined : decodeText(content).text;
  };
  const inTransaction = folder.model?.unit === 'file' || folder.model?.unit === 'pending';
  const program = readCodeMigration({ tool: tool as CodeTool, dialect, path: file.path, text, inTransaction, read: textOf });
  const readSql = SCRIPT_READERS[dialect] ?? readScript;
  const placed = program.statements.map((sent, query) => {
    const { statements, notAnalysed } = placeStatements(sent, readSql(sent.sql));
    const how = {
      ...(sent.outside ? { outside: true as const } : {}),
      ...(sent.guards ? { guards: sent.guards } : {}),
      ...(statements.length > 1 ? { query } : {}),
    };
    return { statements: statements.map((statement) => ({ ...statement, ...how })), notAnalysed };
  });
  return {
    text,
    statements: placed.flatMap(({ statements }) => statements),
    notAnalysed: [...program.notAnalysed, ...placed.flatMap(({ notAnalysed }) => notAnalysed)].sort((a, b) => a.start - b.start),
    outsideTransaction: program.outsideTransaction,
    calls: program.calls,
  };
}
