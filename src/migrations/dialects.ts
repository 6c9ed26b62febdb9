import type { Span } from '../facts/types.ts';
import type { Dialect } from './migration-files.ts';
import { readMysqlScript } from './mysql/read-mysql-script.ts';
import { readScript, type Script } from './read-script.ts';
import { readSqliteScript } from './sqlite/read-sqlite-script.ts';

/** Reads the text of a dialect into statements; never throws. */
export type ScriptReader = (text: string, ranges?: readonly Span[]) => Script;

/** The dialects that are analysed. */
export const SCRIPT_READERS: Partial<Record<Dialect, ScriptReader>> = {
  postgres: readScript,
  sqlite: readSqliteScript,
  mysql: readMysqlScript,
};
