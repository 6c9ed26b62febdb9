import type { CheckResult } from '../findings/check.ts';
import type { MigrationAnalysis } from '../migrations/analyze.ts';
import type { Coverage } from '../project/types.ts';

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
  readonly migrations?: MigrationAnalysis;
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
