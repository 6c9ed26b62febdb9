import type { CheckResult } from '../findings/check.ts';
import type { Coverage } from '../project/types.ts';

/** A migration file as the formats show it. */
export interface MigrationRow {
  readonly path: string;
  readonly tool: string;
  readonly dialect: string;
  /** How many statements were understood. */
  readonly statements: number;
  readonly hazards: number;
  /** What was not analysed, and why; a whole file has no line. */
  readonly notAnalysed: readonly { readonly line?: number; readonly reason: string }[];
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
  readonly preset: string;
  readonly result: CheckResult;
  readonly coverage: Coverage;
  /** Absent when migrations were not looked at. */
  readonly migrations?: MigrationOverview;
  /** What was detected and keeps rules from judging something, for people to decide. */
  readonly notes: readonly string[];
  /** Why the run does not count as checked; empty when it does. */
  readonly notChecked: readonly string[];
  readonly exitCode: number;
}

/** Colours a text; the identity where colours are not wanted. */
export type Paint = (style: 'red' | 'green' | 'yellow' | 'bold' | 'dim' | 'underline' | 'cyan', text: string) => string;

export const plain: Paint = (_style, text) => text;

/** `1 file`, `2 files`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
