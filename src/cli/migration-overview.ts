import { lineStartsOf, placeAt } from '../findings/place.ts';
import type { AnalyzedMigration, MigrationAnalysis } from '../migrations/analyze.ts';
import type { MigrationOverview, MigrationRow } from '../report/run-report.ts';

const MOST_NOT_UNDERSTOOD = 0.05;

/** The analysis of migrations as the formats show it. `textOf` gives the text of a file by its path. */
export function migrationOverview({ files }: MigrationAnalysis, textOf: (path: string) => string | undefined): MigrationOverview {
  return { files: files.map((file) => migrationRow(file, textOf)) };
}

function migrationRow(file: AnalyzedMigration, textOf: (path: string) => string | undefined): MigrationRow {
  const { path, tool, dialect, statements, hazards, notAnalysed } = file;
  const starts = notAnalysed.some((part) => part.end > 0) ? lineStartsOf(textOf(path) ?? '') : [0];
  return {
    path,
    tool,
    dialect,
    statements: statements.length,
    hazards: hazards.length,
    // An empty span stands for the whole file.
    notAnalysed: notAnalysed.map(({ start, end, reason }) => (end === 0 ? { reason } : { line: placeAt(starts, start).line, reason })),
  };
}

/** Why migrations do not count as checked; empty when they do. */
export function notCheckedMigrations({ coverage }: MigrationAnalysis): string[] {
  if (coverage.files === 0) return ['No migration was found.'];
  const { analysed, files, notUnderstood, statements, skipped } = coverage;
  if (analysed === 0) return [`None of ${files} migration files was analysed: ${skipped.map((entry) => entry.reason.replace(/\.$/, '')).join('; ')}.`];
  const all = statements + notUnderstood;
  if (notUnderstood <= all * MOST_NOT_UNDERSTOOD) return [];
  return [`${notUnderstood} of ${all} statements were not understood (more than ${MOST_NOT_UNDERSTOOD * 100} %).`];
}
