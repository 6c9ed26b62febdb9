import { analyzeMigrations, type AnalyzedMigration, type MigrationAnalysis, type MigrationSettings } from '../../src/migrations/analyze.ts';

/** Analyses files given as texts (or bytes), path → content. `pending`: paths of those that nobody has run yet. */
export function analyzeTexts(
  files: Readonly<Record<string, string | Uint8Array>>,
  settings: MigrationSettings = {},
  pending?: ReadonlySet<string>,
): MigrationAnalysis {
  const paths = Object.keys(files).map((path) => ({ path }));
  return analyzeMigrations({ root: '/', files: paths, settings, read: (path) => files[path], ...(pending ? { pending } : {}) });
}

/** Hazards of a migration as `kind at text`, where the text is what the hazard spans. */
export function hazardsOf(analysis: MigrationAnalysis, path: string, text: string): string[] {
  return fileOf(analysis, path).hazards.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end).replace(/\s+/g, ' ')}`);
}

export function fileOf(analysis: MigrationAnalysis, path: string): AnalyzedMigration {
  const file = analysis.files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`${path} is not among ${analysis.files.map((known) => known.path).join(', ')}`);
  return file;
}
