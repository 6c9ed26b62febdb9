import type {
  ArrayExpression,
  CallExpression,
  ConditionalExpression,
  Expression,
  ImportExpression,
  MemberExpression,
  NewExpression,
  ObjectExpression,
  ObjectProperty,
  SpreadElement,
  TaggedTemplateExpression,
  TemplateLiteral,
} from 'oxc-parser';
import { lowerAssignment, lowerUpdate } from './assignments.ts';
import { lowerClassValue, lowerNamed } from './classes.ts';
import { lowerDynamicImport, lowerRequire } from './modules.ts';
import { lowerFunctionValue } from './functions.ts';
import { lowerJsx } from './jsx.ts';
import { constantText, keyOf } from './keys.ts';
import { addValue, here, lowerBranch, lowerExpression, lowerType } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import { lowerTypeArgs } from './type-names.ts';
import type { CallFact, PropertyFact, TaggedFact, ValueFact, ValueId } from './types.ts';

type Node<T extends Expression['type']> = Extract<Expression, { type: T }>;
type Member = Extract<Draft<ValueFact>, { kind: 'member' }>;

function lowerName(state: Lowering, { name, start }: Node<'Identifier'>): ValueId {
  const end = start + name.length;
  const binding = state.valueNames.get(name);
  if (binding === undefined) return addValue(state, { kind: 'global', start, end, name });
  state.bindings[binding]!.valueUses++;
  return addValue(state, { kind: 'name', start, end, binding });
}

function lowerThis(state: Lowering, { start, end }: Node<'ThisExpression'>): ValueId {
  const { thisClass, thisFunction, thisStatic } = state;
  if (thisClass !== -1) {
    return addValue(state, thisStatic ? { kind: 'this', start, end, class: thisClass, static: true } : { kind: 'this', start, end, class: thisClass });
  }
  return addValue(state, thisFunction === -1 ? { kind: 'this', start, end } : { kind: 'this', start, end, function: thisFunction });
}

function lowerSuper(state: Lowering, { start, end }: Node<'Super'>): ValueId {
  const { thisClass } = state;
  return addValue(state, thisClass === -1 ? { kind: 'super', start, end } : { kind: 'super', start, end, class: thisClass });
}

function lowerLiteral(state: Lowering, node: Node<'Literal'>): ValueId {
  const { start, end, value } = node;
  if ('regex' in node || 'bigint' in node) return addValue(state, { kind: 'pattern', start, end, text: node.raw ?? state.text.slice(start, end) });
  return addValue(state, { kind: 'literal', start, end, value: value as string | number | boolean | null });
}

function lowerTemplate(state: Lowering, node: TemplateLiteral): ValueId {
  const { start, end } = node;
  const text = constantText(node);
  if (text !== undefined) return addValue(state, { kind: 'literal', start, end, value: text });
  const parts = node.expressions.map(part => lowerExpression(state, part));
  return addValue(state, { kind: 'template', start, end, quasis: quasisOf(node), parts });
}

const quasisOf = (node: TemplateLiteral): string[] => node.quasis.map(quasi => quasi.value.cooked ?? quasi.value.raw);

function lowerTagged(state: Lowering, node: TaggedTemplateExpression): ValueId {
  const { start, end } = node;
  const tag = lowerExpression(state, node.tag);
  const typeArgs = lowerTypeArgs(state, node.typeArguments);
  const parts = node.quasi.expressions.map(part => lowerExpression(state, part));
  const fact: Draft<TaggedFact> = { kind: 'tagged', start, end, tag, quasis: quasisOf(node.quasi), parts, region: here(state) };
  if (typeArgs) fact.typeArgs = typeArgs;
  return addCall(state, fact);
}

function addCall(state: Lowering, fact: CallFact | TaggedFact): ValueId {
  const value = addValue(state, fact);
  state.calls.push(value);
  return value;
}

