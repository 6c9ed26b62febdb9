import { baseName, folderOf, type MigrationTool, type ReaderInput } from '../migration-files.ts';
import { foldersAround, packagesAround } from './tool-version.ts';

/** A setting of a tool that says how it runs migrations. */
export interface ToolSetting {
  readonly name: string;
  readonly value: string;
  /** Path of the file that says so. */
  readonly place: string;
}

interface SettingPattern {
  readonly name: string;
  /** The first group is the value; without one it is `value`. Looked for in text without comments. */
  readonly pattern: RegExp;
  readonly value?: string;
}

interface ToolConfiguration {
  /** Names of files that may configure the tool; those in the folder of the migrations and above it, or anywhere in the package. */
  readonly files?: RegExp;
  /** A file counts only if it holds this. */
  readonly marker?: RegExp;
  readonly inFiles?: readonly SettingPattern[];
  /** Files of these names are asked for in the folders around, though nobody lists them. */
  readonly around?: readonly string[];
  /** Looked for in scripts of package.json that hold `command`, and in makefiles. */
  readonly command?: RegExp;
  readonly inScripts?: readonly SettingPattern[];
}

const literal = (name: string, values = 'true|false'): SettingPattern => ({
  name,
  pattern: new RegExp(`\\b${name}["']?\\s*[:=]\\s*["'\`]?(${values})\\b`),
});

