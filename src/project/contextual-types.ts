import type { FileFacts, TypeId, ValueId } from '../facts/types.ts';
import { evaluateType } from './evaluate-types.ts';
import { functionFact, type Linker } from './linker.ts';
import { NO_ORIGINS, take, unionOf, type FunctionRef, type Origins } from './origins.ts';

const annotations = new WeakMap<FileFacts, ReadonlyMap<ValueId, TypeId>>();

/** Types that are written for the variable, field or cast that holds a value. */
function annotationsOf(facts: FileFacts): ReadonlyMap<ValueId, TypeId> {
  const known = annotations.get(facts);
  if (known) return known;
  const found = new Map<ValueId, TypeId>();
  for (const binding of facts.bindings) if (binding.type !== undefined && binding.value !== undefined) found.set(binding.value, binding.type);
  for (const { members } of facts.classes)
    {for (const member of members) if (member.type !== undefined && member.value !== undefined) found.set(member.value, member.type);}
  for (const value of facts.values) if (value.kind === 'cast') found.set(value.value, value.type);
  annotations.set(facts, found);
  return found;
}

/** `const list: RequestHandler = (req, res) => …`: a parameter, by the type of the function as a whole. */
export function contextualParameter(linker: Linker, ref: FunctionRef, index: number): Origins {
  const value = functionFact(ref)?.value;
  const type = value === undefined ? undefined : annotationsOf(ref.file.facts).get(value);
  if (type === undefined) return NO_ORIGINS;
  return unionOf(
    evaluateType(linker, ref.file, type).map((origin): Origins => {
      if (origin.kind === 'external') return [take(origin, { kind: 'parameter', index })];
      const signature = origin.kind === 'signature' ? origin.file.facts.types[origin.type] : undefined;
      const parameter = signature?.kind === 'function' ? signature.params[index] : undefined;
      return origin.kind !== 'signature' || typeof parameter !== 'number' ? NO_ORIGINS : evaluateType(linker, origin.file, parameter);
    }),
  );
}
