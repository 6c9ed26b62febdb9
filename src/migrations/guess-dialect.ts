import type { Dialect, ReaderInput } from './migration-files.ts';
import { packagesAround } from './planner/tool-version.ts';

const WRITTEN: Readonly<Record<Dialect, string>> = { postgres: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite', other: 'Other' };

/** Words that only one of the dialects has, the surest first. */
const SIGNS: readonly (readonly [RegExp, Dialect])[] = [
  [/\bENGINE\s*=\s*\w+|\bAUTO_INCREMENT\b|^\s*(?:CREATE|ALTER) TABLE (?:IF NOT EXISTS )?`/im, 'mysql'],
  [/\b(?:BIG|SMALL)?SERIAL\b|\bJSONB\b|\bTIMESTAMPTZ\b|\$\$|\bCONCURRENTLY\b|\bCREATE EXTENSION\b|\bplpgsql\b|::\w+/i, 'postgres'],
  [/\bAUTOINCREMENT\b|^\s*PRAGMA\s+\w+|\bWITHOUT ROWID\b/im, 'sqlite'],
];

const DRIVERS: readonly (readonly [RegExp, Dialect])[] = [
  [/^(?:pg|postgres|pg-promise|slonik|@neondatabase\/serverless|postgres-migrations|node-pg-migrate)$/, 'postgres'],
  [/^(?:mysql|mysql2|mariadb)$/, 'mysql'],
  [/^(?:sqlite3|better-sqlite3|@libsql\/client)$/, 'sqlite'],
];

/** Dialect of a folder of plain SQL: by words that only one has, then by the drivers of the nearest package, else PostgreSQL. */
export function guessDialect(texts: readonly string[], folder: string, text: ReaderInput['text']): { dialect: Dialect; written: string; evidence: string } {
  for (const [pattern, dialect] of SIGNS) {
    if (texts.some((source) => pattern.test(source))) return { dialect, written: WRITTEN[dialect], evidence: `${WRITTEN[dialect]} by its syntax` };
  }
  for (const { path, dependencies } of packagesAround(folder, text)) {
    const drivers = new Set(Object.keys(dependencies).flatMap((name) => DRIVERS.find(([pattern]) => pattern.test(name))?.[1] ?? []));
    const [dialect] = drivers;
    if (dialect !== undefined && drivers.size === 1) return { dialect, written: WRITTEN[dialect], evidence: `${WRITTEN[dialect]} by the driver in ${path}` };
  }
  return { dialect: 'postgres', written: 'PostgreSQL', evidence: 'PostgreSQL assumed' };
}
