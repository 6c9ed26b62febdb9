import { parseArgs } from 'node:util';
import { findClosest } from './closest.ts';
import { UsageError } from './exit-codes.ts';
import { COMMANDS, OPTIONS, type CommandName, type OptionName } from './command-table.ts';

/** A command line, understood. */
export interface CommandLine {
  readonly command: CommandName;
  /** Paths, or what `explain` is asked about. */
  readonly operands: readonly string[];
  readonly values: OptionValues;
}

export interface OptionValues {
  readonly format?: string;
  readonly preset?: readonly string[];
  readonly rule?: readonly string[];
  readonly root?: string;
  readonly config?: string;
  readonly out?: string;
  readonly base?: string;
  readonly plan?: boolean;
  readonly trace?: boolean;
  readonly 'database-url'?: string;
  readonly snapshot?: boolean;
  readonly 'no-cache'?: boolean;
  readonly 'no-color'?: boolean;
  readonly quiet?: boolean;
  readonly help?: boolean;
  readonly version?: boolean;
}

/**
 * Understands the arguments of the command.
 * @throws UsageError for unknown commands and options, with the closest name.
 */
export function parseCommandLine(args: readonly string[]): CommandLine | { readonly command: 'help' | 'version'; readonly of?: CommandName } {
  const { values, positionals } = parse(args);
  const [name, ...operands] = positionals;
  if (values.version) return { command: 'version' };
  if (name === undefined || name === 'help') return helpOn(operands[0]);
  const command = requireCommand(name);
  if (values.help) return { command: 'help', of: command };
  requireKnownOptions(command, values);
  return { command, operands, values };
}

function helpOn(name: string | undefined): { readonly command: 'help'; readonly of?: CommandName } {
  return name === undefined ? { command: 'help' } : { command: 'help', of: requireCommand(name) };
}

function parse(args: readonly string[]): { values: OptionValues; positionals: string[] } {
  const options = Object.fromEntries(Object.entries(OPTIONS).map(([name, option]) => [name, option.parse]));
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values: values as OptionValues, positionals };
  } catch (error) {
    throw new UsageError(wordParseError(error instanceof Error ? error.message : String(error)));
  }
}

function wordParseError(message: string): string {
  const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
  if (!unknown) return `${message.split('. To specify')[0]?.replace(/\.$/, '') ?? message}.`;
  const closest = findClosest(unknown.replace(/^-+/, ''), Object.keys(OPTIONS));
  return `There is no option ${unknown}.${closest ? ` Did you mean --${closest}?` : ''}`;
}

function requireCommand(name: string): CommandName {
  const names = Object.keys(COMMANDS) as CommandName[];
  const found = names.find((known) => known === name);
  if (found) return found;
  const closest = findClosest(name, names);
  throw new UsageError(`There is no command "${name}".${closest ? ` Did you mean "${closest}"?` : ''} Commands: ${names.join(', ')}.`);
}

function requireKnownOptions(command: CommandName, values: OptionValues): void {
  const known: readonly OptionName[] = COMMANDS[command].options;
  for (const name of Object.keys(values) as OptionName[]) {
    if (!known.includes(name)) throw new UsageError(`The command "${command}" has no option --${name}. See: backend-patterns ${command} --help`);
    const { choices } = OPTIONS[name];
    const wrong = [values[name]].flat().find((value) => choices && !choices.includes(String(value)));
    if (choices && wrong !== undefined) throw new UsageError(`--${name} must be one of ${choices.join(', ')}, not "${String(wrong)}".`);
  }
}