function lowerCall(state: Lowering, node: CallExpression | NewExpression): ValueId {
  const isCall = node.type === 'CallExpression';
  if (isCall && node.callee.type === 'Identifier' && node.callee.name === 'require') {
    const required = lowerRequire(state, node);
    if (required !== undefined) return required;
  }
  const { start, end } = node;
  const callee = lowerExpression(state, node.callee);
  const typeArgs = lowerTypeArgs(state, node.typeArguments);
  const args: ValueId[] = [];
  for (const argument of node.arguments) args.push(lowerItem(state, argument));
  const fact: Draft<CallFact> = { kind: isCall ? 'call' : 'new', start, end, callee, args, region: here(state) };
  if (typeArgs) fact.typeArgs = typeArgs;
  if (isCall && node.optional) fact.optional = true;
  return addCall(state, fact);
}

function lowerItem(state: Lowering, node: Expression | SpreadElement): ValueId {
  if (node.type !== 'SpreadElement') return lowerExpression(state, node);
  return addValue(state, { kind: 'spread', start: node.start, end: node.end, value: lowerExpression(state, node.argument) });
}

function lowerMember(state: Lowering, node: MemberExpression): ValueId {
  const { start, end, property } = node;
  const object = lowerExpression(state, node.object);
  const name = node.computed ? constantText(node.property) : keyOf(property, false);
  if (name === undefined) return addValue(state, { kind: 'index', start, end, object, index: lowerExpression(state, property as Expression) });
  const fact: Member = { kind: 'member', start, end, object, property: name, propertyStart: node.computed ? property.start + 1 : property.start };
  if (node.optional) fact.optional = true;
  return addValue(state, fact);
}

function lowerObject(state: Lowering, node: ObjectExpression): ValueId {
  const properties: PropertyFact[] = [];
  for (const property of node.properties) {
    if (property.type === 'Property') properties.push(lowerProperty(state, property));
    else properties.push({ start: property.start, end: property.end, spread: true, value: lowerExpression(state, property.argument) });
  }
  return addValue(state, { kind: 'object', start: node.start, end: node.end, properties });
}

function lowerProperty(state: Lowering, node: ObjectProperty): PropertyFact {
  const { key, value } = node;
  const name = keyOf(key, node.computed);
  const computed = name === undefined ? lowerExpression(state, key as Expression) : undefined;
  const fact: Draft<PropertyFact> = { start: key.start, end: key.end, value: -1 };
  if (name !== undefined) fact.key = name;
  if (computed !== undefined) fact.computed = computed;
  if (node.shorthand) fact.shorthand = true;
  if (node.kind !== 'init') fact.accessor = node.kind;
  if (value.type === 'FunctionExpression' && (node.method || node.kind !== 'init')) {
    const kind = node.kind === 'init' ? 'method' : node.kind === 'get' ? 'getter' : 'setter';
    fact.value = lowerFunctionValue(state, value, { kind, name, start: node.start });
  } else {
    fact.value = name === undefined ? lowerExpression(state, value) : lowerNamed(state, value, name);
  }
  return fact;
}

function lowerArray(state: Lowering, node: ArrayExpression): ValueId {
  const items: ValueId[] = [];
  for (const element of node.elements) {
    // A hole reads as undefined.
    items.push(element ? lowerItem(state, element) : addValue(state, { kind: 'global', start: node.start, end: node.start, name: 'undefined' }));
  }
  return addValue(state, { kind: 'array', start: node.start, end: node.end, items });
}

function lowerConditional(state: Lowering, node: ConditionalExpression): ValueId {
  const test = lowerExpression(state, node.test);
  const then = lowerBranch(state, node.consequent, test, true, false);
  const otherwise = lowerBranch(state, node.alternate, test, false, false);
  return addValue(state, { kind: 'conditional', start: node.start, end: node.end, test, then, else: otherwise });
}

function lowerLogical(state: Lowering, node: Node<'LogicalExpression'>): ValueId {
  const { start, end, operator } = node;
  const left = lowerExpression(state, node.left);
  const right = lowerBranch(state, node.right, left, operator === '&&', operator === '??');
  return addValue(state, { kind: 'logical', start, end, operator, left, right });
}

function lowerBinary(state: Lowering, node: Node<'BinaryExpression'>): ValueId {
  const { start, end, operator } = node;
  const left = lowerPrivateName(state, node.left) ?? lowerExpression(state, node.left as Expression);
  return addValue(state, { kind: 'binary', start, end, operator, left, right: lowerExpression(state, node.right) });
}

