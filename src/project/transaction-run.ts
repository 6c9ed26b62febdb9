import { parentsOf } from '../facts/operands.ts';
import type { RegionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { isWithin } from './dataflow.ts';
import { runningFunction } from './execution.ts';
import { bindingsByValue } from './name-uses.ts';
import { functionKey, type FunctionRef, type Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { queriesOf, type Query } from './queries.ts';
import { functionsRunBy, ownEffectsOf } from './reach.ts';
import { frameOf, frameWithin, type Frame } from './transaction-handles.ts';
import type { TransactionScope } from './transactions.ts';
import type { SourceFile } from './types.ts';

/** What runs while a transaction is open, in one function. */
export interface TransactionStep {
  readonly frame: Frame;
  /** Calls from the transaction's own code to this function, outermost first; empty for that code itself. */
  readonly trail: readonly Site[];
  readonly queries: readonly Query[];
  readonly runs: readonly { readonly site: Site; readonly callee: FunctionRef }[];
  /** Calls of the function that stand in the transaction, of packages included. */
  readonly calls: readonly Site[];
}

/** Work further away than this belongs to another use case. */
const MAX_TRAIL = 5;
const MAX_FUNCTIONS = 200;

/**
 * The functions that run while a transaction is open, nearest first; each once for every way in which it is handed the transaction.
 * What nobody waits for runs by itself and is left out.
 */
export function* stepsOf(project: Project, scope: TransactionScope): Generator<TransactionStep> {
  const entered = new Set<string>();
  let level: TransactionStep[] = [ownStep(project, scope)];
  while (level.length > 0) {
    const next: TransactionStep[] = [];
    for (const step of level) {
      yield step;
      if (step.trail.length >= MAX_TRAIL) continue;
      for (const { site, callee } of step.runs) {
        if (isFloating(site)) continue;
        const frame = frameWithin(step.frame, site, callee);
        const key = `${functionKey(callee)} ${frame.self} ${[...frame.handles].filter((handle) => handle.startsWith(`${functionKey(callee)}:`)).sort().join()}`;
        // From the transaction's own code a function is entered from each place: each is a finding of its own.
        const place = step.trail.length === 0 ? `${key} @${site.value}` : `${key} @${step.trail[0]!.value}`;
        if (entered.has(place) || entered.size > MAX_FUNCTIONS) continue;
        entered.add(place);
        const effects = ownEffectsOf(project, callee);
        next.push({ frame, trail: [...step.trail, site], ...effects, calls: callsOf(project, callee) });
      }
    }
    level = next;
  }
}

function ownStep(project: Project, scope: TransactionScope): TransactionStep {
  const { file } = scope;
  const calls = file.facts.calls.flatMap((value): Site[] => {
    const fact = callFact(file, value);
    return fact && isInScope(project, scope, fact.region, fact.start) ? [{ file, value }] : [];
  });
  return {
    frame: frameOf(project, scope),
    trail: [],
    queries: queriesOf(project, file).filter((query) => query.executed && isInScope(project, scope, query.region, query.start)),
    runs: calls.flatMap((site) => functionsRunBy(project, site).map((callee) => ({ site, callee }))),
    calls,
  };
}

function isInScope(project: Project, { file, region, span }: TransactionScope, at: RegionId, start: number): boolean {
  if (start < span.start || start >= span.end || !isWithin(file, at, region) || isCleanUp(file, at, region)) return false;
  return runningFunction(project, file, at) === runningFunction(project, file, region);
}

/** A `catch` around the whole of it runs when the transaction has failed. */
function isCleanUp(file: SourceFile, at: RegionId, scope: RegionId): boolean {
  for (let region: number = at; region >= 0 && region !== scope; region = file.facts.regions[region]?.parent ?? -1) {
    const fact = file.facts.regions[region];
    if (fact?.kind === 'catch' && fact.exit !== undefined) return true;
  }
  return false;
}

const callsByFunction = defineFileView((project, file): ReadonlyMap<number, readonly Site[]> => {
  const table = new Map<number, Site[]>();
  for (const value of file.facts.calls) {
    const fact = callFact(file, value);
    if (!fact) continue;
    const runs = runningFunction(project, file, fact.region);
    const list = table.get(runs);
    if (list) list.push({ file, value });
    else table.set(runs, [{ file, value }]);
  }
  return table;
});

function callsOf(project: Project, ref: FunctionRef): readonly Site[] {
  return callsByFunction(project, ref.file).get(ref.function) ?? [];
}

const returned = new WeakMap<SourceFile['facts'], ReadonlySet<ValueId>>();

/** Whether nobody waits for what a call gives: `void send()`, `send().catch(log)` as a statement. */
export function isFloating({ file, value }: Site): boolean {
  const { facts } = file;
  const parents = parentsOf(facts);
  let at = value;
  for (let parent = parents[at] ?? -1; parent >= 0; parent = parents[at] ?? -1) {
    const fact = facts.values[parent];
    if (fact?.kind === 'unary') return fact.operator === 'void';
    const chained = fact?.kind === 'member' || ((fact?.kind === 'call' || fact?.kind === 'new') && fact.callee === at) || fact?.kind === 'cast';
    if (!chained) return false;
    at = parent;
  }
  let returns = returned.get(facts);
  if (!returns) {
    returns = new Set(facts.returns.flatMap((fact) => (fact.value === undefined ? [] : [fact.value])));
    returned.set(facts, returns);
  }
  return !returns.has(at) && !bindingsByValue(facts).has(at);
}
