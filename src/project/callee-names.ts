import type { CallFact, ValueId } from '../facts/types.ts';
import { isWithin } from './dataflow.ts';
import type { Iteration } from './iterations.ts';
import type { SourceFile } from './types.ts';

/** The last name of what a call calls: `push` of `rows.push(x)`, `chunk` of `chunk(rows)`; empty where there is none. */
export function calledName(file: SourceFile, call: CallFact): string {
  const callee = file.facts.values[call.callee];
  if (callee?.kind === 'member') return callee.property;
  if (callee?.kind === 'global') return callee.name;
  return callee?.kind === 'name' ? (file.facts.bindings[callee.binding]?.name ?? '') : '';
}

export function callsIn(file: SourceFile, iteration: Iteration): readonly { readonly id: ValueId; readonly call: CallFact }[] {
  return file.facts.calls.flatMap((id) => {
    const call = file.facts.values[id];
    return call?.kind === 'call' && isWithin(file, call.region, iteration.region) ? [{ id, call }] : [];
  });
}
