import type { Span } from '../facts/types.ts';
import type { ExistenceGuard } from './code/code-migration.ts';
import type { NotAnalysed, Script } from './read-script.ts';
import type { Statement } from './statements.ts';

/** A statement with the SQL that it was read from. */
export interface ReadStatement {
  readonly statement: Statement;
  readonly sql: string;
  /** Offset of `sql` in the file; absent where a builder rendered it. */
  readonly sqlStart?: number;
  /** Sent on another connection than that of the open transaction. */
  readonly outside?: true;
  /** What the program asks the database before it sends it. */
  readonly guards?: readonly ExistenceGuard[];
  /** Statements with the same number are sent as one query. */
  readonly query?: number;
}

/** SQL that stands somewhere in a program, or that one of its calls amounts to. */
export interface EmbeddedSql extends Span {
  readonly sql: string;
  /** Offset in the file of the first character of `sql`, when the SQL stands there as it is. */
  readonly verbatim?: number;
}

/** Puts statements read from embedded SQL at their places in the program: exact ones where the SQL stands as it is, else the call. */
export function placeStatements(embedded: EmbeddedSql, script: Script): { readonly statements: ReadStatement[]; readonly notAnalysed: NotAnalysed[] } {
  const { sql, verbatim, start, end } = embedded;
  const place = verbatim === undefined ? () => ({ start, end }) : (span: Span) => ({ start: span.start + verbatim, end: span.end + verbatim });
  return {
    statements: script.statements.map((statement) => ({
      statement: moveSpans(statement, place),
      sql: sql.slice(statement.start, statement.end),
      ...(verbatim === undefined ? {} : { sqlStart: verbatim + statement.start }),
    })),
    notAnalysed: script.notAnalysed.map((part) => ({ ...part, ...place(part) })),
  };
}

/** Statements are plain data: whatever has a start and an end is a span. */
function moveSpans<T>(value: T, place: (span: Span) => Span): T {
  if (Array.isArray(value)) return value.map((item: unknown) => moveSpans(item, place)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const moved = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, moveSpans(part as unknown, place)]));
  return (isSpan(value) ? { ...moved, ...place(value) } : moved) as T;
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}
