import type { Command } from './command.ts';
import { openFor } from './open.ts';
import { writeRun } from './output.ts';
import { runRules } from './run-rules.ts';

export const run: Command = (input) => writeRun(runRules(openFor(input), input, 'migrations', ['migrations']), input);
