import type { BuilderCall, BuilderMethod } from './renderers.ts';
import { builder, entryOf, type Value } from './values.ts';

/** Type of the objects that stand for transactions. */
export const TRANSACTION = 'transaction';

/** Number of transactions that the program has open. */
function openTransactions(call: BuilderCall): number {
  return (call.memory.get(TRANSACTION) as number | undefined) ?? 0;
}

/** Sequelize takes another connection for a call that does not get the transaction. */
export function isOutside(call: BuilderCall, options: Value | undefined): boolean {
  if (openTransactions(call) === 0 || options?.kind === 'unknown') return false;
  if (options?.kind === 'record' && options.open) return false;
  const transaction = entryOf(options, 'transaction');
  return transaction?.kind !== 'unknown' && !(transaction?.kind === 'builder' && transaction.type === TRANSACTION);
}

/** `transaction(async (t) => …)` commits when the function ends; without a function the program does it. */
export const transaction: BuilderMethod = (call) => {
  const body = call.args.find(({ kind }) => kind === 'function');
  const options = call.args.find(({ kind }) => kind === 'record');
  const isNested = entryOf(options, 'transaction')?.kind === 'builder';
  const self = builder(TRANSACTION, undefined);
  if (!isNested) open(call);
  if (!body) return self;
  const result = call.apply(body, [self]);
  if (!isNested) close(call);
  return result;
};

function open(call: BuilderCall): void {
  call.begin();
  call.memory.set(TRANSACTION, openTransactions(call) + 1);
}

function close(call: BuilderCall): undefined {
  call.commit();
  call.memory.set(TRANSACTION, Math.max(0, openTransactions(call) - 1));
  return undefined;
}

export const TRANSACTION_METHODS: Readonly<Record<string, BuilderMethod>> = {
  commit: close,
  // Stands in the handling of errors, which ends the transaction as the commit before it would have.
  rollback: () => undefined,
  afterCommit: ({ args, apply }) => apply(args[0], []),
};

