import { lineStartsOf, placeAt } from '../findings/place.ts';
import { LOCK_MODES } from '../migrations/effects/effects.ts';
import type { Difference, Trace, TracedMigration, TracedStatement } from '../migrations/trace/trace.ts';
import { count, type Paint } from './run-report.ts';

/** Version of the format; a new one only when a field changes its meaning or goes away. */
const TRACE_FORMAT_VERSION = 1;

/** What a replay on empty tables cannot show. */
const LIMITS = [
  'The tables hold only the rows that the migrations write: how long a statement takes, whether old rows satisfy a new constraint, and which plan a query gets are not shown.',
  'One session: who waits for whom is not shown. A statement outside a transaction (CONCURRENTLY, VACUUM) holds no lock any more when it has ended.',
];

type TextOf = (path: string) => string | undefined;

/** A replay for programs: deterministic, paths relative to the root. Documented in docs/trace.md. */
export function traceJson(trace: Trace, textOf: TextOf): string {
  const { servers, counts, missing } = trace;
  const files = trace.files.map((file) => ({
    file: file.path,
    tool: file.tool,
    ...(file.skipped === undefined ? {} : { skipped: file.skipped }),
    statements: file.statements.map((statement) => jsonStatement(statement, lineStartsOf(textOf(file.path) ?? ''))),
  }));
  return `${JSON.stringify({ version: TRACE_FORMAT_VERSION, servers, counts, missing, limits: LIMITS, files }, undefined, 2)}\n`;
}

function jsonStatement(statement: TracedStatement, starts: readonly number[]): object {
  const { start, end, kind, outcome, note, error, server, sawLocks, static: said, differences } = statement;
  const { line, column } = placeAt(starts, start);
  const last = placeAt(starts, end);
  return {
    line,
    column,
    endLine: last.line,
    endColumn: last.column,
    kind,
    outcome,
    ...(note === undefined ? {} : { note }),
    ...(error ? { error } : {}),
    ...(server ? { ...server, sawLocks } : {}),
    static: said,
    differences,
  };
}

/** A replay for people: per statement what the server did, and where it differs from what was said without it. */
export function traceText(trace: Trace, textOf: TextOf, paint: Paint): string {
  const blocks = trace.files.map((file) => fileBlock(file, lineStartsOf(textOf(file.path) ?? ''), paint));
  return `${[...blocks, summary(trace, paint)].filter((block) => block !== '').join('\n\n')}\n`;
}

function fileBlock({ path, statements, skipped }: TracedMigration, starts: readonly number[], paint: Paint): string {
  if (skipped !== undefined) return `${paint('underline', path)}\n  ${paint('dim', `not replayed: ${skipped}`)}`;
  const lines = statements.flatMap((statement) => statementLines(statement, starts, paint));
  return lines.length === 0 ? '' : [paint('underline', path), ...lines].join('\n');
}

const SHOWN_LENGTH = 90;

function statementLines(statement: TracedStatement, starts: readonly number[], paint: Paint): string[] {
  const { line, column } = placeAt(starts, statement.start);
  const sql = statement.sql.replace(/\s+/g, ' ');
  const head = `  ${paint('dim', `${line}:${column}`)}  ${sql.length > SHOWN_LENGTH ? `${sql.slice(0, SHOWN_LENGTH)}…` : sql}`;
  const details = [...serverLines(statement), ...statement.differences.map((difference) => paint('yellow', `differs: ${wordDifference(difference)}`))];
  if (statement.error) details.push(paint('red', `error ${statement.error.sqlstate}: ${statement.error.message}`));
  if (statement.note !== undefined) details.push(paint('dim', statement.note));
  return details.length === 0 ? [] : [head, ...details.map((detail) => `      ${detail}`)];
}

function serverLines({ server, sawLocks }: TracedStatement): string[] {
  if (!server) return [];
  const byMode = [...LOCK_MODES].reverse().flatMap((mode) => {
    const relations = server.locks.filter((lock) => lock.mode === mode).map(({ relation }) => relation);
    return relations.length === 0 ? [] : [`${mode.replace(/Lock$/, '')} ${relations.join(', ')}`];
  });
  return [
    ...(byMode.length > 0 ? [`locks: ${byMode.join('; ')}`] : []),
    ...(sawLocks ? [] : ['locks: not seen, outside a transaction']),
    ...(server.rewrites.length > 0 ? [`rewrites: ${server.rewrites.join(', ')}`] : []),
    ...(server.scans.length > 0 ? [`scans: ${server.scans.join(', ')}`] : []),
  ];
}

function wordDifference(difference: Difference): string {
  const { what, relation } = difference;
  if ('only' in difference) return `${what} of ${relation} ${difference.only === 'server' ? 'on the server only' : 'was said, and did not happen'}`;
  return `lock of ${relation}: ${difference.static ?? 'none'} was said, the server took ${difference.server ?? 'none'}`;
}

function summary({ servers, counts, missing, files }: Trace, paint: Paint): string {
  const replayed = files.filter((file) => file.skipped === undefined).length;
  const verdict = `${count(counts.ran, 'statement')} of ${count(replayed, 'file')} replayed on ${servers.join(', ')}: ${counts.failed} failed, ${counts.skipped} skipped`;
  const absent = [
    ...missing.extensions.map((name) => `extension ${name}`),
    ...missing.roles.map((name) => `role ${name}`),
    ...missing.schemas.map((name) => `schema ${name}`),
  ];
  return [
    paint(counts.failed === 0 ? 'green' : 'red', paint('bold', servers.length === 0 ? 'Nothing was replayed' : verdict)),
    `${counts.differing} of ${counts.ran} statements differ from the answer without a server.`,
    ...(absent.length > 0 ? [paint('yellow', `Missing on the server: ${absent.join(', ')}. What needs them failed or was left out.`)] : []),
    ...LIMITS.map((limit) => paint('dim', limit)),
  ].join('\n');
}
