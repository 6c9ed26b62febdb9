import { createRequire } from 'node:module';
import type { Node, Statement as SqliteTree } from 'sql-parser-cst';

type Parser = Pick<typeof import('sql-parser-cst'), 'parse'>;

/** What the parser says of one statement; ranges of the tree and `offset` count UTF-16 code units from the start of the text. */
export type ParsedSqlite = { readonly ok: true; readonly tree: SqliteTree } | { readonly ok: false; readonly message: string; readonly offset: number };

export type { Node, SqliteTree };

let loaded: Parser | undefined;

/** Loads the parser on first use: it is six megabytes of code. */
function loadParser(): Parser {
  loaded ??= createRequire(import.meta.url)('sql-parser-cst') as Parser;
  return loaded;
}

/** Parses the text of one statement. Bad input is an answer, never an exception. */
export function parseSqlite(sql: string): ParsedSqlite {
  try {
    const tree = loadParser().parse(sql, { dialect: 'sqlite', includeRange: true, paramTypes: ['?', '?nr', ':name', '$name', '@name'] }).statements[0];
    return tree ? { ok: true, tree } : { ok: false, message: 'no statement', offset: 0 };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '1', column = '1'] = /^--> .*:(\d+):(\d+)$/m.exec(message) ?? [];
    const offset = offsetOf(sql, Number(line), Number(column));
    const first = message.split('\n')[0] ?? '';
    return { ok: false, message: first.replace(/^Syntax Error: U/, 'syntax error: u'), offset };
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}
