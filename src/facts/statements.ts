import type {
  BlockStatement,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Function,
  IfStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  VariableDeclaration,
} from 'oxc-parser';
import { lowerClass, lowerNamed } from './classes.ts';
import { lowerEnum, lowerInterface, lowerNamespace, lowerTypeAlias } from './declarations.ts';
import { lowerFunction, lowerFunctionValue } from './functions.ts';
import { lowerExportAll, lowerExportAssignment, lowerExportSpecifiers, lowerImportEquals } from './modules.ts';
import { assignPattern, bindPattern } from './patterns.ts';
import { closeScope, declarePattern, hoist, openScope } from './scopes.ts';
import { addRegion, addValue, here, lowerExpression, lowerStatement, lowerStatements } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import { lowerAnnotation } from './types-lowering.ts';
import type { BindingId, Exit, LoopForm, RegionFact, RegionId, ValueId } from './types.ts';

type Node<T extends Statement['type']> = Extract<Statement, { type: T }>;
type Left = Exit | undefined;

/** Lowers a block in a scope of its own, in the region that is open. */
function lowerScoped(state: Lowering, nodes: readonly Statement[]): Left {
  const outer = state.scope;
  const mark = openScope(state);
  hoist(state, nodes);
  const exit = lowerStatements(state, nodes);
  closeScope(state, mark, outer);
  return exit;
}

/** Lowers a statement as the whole of a new region; a block's braces add nothing to it. */
function lowerInRegion(state: Lowering, fact: Draft<RegionFact>, node: Statement): Left {
  const outer = state.region;
  const region = addRegion(state, fact);
  state.region = region;
  const exit = node.type === 'BlockStatement' ? lowerScoped(state, node.body) : lowerStatement(state, node);
  if (exit) state.regions[region]!.exit = exit;
  state.region = outer;
  return exit;
}

function regionOf(state: Lowering, { start, end }: { readonly start: number; readonly end: number }): { start: number; end: number; parent: RegionId; function: number } {
  return { start, end, parent: state.region, function: state.function };
}

/** Both ways leave: the same way, or differently. */
function joinExits(one: Left, other: Left): Left {
  if (!one || !other) return undefined;
  return one === other ? one : 'mixed';
}

function lowerIf(state: Lowering, node: IfStatement): Left {
  const test = lowerExpression(state, node.test);
  const then = lowerInRegion(state, { kind: 'branch', ...regionOf(state, node.consequent), test, when: true }, node.consequent);
  if (!node.alternate) return undefined;
  return joinExits(then, lowerInRegion(state, { kind: 'branch', ...regionOf(state, node.alternate), test, when: false }, node.alternate));
}

function lowerSwitch(state: Lowering, node: SwitchStatement): Left {
  const of = lowerExpression(state, node.discriminant);
  const outerBreak = state.breakSeen;
  const outerRegion = state.region;
  const outerScope = state.scope;
  const mark = openScope(state);
  state.breakSeen = false;
  for (const branch of node.cases) hoist(state, branch.consequent);
  let exit: Left;
  let last: Left;
  let hasDefault = false;
  for (const branch of node.cases) {
    const label = branch.test ? lowerExpression(state, branch.test) : undefined;
    hasDefault ||= label === undefined;
    const fact: Draft<RegionFact> = { kind: 'case', ...regionOf(state, branch), of };
    if (label !== undefined) fact.label = label;
    state.region = addRegion(state, fact);
    last = lowerStatements(state, branch.consequent);
    if (last) {
      fact.exit = last;
      exit = exit === undefined ? last : joinExits(exit, last);
    }
    state.region = outerRegion;
  }
  const leaves = hasDefault && last !== undefined && !state.breakSeen;
  closeScope(state, mark, outerScope);
  state.breakSeen = outerBreak;
  return leaves ? exit : undefined;
}

