import { IN_TRANSACTION, OUTSIDE_TRANSACTION, send, type Run } from './run.ts';
import type { Place } from './values.ts';

const DEPTH = 'transaction depth';

/** Transactions that are open, the tool's own included; known only when all of the file has been read. */
function depthOf({ memory }: Run): number {
  const wrapped = memory.get(IN_TRANSACTION) === true && memory.get(OUTSIDE_TRANSACTION) !== true;
  return (memory.get(DEPTH) as number | undefined) ?? (wrapped ? 1 : 0);
}

/** Begins a transaction; within another one (the tool's own too) a savepoint, as the builders do. */
export function sendBegin(run: Run, at: Place): void {
  const render = (): readonly string[] => {
    const depth = depthOf(run);
    run.memory.set(DEPTH, depth + 1);
    return [depth === 0 ? 'BEGIN' : `SAVEPOINT nested_${String(depth)}`];
  };
  send(run, { at, render });
}

/** Ends what `sendBegin` began; without it, the tool's own transaction. */
export function sendCommit(run: Run, at: Place): void {
  const render = (): readonly string[] => {
    const depth = depthOf(run);
    run.memory.set(DEPTH, Math.max(depth - 1, 0));
    return [depth > 1 ? `RELEASE SAVEPOINT nested_${String(depth - 1)}` : 'COMMIT'];
  };
  send(run, { at, render });
}
