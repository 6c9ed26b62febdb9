import type { ReplayedTable } from '../replayed-schema.ts';
import type { AlterTableStatement } from '../statements.ts';
import type { Collector } from './collector.ts';

export interface CommandScope {
  /** The table that is named, or one below it. */
  readonly table: ReplayedTable;
  /** The table that is named. */
  readonly root: ReplayedTable;
  readonly statement: AlterTableStatement;
  readonly collector: Collector;
}