/** Opens the region and scope of a loop, runs `head`, and lowers the body in it. */
function lowerLoop(state: Lowering, node: { readonly start: number; readonly end: number; readonly body: Statement }, loop: LoopForm, iterates?: ValueId): Extract<Draft<RegionFact>, { kind: 'loop' }> {
  const fact: Extract<Draft<RegionFact>, { kind: 'loop' }> = { kind: 'loop', ...regionOf(state, node), loop, bindings: [] };
  if (iterates !== undefined) fact.iterates = iterates;
  state.region = addRegion(state, fact);
  return fact;
}

function lowerLoopBody(state: Lowering, fact: Draft<RegionFact>, body: Statement): Left {
  const exit = body.type === 'BlockStatement' ? lowerScoped(state, body.body) : lowerStatement(state, body);
  if (exit) fact.exit = exit;
  return exit;
}

function lowerFor(state: Lowering, node: ForStatement): Left {
  const { region, scope, breakSeen } = state;
  const mark = openScope(state);
  const bindings: BindingId[] = [];
  if (node.init?.type === 'VariableDeclaration') {
    for (const declarator of node.init.declarations) declarePattern(state, declarator.id, node.init.kind === 'var' ? 'var' : 'let', bindings);
    lowerVariables(state, node.init);
  } else if (node.init) {
    lowerExpression(state, node.init);
  }
  const fact = lowerLoop(state, node, 'for');
  fact.bindings = bindings;
  for (const binding of bindings) state.bindings[binding]!.region = state.region;
  if (node.test) fact.test = lowerExpression(state, node.test);
  if (node.update) fact.update = lowerExpression(state, node.update);
  lowerLoopBody(state, fact, node.body);
  closeScope(state, mark, scope);
  state.region = region;
  state.breakSeen = breakSeen;
  return undefined;
}

function lowerForEach(state: Lowering, node: ForInStatement | ForOfStatement): Left {
  const { region, scope, breakSeen } = state;
  const iterates = lowerExpression(state, node.right);
  const mark = openScope(state);
  const fact = lowerLoop(state, node, node.type === 'ForInStatement' ? 'for-in' : node.await ? 'for-await' : 'for-of', iterates);
  const { start, end } = node.left;
  const element = addValue(state, { kind: node.type === 'ForInStatement' ? 'key' : 'element', start, end, of: iterates });
  if (node.left.type === 'VariableDeclaration') {
    const { kind } = node.left;
    for (const { id } of node.left.declarations) {
      fact.bindings = declarePattern(state, id, kind === 'var' || kind === 'let' ? kind : 'const');
      bindPattern(state, id, element);
    }
  } else {
    assignPattern(state, node.left, element);
  }
  lowerLoopBody(state, fact, node.body);
  closeScope(state, mark, scope);
  state.region = region;
  state.breakSeen = breakSeen;
  return undefined;
}

function lowerWhile(state: Lowering, node: Node<'WhileStatement'> | Node<'DoWhileStatement'>): Left {
  const { region, breakSeen } = state;
  const isDo = node.type === 'DoWhileStatement';
  const fact = lowerLoop(state, node, isDo ? 'do' : 'while');
  if (!isDo) fact.test = lowerExpression(state, node.test);
  lowerLoopBody(state, fact, node.body);
  if (isDo) fact.test = lowerExpression(state, node.test);
  state.region = region;
  state.breakSeen = breakSeen;
  return undefined;
}

function lowerTry(state: Lowering, node: TryStatement): Left {
  const { handler, finalizer } = node;
  const guarded: Draft<RegionFact> = { kind: 'try', ...regionOf(state, node.block), catches: handler !== null, finally: finalizer !== null };
  let exit = lowerInRegion(state, guarded, node.block);
  if (handler) exit = joinExits(exit, lowerCatch(state, handler));
  if (!finalizer) return exit;
  return lowerInRegion(state, { kind: 'finally', ...regionOf(state, finalizer) }, finalizer) ?? exit;
}

