import type { FunctionFact, ValueId } from '../facts/types.ts';
import { contextualParameter } from './contextual-types.ts';
import { evaluate, firstKnown } from './evaluate.ts';
import { evaluateType } from './evaluate-types.ts';
import { argumentSlots, type Flow, type Linker } from './linker.ts';
import { functionKey, NO_ORIGINS, take, unionOf, type FunctionRef, type Origins } from './origins.ts';
import type { SourceFile } from './types.ts';

/** Callers beyond this number no longer say what a parameter is. */
const MAX_CALLERS = 24;
const MAX_FLOWS = 8;

/** Where a parameter comes from: its type, what the function is handed to, its default, its callers; the first that says something. */
export function evaluateParameter(linker: Linker, ref: FunctionRef, index: number): Origins {
  const fact = ref.file.facts.functions[ref.function];
  const param = fact?.params[index];
  if (!fact || !param) return NO_ORIGINS;
  const typed = param.type === undefined ? NO_ORIGINS : evaluateType(linker, ref.file, param.type);
  // A shape names members but not what stands behind them: callers may know more, and where they do not, the shape is what there is.
  if (typed.some((origin) => origin.kind !== 'shape' && origin.kind !== 'literal')) return typed;
  const described = contextualParameter(linker, ref, index);
  if (described.length > 0) return unionOf([described, typed]);
  const handed = firstKnown(handedBy(linker, ref, fact, index), () => (param.default === undefined ? NO_ORIGINS : evaluate(linker, ref.file, param.default)));
  if (handed.some((origin) => origin.kind !== 'literal')) return unionOf([handed, typed]);
  const called = calledWith(linker, ref, index);
  return unionOf([typed, called, handed]);
}

/** `db.transaction(async (tx) => …)`: the parameter of a function passed to a call. */
function handedBy(linker: Linker, ref: FunctionRef, fact: FunctionFact, index: number): Origins {
  const lists: Origins[] = [];
  const flows: readonly Flow[] = linker.index?.flows.get(functionKey(ref)) ?? [];
  // A wrapper is handed to every registration there is; the first ones say what all of them do.
  for (const flow of flows.slice(0, MAX_FLOWS)) lists.push(handedAt(linker, flow, index, fact.params.length));
  if (flows.length === 0 && fact.value !== undefined) {
    const flow = directFlow(ref, fact.value);
    if (flow) lists.push(handedAt(linker, flow, index, fact.params.length));
  }
  return unionOf(lists);
}

function directFlow(ref: FunctionRef, value: ValueId): Flow | undefined {
  const slot = argumentSlots(ref.file.facts).get(value);
  return slot && { file: ref.file, value: slot.call, argument: slot.argument };
}

/** `arity`: number of parameters of the function that is handed over. */
function handedAt(linker: Linker, flow: Flow, parameter: number, arity: number): Origins {
  const call = flow.file.facts.values[flow.value];
  if (call?.kind !== 'call' && call?.kind !== 'new') return NO_ORIGINS;
  return unionOf(
    evaluate(linker, flow.file, call.callee).map((callee): Origins => {
      if (callee.kind === 'external') {
        const called = take(callee, { kind: call.kind, site: { file: flow.file, value: flow.value } });
        return [take(called, { kind: 'callback', argument: flow.argument, parameter, ...(arity > 3 ? { arity } : {}) })];
      }
      if (callee.kind === 'function') return invokedWith(linker, callee, flow.argument, parameter, arity);
      return NO_ORIGINS;
    }),
  );
}

/** What a function of ours hands to the callback it takes as its n-th argument. */
function invokedWith(linker: Linker, taker: FunctionRef, argument: number, parameter: number, arity: number): Origins {
  const key = `${functionKey(taker)} ${argument} ${parameter} ${arity}`;
  const known = linker.handed.get(key);
  if (known) return known;
  // A function that hands its callback on to itself ends here.
  linker.handed.set(key, NO_ORIGINS);
  const found = findInvocations(linker, taker, argument, parameter, arity);
  linker.handed.set(key, found);
  return found;
}

function findInvocations(linker: Linker, taker: FunctionRef, argument: number, parameter: number, arity: number): Origins {
  const { facts } = taker.file;
  const binding = facts.functions[taker.function]?.params[argument]?.binding;
  if (binding === undefined) return NO_ORIGINS;
  const lists: Origins[] = [];
  for (const id of facts.calls) {
    const call = facts.values[id];
    if (call?.kind !== 'call') continue;
    const callee = facts.values[call.callee];
    if (callee?.kind === 'name' && callee.binding === binding) {
      lists.push(argumentAt(linker, taker.file, call.args, parameter));
      continue;
    }
    // Passed on: `return db.transaction(callback)`.
    const passed = call.args.findIndex((arg) => {
      const fact = facts.values[arg];
      return fact?.kind === 'name' && fact.binding === binding;
    });
    if (passed >= 0) lists.push(handedAt(linker, { file: taker.file, value: id, argument: passed }, parameter, arity));
  }
  return unionOf(lists);
}

function calledWith(linker: Linker, ref: FunctionRef, index: number): Origins {
  const callers = linker.index?.callers.get(functionKey(ref)) ?? [];
  if (callers.length === 0 || callers.length > MAX_CALLERS) return NO_ORIGINS;
  return unionOf(
    callers.map((site): Origins => {
      const call = site.file.facts.values[site.value];
      if (call?.kind !== 'call' && call?.kind !== 'new') return NO_ORIGINS;
      const arg = call.args[index];
      return arg === undefined ? NO_ORIGINS : evaluate(linker, site.file, arg);
    }),
  );
}

/** The n-th argument of a call; behind `fn(...args)` the n-th argument of the function whose rest parameter `args` is. */
function argumentAt(linker: Linker, file: SourceFile, args: readonly ValueId[], parameter: number): Origins {
  const spread = args.findIndex((arg, index) => index <= parameter && file.facts.values[arg]?.kind === 'spread');
  const arg = args[spread < 0 ? parameter : spread];
  if (arg === undefined) return NO_ORIGINS;
  const fact = file.facts.values[arg];
  if (fact?.kind !== 'spread') return evaluate(linker, file, arg);
  const name = file.facts.values[fact.value];
  const held = file.facts.values[(name?.kind === 'name' ? file.facts.bindings[name.binding]?.value : undefined) ?? fact.value];
  const owner = held?.kind === 'param' && held.rest ? file.facts.functions[held.function] : undefined;
  if (held?.kind !== 'param' || !owner) return NO_ORIGINS;
  return handedBy(linker, { file, function: held.function }, owner, held.index + parameter - spread);
}
