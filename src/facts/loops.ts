import type { DoWhileStatement, ForInStatement, ForOfStatement, ForStatement, Statement, WhileStatement } from 'oxc-parser';
import { assignPattern, bindPattern } from './patterns.ts';
import { lowerScoped, regionOf } from './regions.ts';
import type { Left } from './regions.ts';
import { closeScope, declarePattern, openScope } from './scopes.ts';
import { addRegion, addValue, lowerExpression, lowerStatement } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import type { BindingId, LoopForm, RegionFact, Span, ValueId } from './types.ts';

type LoopRegion = Extract<Draft<RegionFact>, { kind: 'loop' }>;

function openLoop(state: Lowering, node: Span, loop: LoopForm, iterates?: ValueId): LoopRegion {
  const fact: LoopRegion = { kind: 'loop', ...regionOf(state, node), loop, bindings: [] };
  if (iterates !== undefined) fact.iterates = iterates;
  state.region = addRegion(state, fact);
  return fact;
}

function lowerLoopBody(state: Lowering, fact: Draft<RegionFact>, body: Statement): Left {
  const exit = body.type === 'BlockStatement' ? lowerScoped(state, body.body) : lowerStatement(state, body);
  if (exit) fact.exit = exit;
  return exit;
}

export function lowerFor(state: Lowering, node: ForStatement): Left {
  const { region, scope, breakSeen } = state;
  const mark = openScope(state);
  const bindings: BindingId[] = [];
  if (node.init?.type === 'VariableDeclaration') {
    for (const declarator of node.init.declarations) declarePattern(state, declarator.id, node.init.kind === 'var' ? 'var' : 'let', bindings);
    lowerStatement(state, node.init);
  } else if (node.init) {
    lowerExpression(state, node.init);
  }
  const fact = openLoop(state, node, 'for');
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

export function lowerForEach(state: Lowering, node: ForInStatement | ForOfStatement): Left {
  const { region, scope, breakSeen } = state;
  const iterates = lowerExpression(state, node.right);
  const mark = openScope(state);
  const fact = openLoop(state, node, node.type === 'ForInStatement' ? 'for-in' : node.await ? 'for-await' : 'for-of', iterates);
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

export function lowerWhile(state: Lowering, node: WhileStatement | DoWhileStatement): Left {
  const { region, breakSeen } = state;
  const isDo = node.type === 'DoWhileStatement';
  const fact = openLoop(state, node, isDo ? 'do' : 'while');
  if (!isDo) fact.test = lowerExpression(state, node.test);
  lowerLoopBody(state, fact, node.body);
  if (isDo) fact.test = lowerExpression(state, node.test);
  state.region = region;
  state.breakSeen = breakSeen;
  return undefined;
}