function lowerCatch(state: Lowering, node: NonNullable<TryStatement['handler']>): Left {
  const { region, scope } = state;
  const mark = openScope(state);
  const fact: Extract<Draft<RegionFact>, { kind: 'catch' }> = { kind: 'catch', ...regionOf(state, node) };
  const id = addRegion(state, fact);
  state.region = id;
  if (node.param) {
    const [binding] = declarePattern(state, node.param, 'catch');
    const { start, end } = node.param;
    bindPattern(state, node.param, addValue(state, { kind: 'caught', start, end, region: id }));
    if (node.param.type === 'Identifier' && binding !== undefined) fact.binding = binding;
  }
  const exit = lowerScoped(state, node.body.body);
  if (exit) fact.exit = exit;
  closeScope(state, mark, scope);
  state.region = region;
  return exit;
}

function lowerBlock(state: Lowering, node: BlockStatement): Left {
  return lowerInRegion(state, { kind: 'block', ...regionOf(state, node) }, node);
}

function lowerLabeled(state: Lowering, node: Node<'LabeledStatement'>): Left {
  const outer = state.breakSeen;
  const exit = lowerStatement(state, node.body);
  const leaves = exit !== 'break' && state.breakSeen === outer;
  return leaves ? exit : undefined;
}

function lowerVariables(state: Lowering, node: VariableDeclaration): undefined {
  for (const { id, init } of node.declarations) {
    const annotation = lowerAnnotation(state, id.typeAnnotation);
    const binding = id.type === 'Identifier' ? state.valueNames.get(id.name) : undefined;
    if (binding !== undefined && annotation !== undefined) state.bindings[binding]!.type = annotation;
    if (init) bindPattern(state, id, id.type === 'Identifier' ? lowerNamed(state, init, id.name) : lowerExpression(state, init));
  }
}

function lowerFunctionStatement(state: Lowering, node: Function): undefined {
  const id = lowerFunction(state, node, { kind: 'function', name: 'default' });
  const binding = node.id ? state.valueNames.get(node.id.name) : undefined;
  if (binding === undefined) return;
  state.functions[id]!.binding = binding;
  const known = state.bindings[binding]!.function;
  // Of overloads, the one with the body.
  if (known === undefined || node.body) state.bindings[binding]!.function = id;
}

function lowerThrow(state: Lowering, node: Node<'ThrowStatement'>): Exit {
  const value = lowerExpression(state, node.argument);
  state.throws.push({ start: node.start, end: node.end, value, region: here(state) });
  return 'throw';
}

function lowerReturn(state: Lowering, node: Node<'ReturnStatement'>): Exit {
  const value = node.argument ? lowerExpression(state, node.argument) : undefined;
  // A CommonJS module may return, but returns nothing to anyone.
  if (state.function === -1) return 'return';
  const fact = { start: node.start, end: node.end, function: state.function, region: here(state) };
  state.returns.push(value === undefined ? fact : { ...fact, value });
  return 'return';
}

function lowerExportNamed(state: Lowering, node: ExportNamedDeclaration): undefined {
  const { declaration } = node;
  if (declaration) lowerStatement(state, declaration);
  if (state.inNamespace) return;
  state.esm = true;
  if (!declaration) {
    lowerExportSpecifiers(state, node);
    return;
  }
  if (declaration.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) for (const binding of declarePattern(state, id, 'const')) exportBinding(state, binding);
    return;
  }
  if (!('id' in declaration) || declaration.id?.type !== 'Identifier') return;
  const { name } = declaration.id;
  const isType = declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration';
  const binding = (isType ? state.typeNames : state.valueNames).get(name);
  if (binding !== undefined && !isExported(state, binding, name)) exportBinding(state, binding);
}

/** Overloads and merged declarations are exported once. */
function isExported(state: Lowering, binding: BindingId, name: string): boolean {
  return state.exports.some(fact => fact.binding === binding && fact.name === name);
}

