import type { Command } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { openFor } from './open.ts';
import { writeRun } from './output.ts';
import { runRules } from './run-rules.ts';

export const run: Command = async (input) => {
  const { trace, snapshot, 'database-url': url } = input.values;
  if (trace && snapshot) throw new UsageError('--trace and --snapshot are two runs: give one of them.');
  if (url !== undefined && !trace && !snapshot) throw new UsageError('--database-url needs --trace (replay there) or --snapshot (read the sizes of tables).');
  const project = openFor(input);
  if (trace) return (await import('./migration-trace.ts')).runTrace(project, input);
  if (snapshot) return (await import('./migration-snapshot.ts')).runSnapshot(project, input);
  return writeRun(runRules(project, input, 'migrations', ['migrations']), input);
};
