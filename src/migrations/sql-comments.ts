import type { CommentFact } from '../facts/types.ts';
import { splitStatements } from './split-statements.ts';
import { lexSql } from './sql-lexer.ts';

/**
 * Comments of a script without their delimiters, in order; offsets are UTF-16 code units. Both kinds count as block comments: `--` is
 * the comment that people write in SQL, so whatever a linter is told may stand in it. Rows of COPY hold none.
 */
export function sqlComments(text: string): CommentFact[] {
  const comments: CommentFact[] = [];
  const collect = (start: number, end: number): void => {
    for (const token of lexSql(text, start, end)) {
      if (token.kind !== 'comment') continue;
      const isLine = text.startsWith('--', token.start);
      const closed = !isLine && text.startsWith('*/', token.end - 2);
      comments.push({ start: token.start, end: token.end, text: text.slice(token.start + 2, closed ? token.end - 2 : token.end), block: true });
    }
  };
  let at = 0;
  for (const piece of splitStatements(text)) {
    collect(at, piece.start);
    if (piece.kind === 'sql') collect(piece.start, piece.end);
    at = piece.end;
  }
  collect(at, text.length);
  return comments;
}

/** Those that talk to linters; nothing is cut into tokens where no text does. */
export function linterCommentsOfSql(text: string): CommentFact[] {
  return text.includes('eslint') ? sqlComments(text).filter((comment) => /^\s*eslint(?:-|\s)/.test(comment.text)) : [];
}