function exportBinding(state: Lowering, binding: BindingId): void {
  const { name, start, end, kind } = state.bindings[binding]!;
  state.exports.push(kind === 'type' ? { start, end, name, typeOnly: true, binding } : { start, end, name, binding });
}

function lowerExportDefault(state: Lowering, node: ExportDefaultDeclaration): undefined {
  state.esm = true;
  const { start, end, declaration } = node;
  switch (declaration.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
      if (declaration.id) {
        lowerStatement(state, declaration);
        if (!isExported(state, state.valueNames.get(declaration.id.name) ?? -1, 'default')) exportDefaultName(state, node, declaration.id.name);
        return;
      }
  }
  if (declaration.type === 'Identifier' && !state.valueNames.has(declaration.name) && state.typeNames.has(declaration.name)) {
    return exportDefaultName(state, node, declaration.name);
  }
  state.exports.push({ start, end, name: 'default', value: lowerDefault(state, declaration) });
}

function exportDefaultName(state: Lowering, { start, end }: ExportDefaultDeclaration, name: string): undefined {
  const value = state.valueNames.get(name);
  const type = state.typeNames.get(name);
  if (value !== undefined) state.exports.push({ start, end, name: 'default', binding: value });
  else if (type !== undefined && type >= 0) {
    state.bindings[type]!.typeUses++;
    state.exports.push({ start, end, name: 'default', typeOnly: true, binding: type });
  }
}

function lowerDefault(state: Lowering, node: ExportDefaultDeclaration['declaration']): ValueId {
  if (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction') return lowerFunctionValue(state, node, { kind: 'function', name: 'default' });
  if (node.type === 'ClassDeclaration') return addValue(state, { kind: 'class', start: node.start, end: node.end, class: lowerClass(state, node, 'default') });
  return lowerNamed(state, node as Expression, 'default');
}

const lowerBreak = (state: Lowering): Exit => {
  state.breakSeen = true;
  return 'break';
};

type StatementTable = { readonly [T in Statement['type']]?: (state: Lowering, node: Node<T>) => Left };

/** One lowering per kind of statement; the rest does nothing. */
export const STATEMENTS: StatementTable = {
  ExpressionStatement: (state, node) => {
    if (!('directive' in node) || !node.directive) lowerExpression(state, node.expression);
    return undefined;
  },
  VariableDeclaration: lowerVariables,
  FunctionDeclaration: lowerFunctionStatement,
  TSDeclareFunction: lowerFunctionStatement,
  ClassDeclaration: (state, node) => void lowerClass(state, node, 'default'),
  ReturnStatement: lowerReturn,
  ThrowStatement: lowerThrow,
  IfStatement: lowerIf,
  SwitchStatement: lowerSwitch,
  ForStatement: lowerFor,
  ForInStatement: lowerForEach,
  ForOfStatement: lowerForEach,
  WhileStatement: lowerWhile,
  DoWhileStatement: lowerWhile,
  TryStatement: lowerTry,
  BlockStatement: lowerBlock,
  LabeledStatement: lowerLabeled,
  BreakStatement: lowerBreak,
  ContinueStatement: () => 'continue',
  WithStatement: (state, node) => {
    lowerExpression(state, node.object);
    return lowerStatement(state, node.body);
  },
  ExportNamedDeclaration: lowerExportNamed,
  ExportDefaultDeclaration: lowerExportDefault,
  ExportAllDeclaration: (state, node) => void lowerExportAll(state, node),
  TSExportAssignment: (state, node) => void lowerExportAssignment(state, node),
  TSImportEqualsDeclaration: (state, node) => void lowerImportEquals(state, node),
  TSInterfaceDeclaration: (state, node) => void lowerInterface(state, node),
  TSTypeAliasDeclaration: (state, node) => void lowerTypeAlias(state, node),
  TSEnumDeclaration: (state, node) => void lowerEnum(state, node),
  TSModuleDeclaration: (state, node) => void lowerNamespace(state, node),
};
