import type { ts } from 'ts-morph';
import { placeOf, type Interpreter } from './interpreter.ts';
import { concatenate } from './texts.ts';
import { text, UNDEFINED, type Scope, type Value } from './values.ts';

/** Items of a list or arguments, with constant spreads laid out. */
export function elements(it: Interpreter, nodes: readonly ts.Expression[], scope: Scope): Value[] {
  return nodes.flatMap((node) => {
    if (!it.ts.isSpreadElement(node)) return [it.ts.isOmittedExpression(node) ? UNDEFINED : it.evaluate(node, scope)];
    const spread = it.evaluate(node.expression, scope);
    return spread.kind === 'list' ? spread.items : [spread];
  });
}

/** Name of a property; undefined when it is computed from what is not constant. */
export function propertyName(it: Interpreter, name: ts.PropertyName, scope: Scope): string | undefined {
  const { ts: tsc } = it;
  if (tsc.isComputedPropertyName(name)) {
    const key = it.evaluate(name.expression, scope);
    if (key.kind === 'member') return key.steps.map((part) => part.name).join('.');
    return key.kind === 'text' && !key.holes ? key.text : key.kind === 'number' ? String(key.value) : undefined;
  }
  return name.text;
}

export function templateText(it: Interpreter, node: ts.TemplateExpression, scope: Scope): Value {
  const parts: Value[] = [text(node.head.text)];
  for (const span of node.templateSpans) parts.push(it.evaluate(span.expression, scope), text(span.literal.text));
  return concatenate(parts, placeOf(node, scope));
}
