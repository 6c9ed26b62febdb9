import type { Class, ClassElement, Decorator, StaticBlock } from 'oxc-parser';
import { lowerFunction, lowerFunctionValue } from './functions.ts';
import { closeScope, declareValue, hoist, hoistVars, openScope } from './scopes.ts';
import { addRegion, addValue, here, lowerExpression, lowerStatements } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import { lowerAnnotation, lowerTypeArgs, lowerTypeName, markMetadata } from './type-names.ts';
import { lowerTypeParameters, memberName } from './types-lowering.ts';
import type { ClassFact, ClassId, FunctionFact, FunctionKind, MemberFact, ValueId } from './types.ts';

const NO_VALUES: readonly ValueId[] = [];

type Method = Extract<ClassElement, { type: 'MethodDefinition' | 'TSAbstractMethodDefinition' }>;
type Field = Extract<ClassElement, { type: 'PropertyDefinition' | 'TSAbstractPropertyDefinition' | 'AccessorProperty' | 'TSAbstractAccessorProperty' }>;

const METHOD_KINDS = { method: 'method', get: 'getter', set: 'setter', constructor: 'constructor' } as const satisfies Record<Method['kind'], FunctionKind>;

/** Lowers a class with its decorators and members. `name` is what an anonymous class is given to. */
export function lowerClass(state: Lowering, node: Class, name?: string): ClassId {
  const fact: Draft<ClassFact> = { start: node.start, end: node.end, region: here(state), implements: [], decorators: NO_VALUES, members: [] };
  const id = state.classes.push(fact) - 1;
  const ownName = node.id?.name ?? name;
  if (ownName !== undefined) fact.name = ownName;
  if (node.abstract) fact.abstract = true;
  fact.decorators = lowerDecorators(state, node.decorators);

  const outerScope = state.scope;
  const mark = openScope(state);
  if (node.id) {
    fact.binding = node.type === 'ClassDeclaration' ? state.valueNames.get(node.id.name)! : declareValue(state, node.id, 'class');
    state.bindings[fact.binding]!.class = id;
  }
  lowerTypeParameters(state, node.typeParameters);
  if (node.superClass) fact.extends = lowerExpression(state, node.superClass);
  const typeArgs = lowerTypeArgs(state, node.superTypeArguments);
  if (typeArgs) fact.extendsTypeArgs = typeArgs;
  fact.implements = (node.implements ?? []).map(implemented => lowerTypeName(state, implemented.expression, implemented.typeArguments));

  const { thisClass, thisFunction, thisStatic } = state;
  const isDecorated = node.decorators.length > 0;
  const members: MemberFact[] = [];
  for (const element of node.body.body) {
    state.thisClass = id;
    state.thisFunction = -1;
    lowerElement(state, element, id, isDecorated, members);
  }
  fact.members = members;
  state.thisClass = thisClass;
  state.thisFunction = thisFunction;
  state.thisStatic = thisStatic;
  closeScope(state, mark, outerScope);
  return id;
}

export function lowerClassValue(state: Lowering, node: Class, name?: string): ValueId {
  const id = lowerClass(state, node, name);
  return addValue(state, { kind: 'class', start: node.start, end: node.end, class: id });
}

function lowerDecorators(state: Lowering, decorators: readonly Decorator[]): readonly ValueId[] {
  return decorators.length === 0 ? NO_VALUES : decorators.map(decorator => lowerExpression(state, decorator.expression));
}

function lowerElement(state: Lowering, element: ClassElement, id: ClassId, isDecorated: boolean, members: MemberFact[]): void {
  switch (element.type) {
    case 'MethodDefinition':
    case 'TSAbstractMethodDefinition':
      members.push(lowerMethod(state, element, id, isDecorated));
      return;
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'TSAbstractPropertyDefinition':
    case 'TSAbstractAccessorProperty':
      members.push(lowerField(state, element));
      return;
    case 'StaticBlock':
      lowerStaticBlock(state, element, id);
      return;
    default:
      lowerAnnotation(state, element.typeAnnotation);
  }
}

function startMember(state: Lowering, node: Method | Field, kind: MemberFact['kind']): Draft<MemberFact> {
  state.thisStatic = node.static;
  const decorators = lowerDecorators(state, node.decorators);
  const name = memberName(state, node.key, node.computed);
  if (node.computed && name.startsWith('[') && node.key.type !== 'PrivateIdentifier') lowerExpression(state, node.key as never);
  const member: Draft<MemberFact> = { start: node.start, end: node.end, name, kind, decorators, nameStart: node.key.start };
  if (node.static) member.static = true;
  if (node.type.startsWith('TSAbstract')) member.abstract = true;
  if (node.accessibility === 'private' || node.accessibility === 'protected') member.accessibility = node.accessibility;
  return member;
}

function lowerMethod(state: Lowering, node: Method, id: ClassId, isDecorated: boolean): MemberFact {
  const kind = METHOD_KINDS[node.kind];
  const member = startMember(state, node, kind);
  const metadata = kind === 'constructor' ? isDecorated : node.decorators.length > 0 || node.value.params.some(param => (param.decorators?.length ?? 0) > 0);
  member.function = lowerFunction(state, node.value, { kind, name: member.name, class: id, static: node.static, metadata, start: node.start });
  return member;
}

function lowerField(state: Lowering, node: Field): MemberFact {
  const member = startMember(state, node, 'field');
  const type = lowerAnnotation(state, node.typeAnnotation);
  if (type !== undefined) member.type = type;
  if (node.decorators.length > 0) markMetadata(state, node.typeAnnotation);
  if (node.value) member.value = lowerNamed(state, node.value, member.name);
  return member;
}

/** Lowers an initialiser; a function or class without a name takes the name of what it is given to. */
export function lowerNamed(state: Lowering, node: Parameters<typeof lowerExpression>[1], name: string): ValueId {
  switch (node.type) {
    case 'ArrowFunctionExpression':
      return lowerFunctionValue(state, node, { kind: 'arrow', name });
    case 'FunctionExpression':
      return lowerFunctionValue(state, node, { kind: 'function', name });
    case 'ClassExpression':
      return lowerClassValue(state, node, name);
    default:
      return lowerExpression(state, node);
  }
}

function lowerStaticBlock(state: Lowering, node: StaticBlock, id: ClassId): void {
  const { start, end } = node;
  const region = state.region;
  const outerFunction = state.function;
  const outerScope = state.scope;
  const fact: Draft<FunctionFact> = { kind: 'staticBlock', start, end, region: here(state), static: true, class: id, params: [] };
  const block = state.functions.push(fact) - 1;
  fact.body = addRegion(state, { kind: 'body', start, end, parent: region, function: block });
  state.region = fact.body;
  state.function = block;
  state.thisStatic = true;
  const mark = openScope(state);
  hoistVars(state, node.body);
  hoist(state, node.body);
  const exit = lowerStatements(state, node.body);
  if (exit) state.regions[fact.body]!.exit = exit;
  closeScope(state, mark, outerScope);
  state.function = outerFunction;
  state.region = region;
}
