import type { BindingId, ValueFact, ValueId } from '../facts/types.ts';
import { calledName, callsIn } from './callee-names.ts';
import type { Candidate } from './candidate.ts';
import { dependsOn, isWithin, namesHolding, someOperand } from './dataflow.ts';
import type { Iteration } from './iterations.ts';
import type { SourceFile } from './types.ts';

/** Each round depends on the one before: `while` loops, counted loops over something else than a list, and queries that use what the query gave before. */
export function isLoopCarried({ file, iteration, value }: Candidate): boolean {
  if (iteration.callback || iteration.over !== undefined) return feedsItself(file, iteration, value);
  const region = file.facts.regions[iteration.region];
  if (region?.kind !== 'loop') return false;
  // `while (queue.length > 0) { const item = queue.shift(); … }` goes through a list, unless what is found is queued again.
  if (region.test !== undefined && readsLength(file, region.test) && takesFromList(file, iteration)) return refills(file, iteration);
  return true;
}

/** The query's arguments use a variable that is written in the loop from the query's result. */
function feedsItself(file: SourceFile, iteration: Iteration, value: ValueId): boolean {
  if (iteration.callback) return false;
  const results = namesHolding(file, value);
  const carried = new Set<BindingId>();
  file.facts.bindings.forEach((binding, id) => {
    const outside = !isWithin(file, binding.region, iteration.region);
    if (outside && (binding.writes ?? []).some((write) => isInside(file, write, iteration) && dependsOn(file, write, results))) carried.add(id);
  });
  return carried.size > 0 && dependsOn(file, value, carried);
}

function isInside(file: SourceFile, id: ValueId, iteration: Iteration): boolean {
  const fact = file.facts.values[id];
  return fact !== undefined && fact.start >= iteration.start && fact.end <= iteration.end;
}

function readsLength(file: SourceFile, test: ValueId): boolean {
  return someOperand(file, test, (fact) => fact.kind === 'member' && (fact.property === 'length' || fact.property === 'size'), 1);
}

function takesFromList(file: SourceFile, iteration: Iteration): boolean {
  return callsIn(file, iteration).some(({ call }) => ['shift', 'pop', 'splice'].includes(calledName(file, call)));
}

function refills(file: SourceFile, iteration: Iteration): boolean {
  return callsIn(file, iteration).some(({ call }) => ['push', 'unshift', 'enqueue', 'add'].includes(calledName(file, call)));
}

const RETRY_NAME = /retr(?:y|ies)|attempt|tries/i;

/** It repeats until it succeeds. */
export function isRetry({ file, iteration }: Candidate): boolean {
  if (iteration.callback || iteration.over !== undefined) return false;
  const region = file.facts.regions[iteration.region];
  if (region?.kind !== 'loop' || region.test === undefined) return false;
  return someOperand(file, region.test, (fact) => RETRY_NAME.test(nameOf(file, fact)), 0);
}

function nameOf(file: SourceFile, fact: ValueFact): string {
  if (fact.kind === 'name') return file.facts.bindings[fact.binding]?.name ?? '';
  return fact.kind === 'member' ? fact.property : '';
}

/** A created row is put where later rounds read it: `ids.set(row.key, created.id)`, then `ids.get(row.parent)`. */
export function isDependentWrite({ file, iteration, value, query }: Candidate): boolean {
  if (query.operation === 'read' || iteration.callback) return false;
  const results = namesHolding(file, value);
  const stores = new Set<BindingId>();
  for (const { call } of callsIn(file, iteration)) {
    const callee = file.facts.values[call.callee];
    if (callee?.kind !== 'member' || !['set', 'push', 'add'].includes(callee.property)) continue;
    const owner = file.facts.values[callee.object];
    if (owner?.kind === 'name' && call.args.some((arg) => dependsOn(file, arg, results))) stores.add(owner.binding);
  }
  for (const id of file.facts.assignments) {
    const fact = file.facts.values[id];
    if (fact?.kind !== 'assign' || !isWithin(file, fact.region, iteration.region) || !dependsOn(file, fact.value, results)) continue;
    const target = file.facts.values[fact.target];
    const owner = target?.kind === 'index' || target?.kind === 'member' ? file.facts.values[target.object] : target;
    if (owner?.kind === 'name') stores.add(owner.binding);
  }
  return stores.size > 0 && dependsOn(file, value, stores);
}
