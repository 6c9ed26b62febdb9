import type { Expression, PropertyKey } from 'oxc-parser';

/** Name of a property or member key; undefined for a computed key that is no literal. Private names keep their `#`. */
export function keyOf(key: PropertyKey, computed: boolean): string | undefined {
  if (key.type === 'Identifier') return computed ? undefined : key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  const text = constantText(key);
  if (text !== undefined) return text;
  return key.type === 'Literal' && typeof key.value === 'number' ? String(key.value) : undefined;
}

/** Text of a string literal, also one written as a template without parts. */
export function constantText(node: Expression | PropertyKey | null | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  const quasi = node.quasis[0];
  return quasi ? (quasi.value.cooked ?? quasi.value.raw) : '';
}
