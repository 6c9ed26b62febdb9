import type { ArrowFunctionExpression, BindingPattern, Function, ParamPattern } from 'oxc-parser';
import { bind, bindPattern } from './patterns.ts';
import { closeScope, declarePattern, declareValue, hoist, hoistVars, openScope } from './scopes.ts';
import { addRegion, addValue, here, lowerExpression, lowerStatements } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import { lowerAnnotation, markMetadata } from './type-names.ts';
import { lowerTypeParameters } from './types-lowering.ts';
import type { ClassId, FunctionFact, FunctionId, FunctionKind, ParamFact, ValueId } from './types.ts';

export interface FunctionSetting {
  readonly kind: FunctionKind;
  readonly name?: string | undefined;
  /** Of a class member. */
  readonly class?: ClassId;
  readonly static?: boolean;
  /** Whether decorators make the types of the parameters and the result survive to run time. */
  readonly metadata?: boolean;
  /** Start of the whole member or property, of which the function is the later part. */
  readonly start?: number;
}

/** Lowers a function with its parameters and its body. */
export function lowerFunction(state: Lowering, node: Function | ArrowFunctionExpression, setting: FunctionSetting): FunctionId {
  const { kind } = setting;
  const outerRegion = here(state);
  const fact: Draft<FunctionFact> = { kind, start: setting.start ?? node.start, end: node.end, region: outerRegion, params: [] };
  const name = node.id?.name ?? setting.name;
  if (name !== undefined) fact.name = name;
  if (node.async) fact.async = true;
  if (node.generator) fact.generator = true;
  if (setting.static) fact.static = true;
  if (setting.class !== undefined) fact.class = setting.class;
  const id = state.functions.push(fact) - 1;
  const decorators = node.params.map(param => lowerParamDecorators(state, param));

  const outerScope = state.scope;
  const mark = openScope(state);
  const { function: outerFunction, thisClass, thisFunction, thisStatic, breakSeen } = state;
  state.function = id;
  state.breakSeen = false;
  if (kind !== 'arrow') {
    state.thisClass = setting.class ?? -1;
    state.thisFunction = setting.class === undefined ? id : -1;
    state.thisStatic = setting.static ?? false;
  }
  if (node.body) {
    fact.body = addRegion(state, { kind: 'body', start: node.body.start, end: node.body.end, parent: outerRegion, function: id });
    state.region = fact.body;
  }
  // A function expression knows itself by its own name.
  if (node.id && node.type === 'FunctionExpression') {
    fact.binding = declareValue(state, node.id, 'function');
    state.bindings[fact.binding]!.function = id;
  }
  lowerTypeParameters(state, node.typeParameters);
  fact.params = lowerParams(state, node.params, id, decorators, setting.metadata ?? false);
  const returnType = lowerAnnotation(state, node.returnType);
  if (returnType !== undefined) fact.returnType = returnType;
  if (setting.metadata) markMetadata(state, node.returnType);
  if (node.body) lowerBody(state, node.body, id);

  closeScope(state, mark, outerScope);
  state.region = outerRegion;
  state.function = outerFunction;
  state.thisClass = thisClass;
  state.thisFunction = thisFunction;
  state.thisStatic = thisStatic;
  state.breakSeen = breakSeen;
  return id;
}

function lowerBody(state: Lowering, body: NonNullable<(Function | ArrowFunctionExpression)['body']>, id: FunctionId): void {
  const region = state.regions[state.region]!;
  if (body.type !== 'BlockStatement') {
    const value = lowerExpression(state, body);
    state.returns.push({ start: body.start, end: body.end, function: id, value, region: state.region });
    region.exit = 'return';
    return;
  }
  hoistVars(state, body.body);
  hoist(state, body.body);
  const exit = lowerStatements(state, body.body);
  if (exit) region.exit = exit;
}

/** Lowers a function that is an expression. */
export function lowerFunctionValue(state: Lowering, node: Function | ArrowFunctionExpression, setting: FunctionSetting): ValueId {
  const id = lowerFunction(state, node, setting);
  const value = addValue(state, { kind: 'function', start: node.start, end: node.end, function: id });
  state.functions[id]!.value = value;
  return value;
}

function lowerParams(
  state: Lowering,
  nodes: readonly ParamPattern[],
  id: FunctionId,
  decorators: readonly (readonly ValueId[] | undefined)[],
  metadata: boolean,
): ParamFact[] {
  const params: ParamFact[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    const pattern = node.type === 'TSParameterProperty' ? node.parameter : node;
    // The receiver's type, not a parameter.
    if (pattern.type === 'Identifier' && pattern.name === 'this') continue;
    const param = lowerParam(state, pattern, id, params.length, metadata);
    if (node.type === 'TSParameterProperty' && param.name !== undefined) param.property = param.name;
    const own = decorators[i];
    if (own) param.decorators = own;
    params.push(param);
  }
  return params;
}

type PlainParam = Exclude<ParamPattern, { type: 'TSParameterProperty' }>;

function lowerParam(state: Lowering, node: PlainParam, id: FunctionId, index: number, metadata: boolean): Draft<ParamFact> {
  const { start, end } = node;
  const isRest = node.type === 'RestElement';
  const target: BindingPattern = isRest ? node.argument : node.type === 'AssignmentPattern' ? node.left : node;
  if (target.type === 'Identifier') declareValue(state, { name: target.name, start: nameStartOf(state, target, node.decorators) }, 'param');
  else declarePattern(state, target, 'param');
  const annotation = node.typeAnnotation ?? target.typeAnnotation;
  const type = lowerAnnotation(state, annotation);
  if (metadata) markMetadata(state, annotation);
  const value = addValue(state, isRest ? { kind: 'param', start, end, function: id, index, rest: true } : { kind: 'param', start, end, function: id, index });
  const param: Draft<ParamFact> = { start, end, value };
  if (type !== undefined) param.type = type;
  if (isRest) param.rest = true;
  if (node.type === 'AssignmentPattern') param.default = lowerExpression(state, node.right);
  if (target.type !== 'Identifier') {
    bindPattern(state, target, value);
    return param;
  }
  if (target.optional) param.optional = true;
  param.name = target.name;
  const binding = state.valueNames.get(target.name)!;
  param.binding = binding;
  bind(state, binding, value);
  if (type !== undefined) state.bindings[binding]!.type = type;
  return param;
}

/** Decorators run where the class stands, not in the function. */
function lowerParamDecorators(state: Lowering, param: ParamPattern): readonly ValueId[] | undefined {
  const { decorators } = param;
  return decorators && decorators.length > 0 ? decorators.map(decorator => lowerExpression(state, decorator.expression)) : undefined;
}

/** The parser lets a decorated name start at its decorator. */
function nameStartOf(state: Lowering, { name, start }: { readonly name: string; readonly start: number }, decorators: ParamPattern['decorators']): number {
  const last = decorators?.at(-1);
  return last && start < last.end ? state.text.indexOf(name, last.end) : start;
}
