import { COMMANDS, OPTIONS, type CommandName, type OptionName } from './command-table.ts';

const EXIT_CODES = `Exit codes
  0  clean
  1  findings
  2  wrong use or configuration, or a rule that failed
  3  not checked: no file parsed, too many syntax errors, or too many imports unresolved`;

/** Help on everything, or on one command. */
export function helpText(of: CommandName | undefined): string {
  return of ? commandHelp(of) : overview();
}

function overview(): string {
  const lines = Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage.padEnd(26)}${summary}`);
  return [
    'backend-patterns: checks that a backend keeps its patterns. No configuration and no ESLint needed.',
    '',
    'Usage: backend-patterns COMMAND [OPTIONS]',
    '',
    ...lines,
    '',
    'Options',
    ...optionLines(['help', 'version']),
    '  Options of a command: backend-patterns COMMAND --help',
    '',
    EXIT_CODES,
  ].join('\n');
}

function commandHelp(name: CommandName): string {
  const { usage, summary, details, options } = COMMANDS[name];
  const head = [`Usage: backend-patterns ${usage} [OPTIONS]`, '', `${summary}.`, ...details];
  return [...head, '', 'Options', ...optionLines([...options, 'help']), '', EXIT_CODES].join('\n');
}

function optionLines(names: readonly OptionName[]): string[] {
  return names.map((name) => {
    const { parse, value, help } = OPTIONS[name];
    const written = `${parse.short ? `-${parse.short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
    return `  ${written.padEnd(26)}${help}`;
  });
}
