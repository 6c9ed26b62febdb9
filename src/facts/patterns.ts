import type { AssignmentTarget, AssignmentTargetMaybeDefault, BindingPattern, Expression } from 'oxc-parser';
import { keyOf } from './keys.ts';
import { addValue, here, lowerBranch, lowerExpression } from './state.ts';
import type { Lowering } from './state.ts';
import type { ValueId } from './types.ts';

type Pattern = BindingPattern | AssignmentTargetMaybeDefault;
type Leaf = (state: Lowering, node: Exclude<Pattern, { type: 'ObjectPattern' | 'ArrayPattern' | 'AssignmentPattern' }>, value: ValueId) => void;

/** Gives the names of a declared pattern what they stand for in `value`. */
export function bindPattern(state: Lowering, pattern: BindingPattern, value: ValueId): void {
  takeApart(state, pattern, value, bindName);
}

/** Lowers a destructuring assignment to one assignment per target. */
export function assignPattern(state: Lowering, pattern: AssignmentTarget, value: ValueId): void {
  takeApart(state, pattern, value, assignPart);
}

function takeApart(state: Lowering, pattern: Pattern, value: ValueId, leaf: Leaf): void {
  switch (pattern.type) {
    case 'ObjectPattern':
      return takeApartObject(state, pattern, value, leaf);
    case 'ArrayPattern':
      for (let index = 0; index < pattern.elements.length; index++) {
        const element = pattern.elements[index];
        if (!element) continue;
        const { start, end } = element;
        if (element.type === 'RestElement') takeApart(state, element.argument, addValue(state, { kind: 'rest', start, end, of: value, omitted: [] }), leaf);
        else takeApart(state, element, addValue(state, { kind: 'item', start, end, of: value, index }), leaf);
      }
      return;
    case 'AssignmentPattern': {
      const right = lowerBranch(state, pattern.right, value, false, true);
      const { start, end } = pattern;
      return takeApart(state, pattern.left, addValue(state, { kind: 'logical', start, end, operator: '??', left: value, right }), leaf);
    }
    default:
      leaf(state, pattern, value);
  }
}

function takeApartObject(state: Lowering, pattern: Extract<Pattern, { type: 'ObjectPattern' }>, value: ValueId, leaf: Leaf): void {
  const taken: string[] = [];
  for (const property of pattern.properties) {
    const { start, end } = property;
    if (property.type === 'RestElement') {
      takeApart(state, property.argument, addValue(state, { kind: 'rest', start, end, of: value, omitted: taken }), leaf);
      continue;
    }
    const { key } = property;
    const name = keyOf(key, property.computed);
    if (name === undefined) {
      const index = lowerExpression(state, key as Expression);
      takeApart(state, property.value, addValue(state, { kind: 'index', start, end: key.end, object: value, index }), leaf);
      continue;
    }
    taken.push(name);
    const member = addValue(state, { kind: 'member', start, end: key.end, object: value, property: name, propertyStart: key.start });
    takeApart(state, property.value, member, leaf);
  }
}

function bindName(state: Lowering, node: Parameters<Leaf>[1], value: ValueId): void {
  if (node.type !== 'Identifier') return;
  const id = state.valueNames.get(node.name);
  if (id !== undefined) bind(state, id, value);
}

/** The first value a binding gets is its initialiser; a `var` declared twice is written the second time. */
export function bind(state: Lowering, id: number, value: ValueId): void {
  const binding = state.bindings[id]!;
  if (binding.value === undefined) binding.value = value;
  else addWrite(state, id, value);
}

export function addWrite(state: Lowering, id: number, value: ValueId): void {
  const binding = state.bindings[id]!;
  if (binding.writes) (binding.writes as ValueId[]).push(value);
  else binding.writes = [value];
}

function assignPart(state: Lowering, node: Parameters<Leaf>[1], value: ValueId): void {
  const target = lowerTarget(state, node as AssignmentTarget, false);
  addAssignment(state, node.start, node.end, '=', target, value);
}

/** Records an assignment and, when its target is a plain name, what is written to it. */
export function addAssignment(state: Lowering, start: number, end: number, operator: string, target: ValueId, value: ValueId): ValueId {
  const assign = addValue(state, { kind: 'assign', start, end, operator, target, value, region: here(state) });
  state.assignments.push(assign);
  const place = state.values[target]!;
  if (place.kind === 'name') addWrite(state, place.binding, operator === '=' ? value : assign);
  return assign;
}

/** Lowers what is assigned to; a plain name counts as read only when `reads` is set (`x += 1`). */
export function lowerTarget(state: Lowering, node: AssignmentTarget, reads: boolean): ValueId {
  if (node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression' || node.type === 'TSTypeAssertion') {
    return lowerTarget(state, node.expression as AssignmentTarget, reads);
  }
  if (node.type !== 'Identifier' || reads) return lowerExpression(state, node as Expression);
  const binding = state.valueNames.get(node.name);
  const { start, name } = node;
  const end = start + name.length;
  return addValue(state, binding === undefined ? { kind: 'global', start, end, name } : { kind: 'name', start, end, binding });
}
