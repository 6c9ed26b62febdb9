import { addTo } from './grouping.ts';
import { parentsOf } from '../facts/operands.ts';
import type { BindingId, FileFacts, ValueId } from '../facts/types.ts';

const names = new WeakMap<FileFacts, ReadonlyMap<BindingId, readonly ValueId[]>>();

/** Places where a name is read, in source order. */
export function usesOf(facts: FileFacts, binding: BindingId): readonly ValueId[] {
  let table = names.get(facts);
  if (!table) {
    const built = new Map<BindingId, ValueId[]>();
    const parents = parentsOf(facts);
    facts.values.forEach((fact, id) => {
      if (fact.kind !== 'name') return;
      const parent = facts.values[parents[id] ?? -1];
      if (parent?.kind === 'assign' && parent.target === id) return;
      addTo(built, fact.binding, id);
    });
    names.set(facts, built);
    table = built;
  }
  return table.get(binding) ?? [];
}

const initialised = new WeakMap<FileFacts, ReadonlyMap<ValueId, readonly BindingId[]>>();

/** Names by the values they are given, at first or later. */
export function bindingsByValue(facts: FileFacts): ReadonlyMap<ValueId, readonly BindingId[]> {
  const known = initialised.get(facts);
  if (known) return known;
  const built = new Map<ValueId, BindingId[]>();
  facts.bindings.forEach((binding, id) => {
    for (const value of [binding.value, ...(binding.writes ?? [])]) {
      if (value === undefined) continue;
      addTo(built, value, id);
    }
  });
  initialised.set(facts, built);
  return built;
}
