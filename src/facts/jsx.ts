import type { JSXAttributeItem, JSXChild, JSXElement, JSXElementName, JSXFragment } from 'oxc-parser';
import { addValue, lowerExpression } from './state.ts';
import type { Lowering } from './state.ts';
import type { ValueId } from './types.ts';

/** An element is opaque; the components and expressions in it are used all the same. */
export function lowerJsx(state: Lowering, node: JSXElement | JSXFragment): ValueId {
  if (node.type === 'JSXElement') {
    countComponent(state, node.openingElement.name);
    for (const attribute of node.openingElement.attributes) lowerAttribute(state, attribute);
  }
  for (const child of node.children) lowerChild(state, child);
  return addValue(state, { kind: 'opaque', start: node.start, end: node.end });
}

function countComponent(state: Lowering, node: JSXElementName): void {
  let name = node;
  while (name.type === 'JSXMemberExpression') name = name.object;
  if (name.type !== 'JSXIdentifier') return;
  const isIntrinsic = node.type === 'JSXIdentifier' && /^[a-z]/.test(name.name);
  const binding = isIntrinsic ? undefined : state.valueNames.get(name.name);
  if (binding !== undefined) state.bindings[binding]!.valueUses++;
}

function lowerAttribute(state: Lowering, attribute: JSXAttributeItem): void {
  if (attribute.type === 'JSXSpreadAttribute') {
    lowerExpression(state, attribute.argument);
    return;
  }
  const { value } = attribute;
  if (value && value.type !== 'Literal') lowerChild(state, value);
}

function lowerChild(state: Lowering, child: JSXChild): void {
  switch (child.type) {
    case 'JSXElement':
    case 'JSXFragment':
      lowerJsx(state, child);
      return;
    case 'JSXExpressionContainer':
    case 'JSXSpreadChild':
      if (child.expression.type !== 'JSXEmptyExpression') lowerExpression(state, child.expression);
  }
}
