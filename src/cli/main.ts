#!/usr/bin/env node
import { parseCommandLine } from './arguments.ts';
import type { CommandName } from './command-table.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { createPaint } from './terminal.ts';

/** Loaded when asked for, so that `--help` is quick. */
const COMMAND_MODULES: Readonly<Record<CommandName, () => Promise<{ readonly run: Command }>>> = {
  check: () => import('./check.ts'),
  migrations: () => import('./migrations.ts'),
  report: () => import('./report.ts'),
  doctor: () => import('./doctor.ts'),
  explain: () => import('./explain.ts'),
  init: () => import('./init.ts'),
};

async function main(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args);
  if (line.command === 'help') {
    const { helpText } = await import('./help.ts');
    process.stdout.write(`${helpText('of' in line ? line.of : undefined)}\n`);
    return EXIT.clean;
  }
  if (line.command === 'version') {
    const { packageVersion } = await import('./package-files.ts');
    process.stdout.write(`${packageVersion()}\n`);
    return EXIT.clean;
  }
  if (!('values' in line)) return EXIT.usage;
  const { run } = await COMMAND_MODULES[line.command]();
  const paint = createPaint({ wanted: !line.values['no-color'], stream: process.stdout, env: process.env });
  return run({ operands: line.operands, values: line.values, paint, cwd: process.cwd(), write: (text) => process.stdout.write(text) });
}

/** Wrong use and wrong settings are told in a sentence; anything else is our mistake and shown with its stack. */
function tell(error: unknown): number {
  const isForPeople = error instanceof UsageError || (error instanceof Error && error.name === 'SettingsError');
  const text = error instanceof Error ? (isForPeople ? error.message : error.stack ?? error.message) : String(error);
  process.stderr.write(`${isForPeople ? '' : 'This is a mistake in backend-patterns, please report it: '}${text}\n`);
  return EXIT.usage;
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2)).catch(tell);