/** Sources of settings per tool. Only a literal counts: what is computed when the program runs is nothing that can be read here. */
const CONFIGURATIONS: Partial<Record<MigrationTool, ToolConfiguration>> = {
  typeorm: {
    files: /(?:data-?source|ormconfig|typeorm|migrat|database|config|\bmain\b|\bdb\b|\borm\b)[^/]*\.[cm]?[jt]s$/i,
    inFiles: [
      literal('migrationsTransactionMode', 'all|each|none'),
      { name: 'transaction', pattern: /\brunMigrations\(\s*\{[^}]*?\btransaction\s*:\s*["'](all|each|none)["']/ },
    ],
    around: ['ormconfig.json', 'src/ormconfig.json'],
    command: /\btypeorm\b|migration:run/,
    inScripts: [{ name: '--transaction', pattern: /(?:--transaction|\s-t)[= ](all|default|each|none|false)\b/ }],
  },
  knex: {
    files: /(?:knex|database|config|\bdb\b)[^/]*\.[cm]?[jt]s$/i,
    marker: /\bknex\b|\bmigrations\s*:/i,
    inFiles: [literal('disableTransactions')],
  },
  'mikro-orm': {
    files: /(?:mikro|orm|config|database|\bdb\b)[^/]*\.[cm]?[jt]s$/i,
    marker: /mikro-?orm/i,
    inFiles: [literal('allOrNothing'), literal('transactional')],
  },
  kysely: {
    files: /(?:kysely|migrat|database|\bdb\b)[^/]*\.[cm]?[jt]s$/i,
    marker: /\bMigrator\b|kysely-ctl|defineConfig/,
    inFiles: [literal('disableTransactions')],
  },
  'node-pg-migrate': {
    files: /(?:migrat|database|config|\bdb\b)[^/]*\.[cm]?[jt]s$/i,
    marker: /['"]node-pg-migrate['"]/,
    inFiles: [literal('singleTransaction'), { name: 'runner', pattern: /\b(?:runner|migrationRunner|runMigrations|pgMigrate)\(/, value: 'function' }],
    around: ['.node-pg-migraterc', '.node-pg-migraterc.json', 'config/default.json', 'config.json'],
    command: /node-pg-migrate/,
    inScripts: [
      { name: '--single-transaction', pattern: /--no-single-transaction|--single-transaction[= ]false/, value: 'false' },
      { name: 'command', pattern: /(node-pg-migrate)/ },
    ],
  },
  drizzle: {
    files: /(?:migrat|drizzle|database|\bdb\b)[^/]*\.[cm]?[jt]s$/i,
    marker: /drizzle-(?:orm|kit)/,
    inFiles: [
      { name: 'migrator', pattern: /['"]drizzle-orm\/([\w-]+)\/migrator['"]/ },
      { name: 'dialect', pattern: /\bdialect\s*:\s*["'](turso)["']/ },
      { name: 'driver', pattern: /\bdriver\s*:\s*["'](turso|libsql|d1-http)["']/ },
    ],
  },
  flyway: {
    around: ['flyway.conf', 'flyway.toml', 'conf/flyway.conf', 'src/main/resources/application.properties', 'src/main/resources/application.yml'],
    inFiles: [literal('mixed'), literal('executeInTransaction'), literal('group')],
  },
  'golang-migrate': {
    command: /\bmigrate\b/,
    inScripts: [{ name: 'x-multi-statement', pattern: /x-multi-statement=(true)/ }],
  },
  atlas: {
    command: /\batlas\b/,
    inScripts: [{ name: '--tx-mode', pattern: /--tx-mode[= ](none|file|all)\b/ }],
    around: ['atlas.hcl'],
  },
};

const MAX_FILES = 60;
const FOREIGN = /(?:^|\/)(?:node_modules|dist|build|tests?|__tests__|e2e|fixtures|examples?)\//;

/** What the project says about how the tool runs the migrations of a folder. Each name at most once: scripts first, then the nearest file. */
export function findToolSettings(tool: MigrationTool, folder: string, { paths, text }: ReaderInput): ToolSetting[] {
  const configuration = CONFIGURATIONS[tool];
  if (!configuration) return [];
  const found = [...inScripts(configuration, folder, text), ...inFiles(configuration, folder, paths, text)];
  return found.filter((setting, i) => found.findIndex(({ name }) => name === setting.name) === i);
}

export function findSetting(settings: readonly ToolSetting[], name: string): string | undefined {
  return settings.find((setting) => setting.name === name)?.value;
}

function inScripts({ command, inScripts: patterns = [] }: ToolConfiguration, folder: string, text: ReaderInput['text']): ToolSetting[] {
  if (!command) return [];
  const packages = packagesAround(folder, text).map(({ path, source }) => ({ path, source: scriptsIn(source, command) }));
  const makefiles = foldersAround(folder).flatMap((at) => {
    const path = at === '' ? 'Makefile' : `${at}/Makefile`;
    const source = text(path);
    return source !== undefined && command.test(source) ? [{ path, source }] : [];
  });
  return [...packages, ...makefiles].flatMap(({ path, source }) => settingsIn(source, path, patterns));
}

function scriptsIn(source: string, command: RegExp): string {
  try {
    const scripts = (JSON.parse(source) as { scripts?: Record<string, unknown> }).scripts ?? {};
    return Object.values(scripts).filter((script) => typeof script === 'string' && command.test(script)).join('\n');
  } catch {
    return '';
  }
}

function inFiles(configuration: ToolConfiguration, folder: string, paths: readonly string[], text: ReaderInput['text']): ToolSetting[] {
  const { files, marker, inFiles: patterns = [], around = [] } = configuration;
  const asked = foldersAround(folder).flatMap((at) => around.map((name) => (at === '' ? name : `${at}/${name}`)));
  const home = packagesAround(folder, text)[0];
  const inside = home ? folderOf(home.path) : '';
  const listed = paths
    .filter((path) => files?.test(baseName(path)) && isIn(path, inside) && !isIn(path, folder) && !FOREIGN.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
    .slice(0, MAX_FILES);
  return [...asked, ...listed].flatMap((path) => {
    const source = text(path);
    if (source === undefined || (marker && !marker.test(source) && !asked.includes(path))) return [];
    return settingsIn(withoutComments(source), path, patterns);
  });
}

function settingsIn(source: string, place: string, patterns: readonly SettingPattern[]): ToolSetting[] {
  return patterns.flatMap(({ name, pattern, value }) => {
    const match = pattern.exec(source);
    return match ? [{ name, value: value ?? match[1] ?? match[0], place }] : [];
  });
}

function isIn(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)(?:\/\/|#).*$/gm, '$1');
}
