import type { Span } from '../../facts/types.ts';
import { SQLITE_RULES, unquoteToken } from '../dialect-lexer.ts';
import type { NotAnalysed, Script } from '../read-script.ts';
import { splitDialect } from '../split-dialect.ts';
import { wordOf, type Piece } from '../split-statements.ts';
import type { Token } from '../sql-lexer.ts';
import type { DataStatement, PragmaStatement, Statement } from '../statements.ts';
import { lowerColumn } from './lower-columns.ts';
import { lowerSqliteStatement } from './lower-sqlite-statement.ts';
import { parseSqlite } from './sqlite-parser.ts';
import { nameOf } from './syntax-nodes.ts';

/** Longer statements are too much for the parser. UTF-16 code units. */
const MAX_STATEMENT_LENGTH = 1_000_000;
/** Longer lists of rows are not parsed: what they say is in their head, and the parser needs a second per megabyte. */
const MAX_ROWS_LENGTH = 2_000;

/** Reads SQLite (and libSQL) text into statements. One that does not parse is listed and the rest is still read. Never throws. */
export function readSqliteScript(text: string, ranges: readonly Span[] = [{ start: 0, end: text.length }]): Script {
  const statements: Statement[] = [];
  const notAnalysed: NotAnalysed[] = [];
  for (const piece of ranges.flatMap((range) => splitDialect(text, SQLITE_RULES, range))) {
    const read = readPiece(text, piece);
    if ('reason' in read) notAnalysed.push(read);
    else statements.push(read);
  }
  return { statements, notAnalysed };
}

function readPiece(text: string, piece: Piece): Statement | NotAnalysed {
  const { start, end, tokens } = piece;
  if (wordOf(text, tokens[0]) === 'pragma') return readPragma(text, piece);
  const rows = end - start > MAX_ROWS_LENGTH ? readRows(text, piece) : undefined;
  if (rows) return rows;
  if (end - start > MAX_STATEMENT_LENGTH) {
    const size = `${(Math.round((end - start) / 100_000) / 10).toFixed(1)} million characters`;
    return { start, end, reason: `statement of ${size}: too long to parse. Keep data out of migrations, or split it.` };
  }
  const sql = text.slice(start, end);
  const altered = alteredColumn(text, piece);
  const parsed = parseSqlite(altered ? altered.sql : sql);
  if (!parsed.ok) return { start: Math.min(start + parsed.offset, end), end, reason: `not understood: ${parsed.message}` };
  const place = (span: Span): Span => ({ start: span.start + start, end: span.end + start });
  const source = { sql, place };
  if (!altered || parsed.tree.type !== 'alter_table_stmt') return lowerSqliteStatement(parsed.tree, { start, end }, source);
  const [action] = parsed.tree.actions.items;
  const definition = action?.type === 'alter_action_add_column' ? lowerColumn(action.column, source, altered.span) : undefined;
  const commands = definition ? [{ ...altered.span, kind: 'modifyColumn' as const, column: altered.column, definition }] : [];
  return { start, end, kind: 'alterTable', object: 'table', table: nameOf(parsed.tree.table), ifExists: false, commands };
}

/** `INSERT INTO t (a, b) VALUES …` by its head; undefined for other statements. */
function readRows(text: string, { start, end, tokens }: Piece): DataStatement | undefined {
  const first = wordOf(text, tokens[0]);
  const into = tokens.findIndex((token, i) => i < 4 && wordOf(text, token) === 'into');
  const [name] = into === -1 ? [] : tokens.slice(into + 1);
  if ((first !== 'insert' && first !== 'replace') || !name || symbolOf(text, tokens[into + 2]) !== '(') return undefined;
  const close = tokens.findIndex((token, i) => i > into && symbolOf(text, token) === ')');
  if (wordOf(text, tokens[close + 1]) !== 'values') return undefined;
  const columns = tokens.slice(into + 3, close).filter((token) => token.kind !== 'symbol').map((token) => unquoteToken(text, token));
  return { start, end, kind: 'insert', tables: [{ name: unquoteToken(text, name) }], filtered: false, columns };
}

/** `PRAGMA [schema.]name [= value]`, `PRAGMA name(value)`. */
function readPragma(text: string, { start, end, tokens }: Piece): PragmaStatement {
  const at = symbolOf(text, tokens[2]) === '.' ? 3 : 1;
  const name = tokens[at] ? unquoteToken(text, tokens[at]).toLowerCase() : '';
  const value = tokens.slice(at + 2).map((token) => unquoteToken(text, token)).filter((part) => part !== ')').join('');
  return { start, end, kind: 'pragma', name, ...(value === '' ? {} : { value }) };
}

/**
 * libSQL's `ALTER TABLE t ALTER COLUMN a TO a text NOT NULL`, which the parser does not know: for it, it becomes an `ADD COLUMN` of equal
 * length, so that positions stay right.
 */
function alteredColumn(text: string, { start, end, tokens }: Piece): { readonly sql: string; readonly column: string; readonly span: Span } | undefined {
  if (wordOf(text, tokens[0]) !== 'alter' || wordOf(text, tokens[1]) !== 'table') return undefined;
  const at = symbolOf(text, tokens[3]) === '.' ? 5 : 3;
  if (wordOf(text, tokens[at]) !== 'alter') return undefined;
  const name = wordOf(text, tokens[at + 1]) === 'column' ? at + 2 : at + 1;
  const [verb, column, to, definition] = [tokens[at], tokens[name], tokens[name + 1], tokens[name + 2]];
  if (!verb || !column || !definition || wordOf(text, to) !== 'to') return undefined;
  const sql = `${text.slice(start, verb.start)}${'ADD'.padEnd(definition.start - verb.start)}${text.slice(definition.start, end)}`;
  return { sql, column: unquoteToken(text, column), span: { start: verb.start, end } };
}

function symbolOf(text: string, token: Token | undefined): string {
  return token?.kind === 'symbol' ? (text[token.start] ?? '') : '';
}
