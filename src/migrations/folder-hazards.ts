import type { FileAnalysis } from './analyze-file.ts';
import type { Hazard } from './hazards.ts';
import { findExpandContractHazards } from './hazards/expand-contract.ts';
import { findForeignKeyHazards } from './hazards/foreign-keys.ts';
import { findMysqlHazards } from './hazards/mysql.ts';
import { findNamingHazards, findVersionHazards } from './hazards/naming.ts';
import { findSqliteHazards } from './hazards/sqlite.ts';
import { findRenamedTypeHazards } from './hazards/renames.ts';
import type { MigrationFolder } from './migration-files.ts';
import type { ReplayedSchema } from './replayed-schema.ts';

export interface HistoryFile extends FileAnalysis {
  readonly path: string;
  readonly name: string;
  readonly judged: boolean;
}

/** All migrations of a folder after their replay. */
export interface FolderHistory {
  readonly folder: MigrationFolder;
  /** Files that were analysed, in the order in which they run. */
  readonly files: readonly HistoryFile[];
  /** The schema that they leave. */
  readonly schema: ReplayedSchema;
  readonly version: number;
  readonly pending?: ReadonlySet<string>;
}

/** Hazards by the path of their file. */
export type FolderHazards = ReadonlyMap<string, readonly Hazard[]>;

type FolderFinder = (history: FolderHistory) => FolderHazards;

const FINDERS: readonly FolderFinder[] = [
  findRenamedTypeHazards, findExpandContractHazards, findForeignKeyHazards, findNamingHazards, findVersionHazards, findSqliteHazards, findMysqlHazards,
];

/** What only the whole history shows: an index that comes later, a column that two migrations replace. */
export function findFolderHazards(history: FolderHistory): FolderHazards {
  const all = new Map<string, Hazard[]>();
  for (const [path, hazards] of FINDERS.flatMap((find) => [...find(history)])) all.set(path, [...(all.get(path) ?? []), ...hazards]);
  return all;
}