/** `#x in y`: the private name as a string. */
function lowerPrivateName(state: Lowering, node: Node<'BinaryExpression'>['left']): ValueId | undefined {
  if (node.type !== 'PrivateIdentifier') return undefined;
  return addValue(state, { kind: 'literal', start: node.start, end: node.end, value: `#${node.name}` });
}

function lowerYield(state: Lowering, node: Node<'YieldExpression'>): ValueId {
  const fact: Extract<Draft<ValueFact>, { kind: 'yield' }> = { kind: 'yield', start: node.start, end: node.end, region: here(state) };
  if (node.argument) fact.value = lowerExpression(state, node.argument);
  if (node.delegate) fact.delegate = true;
  return addValue(state, fact);
}

function lowerCast(state: Lowering, node: Node<'TSAsExpression'> | Node<'TSTypeAssertion'>): ValueId {
  const value = lowerExpression(state, node.expression);
  const { typeAnnotation } = node;
  const isConst = typeAnnotation.type === 'TSTypeReference' && typeAnnotation.typeName.type === 'Identifier' && typeAnnotation.typeName.name === 'const';
  if (isConst) return value;
  return addValue(state, { kind: 'cast', start: node.start, end: node.end, value, type: lowerType(state, typeAnnotation) });
}

const inner = (state: Lowering, node: { readonly expression: Expression }): ValueId => lowerExpression(state, node.expression);

type ExpressionTable = { readonly [T in Expression['type']]?: (state: Lowering, node: Node<T>) => ValueId };

/** One lowering per kind of expression; the rest is opaque. */
export const EXPRESSIONS: ExpressionTable = {
  Identifier: lowerName,
  ThisExpression: lowerThis,
  Super: lowerSuper,
  Literal: lowerLiteral,
  TemplateLiteral: lowerTemplate,
  TaggedTemplateExpression: lowerTagged,
  CallExpression: lowerCall,
  NewExpression: lowerCall,
  MemberExpression: lowerMember,
  ChainExpression: inner,
  ParenthesizedExpression: inner,
  TSNonNullExpression: inner,
  ObjectExpression: lowerObject,
  ArrayExpression: lowerArray,
  ArrowFunctionExpression: (state, node) => lowerFunctionValue(state, node, { kind: 'arrow' }),
  FunctionExpression: (state, node) => lowerFunctionValue(state, node, { kind: 'function' }),
  ClassExpression: (state, node) => lowerClassValue(state, node),
  AwaitExpression: (state, node) => {
    const value = lowerExpression(state, node.argument);
    return addValue(state, { kind: 'await', start: node.start, end: node.end, value, region: here(state) });
  },
  YieldExpression: lowerYield,
  ConditionalExpression: lowerConditional,
  LogicalExpression: lowerLogical,
  BinaryExpression: lowerBinary,
  UnaryExpression: (state, node) => {
    const value = lowerExpression(state, node.argument);
    return addValue(state, { kind: 'unary', start: node.start, end: node.end, operator: node.operator, value });
  },
  UpdateExpression: lowerUpdate,
  AssignmentExpression: lowerAssignment,
  SequenceExpression: (state, node) => {
    const items = node.expressions.map(item => lowerExpression(state, item));
    return addValue(state, { kind: 'sequence', start: node.start, end: node.end, items });
  },
  ImportExpression: (state, node: ImportExpression) => lowerDynamicImport(state, node),
  MetaProperty: (state, node) => {
    const name = `${node.meta.name}.${node.property.name}`;
    if (name === 'import.meta') state.esm = true;
    return addValue(state, { kind: 'global', start: node.start, end: node.end, name });
  },
  JSXElement: lowerJsx,
  JSXFragment: lowerJsx,
  TSAsExpression: lowerCast,
  TSTypeAssertion: lowerCast,
  TSSatisfiesExpression: (state, node) => {
    lowerType(state, node.typeAnnotation);
    return lowerExpression(state, node.expression);
  },
  TSInstantiationExpression: (state, node) => {
    lowerTypeArgs(state, node.typeArguments);
    return lowerExpression(state, node.expression);
  },
};
