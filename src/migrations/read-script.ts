import type { Span } from '../facts/types.ts';
import { readBlock } from './do-blocks.ts';
import { lowerStatement } from './lower-statement.ts';
import { byteOffsets, parseStatement } from './postgres-parser.ts';
import { splitStatements, type Piece } from './split-statements.ts';
import type { Statement } from './statements.ts';

/** A place that was not analysed, and why, for people. */
export interface NotAnalysed extends Span {
  readonly reason: string;
}

export interface Script {
  readonly statements: readonly Statement[];
  readonly notAnalysed: readonly NotAnalysed[];
}

/** Longer statements are rows of data; the parser would need a gigabyte for them. UTF-16 code units. */
const MAX_STATEMENT_LENGTH = 2_000_000;

/** Reads PostgreSQL text into statements. One that does not parse is listed and the rest is still read. Never throws. */
export function readScript(text: string, ranges: readonly Span[] = [{ start: 0, end: text.length }]): Script {
  const statements: Statement[] = [];
  const notAnalysed: NotAnalysed[] = [];
  for (const piece of ranges.flatMap((range) => splitStatements(text, range))) {
    if (piece.kind === 'data') {
      notAnalysed.push({ start: piece.start, end: piece.end, reason: 'rows of `COPY … FROM stdin`: only psql sends them' });
      continue;
    }
    if (piece.kind === 'meta') {
      notAnalysed.push(...explainMeta(text, piece));
      continue;
    }
    const read = readPiece(text, piece);
    if (read.statement) statements.push(read.statement);
    notAnalysed.push(...read.notAnalysed);
  }
  return { statements, notAnalysed };
}

/** Reads one statement that has been cut out already. */
export function readPiece(text: string, piece: Piece): { readonly statement?: Statement; readonly notAnalysed: readonly NotAnalysed[] } {
  const { start, end } = piece;
  if (end - start > MAX_STATEMENT_LENGTH) {
    const size = `${(Math.round((end - start) / 100_000) / 10).toFixed(1)} million characters`;
    return { notAnalysed: [{ start, end, reason: `statement of ${size}: too long to parse. Keep data out of migrations, or split it.` }] };
  }
  const sql = text.slice(start, end);
  const parsed = parseStatement(sql);
  if (!parsed.ok) return { notAnalysed: [{ start: Math.min(start + parsed.offset, end), end, reason: `not understood: ${parsed.message}` }] };
  if ('DoStmt' in parsed.node) return readBlock(text, piece);
  const offset = byteOffsets(sql);
  return { statement: lowerStatement(parsed.node, { text, piece, at: (byte) => start + offset(byte) }), notAnalysed: [] };
}

/** `\connect` and the like only steer psql; `\i` brings in text that is not seen here. */
function explainMeta(text: string, { start, end }: Piece): NotAnalysed[] {
  const command = text.slice(start, end).trim().split(/\s/)[0] ?? '';
  const includes = /^\\(?:i|ir|include|include_relative)$/.test(command);
  const reason = includes ? `psql command \`${command}\`: the file it brings in is not read here` : `psql command \`${command}\`: only psql understands it`;
  return command === '\\.' ? [] : [{ start, end, reason }];
}
