/**
 * What is one transaction: a statement; the statements of a file sent as one query (two or more share an implicit transaction); a file;
 * all migrations that are due.
 */
export type TransactionUnit = 'statement' | 'batch' | 'file' | 'pending';

/** How a tool runs its migrations. Plain data. */
export interface TransactionModel {
  readonly unit: TransactionUnit;
  /** The same for a file that opts out. */
  readonly optedOut: TransactionUnit;
  /** What to write so that a statement runs outside of any transaction, for people; a sentence without its full stop. */
  readonly optOut: string;
  /** Why that is the way; a sentence without its full stop. */
  readonly because?: string;
  /** Tool, version and settings that the answer rests on, and where they stand. */
  readonly evidence: string;
  /** The tool fails before it runs anything when a file opts out. */
  readonly refusesOptOut?: true;
  /** A file that opts out runs on another connection while the transaction of the others stays open. */
  readonly optsOutElsewhere?: true;
  /** One pending file that opts out makes all of them run file by file. */
  readonly sharesOptOut?: true;
  /** Statements that PostgreSQL refuses in a transaction are sent by themselves; `exceptDropIndex`: all but DROP INDEX CONCURRENTLY. */
  readonly sendsAlone?: 'all' | 'exceptDropIndex';
  /** A file runs without transaction when each of its statements (`every`) or one of them (`any`) demands it. */
  readonly leavesOutFor?: 'every' | 'any';
  /** The tool cannot split a file with DROP INDEX CONCURRENTLY and sends it as one query. */
  readonly batchesDropIndex?: true;
  /** SQLite: foreign keys are switched off before the transaction begins. */
  readonly foreignKeysOff?: true;
}
