/** An option: how it is parsed, what it is called in the help, which values it takes. */
interface OptionRow {
  readonly parse: { readonly type: 'string' | 'boolean'; readonly short?: string; readonly multiple?: boolean };
  readonly value?: string;
  readonly help: string;
  readonly choices?: readonly string[];
}

const FORMATS = ['stylish', 'json', 'sarif', 'github', 'gitlab', 'markdown'] as const;
const PRESETS = ['recommended', 'strict', 'migrations', 'migrations-strict'] as const;

const rows = {
  format: { parse: { type: 'string', short: 'f' }, value: 'FORMAT', help: `stylish (default), ${FORMATS.slice(1).join(', ')}`, choices: FORMATS },
  preset: { parse: { type: 'string', multiple: true }, value: 'PRESET', help: `${PRESETS.join(', ')}; may be repeated`, choices: PRESETS },
  rule: { parse: { type: 'string', multiple: true }, value: 'ID', help: 'run this rule alone; may be repeated' },
  root: { parse: { type: 'string' }, value: 'FOLDER', help: 'root of the project; found from the current folder otherwise' },
  config: { parse: { type: 'string', short: 'c' }, value: 'FILE', help: 'a settings file whose values come before those of the project' },
  out: { parse: { type: 'string', short: 'o' }, value: 'FILE', help: 'file to write (default: backend-patterns-report.html)' },
  base: { parse: { type: 'string' }, value: 'REF', help: 'judge migrations that are new since the merge base with REF, against the code there' },
  plan: { parse: { type: 'boolean' }, help: 'show with each finding the safe way, as text that can be pasted' },
  trace: { parse: { type: 'boolean' }, help: 'replay the history in an embedded PostgreSQL and show the locks that were really taken' },
  'database-url': { parse: { type: 'string' }, value: 'URL', help: 'with --trace: replay on this server, in a database of its own; with --snapshot: read from it' },
  snapshot: { parse: { type: 'boolean' }, help: 'write the sizes of the tables of --database-url into backend-patterns.tables.json' },
  'no-cache': { parse: { type: 'boolean' }, help: 'neither read nor write the cache' },
  'no-color': { parse: { type: 'boolean' }, help: 'no colours (so does the variable NO_COLOR)' },
  quiet: { parse: { type: 'boolean', short: 'q' }, help: 'no progress' },
  help: { parse: { type: 'boolean', short: 'h' }, help: 'show this help' },
  version: { parse: { type: 'boolean', short: 'v' }, help: 'show the version' },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof rows;

export const OPTIONS: Readonly<Record<OptionName, OptionRow>> = rows;

interface CommandRow {
  readonly usage: string;
  readonly summary: string;
  readonly details: readonly string[];
  readonly options: readonly OptionName[];
}

const OPEN: readonly OptionName[] = ['root', 'config', 'no-cache', 'no-color', 'quiet'];

const commands = {
  check: {
    usage: 'check [PATH…]',
    summary: 'check the rules on a project',
    details: [
      'Paths (files, folders or globs) restrict what is judged; the whole project is read in any case.',
      'The presets migrations and migrations-strict judge migrations; a path that names a migration is judged with the former.',
    ],
    options: ['format', 'preset', 'rule', 'base', 'plan', ...OPEN],
  },
  migrations: {
    usage: 'migrations [PATH…]',
    summary: 'check database migrations for statements that are unsafe on a running system',
    details: ['Paths restrict which migration files are judged; their whole history is read in any case.'],
    options: ['format', 'preset', 'rule', 'base', 'plan', 'trace', 'database-url', 'snapshot', ...OPEN],
  },
  report: {
    usage: 'report [PATH…]',
    summary: 'write one self-contained HTML page: findings, routes, layers, migrations, coverage',
    details: ['Exits 0 when the page is written, whatever it says; 3 when the project could not be checked.'],
    options: ['out', 'preset', 'rule', ...OPEN],
  },
  doctor: {
    usage: 'doctor',
    summary: 'show what was detected: root, packages, frameworks, style, layers, migrations, cache',
    details: [],
    options: OPEN,
  },
  explain: {
    usage: 'explain RULE | FILE:LINE',
    summary: 'show the page of a rule, or what is believed about a place in the code',
    details: ['For a place: its role, layer with evidence, function, routes, queries, calls, findings, and what silenced them.'],
    options: ['preset', ...OPEN],
  },
  init: {
    usage: 'init',
    summary: 'pin what was detected in backend-patterns.config.json: style, envelope, migrations',
    details: ['Only what is clear is pinned, per package; what a file already says, and its comments, stay.'],
    options: OPEN,
  },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof commands;

export const COMMANDS: Readonly<Record<CommandName, CommandRow>> = commands;
