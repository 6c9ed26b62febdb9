import type { QualifiedName } from './statements.ts';

/** File with the sizes of tables, at the root of the project; `migrations --snapshot` writes it and it is committed. */
export const TABLE_SIZES_FILE = 'backend-patterns.tables.json';

/** Version of the file's format. */
const FORMAT_VERSION = 1;

export interface TableSize {
  /** By the planner's estimate, two significant digits; absent when nobody has counted. A partitioned table has the sum of its partitions. */
  readonly rows?: number;
  /** Without indexes, two significant digits. */
  readonly bytes: number;
  /** Bytes of each index, two significant digits. */
  readonly indexes: Readonly<Record<string, number>>;
}

/** The sizes of the tables of a database at one time; no data of theirs. */
export interface TableSnapshot {
  /** Version of the server, e.g. `17.10`. */
  readonly server: string;
  /** By `schema.name`. */
  readonly tables: Readonly<Record<string, TableSize>>;
}

/** Text of the file: sorted, so that it changes only where sizes do. */
export function snapshotText({ server, tables }: TableSnapshot): string {
  const sorted = Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([name, size]) => `    ${JSON.stringify(name)}: ${JSON.stringify(size)}`);
  return `{\n  "version": ${FORMAT_VERSION},\n  "server": ${JSON.stringify(server)},\n  "tables": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** Reads the file's text; what is wrong with it, for people, when it cannot be used. */
export function readSnapshot(text: string): TableSnapshot | { readonly fault: string } {
  const again = 'Write it anew: backend-patterns migrations --snapshot --database-url URL';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { fault: `it is not JSON. ${again}` };
  }
  if (!isRecord(content) || content['version'] !== FORMAT_VERSION) return { fault: `it is not of version ${FORMAT_VERSION}. ${again}` };
  const { server, tables } = content;
  if (typeof server !== 'string' || !isRecord(tables)) return { fault: `"server" or "tables" is missing. ${again}` };
  const bad = Object.entries(tables).find(([, size]) => !isSize(size));
  if (bad) return { fault: `the entry of ${bad[0]} has no sizes. ${again}` };
  return { server, tables: tables as Readonly<Record<string, TableSize>> };
}

/** Size of a table; undefined when the snapshot does not have it. */
export function sizeOf({ tables }: TableSnapshot, { schema = 'public', name }: QualifiedName): TableSize | undefined {
  const key = `${schema}.${name}`;
  return Object.hasOwn(tables, key) ? tables[key] : undefined;
}

function isSize(value: unknown): value is TableSize {
  if (!isRecord(value) || typeof value['bytes'] !== 'number') return false;
  const { rows, indexes } = value;
  return (rows === undefined || typeof rows === 'number') && isRecord(indexes) && Object.values(indexes).every((bytes) => typeof bytes === 'number');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
