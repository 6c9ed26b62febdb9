import type { Span } from '../facts/types.ts';
import { findAddedColumnHazards } from './hazards/added-columns.ts';
import { bySize } from './hazards/by-size.ts';
import { findConstraintHazards } from './hazards/constraints.ts';
import { findDataHazards } from './hazards/data.ts';
import { findDomainHazards } from './hazards/domains.ts';
import type { MysqlHazardKind, SqliteHazardKind } from './hazards/dialect-kinds.ts';
import { findDropHazards } from './hazards/drops.ts';
import { findIndexHazards } from './hazards/indexes.ts';
import { findLockHazards } from './hazards/lock-timeout.ts';
import { findMysqlGeneralHazards } from './hazards/mysql-general.ts';
import { findNameHazards } from './hazards/names.ts';
import { findNotNullHazards } from './hazards/not-null.ts';
import { findPartitionHazards } from './hazards/partitions.ts';
import { findRenameHazards } from './hazards/renames.ts';
import { findSqliteGeneralHazards } from './hazards/sqlite-general.ts';
import { findRerunHazards } from './hazards/rerunnable.ts';
import { findTableRewriteHazards } from './hazards/table-rewrites.ts';
import { findTransactionHazards } from './hazards/transactions.ts';
import { findTypeChangeHazards } from './hazards/type-changes.ts';
import { findTypeStyleHazards } from './hazards/type-style.ts';
import type { Effects } from './effects/effects.ts';
import type { Dialect, MigrationTool } from './migration-files.ts';
import type { TableSnapshot } from './table-sizes.ts';
import type { ReplayedSchema, ReplayedTable } from './replayed-schema.ts';
import { rebuiltNames } from './sqlite/table-rebuilds.ts';
import type { Statement } from './statements.ts';
import type { Timeouts } from './timeouts.ts';
import type { TransactionPlan, TransactionScope } from './transactions.ts';

/** What is no danger in itself but bad practice: `migrations-strict` reports it. */
const HYGIENE = [
  'dropNotNull',
  'missingLockTimeout',
  'locksSeveralTables',
  'locksParent',
  'keepsInvalidIndex',
  'notRerunnable',
  'longIdentifier',
  'foldedName',
  'preferType',
  'foreignKeyNotIndexed',
  'foreignKeyTypeMismatch',
  'inconsistentName',
] as const;

const HYGIENE_KINDS: ReadonlySet<string> = new Set(HYGIENE);

export function isHygiene({ kind }: Hazard): boolean {
  return HYGIENE_KINDS.has(kind);
}

export type HazardKind =
  | SqliteHazardKind
  | MysqlHazardKind
  | (typeof HYGIENE)[number]
  | 'renameColumn'
  | 'renameTable'
  | 'renameSchema'
  | 'renameType'
  | 'renameEnumValue'
  | 'probableRename'
  | 'possibleRename'
  | 'contractedTooEarly'
  | 'requiredBeforeBackfill'
  | 'requiredWithoutBackfill'
  | 'neverContracted'
  | 'typeRewrite'
  | 'typeMayRewrite'
  | 'typeUnlessUtc'
  | 'dropColumn'
  | 'recreateColumn'
  | 'dropTable'
  | 'addNotNull'
  | 'addNotNullEmptied'
  | 'setNotNull'
  | 'createIndex'
  | 'createIndexOnPartitioned'
  | 'dropIndex'
  | 'reindex'
  | 'typeScans'
  | 'concurrentlyInTransaction'
  | 'refusesTransaction'
  | 'nestedTransaction'
  | 'endedTransaction'
  | 'uncommittedTransaction'
  | 'transactionOptOutRefused'
  | 'optOutOnOtherConnection'
  | 'validateInSameTransaction'
  | 'enumValueInSameTransaction'
  | 'addRewriting'
  | 'rewriteCommand'
  | 'refreshBlocking'
  | 'checkScans'
  | 'foreignKeyScans'
  | 'addUnique'
  | 'addPrimaryKey'
  | 'addExclusion'
  | 'primaryKeyNullable'
  | 'attachScans'
  | 'defaultPartitionScans'
  | 'detachPartition'
  | 'domainScans'
  | 'truncateCascade'
  | 'backfillAfterDdl'
  | 'unbatchedWrite'
  | 'timeoutWhileConcurrent'
  | 'duplicateVersion';

/** Replaces the span by a text. */
export interface HazardFix extends Span {
  readonly text: string;
}

/** Something a statement does that hurts a running system. */
export interface Hazard extends Span {
  readonly kind: HazardKind;
  /** Names and types for the message, as SQL text, and `remedy`: what to do, in full sentences, for the tool at hand. */
  readonly data: Readonly<Record<string, string>>;
  /** An edit that is right by itself. */
  readonly fix?: HazardFix;
  /** What code may need, by the names that the database had before the statement. */
  readonly target?: HazardTarget;
}

export interface HazardTarget {
  readonly schema?: string;
  readonly table: string;
  /** Absent when the table itself is meant. */
  readonly column?: string;
}

