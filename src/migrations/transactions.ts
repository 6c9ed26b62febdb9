import type { MigrationTool } from './migration-files.ts';
import { whatRefusesTransaction } from './planner/refuses-transaction.ts';
import { transactionModelOf } from './planner/tool-models.ts';
import type { TransactionModel, TransactionUnit } from './planner/transaction-model.ts';
import type { Statement } from './statements.ts';

/** What a statement shares a transaction through: the tool's own, several statements sent as one query, `BEGIN` in the file, or a `DO` block. */
export interface TransactionScope {
  readonly by: 'tool' | 'batch' | 'explicit' | 'block';
  /** Statements with the same number in a file share the transaction. */
  readonly id: number;
  /** True when the transaction spans all pending migrations. */
  readonly pending?: true;
}

export interface TransactionInput {
  readonly tool: MigrationTool;
  /** How the tool runs migrations; without it, as by default. */
  readonly model?: TransactionModel;
  /** The file opted out of the tool's transaction. */
  readonly outsideTransaction: boolean;
  /** Another pending migration opted out, when that is known. */
  readonly otherOptedOut?: boolean;
  /** No other migration of the folder is pending, when that is known. */
  readonly isOnlyPending?: boolean;
  /** Query that sends each statement, where a program sends several as one. */
  readonly queries?: readonly (number | undefined)[];
  /** Statements of the file, those not understood included. */
  readonly count: number;
}

/** `nested`: BEGIN in the tool's transaction; `ended`: COMMIT of the tool's transaction; `uncommitted`: BEGIN whose COMMIT is missing. */
export type TransactionFault = 'nested' | 'ended' | 'uncommitted' | 'optOutRefused' | 'optOutElsewhere';

/** How a file runs. */
export interface TransactionPlan {
  readonly unit: TransactionUnit;
  /** Tool, version and settings that it rests on. */
  readonly evidence: string;
  /** How to run a statement outside of any transaction, for people; a sentence without its full stop. */
  readonly optOut: string;
  /** The same without the reason. */
  readonly wayOut: string;
  /** How to run a statement in a transaction after this one, likewise. */
  readonly separate: string;
  /** Transaction of each top-level statement; undefined where it commits by itself. */
  readonly scopes: readonly (TransactionScope | undefined)[];
  /** What is wrong with transactions themselves, by the statement at which it is to be said. */
  readonly faults: ReadonlyMap<Statement, TransactionFault>;
}

export function planTransactions(input: TransactionInput, statements: readonly Statement[]): TransactionPlan {
  const model = input.model ?? transactionModelOf(input.tool, { dialect: 'postgres', settings: [] });
  const unit = unitOf(input, model, statements);
  const faults = new Map<Statement, TransactionFault>();
  const [first] = statements;
  if (input.outsideTransaction && first && model.refusesOptOut) faults.set(first, 'optOutRefused');
  if (input.outsideTransaction && first && model.optsOutElsewhere && !input.isOnlyPending) faults.set(first, 'optOutElsewhere');
  const { evidence, optOut: wayOut, because } = model;
  const optOut = because === undefined ? wayOut : withReason(because, wayOut);
  return { unit, evidence, optOut, wayOut, separate: separateWay(unit), scopes: walk(statements, { ...input, unit, model, faults }), faults };
}

function unitOf({ outsideTransaction, otherOptedOut }: TransactionInput, model: TransactionModel, statements: readonly Statement[]): TransactionUnit {
  const refusing = (statement: Statement): boolean => whatRefusesTransaction(statement) !== undefined;
  if (model.batchesDropIndex && statements.some((statement) => statement.kind === 'drop' && statement.concurrently)) return 'batch';
  if (model.leavesOutFor === 'every' && statements.length > 0 && statements.every(refusing)) return 'statement';
  if (model.leavesOutFor === 'any' && statements.some(refusing)) return 'statement';
  if (outsideTransaction) return model.optedOut;
  return model.sharesOptOut && model.unit === 'pending' && otherOptedOut ? 'file' : model.unit;
}

function separateWay(unit: TransactionUnit): string {
  return unit === 'pending' ? 'Put it into a later migration, and deploy that after this one' : 'Put it into a migration of its own, after this one';
}

/** `Drizzle runs …: run it by hand …`. */
function withReason(because: string, wayOut: string): string {
  return `${because.charAt(0).toUpperCase()}${because.slice(1)}: ${wayOut.charAt(0).toLowerCase()}${wayOut.slice(1)}`;
}

interface Walk extends TransactionInput {
  readonly unit: TransactionUnit;
  readonly model: TransactionModel;
  readonly faults: Map<Statement, TransactionFault>;
}

function walk(statements: readonly Statement[], { unit, count, model, faults, queries = [] }: Walk): (TransactionScope | undefined)[] {
  const isWrapped = unit === 'file' || unit === 'pending';
  const isBatch = unit === 'batch' && count > 1;
  let id = 0;
  const implicit = (): TransactionScope | undefined => {
    if (isWrapped) return { by: 'tool', id, ...(unit === 'pending' ? { pending: true as const } : {}) };
    return isBatch ? { by: 'batch', id } : undefined;
  };
  let current = implicit();
  let open: Statement | undefined;
  const sent = new Map<number, TransactionScope>();
  const inQuery = (query: number | undefined): TransactionScope | undefined => {
    if (query === undefined) return undefined;
    const known = sent.get(query);
    if (known) return known;
    id += 1;
    sent.set(query, { by: 'batch', id });
    return sent.get(query);
  };
  const scopes = statements.map((statement, i) => {
    if (isSentAlone(statement, model)) {
      id += 1;
      current = implicit();
      return undefined;
    }
    if (statement.kind !== 'transaction' || statement.action === 'savepoint') return current ?? inQuery(queries[i]);
    if (statement.action === 'begin') {
      if (current?.by === 'tool') {
        if (open === undefined) faults.set(statement, 'nested');
      } else if (current?.by === 'batch') {
        // What the batch has done so far is part of the block that BEGIN makes of its implicit transaction.
        current = { ...current, by: 'explicit' };
      } else if (current === undefined) {
        id += 1;
        current = { by: 'explicit', id };
      }
      open ??= statement;
      return current;
    }
    const before = current;
    if (current?.by === 'tool' && open === undefined && !leavesOnPurpose(statements, i)) faults.set(statement, 'ended');
    id += 1;
    // A batch opens the next transaction by itself; a COMMIT in the tool's transaction leaves what follows alone.
    current = isBatch ? implicit() : undefined;
    open = undefined;
    return before;
  });
  // The tool's own COMMIT ends what the file left open.
  if (open && !isWrapped && current?.by === 'explicit') faults.set(open, 'uncommitted');
  return scopes;
}

function isSentAlone(statement: Statement, { sendsAlone }: TransactionModel): boolean {
  if (sendsAlone === undefined || whatRefusesTransaction(statement) === undefined) return false;
  return sendsAlone === 'all' || statement.kind !== 'drop';
}

/** `COMMIT;` before a statement that refuses a transaction, with or without `BEGIN;` after it, is the way out of a tool that has none. */
function leavesOnPurpose(statements: readonly Statement[], commit: number): boolean {
  const next = statements.slice(commit + 1).find((statement) => statement.kind !== 'set');
  return next !== undefined && whatRefusesTransaction(next) !== undefined;
}

export function isConcurrent(statement: Statement): boolean {
  return (statement.kind === 'createIndex' || statement.kind === 'drop') && statement.concurrently;
}
