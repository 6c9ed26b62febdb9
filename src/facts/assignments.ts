import type { AssignmentExpression, UpdateExpression } from 'oxc-parser';
import { lowerNamed } from './classes.ts';
import { keyOf } from './keys.ts';
import { findCommonJsExport } from './modules.ts';
import { addAssignment, assignPattern, lowerTarget } from './patterns.ts';
import { addValue, lowerBranch, lowerExpression } from './state.ts';
import type { Lowering } from './state.ts';
import type { ValueId } from './types.ts';

export function lowerAssignment(state: Lowering, node: AssignmentExpression): ValueId {
  const { start, end, operator, left } = node;
  if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') {
    const value = lowerExpression(state, node.right);
    assignPattern(state, left, value);
    return value;
  }
  const target = lowerTarget(state, left, operator !== '=');
  const name = left.type === 'Identifier' ? left.name : left.type === 'MemberExpression' && !left.computed ? keyOf(left.property, false) : undefined;
  const exported = operator === '=' ? findCommonJsExport(state, left) : undefined;
  const value = lowerAssigned(state, node, target, exported === 'export=' ? 'default' : name);
  if (exported !== undefined) state.exports.push({ start, end, name: exported, value });
  return addAssignment(state, start, end, operator, target, value);
}

function lowerAssigned(state: Lowering, { operator, right }: AssignmentExpression, target: ValueId, name: string | undefined): ValueId {
  if (operator === '||=' || operator === '&&=' || operator === '??=') return lowerBranch(state, right, target, operator === '&&=', operator === '??=');
  return name === undefined ? lowerExpression(state, right) : lowerNamed(state, right, name);
}

/** `x++` is an assignment of 1 with the operator `++`. */
export function lowerUpdate(state: Lowering, node: UpdateExpression): ValueId {
  const { start, end, operator } = node;
  const target = lowerTarget(state, node.argument, true);
  return addAssignment(state, start, end, operator, target, addValue(state, { kind: 'literal', start, end, value: 1 }));
}
