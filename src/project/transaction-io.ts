import { parentsOf } from '../facts/operands.ts';
import type { ValueId } from '../facts/types.ts';
import type { IoKind } from '../libraries/types.ts';
import { callFact } from './calls.ts';
import type { Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { effectOf, meaningsOf } from './recognise.ts';
import { isSwitchedOffAt } from './switched-off.ts';
import { stepsOf } from './transaction-run.ts';
import { transactionScopes, type TransactionScope } from './transactions.ts';
import type { SourceFile } from './types.ts';

/** A call over the network that a transaction waits for. */
export interface TransactionIo {
  readonly scope: TransactionScope;
  /** The call in the transaction's own code. */
  readonly site: Site;
  /** The call that goes over the network: the same, or where the trail ends. */
  readonly io: Site;
  readonly what: IoKind;
  readonly trail: readonly Site[];
}

/** Calls over the network in the open transactions of a file, one per place: the nearest. */
export const transactionIo = defineFileView((project, file): readonly TransactionIo[] => {
  const found = new Map<ValueId, TransactionIo>();
  for (const scope of transactionScopes(project).get(file) ?? []) {
    for (const step of stepsOf(project, scope)) {
      for (const io of step.calls) {
        const site = step.trail[0] ?? io;
        const what = found.has(site.value) ? undefined : ioAt(project, io);
        if (what !== undefined && isAwaited(io) && !isOff(project, step.trail, io)) found.set(site.value, { scope, site, io, what, trail: step.trail });
      }
    }
  }
  return [...found.values()].sort((a, b) => startOf(file, a.site) - startOf(file, b.site));
});

function startOf(file: SourceFile, { value }: Site): number {
  return file.facts.values[value]?.start ?? 0;
}

function ioAt(project: Project, site: Site): IoKind | undefined {
  return effectOf(meaningsOf(project.linker, project.recogniser, site), 'io')?.effect.what;
}

function isOff(project: Project, trail: readonly Site[], io: Site): boolean {
  return trail.some((site, index) => {
    const next = trail[index + 1] ?? io;
    const region = callFact(next.file, next.value)?.region;
    return region !== undefined && isSwitchedOffAt(project, site, { file: next.file, region });
  });
}

/** Promises that wait for others. */
const GATHERING = new Set(['all', 'allSettled', 'race', 'any']);

/** `await fetch(url)`, `return fetch(url)`, `await Promise.all([fetch(a), fetch(b)])`, `(await fetch(url).catch(log))`. */
function isAwaited({ file, value }: Site): boolean {
  const { values, returns } = file.facts;
  const parents = parentsOf(file.facts);
  let at = value;
  for (let parent = parents[at] ?? -1; parent >= 0; parent = parents[at] ?? -1) {
    const fact = values[parent];
    if (fact?.kind === 'await') return true;
    const gathers = fact?.kind === 'call' && fact.callee !== at && isGathering(file, fact.callee);
    const passes = fact?.kind === 'member' || fact?.kind === 'array' || fact?.kind === 'cast' || fact?.kind === 'conditional' || fact?.kind === 'logical';
    if (!gathers && !passes && !(fact?.kind === 'call' && fact.callee === at)) return false;
    at = parent;
  }
  return returns.some((fact) => fact.value === at);
}

function isGathering(file: SourceFile, callee: ValueId): boolean {
  const fact = file.facts.values[callee];
  const owner = fact?.kind === 'member' ? file.facts.values[fact.object] : undefined;
  return fact?.kind === 'member' && owner?.kind === 'global' && owner.name === 'Promise' && GATHERING.has(fact.property);
}
