import type { FolderHazards, FolderHistory, HistoryFile } from '../folder-hazards.ts';
import { flatten } from '../flatten.ts';
import type { Hazard } from '../hazards.ts';
import type { MigrationFolder } from '../migration-files.ts';
import { applySqlite, emptySqliteSchema, type SqliteSchema } from '../sqlite/sqlite-schema.ts';
import { findTableRebuilds, type TableRebuild } from '../sqlite/table-rebuilds.ts';
import type { Statement } from '../statements.ts';
import type { TransactionScope } from '../transactions.ts';
import { findSqliteColumnHazards } from './sqlite-columns.ts';
import { findRebuildHazards } from './sqlite-rebuilds.ts';

/** Whether the server checks foreign keys: as the connection has it, or as a `PRAGMA` of the file that took effect set it. */
export interface ForeignKeyState {
  readonly enforced: 'byDefault' | 'on' | 'off';
  /** A `PRAGMA foreign_keys=OFF` stood in a transaction, where it does nothing. */
  readonly ignoredOff: boolean;
  /** `PRAGMA defer_foreign_keys=ON` was set. */
  readonly deferred: boolean;
  /** `PRAGMA legacy_alter_table=ON`: renames leave what refers to the table alone. */
  readonly legacy: boolean;
}

/** What is known before a statement. */
export interface SqliteContext {
  readonly file: string;
  readonly folder: MigrationFolder;
  readonly schema: SqliteSchema;
  readonly statements: readonly Statement[];
  /** Position of the statement at hand. */
  readonly at: number;
  readonly rebuilds: readonly TableRebuild[];
  readonly foreignKeys: ForeignKeyState;
  readonly scope?: TransactionScope;
  readonly isPending: (table: string) => boolean;
}

/** What SQLite refuses, and rows that it takes away in silence. Its own rules need more of the schema than a replay for all dialects keeps. */
export function findSqliteHazards({ folder, files, pending }: FolderHistory): FolderHazards {
  const hazards = new Map<string, Hazard[]>();
  if (folder.dialect !== 'sqlite') return hazards;
  const schema = emptySqliteSchema();
  for (const file of files) {
    // All due migrations share a transaction with what created the table: nobody has seen it yet.
    const isPending = (table: string): boolean => {
      const createdIn = schema.tables.get(table.toLowerCase())?.createdIn;
      return createdIn === file.path || (createdIn !== undefined && pending?.has(file.path) === true && pending.has(createdIn));
    };
    hazards.set(file.path, judgeFile(folder, file, schema, isPending));
  }
  return hazards;
}

function judgeFile(folder: MigrationFolder, file: HistoryFile, schema: SqliteSchema, isPending: SqliteContext['isPending']): Hazard[] {
  const entries = file.statements.flatMap((statement, i) => flatten(statement).map((single) => ({ single, scope: transactionOf(file, i, folder) })));
  const statements = entries.map(({ single }) => single);
  const rebuilds = findTableRebuilds(statements);
  const isOff = folder.model?.foreignKeysOff === true || folder.tool === 'typeorm';
  let foreignKeys: ForeignKeyState = { enforced: isOff ? 'off' : 'byDefault', ignoredOff: false, deferred: false, legacy: false };
  return entries.flatMap(({ single, scope }, at) => {
    const context = { file: file.path, folder, schema, statements, at, rebuilds, foreignKeys, isPending, ...(scope ? { scope } : {}) };
    const found = [...findRebuildHazards(single, context), ...findSqliteColumnHazards(single, context)];
    foreignKeys = afterPragma(foreignKeys, single, scope);
    applySqlite(schema, single, file.path);
    return found;
  });
}

/** Several statements sent together are no transaction in SQLite; golang-migrate's driver opens one. */
function transactionOf(file: HistoryFile, i: number, { tool }: MigrationFolder): TransactionScope | undefined {
  const scope = file.transactions[i] ?? undefined;
  return scope?.by === 'batch' && tool !== 'golang-migrate' ? undefined : scope;
}

function afterPragma(state: ForeignKeyState, statement: Statement, scope: TransactionScope | undefined): ForeignKeyState {
  if (statement.kind !== 'pragma' || statement.value === undefined) return state;
  const isOn = /^(?:on|1|true|yes)$/i.test(statement.value);
  if (statement.name === 'defer_foreign_keys') return { ...state, deferred: isOn };
  if (statement.name === 'legacy_alter_table') return { ...state, legacy: isOn };
  if (statement.name !== 'foreign_keys') return state;
  if (scope) return { ...state, ignoredOff: state.ignoredOff || !isOn };
  return { ...state, enforced: isOn ? 'on' : 'off', ignoredOff: false };
}
