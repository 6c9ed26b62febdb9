import type { CheckResult } from '../findings/check.ts';
import type { AnalyzedMigration, RelationLock } from '../migrations/analyze.ts';
import type { Coverage } from '../project/types.ts';

/** Where something stands: 1-based, columns in UTF-16 code units, the end behind the last character. */
export interface PlaceRow {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A statement of a migration. */
export interface StatementRow extends PlaceRow {
  readonly kind: string;
  /** Statements of a file with the same number share a transaction; null where the statement commits by itself. */
  readonly transaction: number | null;
  readonly locks: readonly RelationLock[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  /** Fingerprints of the findings that stand in it. */
  readonly findings: readonly string[];
}

/** What was not analysed, and why; without a place it is the file as a whole. */
export interface NotAnalysedRow extends Partial<PlaceRow> {
  readonly reason: string;
}

/** A migration file as the formats show it. */
export interface MigrationRow {
  readonly path: string;
  readonly tool: string;
  readonly dialect: string;
  /** False for files that are replayed or listed only. */
  readonly judged: boolean;
  /** False for files of which no statement was read. */
  readonly analysed: boolean;
  /** How the tool runs the file, and how that is known; absent for files that were not analysed. */
  readonly transaction?: AnalyzedMigration['transaction'];
  /** Those that were understood. */
  readonly statements: readonly StatementRow[];
  /** Number of findings in the file. */
  readonly findings: number;
  readonly notAnalysed: readonly NotAnalysedRow[];
}

export interface MigrationOverview {
  readonly files: readonly MigrationRow[];
}

/** What a run found, for every format. */
export interface RunReport {
  readonly tool: { readonly name: string; readonly version: string };
  readonly command: 'check' | 'migrations' | 'report';
  /** Absolute path; written into no format, so that outputs are equal on every machine. */
  readonly root: string;
  readonly presets: readonly string[];
  readonly result: CheckResult;
  /** Whether people want to see the safe way with each finding. */
  readonly showsPlans: boolean;
  readonly coverage: Coverage;
  /** Absent when migrations were not looked at. */
  readonly migrations?: MigrationOverview;
  /** What was detected and keeps rules from judging something, for people to decide. */
  readonly notes: readonly string[];
  /** Why the run does not count as checked; empty when it does. */
  readonly notChecked: readonly string[];
  readonly exitCode: number;
}

/** Whether source files were judged, and so their coverage counts. */
export function judgesSource({ presets }: RunReport): boolean {
  return presets.some((preset) => !preset.startsWith('migrations'));
}

/** Colours a text; the identity where colours are not wanted. */
export type Paint = (style: 'red' | 'green' | 'yellow' | 'bold' | 'dim' | 'underline' | 'cyan', text: string) => string;

export const plain: Paint = (_style, text) => text;

/** `1 file`, `2 files`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
