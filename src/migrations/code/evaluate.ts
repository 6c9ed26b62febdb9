import type { ts } from 'ts-morph';
import { elements, propertyName, templateText } from './expression-parts.ts';
import { evaluateBinary, negate } from './operators.ts';
import { evaluateCall, evaluateNew, evaluateTagged } from './call-expressions.ts';
import { joinValues, underBoth } from './branches.ts';
import { placeOf, type Interpreter } from './interpreter.ts';
import { OutOfFuel } from './run.ts';
import { findCell, findSelf, write } from './scopes.ts';
import { boolean, entryOf, NULL, number, record, text, truthOf, UNDEFINED, unknown, type Place, type RecordValue, type Scope, type Value } from './values.ts';
import { resolveName } from './resolve-names.ts';

/** Longest list and text that are followed: programs that double them in a loop would eat all memory. */
const MAX_ITEMS = 10_000;
const MAX_TEXT = 4_000_000;

/** Value of an expression. What it sends through the tool on the way is recorded in the run. */
export function evaluate(it: Interpreter, node: ts.Expression, scope: Scope): Value {
  it.run.fuel -= 1;
  if (it.run.fuel < 0) throw new OutOfFuel();
  const value = evaluateKind(it, node, scope);
  if (value.kind === 'list' && value.items.length > MAX_ITEMS) throw new OutOfFuel();
  if (value.kind === 'text' && value.text.length > MAX_TEXT) throw new OutOfFuel();
  return value;
}

function evaluateKind(it: Interpreter, node: ts.Expression, scope: Scope): Value {
  const { ts: tsc } = it;
  const at = placeOf(node, scope);
  if (tsc.isParenthesizedExpression(node) || tsc.isAsExpression(node) || tsc.isSatisfiesExpression(node) || tsc.isNonNullExpression(node)) {
    return evaluate(it, node.expression, scope);
  }
  if (tsc.isTypeAssertionExpression(node)) return evaluate(it, node.expression, scope);
  if (tsc.isAwaitExpression(node)) return awaited(it, evaluate(it, node.expression, scope), node, scope);
  if (tsc.isStringLiteral(node) || tsc.isNoSubstitutionTemplateLiteral(node)) return literalText(node, scope);
  if (tsc.isTemplateExpression(node)) return templateText(it, node, scope);
  if (tsc.isNumericLiteral(node)) return number(Number(node.text.replaceAll('_', '')));
  if (tsc.isBigIntLiteral(node)) return text(node.text.replace(/n$/, ''));
  if (tsc.isIdentifier(node)) return resolveName(it, node.text, scope, at);
  if (tsc.isArrayLiteralExpression(node)) return { kind: 'list', items: elements(it, node.elements, scope) };
  if (tsc.isObjectLiteralExpression(node)) return objectOf(it, node, scope);
  if (tsc.isPropertyAccessExpression(node)) return it.member(evaluate(it, node.expression, scope), node.name.text, at);
  if (tsc.isElementAccessExpression(node)) return elementOf(it, node, scope);
  if (tsc.isCallExpression(node)) return evaluateCall(it, node, scope);
  if (tsc.isNewExpression(node)) return evaluateNew(it, node, scope);
  if (tsc.isTaggedTemplateExpression(node)) return evaluateTagged(it, node, scope);
  if (tsc.isArrowFunction(node) || tsc.isFunctionExpression(node)) return { kind: 'function', node, scope };
  if (tsc.isClassExpression(node)) return { kind: 'class', node, scope };
  if (tsc.isConditionalExpression(node)) return conditional(it, node, scope);
  if (tsc.isBinaryExpression(node)) return evaluateBinary(it, node, scope);
  if (tsc.isPrefixUnaryExpression(node)) return prefix(it, node, scope);
  if (tsc.isPostfixUnaryExpression(node)) return step(it, node.operand, node.operator, scope, false);
  if (tsc.isVoidExpression(node)) {
    evaluate(it, node.expression, scope);
    return UNDEFINED;
  }
  if (tsc.isTypeOfExpression(node)) return typeOf(evaluate(it, node.expression, scope), at);
  if (tsc.isYieldExpression(node) || tsc.isDeleteExpression(node) || tsc.isSpreadElement(node)) {
    return node.expression ? evaluate(it, node.expression, scope) : UNDEFINED;
  }
  if (tsc.isRegularExpressionLiteral(node)) return regularExpression(node.text, at);
  switch (node.kind) {
    case tsc.SyntaxKind.TrueKeyword:
      return boolean(true);
    case tsc.SyntaxKind.FalseKeyword:
      return boolean(false);
    case tsc.SyntaxKind.NullKeyword:
      return NULL;
    case tsc.SyntaxKind.ThisKeyword:
      return findSelf(scope) ?? unknown('`this` outside a class', at);
    default:
      return unknown(`\`${node.getText().slice(0, 40)}\` is not followed`, at);
  }
}

function awaited(it: Interpreter, value: Value, node: ts.AwaitExpression, scope: Scope): Value {
  if (value.kind !== 'builder' || it.run.table.thenable?.includes(value.type) !== true) return value;
  return unknown('the answer of the database', placeOf(node, scope));
}

