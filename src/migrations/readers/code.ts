import type { CodeTool } from '../code/code-migration.ts';
import { baseName, folderOf, groupBy, reasonAgainst, type MigrationFile, type MigrationFolder, type ReaderInput } from '../migration-files.ts';
import { packagesAround } from '../planner/tool-version.ts';
import { findCodeDialect } from './code-dialect.ts';

const CODE = /\.[cm]?[jt]s$/;
const MIGRATION_SEGMENT = /migrat/i;
const FOREIGN_SEGMENT = /^(?:tests?|__tests__|spec|e2e|fixtures|__fixtures__|__mocks__|mocks|seeds?|seeders|examples?|templates?|node_modules|dist|build)$/i;
/** A time stamp in the name, or `Migration20240131…`. */
const STAMPED = /^(?:Migration)?\d{8,}/;
const NO_MIGRATION = /\.(?:d|test|spec|config)\.[cm]?[jt]s$|^(?:index|config)\.[cm]?[jt]s$/;

/** The function that runs forward, with the name and the type of its first parameter. */
const UP = /\bup["']?\s*(?::[^=({]{0,80})?(?:=|:)?\s*(?:async\s*)?(?:function\s*\*?\s*\w*\s*)?\(?\s*(?:\/\*[\s\S]*?\*\/\s*)?(\{[^}]*\}|[\w$]+)?\s*(?::\s*([\w.]+))?/g;

interface Evidence {
  readonly tool: CodeTool;
  readonly sign: string;
}

/** Types of the parameter of `up`, or its usual names. */
const PARAMETERS: readonly (readonly [RegExp, CodeTool])[] = [
  [/^(?:QueryRunner|queryRunner)$/, 'typeorm'],
  [/^(?:Knex|Knex\.\w+|knex)$/, 'knex'],
  [/^(?:QueryInterface|queryInterface|AbstractQueryInterface)$/, 'sequelize'],
  [/^(?:MigrationBuilder|pgm)$/, 'node-pg-migrate'],
  [/^Kysely$/, 'kysely'],
];

const PACKAGES: Readonly<Record<string, CodeTool>> = {
  typeorm: 'typeorm',
  knex: 'knex',
  sequelize: 'sequelize',
  '@sequelize/core': 'sequelize',
  'sequelize-typescript': 'sequelize',
  kysely: 'kysely',
  '@mikro-orm/migrations': 'mikro-orm',
  'node-pg-migrate': 'node-pg-migrate',
};

/** Folders of migrations that are programs, recognised by what their `up` is given. `folder`: the one the settings name, whatever it is called. */
export function findCodeMigrations({ paths, text }: ReaderInput, folder?: string): MigrationFolder[] {
  const candidates = paths.filter((path) => CODE.test(path) && isCandidate(path, folder));
  return [...groupBy(candidates, folderOf)].flatMap(([home, files]) => {
    const sources = new Map(files.map((path) => [path, text(path) ?? '']));
    const found = new Map(files.map((path) => [path, recognise(sources.get(path) ?? '')]));
    const migrations = files.filter((path) => hasUp(sources.get(path) ?? ''));
    const main = majority([...found.values()]) ?? (migrations.length > 0 ? byPackage(home, text) : undefined);
    if (!main || migrations.length === 0) return [];
    const { dialect, written, evidence } = findCodeDialect({ tool: main.tool, folder: home, texts: [...sources.values()], paths, text });
    const reason = reasonAgainst(dialect, written);
    return [
      {
        folder: home,
        tool: main.tool,
        language: 'code' as const,
        dialect,
        evidence: `${main.sign}; ${evidence}`,
        ...(reason === undefined ? {} : { notAnalysed: reason }),
        files: migrations.map((path) => describe(path, main.tool, found.get(path))).sort((a, b) => inOrder(a, b, main.tool, sources)),
      },
    ];
  });
}

function isCandidate(path: string, folder: string | undefined): boolean {
  const name = baseName(path);
  if (NO_MIGRATION.test(name)) return false;
  if (folder !== undefined) return path.startsWith(`${folder}/`);
  const segments = folderOf(path).split('/');
  return !segments.some((segment) => FOREIGN_SEGMENT.test(segment)) && (STAMPED.test(name) || segments.some((segment) => MIGRATION_SEGMENT.test(segment)));
}

/** The tool of a file by what it extends and what its `up` takes. */
function recognise(source: string): Evidence | undefined {
  if (/\bimplements\s+MigrationInterface\b/.test(source)) return { tool: 'typeorm', sign: 'classes that implement MigrationInterface' };
  if (/\bextends\s+Migration\b/.test(source) && /@mikro-orm\/migrations/.test(source)) return { tool: 'mikro-orm', sign: 'classes that extend Migration of MikroORM' };
  for (const [, name = '', type = ''] of source.matchAll(UP)) {
    if (/\bcontext\b/.test(name)) return { tool: 'umzug', sign: '`up` with a `context`' };
    const known = PARAMETERS.find(([pattern]) => pattern.test(type)) ?? PARAMETERS.find(([pattern]) => pattern.test(name));
    if (known) return { tool: known[1], sign: `\`up(${name}${type === '' ? '' : `: ${type}`})\`` };
    const used = name === '' ? undefined : byUse(name, source);
    if (used) return { tool: used, sign: `\`up(${name})\` and what it calls` };
  }
  return undefined;
}

/** What a parameter with a name of its own must be, by what is called on it. */
function byUse(name: string, source: string): CodeTool | undefined {
  const calls = (members: string): boolean => new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*\\.\\s*(?:${members})\\b`).test(source);
  if (calls('schema')) return /\.execute\(/.test(source) ? 'kysely' : 'knex';
  if (calls('sequelize|addIndex|removeColumn|removeIndex|bulkInsert|describeTable')) return 'sequelize';
  if (calls('addColumns|dropColumns|createExtension|noTransaction|alterColumn|sql')) return 'node-pg-migrate';
  if (calls('manager|createForeignKey|query') && /\bclass\b/.test(source)) return 'typeorm';
  return undefined;
}

function hasUp(source: string): boolean {
  return /\bup["']?\s*(?:=|:|\()|\bfunction\s+up\b|\bexport\s*\{[^}]*\bup\b|\bexports\s*=\s*\{[^}]*\bup\b/.test(source);
}

function majority(found: readonly (Evidence | undefined)[]): Evidence | undefined {
  const counts = new Map<CodeTool, number>();
  for (const evidence of found) if (evidence) counts.set(evidence.tool, (counts.get(evidence.tool) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && found.find((evidence) => evidence?.tool === best[0]);
}

/** The only migration tool among the dependencies of the nearest package that has one. */
function byPackage(folder: string, text: ReaderInput['text']): Evidence | undefined {
  for (const { path, dependencies } of packagesAround(folder, text)) {
    const tools = new Set(Object.keys(dependencies).flatMap((name) => PACKAGES[name] ?? []));
    const [tool] = tools;
    if (tool !== undefined) return tools.size === 1 ? { tool, sign: `${tool} in ${path}` } : undefined;
  }
  return undefined;
}

function describe(path: string, tool: CodeTool, found: Evidence | undefined): MigrationFile {
  const name = baseName(path).replace(CODE, '');
  const differs = found !== undefined && found.tool !== tool && !(found.tool === 'umzug' && tool === 'sequelize') && !(found.tool === 'sequelize' && tool === 'umzug');
  return differs ? { path, name, skip: `looks like a migration of ${found.tool} among those of ${tool}` } : { path, name };
}

/** By time stamp for the tools that go by it (TypeORM has it at the end of the name of the class), else by name. */
function inOrder(a: MigrationFile, b: MigrationFile, tool: CodeTool, sources: ReadonlyMap<string, string>): number {
  const [left, right] = [stampOf(a, tool, sources), stampOf(b, tool, sources)];
  if (left !== right) return left - right;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function stampOf({ path, name }: MigrationFile, tool: CodeTool, sources: ReadonlyMap<string, string>): number {
  if (tool !== 'typeorm' && tool !== 'node-pg-migrate') return 0;
  const ofClass = tool === 'typeorm' ? /\bclass\s+\w*?(\d{10,})\b/.exec(sources.get(path) ?? '')?.[1] : undefined;
  return Number(ofClass ?? /^\d+/.exec(name)?.[0] ?? Number.POSITIVE_INFINITY);
}
