import type { ts } from 'ts-morph';
import { callBuilder, callMember } from './builder-calls.ts';
import { elements, templateText } from './expression-parts.ts';
import { placeOf, type Interpreter } from './interpreter.ts';
import { instantiate } from './members.ts';
import { callMethod } from './method-calls.ts';
import { requireModule } from './resolve-names.ts';
import { TAGGED } from './renderers.ts';
import { concatenate } from './texts.ts';
import { list, record, text, UNDEFINED, unknown, type Place, type Scope, type Value } from './values.ts';

export function evaluateCall(it: Interpreter, node: ts.CallExpression, scope: Scope): Value {
  const { ts: tsc } = it;
  const at = placeOf(node, scope);
  const callee = unwrap(it, node.expression);
  if (callee.kind === tsc.SyntaxKind.SuperKeyword) return UNDEFINED;
  const [first] = node.arguments;
  const loads = callee.kind === tsc.SyntaxKind.ImportKeyword || (tsc.isIdentifier(callee) && callee.text === 'require');
  if (loads && first) {
    const specifier = it.evaluate(first, scope);
    return specifier.kind === 'text' && !specifier.holes ? requireModule(it, specifier.text, scope.file, at) : unknown('a module whose name is not constant', at);
  }
  const access = tsc.isPropertyAccessExpression(callee) ? callee : undefined;
  const elementKey = tsc.isElementAccessExpression(callee) ? it.evaluate(callee.argumentExpression, scope) : undefined;
  const name = access?.name.text ?? (elementKey?.kind === 'text' && !elementKey.holes ? elementKey.text : undefined);
  if (name !== undefined && (tsc.isPropertyAccessExpression(callee) || tsc.isElementAccessExpression(callee))) {
    const object = callee.expression.kind === tsc.SyntaxKind.SuperKeyword ? UNDEFINED : it.evaluate(callee.expression, scope);
    if ((object.kind === 'undefined' || object.kind === 'null') && callee.questionDotToken) return UNDEFINED;
    return callMethod(it, object, name, elements(it, node.arguments, scope), { at, name: callee.getText() });
  }
  const target = it.evaluate(callee, scope);
  return it.invoke(target, elements(it, node.arguments, scope), { at, name: callee.getText() });
}

function unwrap(it: Interpreter, node: ts.Expression): ts.Expression {
  const { ts: tsc } = it;
  return tsc.isParenthesizedExpression(node) || tsc.isNonNullExpression(node) || tsc.isAsExpression(node) ? unwrap(it, node.expression) : node;
}

export function evaluateNew(it: Interpreter, node: ts.NewExpression, scope: Scope): Value {
  const at = placeOf(node, scope);
  const callee = it.evaluate(node.expression, scope);
  const args = elements(it, node.arguments ?? [], scope);
  if (callee.kind === 'class') return instantiate(it, callee);
  if (callee.kind === 'member') return callMember(it, callee, args, at);
  if (callee.kind === 'native' && callee.name === 'Array') return newArray(args, at);
  if (callee.kind === 'native' && (callee.name === 'Set' || callee.name === 'Map') && args[0]?.kind === 'list') return args[0];
  if (callee.kind === 'native' && callee.name === 'Error') return record();
  if (callee.kind === 'native' && callee.name === 'Promise' && args[0]) return newPromise(it, args[0], at);
  // Callbacks may run, and whoever gets the tool's objects may use them.
  return it.invoke(unknown(`\`new ${node.expression.getText()}\``, at), args, { at, name: `new ${node.expression.getText()}` });
}

/** The function that a promise is made of runs at once. */
function newPromise(it: Interpreter, run: Value, at: Place): Value {
  it.invoke(run, [{ kind: 'native', name: 'Promise.resolve' }, { kind: 'native', name: 'Promise.reject' }], { at, name: 'a callback' });
  return unknown('what a promise gives', at);
}

function newArray(args: readonly Value[], at: Place): Value {
  const [size] = args;
  if (args.length !== 1) return list(args);
  return size?.kind === 'number' && size.value < 500 ? list(Array.from({ length: size.value }, () => UNDEFINED)) : unknown('a list of unknown length', at);
}

export function evaluateTagged(it: Interpreter, node: ts.TaggedTemplateExpression, scope: Scope): Value {
  const { ts: tsc } = it;
  const at = placeOf(node, scope);
  const { template } = node;
  const parts = tsc.isTemplateExpression(template) ? template.templateSpans.map((span) => it.evaluate(span.expression, scope)) : [];
  const written = tsc.isTemplateExpression(template) ? templateText(it, template, scope) : it.evaluate(template, scope);
  const around = tsc.isTemplateExpression(template) ? [template.head, ...template.templateSpans.map(({ literal }) => literal)] : [];
  const given = [written, list(parts), list(around.map((piece) => text(piece.text)))];
  const tag = it.evaluate(node.tag, scope);
  if (tag.kind === 'builder') return callBuilder(it, tag, TAGGED, given, at);
  if (tag.kind === 'method') return callBuilder(it, tag.self, tag.name, given, at);
  if (tag.kind === 'native' && tag.name === 'String.raw') return concatenate([written], at);
  if (tag.kind === 'member') return callMember(it, tag, given, at);
  // Tags such as `gql` and `dedent` leave a constant text more or less as it is.
  return written.kind === 'text' && !written.holes ? written : it.invoke(tag, [written], { at, name: node.tag.getText() });
}
