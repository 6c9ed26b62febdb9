import type { CodeTool } from '../code/code-migration.ts';
import { guessDialect } from '../guess-dialect.ts';
import { baseName, folderOf, type Dialect, type ReaderInput } from '../migration-files.ts';

interface Found {
  readonly dialect: Dialect;
  /** Name of the database, for people. */
  readonly written: string;
  readonly evidence: string;
}

interface DialectInput extends ReaderInput {
  readonly tool: CodeTool;
  readonly folder: string;
  /** Texts of the migrations. */
  readonly texts: readonly string[];
}

const NAMES: Readonly<Record<string, readonly [Dialect, string]>> = {
  pg: ['postgres', 'PostgreSQL'],
  postgres: ['postgres', 'PostgreSQL'],
  postgresql: ['postgres', 'PostgreSQL'],
  'aurora-postgres': ['postgres', 'PostgreSQL'],
  mysql: ['mysql', 'MySQL'],
  mysql2: ['mysql', 'MySQL'],
  mariadb: ['mysql', 'MariaDB'],
  'aurora-mysql': ['mysql', 'MySQL'],
  sqlite: ['sqlite', 'SQLite'],
  sqlite3: ['sqlite', 'SQLite'],
  'better-sqlite3': ['sqlite', 'SQLite'],
  sqljs: ['sqlite', 'SQLite'],
  libsql: ['sqlite', 'SQLite'],
  mssql: ['other', 'SQL Server'],
  oracledb: ['other', 'Oracle'],
  oracle: ['other', 'Oracle'],
  cockroachdb: ['other', 'CockroachDB'],
  spanner: ['other', 'Spanner'],
};

/** Files in which projects say how they reach their database. */
const CONFIGURATION = /^(?:knexfile|ormconfig|[\w.-]*data-?source|typeorm[\w.-]*|mikro-orm\.config|kysely\.config|database(?:\.config)?|db(?:\.config)?|config)\.(?:[cm]?[jt]s|json|ya?ml)$|^\.sequelizerc$/i;
const KEYS = /\b(?:client|type|dialect|driver)["']?\s*[:=]\s*["'`]([\w-]+)["'`]/g;
/** Classes and packages that exist for one database only. */
const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/\bPostgres(?:ql)?(?:Driver|Dialect)\b|\bPostgreSqlDriver\b|@mikro-orm\/postgresql\b/i, 'postgres'],
  [/\bMy[sS]ql(?:Driver|Dialect)\b|@mikro-orm\/mysql\b/, 'mysql'],
  [/\b(?:Better)?Sqlite(?:Driver|Dialect)\b|@mikro-orm\/(?:better-)?sqlite\b/i, 'sqlite'],
];

/** Database of a folder: by the configuration of the project, then by its drivers, then by the SQL in the migrations, else PostgreSQL. */
export function findCodeDialect(input: DialectInput): Found {
  if (input.tool === 'node-pg-migrate') return { dialect: 'postgres', written: 'PostgreSQL', evidence: 'PostgreSQL, the only database of node-pg-migrate' };
  const configured = byConfiguration(input);
  if (configured) return configured;
  const byDriver = guessDialect([], input.folder, input.text);
  return byDriver.evidence.endsWith('assumed') ? guessDialect(input.texts, input.folder, input.text) : byDriver;
}

function byConfiguration({ paths, folder, text }: DialectInput): Found | undefined {
  const places = paths.filter((path) => CONFIGURATION.test(baseName(path)) && !/(?:^|\/)(?:node_modules|tests?|__tests__)\//.test(path));
  const nearest = places.sort((a, b) => shared(b, folder) - shared(a, folder) || a.length - b.length).slice(0, 12);
  for (const path of nearest) {
    const names = new Set(namesIn(text(path) ?? '').map((name) => NAMES[name]));
    const databases = [...names].filter((name) => name !== undefined);
    const [first] = databases;
    if (first && databases.every(([dialect]) => dialect === first[0])) return { dialect: first[0], written: first[1], evidence: `${first[1]} in ${path}` };
  }
  return undefined;
}

function namesIn(source: string): string[] {
  const keyed = [...source.matchAll(KEYS)].flatMap(([, name = '']) => (Object.hasOwn(NAMES, name) ? [name] : []));
  return keyed.length > 0 ? keyed : CLASSES.flatMap(([pattern, name]) => (pattern.test(source) ? [name] : []));
}

/** Number of folders that two paths share from the root. */
function shared(path: string, folder: string): number {
  const [a, b] = [folderOf(path).split('/'), folder.split('/')];
  const differs = a.findIndex((segment, i) => segment !== b[i]);
  return differs === -1 ? a.length : differs;
}
