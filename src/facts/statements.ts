import type { BlockStatement, Function, IfStatement, Statement, SwitchStatement, TryStatement, VariableDeclaration } from 'oxc-parser';
import { lowerClass, lowerNamed } from './classes.ts';
import { lowerEnum, lowerInterface, lowerNamespace, lowerTypeAlias } from './declarations.ts';
import { lowerExportAll, lowerExportAssignment, lowerExportDefault, lowerExportNamed } from './exports.ts';
import { lowerFunction } from './functions.ts';
import { lowerFor, lowerForEach, lowerWhile } from './loops.ts';
import { lowerImportEquals } from './modules.ts';
import { bindPattern } from './patterns.ts';
import { joinExits, lowerInRegion, lowerScoped, regionOf } from './regions.ts';
import type { Left } from './regions.ts';
import { closeScope, declarePattern, hoist, openScope } from './scopes.ts';
import { addRegion, addValue, here, lowerExpression, lowerStatement, lowerStatements } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import { lowerAnnotation } from './type-names.ts';
import type { Exit, RegionFact } from './types.ts';

type Node<T extends Statement['type']> = Extract<Statement, { type: T }>;

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
