import type { Span } from '../facts/types.ts';
import { findDropHazards } from './hazards/drops.ts';
import { findIndexHazards } from './hazards/indexes.ts';
import { findNotNullHazards } from './hazards/not-null.ts';
import { findRenameHazards } from './hazards/renames.ts';
import { findTypeChangeHazards } from './hazards/type-changes.ts';
import type { MigrationTool } from './migration-files.ts';
import type { ReplayedSchema, ReplayedTable } from './replayed-schema.ts';
import type { Statement } from './statements.ts';
import type { TransactionScope } from './transactions.ts';

export type HazardKind =
  | 'renameColumn'
  | 'renameTable'
  | 'typeRewrite'
  | 'typeMayRewrite'
  | 'typeUnlessUtc'
  | 'dropColumn'
  | 'recreateColumn'
  | 'dropTable'
  | 'addNotNull'
  | 'setNotNull'
  | 'createIndex'
  | 'createIndexOnPartitioned'
  | 'dropIndex'
  | 'concurrentlyInTransaction';

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
}

export interface HazardContext {
  /** Path of the migration. */
  readonly file: string;
  readonly text: string;
  readonly tool: MigrationTool;
  /** The schema before the statement. */
  readonly schema: ReplayedSchema;
  readonly scope?: TransactionScope;
  readonly outline: FileOutline;
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
}

const FINDERS: readonly ((statement: Statement, context: HazardContext) => Hazard[])[] = [
  findRenameHazards,
  findTypeChangeHazards,
  findDropHazards,
  findNotNullHazards,
  findIndexHazards,
];

/** Hazards of one statement that is no block, in the order of their place. */
export function findHazards(statement: Statement, context: HazardContext): Hazard[] {
  return FINDERS.flatMap((find) => find(statement, context)).sort((a, b) => a.start - b.start);
}

/** Nobody else sees a table that this migration created or that is temporary, and an emptied one has no rows to scan. */
export function isFresh(table: ReplayedTable | undefined, file: string): boolean {
  return table !== undefined && (table.temporary || table.createdIn === file);
}

export function isEmptied(table: ReplayedTable | undefined, file: string): boolean {
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
