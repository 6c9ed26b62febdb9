import { splitStatements } from '../migrations/split-statements.ts';
import { sqlComments } from '../migrations/sql-comments.ts';
import { locator, SqlSourceCode, type SqlNode } from './sql-source-code.ts';

export type { SqlComment, SqlLocation, SqlNode } from './sql-source-code.ts';
export { SqlSourceCode };

/** The part of ESLint's file that is read. */
interface SqlFile {
  /** The text without byte order mark. */
  readonly body: string | Uint8Array;
}

interface ParsedSql {
  readonly ok: true;
  readonly ast: SqlNode;
}

/**
 * SQL for ESLint: `language: 'backend-patterns/sql'`. It cuts a file into statements and parses none of them, so that a file which no
 * parser understands is linted all the same: what statements mean is known to the rules for migrations.
 */
export const sql = {
  fileType: 'text' as const,
  lineStart: 1 as const,
  columnStart: 1 as const,
  nodeTypeKey: 'type',
  defaultLanguageOptions: {},

  /** There are none; those of configurations without `files`, which are meant for JavaScript, are let through. */
  validateLanguageOptions(): void {},

  parse(file: SqlFile): ParsedSql {
    const text = textOf(file);
    const locate = locator(text);
    const body = splitStatements(text)
      .filter(({ kind }) => kind === 'sql')
      .map(({ start, end }): SqlNode => ({ type: 'Statement', range: [start, end], loc: locate({ start, end }) }));
    return { ok: true, ast: { type: 'Script', range: [0, text.length], loc: locate({ start: 0, end: text.length }), body } };
  },

  createSourceCode(file: SqlFile, { ast }: Pick<ParsedSql, 'ast'>): SqlSourceCode {
    const text = textOf(file);
    return new SqlSourceCode(text, ast, () => sqlComments(text));
  },
};

function textOf({ body }: SqlFile): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