function literalText(node: ts.StringLiteral | ts.NoSubstitutionTemplateLiteral, scope: Scope): Value {
  const start = node.getStart() + 1;
  const end = node.getEnd() - 1;
  const verbatim = node.getSourceFile().text.slice(start, end) === node.text;
  return { kind: 'text', text: node.text, ...(verbatim ? { from: { file: scope.file, start, end } } : {}) };
}

function objectOf(it: Interpreter, node: ts.ObjectLiteralExpression, scope: Scope): RecordValue {
  const { ts: tsc } = it;
  const result = record();
  for (const property of node.properties) {
    if (tsc.isSpreadAssignment(property)) spreadInto(it, result, evaluate(it, property.expression, scope));
    else if (tsc.isShorthandPropertyAssignment(property)) {
      result.entries.set(property.name.text, resolveName(it, property.name.text, scope, placeOf(property, scope)));
    } else {
      const name = propertyName(it, property.name, scope);
      if (name === undefined) result.open = unknown('a computed key', placeOf(property, scope));
      else if (tsc.isPropertyAssignment(property)) result.entries.set(name, evaluate(it, property.initializer, scope));
      else if (tsc.isMethodDeclaration(property)) result.entries.set(name, { kind: 'function', node: property, scope });
      else result.entries.set(name, unknown('a getter', placeOf(property, scope)));
    }
  }
  return result;
}

function spreadInto(it: Interpreter, result: RecordValue, value: Value): void {
  if (value.kind === 'record') {
    for (const [name, entry] of value.entries) result.entries.set(name, entry);
    if (value.open) result.open = value.open;
  } else if (value.kind === 'module') {
    const outline = it.modules.open(value.path);
    const whole = outline?.whole ? it.member(value, '*', { file: value.path, start: 0, end: 0 }) : undefined;
    if (whole?.kind === 'record') spreadInto(it, result, whole);
    for (const name of outline?.exports.keys() ?? []) result.entries.set(name, it.member(value, name, { file: value.path, start: 0, end: 0 }));
  } else if (value.kind === 'unknown') result.open = value;
}

function elementOf(it: Interpreter, node: ts.ElementAccessExpression, scope: Scope): Value {
  const object = evaluate(it, node.expression, scope);
  const key = evaluate(it, node.argumentExpression, scope);
  const at = placeOf(node, scope);
  if (key.kind === 'number') return object.kind === 'list' ? (object.items[key.value] ?? UNDEFINED) : (entryOf(object, String(key.value)) ?? unknown(`an element of \`${node.expression.getText()}\``, at));
  if (key.kind === 'text' && !key.holes) return it.member(object, key.text, at);
  return key.kind === 'unknown' ? key : unknown('a computed member', at);
}

function conditional(it: Interpreter, node: ts.ConditionalExpression, scope: Scope): Value {
  const test = evaluate(it, node.condition, scope);
  const truth = truthOf(test);
  if (truth !== undefined) return evaluate(it, truth ? node.whenTrue : node.whenFalse, scope);
  const [yes, no] = underBoth(it.run, test, () => evaluate(it, node.whenTrue, scope), () => evaluate(it, node.whenFalse, scope));
  return joinValues(yes, no, test, placeOf(node, scope));
}

function prefix(it: Interpreter, node: ts.PrefixUnaryExpression, scope: Scope): Value {
  const { SyntaxKind } = it.ts;
  if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) return step(it, node.operand, node.operator, scope, true);
  const value = evaluate(it, node.operand, scope);
  if (node.operator === SyntaxKind.ExclamationToken) return negate(value);
  if (node.operator === SyntaxKind.MinusToken && value.kind === 'number') return number(-value.value);
  if (node.operator === SyntaxKind.PlusToken && value.kind === 'number') return value;
  if (node.operator === SyntaxKind.PlusToken && value.kind === 'text' && !value.holes) return number(Number(value.text));
  return value.kind === 'unknown' ? value : unknown('a computed number', placeOf(node, scope));
}

/** `i++` and the like. */
function step(it: Interpreter, target: ts.Expression, operator: ts.SyntaxKind, scope: Scope, after: boolean): Value {
  const before = evaluate(it, target, scope);
  const by = operator === it.ts.SyntaxKind.PlusPlusToken ? 1 : -1;
  const next = before.kind === 'number' ? number(before.value + by) : before;
  const cell = it.ts.isIdentifier(target) ? findCell(scope, target.text) : undefined;
  if (cell) write(cell, next, it.run.journals);
  return after ? next : before;
}

const TYPE_NAMES: Readonly<Partial<Record<Value['kind'], string>>> = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  undefined: 'undefined',
  null: 'object',
  list: 'object',
  record: 'object',
  function: 'function',
};

function typeOf(value: Value, at: Place): Value {
  const name = TYPE_NAMES[value.kind];
  return name === undefined ? unknown('the type of a value', at) : text(name);
}

/** A repeated group that repeats within may take for ever on a text that does not match. */
const NESTED_REPETITION = /\([^)]*[+*}][^)]*\)[+*{]/;

function regularExpression(source: string, at: Place): Value {
  const end = source.lastIndexOf('/');
  if (NESTED_REPETITION.test(source)) return unknown('a regular expression', at);
  try {
    return { kind: 'native', name: 'RegExp', pattern: new RegExp(source.slice(1, end), source.slice(end + 1)) };
  } catch {
    return unknown('a regular expression', at);
  }
}