/** A statement that ran before in the same transaction. */
export interface DoneStatement {
  readonly statement: Statement;
  readonly effects: Effects;
}

export interface HazardContext {
  /** Path of the migration. */
  readonly file: string;
  /** The SQL of the statement at hand, as written or as the tool's builder renders it. */
  readonly sql: string;
  /** What is to be added to an offset of `sql` for one of the file; undefined where the SQL does not stand in the file. */
  readonly sqlStart: number | undefined;
  readonly tool: MigrationTool;
  readonly dialect: Dialect;
  /** Major version of the PostgreSQL server. */
  readonly version: number;
  /** The schema before the statement. */
  readonly schema: ReplayedSchema;
  readonly scope?: TransactionScope;
  /** How the file runs, and how to run something in another way. */
  readonly plan: TransactionPlan;
  readonly outline: FileOutline;
  /** Locks, rewrites and scans of the statement; none for other dialects. */
  readonly effects: Effects;
  /** What ran before in the same transaction, in order; empty outside of one. */
  readonly earlier: readonly DoneStatement[];
  /** The same in other pending migrations, where all share one transaction. Their places are in other files. */
  readonly earlierDue: readonly DoneStatement[];
  /** All that ran before in the file. */
  readonly before: readonly DoneStatement[];
  /** No statement of the file follows. */
  readonly isLast: boolean;
  /** What the file has set before the statement. */
  readonly timeouts: Timeouts;
  /** Migrations that nobody has run yet, when that is known. */
  readonly pending?: ReadonlySet<string>;
  /** Sizes of tables, where the project has a snapshot of them; ask `sizeOf`. */
  readonly sizes?: TableSnapshot;
}

/** What the whole file does, for causes that are written after their consequences. */
export interface FileOutline {
  /** Number of statements, those not understood included. */
  readonly count: number;
  /** Names of dropped tables, created tables and views, without schemas. */
  readonly droppedTables: ReadonlySet<string>;
  readonly createdNames: ReadonlySet<string>;
  /** Indexes that it creates, without schemas. */
  readonly createdIndexes: ReadonlySet<string>;
  /** `table.column`, without schemas. */
  readonly droppedColumns: ReadonlySet<string>;
  readonly addedColumns: ReadonlySet<string>;
  /** SQLite: tables that are built anew, under both of their names. */
  readonly rebuiltTables: ReadonlySet<string>;
}

type Finder = (statement: Statement, context: HazardContext) => Hazard[];

const FINDERS: Readonly<Record<Dialect, readonly Finder[]>> = {
  postgres: [findRenameHazards, findTypeChangeHazards, findDropHazards, findNotNullHazards, findIndexHazards, findAddedColumnHazards,
    findTableRewriteHazards, findTransactionHazards, findConstraintHazards, findPartitionHazards, findDomainHazards, findDataHazards,
    findLockHazards, findRerunHazards, findNameHazards, findTypeStyleHazards],
  sqlite: [findSqliteGeneralHazards],
  mysql: [findMysqlGeneralHazards],
  other: [],
};

/** Hazards of one statement that is no block, in the order of their place. */
export function findHazards(statement: Statement, context: HazardContext): Hazard[] {
  const found = FINDERS[context.dialect].flatMap((find) => find(statement, context)).sort((a, b) => a.start - b.start);
  return bySize(found, statement, context);
}

/** Nobody else sees a table that this transaction created or that is temporary, and an emptied one has no rows to scan. */
export function isFresh(table: ReplayedTable | undefined, { file, scope, pending }: HazardContext): boolean {
  if (table === undefined) return false;
  if (table.temporary || table.createdIn === file) return true;
  const isPending = scope?.pending === true && table.createdIn !== undefined && pending?.has(file) === true;
  return isPending && pending.has(table.createdIn ?? '');
}

export function isEmptied(table: ReplayedTable | undefined, { file }: HazardContext): boolean {
  return table?.emptiedIn === file;
}

export function outlineOf(statements: readonly Statement[], count: number): FileOutline {
  const outline = {
    count,
    droppedTables: new Set<string>(),
    createdNames: new Set<string>(),
    createdIndexes: new Set<string>(),
    droppedColumns: new Set<string>(),
    addedColumns: new Set<string>(),
    rebuiltTables: rebuiltNames(statements),
  };
  for (const statement of statements) {
    if (statement.kind === 'createTable') outline.createdNames.add(statement.table.name);
    if (statement.kind === 'createIndex' && statement.name !== undefined) outline.createdIndexes.add(statement.name);
    if (statement.kind === 'createView') outline.createdNames.add(statement.view.name);
    if (statement.kind === 'drop' && statement.object === 'table') for (const { name } of statement.names) outline.droppedTables.add(name);
    if (statement.kind !== 'alterTable') continue;
    for (const command of statement.commands) {
      if (command.kind === 'dropColumn') outline.droppedColumns.add(`${statement.table.name}.${command.column}`);
      if (command.kind === 'addColumn') outline.addedColumns.add(`${statement.table.name}.${command.column.name}`);
    }
  }
  return outline;
}
