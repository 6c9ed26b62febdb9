import { json } from '../report/json.ts';
import { wordRuleErrors } from '../report/rule-errors.ts';
import type { RunReport } from '../report/run-report.ts';
import { stylish } from '../report/stylish.ts';
import type { CommandInput } from './command.ts';

/** Writes a run in the format that was asked for; gives its exit code. */
export function writeRun(run: RunReport, { values, paint, write }: CommandInput): number {
  write(values.format === 'json' ? json(run) : stylish(run, paint));
  if (values.format !== 'json') return run.exitCode;
  for (const line of wordRuleErrors(run.result.ruleErrors)) process.stderr.write(`${line}\n`);
  for (const reason of run.notChecked) process.stderr.write(`Not checked: ${reason}\n`);
  return run.exitCode;
}
