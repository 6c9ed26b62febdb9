import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a server showed for one case, as it is kept. */
export interface LockRecord {
  readonly sql: string;
  /** Mode by relation; absent when the statement runs outside a transaction and nothing in it could tell. */
  readonly locks?: Readonly<Record<string, string>>;
  readonly rewrites?: readonly string[];
  readonly scans?: readonly string[];
  /** SQLSTATE when the server refused the statement. */
  readonly error?: string;
}

export type LockRecords = Readonly<Record<string, LockRecord>>;

/** Major versions, newest first; the newest is kept whole, of the others what differs from it. */
export const VERSIONS = [18, 17, 16, 15, 14, 13] as const;
const NEWEST = VERSIONS[0];

/** Path of the measured cases of a major version, relative to the root. */
export function recordFile(version: number): string {
  return `tests/migrations/locks/postgres-${version}.json`;
}

export const SERVERS_FILE = 'tests/migrations/locks/servers.json';

/** The full version of the server that was measured, by major version. */
export function measuredServers(): Readonly<Record<string, string>> {
  const path = absolute(SERVERS_FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}

/** What is written for a version. */
export function asKept(records: LockRecords, version: number): LockRecords {
  if (version === NEWEST) return records;
  const newest = readFile(NEWEST);
  return Object.fromEntries(Object.entries(records).filter(([id, record]) => JSON.stringify(record) !== JSON.stringify(newest[id])));
}

/** The cases in which a version differs from the newest. */
export function differencesOf(version: number): LockRecords {
  return version === NEWEST ? {} : readFile(version);
}

/** What the server of a version showed for a case. */
export function recordOf(id: string, version: number): LockRecord | undefined {
  return differencesOf(version)[id] ?? readFile(NEWEST)[id];
}

/** One case per line. */
export function recordsText(records: LockRecords): string {
  const lines = Object.entries(records).map(([id, record]) => `  ${JSON.stringify(id)}: ${JSON.stringify(record)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

const kept = new Map<number, LockRecords>();

function readFile(version: number): LockRecords {
  const known = kept.get(version);
  if (known) return known;
  const path = absolute(recordFile(version));
  const records = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as LockRecords) : {};
  kept.set(version, records);
  return records;
}

function absolute(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
