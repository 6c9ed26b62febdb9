import type { FileFacts, ValueFact, ValueId } from './types.ts';

const NONE: readonly ValueId[] = [];

/** Values an expression is made of, in order. What a name or a function stands for is none of them. */
export function operandsOf(fact: ValueFact): Iterable<ValueId> {
  switch (fact.kind) {
    case 'template':
      return fact.parts;
    case 'member':
      return [fact.object];
    case 'index':
      return [fact.object, fact.index];
    case 'call':
    case 'new':
      return [fact.callee, ...fact.args];
    case 'tagged':
      return [fact.tag, ...fact.parts];
    case 'object':
      return fact.properties.flatMap(({ computed, value }) => (computed === undefined ? [value] : [computed, value]));
    case 'array':
    case 'sequence':
      return fact.items;
    case 'await':
    case 'spread':
    case 'unary':
    case 'cast':
      return [fact.value];
    case 'yield':
      return fact.value === undefined ? NONE : [fact.value];
    case 'conditional':
      return [fact.test, fact.then, fact.else];
    case 'logical':
    case 'binary':
      return [fact.left, fact.right];
    case 'assign':
      return [fact.target, fact.value];
    case 'element':
    case 'key':
    case 'item':
    case 'rest':
      return [fact.of];
    default:
      return NONE;
  }
}

const parents = new WeakMap<FileFacts, Int32Array>();

/** For every value the value that contains it, -1 for none; the first one where destructuring shares a value. */
export function parentsOf(facts: FileFacts): Int32Array {
  const known = parents.get(facts);
  if (known) return known;
  const found = new Int32Array(facts.values.length).fill(-1);
  for (let id = 0; id < facts.values.length; id++) {
    for (const operand of operandsOf(facts.values[id]!)) {
      if (found[operand] === -1) found[operand] = id;
    }
  }
  parents.set(facts, found);
  return found;
}
