import type { ts } from 'ts-morph';
import { propertyName } from './expression-parts.ts';
import { placeOf, type Interpreter } from './interpreter.ts';
import { declare } from './scopes.ts';
import { isNothing, list, unknown, type Scope, type Value } from './values.ts';

/** Declares the names of a pattern: `{ schema }`, `[first, ...rest]`, `{ context: queryInterface = … }`. */
export function bindNames(it: Interpreter, target: ts.BindingName, value: Value, scope: Scope): void {
  const { ts: tsc } = it;
  if (tsc.isIdentifier(target)) {
    declare(scope, target.text, value);
    return;
  }
  const at = placeOf(target, scope);
  target.elements.forEach((element, i) => {
    if (!tsc.isBindingElement(element)) return;
    let part: Value;
    if (tsc.isObjectBindingPattern(target)) {
      const key = element.propertyName ? propertyName(it, element.propertyName, scope) : element.name.getText();
      part = element.dotDotDotToken ? value : key === undefined ? unknown('a computed key', at) : it.member(value, key, at);
    } else if (value.kind === 'list') part = element.dotDotDotToken ? list(value.items.slice(i)) : (value.items[i] ?? { kind: 'undefined' });
    else part = value.kind === 'unknown' ? value : unknown('a value taken apart', at);
    bindNames(it, element.name, element.initializer && isNothing(part) ? it.evaluate(element.initializer, scope) : part, scope);
  });
}
