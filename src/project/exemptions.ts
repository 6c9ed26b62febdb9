import { isBatch } from './batches.ts';
import { isBounded, isPicked, isProbe } from './bounds.ts';
import type { Candidate } from './candidate.ts';
import { isDependentWrite, isLoopCarried, isRetry } from './carried-loops.ts';
import { isConstantCollection } from './constant-collections.ts';
import { someOperand } from './dataflow.ts';
import { isMemoised } from './memoised.ts';

/** Why a query per element is right as it is. Ids as on the rule's page. */
export interface Exemption {
  readonly id: string;
  readonly reason: string;
  /** Loops around this one are not asked: what is right per round is right for all rounds of theirs. */
  readonly coversOuter?: true;
  applies(candidate: Candidate): boolean;
}

export const exemptions: readonly Exemption[] = [
  { id: 'constant', reason: 'the collection is written in the code', applies: isConstantCollection },
  { id: 'chunk', reason: 'each round handles a batch', coversOuter: true, applies: isBatch },
  { id: 'cursor', reason: 'each round depends on the result of the one before', coversOuter: true, applies: isLoopCarried },
  { id: 'retry', reason: 'it repeats until it succeeds', applies: isRetry },
  { id: 'lock', reason: 'rows are locked in order', coversOuter: true, applies: takesLock },
  { id: 'dependent', reason: 'later rounds need the ids that earlier ones made', applies: isDependentWrite },
  { id: 'batched', reason: 'the client batches these lookups within one tick', applies: isBatchedByClient },
  { id: 'memoised', reason: 'what was read is kept and asked for first', coversOuter: true, applies: isMemoised },
  { id: 'probe', reason: 'it stops at the first hit', applies: isProbe },
  { id: 'picked', reason: 'it runs for one chosen element', applies: isPicked },
  { id: 'bounded', reason: 'the number of rounds is bounded before', applies: isBounded },
];

export function findExemption(candidate: Candidate): Exemption | undefined {
  return exemptions.find((exemption) => exemption.applies(candidate));
}

const LOCKS = /for update|for share|advisory_(?:xact_)?lock/i;

function takesLock({ query }: Candidate): boolean {
  const { file } = query;
  if (query.chain.some((link) => link.name === 'forUpdate' || link.name === 'forShare' || link.name === 'setLock')) return true;
  return someOperand(
    file,
    query.value,
    (fact) => {
      if (fact.kind === 'object') return fact.properties.some((property) => property.key === 'lock');
      return (fact.kind === 'tagged' && LOCKS.test(fact.quasis.join(' '))) || (fact.kind === 'literal' && LOCKS.test(String(fact.value)));
    },
    1,
  );
}

/** Prisma puts unique lookups of one tick into one statement: those of `Promise.all(rows.map(…))`, not of a loop that awaits each. */
function isBatchedByClient({ iteration, query }: Candidate): boolean {
  return query.batchedPerTick && iteration.callback && iteration.form !== 'reduce';
}
