import type { Paint } from '../report/run-report.ts';
import type { OptionValues } from './arguments.ts';

/** What a command gets. */
export interface CommandInput {
  readonly operands: readonly string[];
  readonly values: OptionValues;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Absolute path of the current folder. */
  readonly cwd: string;
  /** Writes to standard output. */
  write(text: string): void;
}

/** Runs a command; gives the exit code. */
export type Command = (input: CommandInput) => number | Promise<number>;
