import type { Span } from '../../facts/types.ts';
import { MYSQL_RULES } from '../dialect-lexer.ts';
import type { NotAnalysed, Script } from '../read-script.ts';
import { splitDialect } from '../split-dialect.ts';
import type { Piece } from '../split-statements.ts';
import type { Statement } from '../statements.ts';
import { readMysqlStatement } from './statements.ts';
import { cursorOver, UnreadableSql } from './token-cursor.ts';

/** Reads MySQL and MariaDB text into statements. One that is not understood is listed and the rest is still read. Never throws. */
export function readMysqlScript(text: string, ranges: readonly Span[] = [{ start: 0, end: text.length }]): Script {
  const statements: Statement[] = [];
  const notAnalysed: NotAnalysed[] = [];
  for (const piece of ranges.flatMap((range) => splitDialect(text, MYSQL_RULES, range))) {
    const read = readPiece(text, piece);
    if ('reason' in read) notAnalysed.push(read);
    else statements.push(...read);
  }
  return { statements, notAnalysed };
}

function readPiece(text: string, { start, end, tokens }: Piece): readonly Statement[] | NotAnalysed {
  try {
    return readMysqlStatement(text, cursorOver(text, tokens), tokens, { start, end });
  } catch (error) {
    if (!(error instanceof UnreadableSql)) throw error;
    return { start: Math.min(error.at, end), end, reason: `not understood: ${error.message}` };
  }
}
