import { readPiece, type NotAnalysed } from './read-script.ts';
import { wordOf, type Piece } from './split-statements.ts';
import { lexSql, type Token } from './sql-lexer.ts';
import type { Statement } from './statements.ts';

/** Words that begin a statement that matters here. */
const SQL_STARTS = new Set(
  'alter create drop truncate update delete insert merge with perform call set reindex refresh cluster vacuum analyze lock comment grant revoke'.split(' '),
);
/** Built SQL that begins like this concerns privileges, roles and types: nothing that is judged, whatever its end. */
const HARMLESS_HEAD =
  /^\s*(?:grant|revoke|create\s+(?:role|user|type|schema|policy)|alter\s+(?:role|user|default|function|policy)|comment|notify|select|set)\b/i;
/** Words after which PL/pgSQL expects a statement. */
const BEFORE_STATEMENT = new Set(['begin', 'then', 'else', 'loop']);

/**
 * Reads the SQL written out in the body of a `DO` block. Positions are exact, because the body is read from the script itself:
 * the PL/pgSQL parser knows lines only, and refuses a block for a variable it misses.
 * `EXECUTE` with one string literal is read too; with anything else it is listed as not analysed.
 */
export function readBlock(script: string, piece: Piece): { readonly statement: Statement; readonly notAnalysed: readonly NotAnalysed[] } {
  const statements: Statement[] = [];
  const notAnalysed: NotAnalysed[] = [];
  const body = piece.tokens.find((token) => token.kind === 'string');
  const range = body ? bodyOf(script, body) : { start: piece.end, end: piece.end };
  const text = body && script[body.start] === "'" ? withPlainQuotes(script, range) : script;
  const tokens = [...lexSql(text, range.start, range.end)].filter((token) => token.kind !== 'comment');

  const read = (run: readonly Token[]): void => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return;
    const result = readPiece(asSql(withoutTargets(text, run), first), { kind: 'sql', start: first.start, end: last.end, tokens: run });
    // `WITH … SELECT … INTO variable` makes no table here.
    if (result.statement && !isAssignment(result.statement)) statements.push(result.statement);
    notAnalysed.push(...result.notAnalysed);
  };

  for (let at = 0; at < tokens.length; at += 1) {
    const word = wordOf(text, tokens[at]);
    const before = tokens[at - 1];
    const starts = before === undefined || isSemicolon(text, before) || BEFORE_STATEMENT.has(wordOf(text, before));
    if (!starts || (word !== 'execute' && !SQL_STARTS.has(word))) continue;
    const end = endOfStatement(text, tokens, at);
    const run = tokens.slice(at, end);
    at = end;
    if (word !== 'execute') {
      read(run);
      continue;
    }
    const first = run[1]?.kind === 'string' ? bodyOf(text, run[1]) : undefined;
    const head = first ? text.slice(first.start, first.end) : '';
    const literal = first && run.length === 2 && isPlain(head) ? first : undefined;
    if (literal) read([...lexSql(text, literal.start, literal.end)].filter((token) => token.kind !== 'comment' && !isSemicolon(text, token)));
    else if (!HARMLESS_HEAD.test(head)) {
      notAnalysed.push({ start: run[0]?.start ?? piece.start, end: run.at(-1)?.end ?? piece.end, reason: '`EXECUTE` builds its SQL at run time' });
    }
  }
  return { statement: { start: piece.start, end: piece.end, kind: 'block', statements }, notAnalysed };
}

/** A body between plain quotes has its own quotes doubled: they become single ones and a space, so that every position stays. */
function withPlainQuotes(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  let inside = false;
  const body = text.slice(start, end).replace(/''''|''/g, (quotes) => {
    if (quotes.length === 4) return inside ? "''  " : "  ''";
    inside = !inside;
    return inside ? " '" : "' ";
  });
  return text.slice(0, start) + body + text.slice(end);
}

/** PL/pgSQL's `PERFORM` is a SELECT whose rows nobody wants; the words are equally long, so that every place stays where it is. */
function asSql(text: string, first: Token): string {
  return wordOf(text, first) === 'perform' ? `${text.slice(0, first.start)}SELECT ${text.slice(first.end)}` : text;
}

/** The variables that a query with a `WITH` ends in (`SELECT … INTO a, b`) are blanked: after its FROM no SQL has them, and every place stays where it is. */
function withoutTargets(text: string, run: readonly Token[]): string {
  const into = wordOf(text, run[0]) === 'with' ? run.findLastIndex((token, at) => wordOf(text, token) === 'into' && !/^(?:insert|merge)$/.test(wordOf(text, run[at - 1]))) : -1;
  const [target, last] = [run[into], run.at(-1)];
  if (!target || !last || !/^into\s+(?:strict\s+)?[\w.]+(?:\s*,\s*[\w.]+)*$/i.test(text.slice(target.start, last.end))) return text;
  return text.slice(0, target.start) + ' '.repeat(last.end - target.start) + text.slice(last.end);
}

function isAssignment(statement: Statement): boolean {
  return statement.kind === 'createTable' && statement.into === true;
}

/** What stands between the quotes. */
function bodyOf(text: string, body: Token): { start: number; end: number } {
  const tag = /^\$[^$]*\$/.exec(text.slice(body.start, body.start + 70))?.[0].length ?? text.slice(body.start, body.end).indexOf("'") + 1;
  const close = text[body.start] === '$' ? tag : 1;
  return { start: body.start + tag, end: Math.max(body.start + tag, body.end - close) };
}

function endOfStatement(text: string, tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && !isSemicolon(text, tokens[at])) at += 1;
  return at;
}

function isSemicolon(text: string, token: Token | undefined): boolean {
  return token?.kind === 'symbol' && text[token.start] === ';';
}

/** A literal whose text is the SQL itself: no doubled quotes, no escapes. */
function isPlain(literal: string): boolean {
  return /^[^'\\]*$/.test(literal);
}
