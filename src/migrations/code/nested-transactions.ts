import type { BuilderCall } from './renderers.ts';
import { OUTSIDE_TRANSACTION } from './run.ts';

const DEPTH = 'transaction depth';

/** Transactions that are open, the tool's own included; known only when all of the file has been read. */
function depthOf({ memory }: BuilderCall): number {
  return (memory.get(DEPTH) as number | undefined) ?? (memory.get(OUTSIDE_TRANSACTION) === true ? 0 : 1);
}

/** Begins a transaction; within another one (the tool's own too) a savepoint, as Knex and TypeORM do. */
export function beginNested(call: BuilderCall, name: string): void {
  call.emitLater(() => {
    const depth = depthOf(call);
    call.memory.set(DEPTH, depth + 1);
    return [depth === 0 ? 'BEGIN' : `SAVEPOINT ${name}_${String(depth)}`];
  });
}

/** Ends what `beginNested` began. */
export function commitNested(call: BuilderCall, name: string): void {
  call.emitLater(() => {
    const depth = depthOf(call);
    call.memory.set(DEPTH, Math.max(depth - 1, 0));
    return [depth > 1 ? `RELEASE SAVEPOINT ${name}_${String(depth - 1)}` : 'COMMIT'];
  });
}
