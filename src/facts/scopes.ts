import type { BindingPattern, Statement } from 'oxc-parser';
import { here } from './state.ts';
import type { Lowering } from './state.ts';
import type { BindingId, BindingKind } from './types.ts';

/** Stands in the table of type names for a type parameter, which is no binding. */
export const TYPE_PARAMETER: BindingId = -2;

interface Named {
  readonly name: string;
  readonly start: number;
}

/** Opens a scope; the answer is what closeScope needs to restore the names outside. */
export function openScope(state: Lowering): number {
  state.scope = state.scopeCount++;
  return state.shadowed.length;
}

export function closeScope(state: Lowering, mark: number, outer: number): void {
  const { shadowed } = state;
  while (shadowed.length > mark) {
    const { names, name, previous } = shadowed.pop()!;
    if (previous === undefined) names.delete(name);
    else names.set(name, previous);
  }
  state.scope = outer;
}

function enter(state: Lowering, names: Map<string, BindingId>, name: string, binding: BindingId): void {
  state.shadowed.push({ names, name, previous: names.get(name) });
  names.set(name, binding);
}

function findHere(state: Lowering, names: Map<string, BindingId>, name: string): BindingId | undefined {
  const binding = names.get(name);
  return binding !== undefined && binding >= 0 && state.scopeOf[binding] === state.scope ? binding : undefined;
}

function create(state: Lowering, { name, start }: Named, kind: BindingKind): BindingId {
  state.scopeOf.push(state.scope);
  return state.bindings.push({ name, kind, start, end: start + name.length, region: here(state), valueUses: 0, typeUses: 0 }) - 1;
}

/** Declares a name that exists at run time. Redeclarations (`var`, overloads, merged namespaces) give the same binding. */
export function declareValue(state: Lowering, named: Named, kind: BindingKind): BindingId {
  const known = findHere(state, state.valueNames, named.name);
  if (known !== undefined) return known;
  const isType = kind === 'import' || kind === 'class' || kind === 'enum' || kind === 'namespace';
  // A class and an interface of one name are one thing; a constant and a type of one name are two.
  const merged = isType ? findHere(state, state.typeNames, named.name) : undefined;
  if (merged !== undefined) {
    state.bindings[merged]!.kind = kind;
    enter(state, state.valueNames, named.name, merged);
    return merged;
  }
  const binding = create(state, named, kind);
  enter(state, state.valueNames, named.name, binding);
  if (isType) enter(state, state.typeNames, named.name, binding);
  return binding;
}

export function declareType(state: Lowering, named: Named): BindingId {
  const known = findHere(state, state.typeNames, named.name);
  if (known !== undefined) return known;
  const binding = create(state, named, 'type');
  enter(state, state.typeNames, named.name, binding);
  return binding;
}

export function declareTypeParameters(state: Lowering, parameters: { readonly params: readonly { readonly name: Named }[] } | null | undefined): void {
  if (!parameters) return;
  for (const parameter of parameters.params) enter(state, state.typeNames, parameter.name.name, TYPE_PARAMETER);
}

export function declareTypeParameter(state: Lowering, name: string): void {
  enter(state, state.typeNames, name, TYPE_PARAMETER);
}

/** Declares all names of a pattern and lists them. */
export function declarePattern(state: Lowering, pattern: BindingPattern, kind: BindingKind, declared: BindingId[] = []): BindingId[] {
  switch (pattern.type) {
    case 'Identifier':
      declared.push(declareValue(state, pattern, kind));
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) declarePattern(state, property.type === 'RestElement' ? property.argument : property.value, kind, declared);
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        if (element) declarePattern(state, element.type === 'RestElement' ? element.argument : element, kind, declared);
      }
      break;
    case 'AssignmentPattern':
      declarePattern(state, pattern.left, kind, declared);
      break;
  }
  return declared;
}

/** Declares what a block declares, before anything in it is read. */
export function hoist(state: Lowering, nodes: readonly Statement[]): void {
  for (const node of nodes) hoistOne(state, node);
}

function hoistOne(state: Lowering, node: Statement): void {
  switch (node.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var') return;
      for (const declarator of node.declarations) declarePattern(state, declarator.id, node.kind === 'let' ? 'let' : 'const');
      return;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      if (node.id) declareValue(state, node.id, 'function');
      return;
    case 'ClassDeclaration':
      if (node.id) declareValue(state, node.id, 'class');
      return;
    case 'TSEnumDeclaration':
      declareValue(state, node.id, 'enum');
      return;
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      declareType(state, node.id);
      return;
    case 'TSModuleDeclaration':
      if (node.kind !== 'global' && node.id.type === 'Identifier') declareValue(state, node.id, 'namespace');
      return;
    case 'TSImportEqualsDeclaration':
      declareValue(state, node.id, 'import');
      return;
    case 'ExportNamedDeclaration':
      if (node.declaration) hoistOne(state, node.declaration);
      return;
    case 'ExportDefaultDeclaration':
      if (isDeclaration(node.declaration)) hoistOne(state, node.declaration);
      return;
  }
}

function isDeclaration(node: { readonly type: string }): node is Statement {
  return node.type.endsWith('Declaration') || node.type === 'TSDeclareFunction';
}

/** Declares the `var`s of a function body or module, wherever they stand in it. */
export function hoistVars(state: Lowering, nodes: readonly (Statement | null)[]): void {
  if (!state.hasVar) return;
  for (const node of nodes) hoistVar(state, node);
}

function hoistVar(state: Lowering, node: Statement | null): void {
  switch (node?.type) {
    case 'VariableDeclaration':
      if (node.kind !== 'var') return;
      for (const declarator of node.declarations) declarePattern(state, declarator.id, 'var');
      return;
    case 'ExportNamedDeclaration':
      return hoistVar(state, node.declaration);
    case 'BlockStatement':
      return hoistVars(state, node.body);
    case 'IfStatement':
      return hoistVars(state, [node.consequent, node.alternate]);
    case 'ForStatement':
      return hoistVars(state, [node.init as Statement | null, node.body]);
    case 'ForInStatement':
    case 'ForOfStatement':
      return hoistVars(state, [node.left as Statement, node.body]);
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      return hoistVar(state, node.body);
    case 'TryStatement':
      return hoistVars(state, [node.block, node.handler?.body ?? null, node.finalizer]);
    case 'SwitchStatement':
      for (const branch of node.cases) hoistVars(state, branch.consequent);
  }
}
