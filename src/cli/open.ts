import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { openProject } from '../project/open.ts';
import type { Project } from '../project/project.ts';
import { parseSettings } from '../settings/read.ts';
import type { Settings } from '../settings/settings.ts';
import type { CommandInput } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { createProgress } from './terminal.ts';

/** Opens the project that a command is about: of `--root`, else around the first path, else around the current folder. */
export function openFor({ values, cwd, operands }: CommandInput): Project {
  const progress = createProgress(process.stderr, values.quiet !== true);
  const settings = settingsOf(values, cwd);
  try {
    return openProject({
      ...(values.root === undefined ? { from: startOf(operands, cwd) } : { root: requireFolder(resolve(cwd, values.root)) }),
      ...(settings ? { settings } : {}),
      cache: values['no-cache'] !== true,
      onProgress: (done, total) => progress.show(done, total),
    });
  } finally {
    progress.end();
  }
}

function settingsOf(values: CommandInput['values'], cwd: string): Partial<Settings> | undefined {
  const given = values.config === undefined ? undefined : readSettingsFile(resolve(cwd, values.config));
  const { preset, base } = values;
  if (preset === undefined && base === undefined) return given;
  return {
    ...given,
    ...(preset ? { preset: preset as NonNullable<Settings['preset']> } : {}),
    ...(base === undefined ? {} : { migrations: { ...given?.migrations, base } }),
  };
}

function readSettingsFile(path: string): Settings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`--config: ${path} cannot be read.`);
  }
  return parseSettings(text, path);
}

function requireFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new UsageError(`--root: ${path} is not a folder.`);
}

/** The first operand that exists tells which project is meant: one may stand above it. */
function startOf(operands: readonly string[], cwd: string): string {
  for (const operand of operands) {
    const path = resolve(cwd, operand.replace(/:\d+(?::\d+)?$/, ''));
    const found = statSync(path, { throwIfNoEntry: false });
    if (found) return found.isDirectory() ? path : dirname(path);
  }
  return cwd;
}
