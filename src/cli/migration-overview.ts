import { lineStartsOf, placeAt } from '../findings/place.ts';
import type { Finding } from '../findings/types.ts';
import type { AnalyzedMigration, MigrationAnalysis } from '../migrations/analyze.ts';
import { groupBy } from '../migrations/migration-files.ts';
import type { MigrationOverview, MigrationRow, PlaceRow, StatementRow } from '../report/run-report.ts';

/** Programs may compute what they send: more of that is put up with. */
const MOST_NOT_UNDERSTOOD = { sql: 0.05, programs: 0.1 } as const;

/** The analysis of migrations as the formats show it. `textOf` gives the text of a file by its path. */
export function migrationOverview(
  { files }: MigrationAnalysis,
  findings: readonly Finding[],
  textOf: (path: string) => string | undefined,
): MigrationOverview {
  const byPath = groupBy(findings, (finding) => finding.path);
  return { files: files.map((file) => migrationRow(file, byPath.get(file.path) ?? [], textOf)) };
}

function migrationRow(file: AnalyzedMigration, findings: readonly Finding[], textOf: (path: string) => string | undefined): MigrationRow {
  const { path, tool, dialect, judged, transaction, notAnalysed } = file;
  const starts = lineStartsOf(isListedOnly(file) ? '' : (textOf(path) ?? ''));
  const placeOf = ({ start, end }: { readonly start: number; readonly end: number }): PlaceRow => {
    const to = placeAt(starts, end);
    return { ...placeAt(starts, start), endLine: to.line, endColumn: to.column };
  };
  return {
    path,
    tool,
    dialect,
    judged,
    analysed: !isListedOnly(file),
    ...(transaction ? { transaction } : {}),
    statements: file.statements.map((statement, i): StatementRow => {
      const { locks = [], rewrites = [], scans = [] } = file.effects[i] ?? {};
      const within = findings.filter(({ start }) => start >= statement.start && start < statement.end);
      const id = file.transactions[i]?.id ?? null;
      return { ...placeOf(statement), kind: statement.kind, transaction: id, locks, rewrites, scans, findings: within.map(({ fingerprint }) => fingerprint) };
    }),
    findings: findings.length,
    // An empty span stands for the whole file.
    notAnalysed: notAnalysed.map(({ start, end, reason }) => (end === 0 ? { reason } : { ...placeOf({ start, end }), reason })),
  };
}

function isListedOnly({ statements, notAnalysed }: AnalyzedMigration): boolean {
  return statements.length === 0 && notAnalysed.some(({ end }) => end === 0);
}

/** Why migrations do not count as checked; empty when they do. `includes`: which of them are asked for. */
export function notCheckedMigrations({ files }: MigrationAnalysis, includes: (path: string) => boolean = () => true): string[] {
  const asked = files.filter((file) => includes(file.path));
  if (asked.length === 0) return ['No migration was found.'];
  const analysed = asked.filter((file) => !isListedOnly(file));
  if (analysed.length === 0) {
    const reasons = new Set(asked.flatMap((file) => file.notAnalysed.map(({ reason }) => reason.replace(/\.$/, ''))));
    return [`None of ${asked.length} migration files was analysed: ${[...reasons].join('; ')}.`];
  }
  const scripts = analysed.filter((file) => file.calls === undefined);
  const unread = scripts.reduce((sum, file) => sum + file.notAnalysed.filter(({ end }) => end > 0).length, 0);
  const statements = scripts.reduce((sum, file) => sum + file.statements.length, unread);
  const lost = analysed.reduce((sum, file) => sum + (file.calls === undefined ? 0 : file.notAnalysed.length), 0);
  const calls = analysed.reduce((sum, file) => sum + Math.max(file.calls ?? 0, file.calls === undefined ? 0 : file.notAnalysed.length), 0);
  return [
    ...tooMany(unread, statements, MOST_NOT_UNDERSTOOD.sql, 'statements were not understood'),
    ...tooMany(lost, calls, MOST_NOT_UNDERSTOOD.programs, 'calls in migrations that are programs could not be followed'),
  ];
}

function tooMany(amount: number, all: number, most: number, what: string): string[] {
  return amount > all * most ? [`${amount} of ${all} ${what} (more than ${most * 100} %).`] : [];
}
