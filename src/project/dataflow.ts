import type { BindingId, RegionId, ValueFact, ValueId } from '../facts/types.ts';
import { operandsOf } from '../facts/operands.ts';
import type { SourceFile } from './types.ts';

/** Follows names no further than this many initialisers. */
const MAX_HOPS = 12;

/** Whether an expression uses one of the names, directly or through local variables made from them. Functions inside are not entered. */
export function dependsOn(file: SourceFile, id: ValueId, names: ReadonlySet<BindingId>): boolean {
  return someOperand(file, id, (fact) => fact.kind === 'name' && names.has(fact.binding));
}

/** Whether some part of an expression, or of what its names were made from, satisfies a test. */
export function someOperand(
  file: SourceFile,
  id: ValueId,
  test: (fact: ValueFact, id: ValueId) => boolean,
  hops = MAX_HOPS,
  seen = new Set<ValueId>(),
): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const fact = file.facts.values[id];
  if (!fact) return false;
  if (test(fact, id)) return true;
  for (const operand of operandsOf(fact)) if (someOperand(file, operand, test, hops, seen)) return true;
  if (fact.kind !== 'name' || hops === 0) return false;
  const binding = file.facts.bindings[fact.binding];
  if (!binding) return false;
  for (const value of [binding.value, ...(binding.writes ?? [])]) {
    if (value !== undefined && someOperand(file, value, test, hops - 1, seen)) return true;
  }
  return false;
}

/** The expression behind wrappers that do not change which value it is. */
export function unwrapped(file: SourceFile, id: ValueId): ValueId {
  const fact = file.facts.values[id];
  return fact?.kind === 'await' || fact?.kind === 'cast' || fact?.kind === 'spread' ? unwrapped(file, fact.value) : id;
}

/** Names that hold (a part of) what an expression gives: `const x = await f()`, `const { a } = f()`, `x = f()`. */
export function namesHolding(file: SourceFile, id: ValueId): ReadonlySet<BindingId> {
  const found = new Set<BindingId>();
  file.facts.bindings.forEach((binding, index) => {
    const values = [binding.value, ...(binding.writes ?? [])];
    if (values.some((value) => value !== undefined && holds(file, value, id))) found.add(index);
  });
  return found;
}

function holds(file: SourceFile, value: ValueId, id: ValueId, depth = 0): boolean {
  if (value === id) return true;
  const fact = file.facts.values[value];
  if (!fact || depth > 6) return false;
  switch (fact.kind) {
    case 'await':
    case 'cast':
      return holds(file, fact.value, id, depth + 1);
    case 'member':
    case 'index':
      return holds(file, fact.object, id, depth + 1);
    case 'item':
    case 'rest':
      return holds(file, fact.of, id, depth + 1);
    case 'logical':
      return holds(file, fact.left, id, depth + 1) || holds(file, fact.right, id, depth + 1);
    case 'conditional':
      return holds(file, fact.then, id, depth + 1) || holds(file, fact.else, id, depth + 1);
    default:
      return false;
  }
}

/** Whether a region is another or lies inside it, functions included. */
export function isWithin(file: SourceFile, region: RegionId, outer: RegionId): boolean {
  for (let at: number = region; at >= 0; at = file.facts.regions[at]?.parent ?? -1) if (at === outer) return true;
  return false;
}

/** The number an expression is, when the program text says so. */
export function constantNumber(file: SourceFile, id: ValueId): number | undefined {
  const fact = file.facts.values[id];
  if (fact?.kind === 'literal' && typeof fact.value === 'number') return fact.value;
  if (fact?.kind !== 'name') return undefined;
  const binding = file.facts.bindings[fact.binding];
  return binding?.kind === 'const' && binding.value !== undefined ? constantNumber(file, binding.value) : undefined;
}
