/** The migration analyzer as a library: plain data in, plain JSON out. */
export {
  analyzeMigrations,
  type AnalyzedMigration,
  type Dialect,
  type Hazard,
  type HazardKind,
  type MigrationAnalysis,
  type MigrationCoverage,
  type MigrationFolder,
  type MigrationInput,
  type MigrationSettings,
  type MigrationTool,
  type NotAnalysed,
  type Statement,
  type TransactionScope,
} from './analyze.ts';
