import type {
  Expression,
  Statement,
  TSEnumDeclaration,
  TSGlobalDeclaration,
  TSInterfaceDeclaration,
  TSModuleDeclaration,
  TSTypeAliasDeclaration,
} from 'oxc-parser';
import { constantText, keyOf } from './keys.ts';
import { closeScope, hoist, openScope } from './scopes.ts';
import { lowerExpression, lowerStatement, lowerStatements, lowerType } from './state.ts';
import type { Lowering } from './state.ts';
import { lowerTypeName } from './type-names.ts';
import { lowerTypeMembers, lowerTypeParameters } from './types-lowering.ts';
import type { EnumFact } from './types.ts';

export function lowerInterface(state: Lowering, node: TSInterfaceDeclaration): void {
  const binding = state.typeNames.get(node.id.name);
  if (binding === undefined) return;
  const { start, end } = node;
  const outer = state.scope;
  const mark = openScope(state);
  lowerTypeParameters(state, node.typeParameters);
  const bases = node.extends.map(base => lowerTypeName(state, base.expression, base.typeArguments));
  const members = lowerTypeMembers(state, node.body.body);
  closeScope(state, mark, outer);
  const typeParams = node.typeParameters?.params.map(parameter => parameter.name.name) ?? [];
  const fact = state.typeDeclarations.push({ start, end, kind: 'interface', name: node.id.name, binding, typeParams, extends: bases, members, ...(state.augments === undefined ? {} : { augments: state.augments }) }) - 1;
  state.bindings[binding]!.typeDeclaration ??= fact;
}

export function lowerTypeAlias(state: Lowering, node: TSTypeAliasDeclaration): void {
  const binding = state.typeNames.get(node.id.name);
  if (binding === undefined) return;
  const { start, end } = node;
  const outer = state.scope;
  const mark = openScope(state);
  lowerTypeParameters(state, node.typeParameters);
  const type = lowerType(state, node.typeAnnotation);
  closeScope(state, mark, outer);
  const typeParams = node.typeParameters?.params.map(parameter => parameter.name.name) ?? [];
  const fact = state.typeDeclarations.push({ start, end, kind: 'alias', name: node.id.name, binding, typeParams, extends: [], members: [], type }) - 1;
  state.bindings[binding]!.typeDeclaration ??= fact;
}

/** Members without an initialiser count on from the one before. */
export function lowerEnum(state: Lowering, node: TSEnumDeclaration): void {
  const binding = state.valueNames.get(node.id.name);
  if (binding === undefined) return;
  const members: EnumFact['members'][number][] = [];
  let next: number | undefined = 0;
  for (const { id, computed, initializer } of node.body.members) {
    const name = keyOf(id, computed && id.type === 'Identifier') ?? state.text.slice(id.start, id.end);
    if (initializer) lowerExpression(state, initializer);
    const value: string | number | undefined = initializer ? findConstant(initializer) : next;
    next = typeof value === 'number' ? value + 1 : undefined;
    members.push(value === undefined ? { name } : { name, value });
  }
  const fact = state.enums.push({ start: node.start, end: node.end, name: node.id.name, binding, members }) - 1;
  state.bindings[binding]!.enum ??= fact;
}

function findConstant(node: Expression): string | number | undefined {
  if (node.type === 'Literal' && typeof node.value === 'number') return node.value;
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = findConstant(node.argument);
    return typeof value === 'number' ? -value : undefined;
  }
  return constantText(node);
}

/** What a namespace holds is lowered as if it stood outside; of `declare module` and `declare global`, the types alone. */
export function lowerNamespace(state: Lowering, node: TSModuleDeclaration | TSGlobalDeclaration): void {
  if (!node.body) return;
  const isAmbient = node.kind === 'global' || (node.declare && node.id.type === 'Literal');
  const nodes = isAmbient ? node.body.body.filter(isTypeDeclaration) : node.body.body;
  const { scope, inNamespace, augments } = state;
  const mark = openScope(state);
  state.inNamespace = true;
  state.augments = augmentedBy(node, augments);
  hoist(state, nodes);
  if (isAmbient) for (const inner of nodes) lowerStatement(state, inner);
  else lowerStatements(state, nodes);
  state.inNamespace = inNamespace;
  state.augments = augments;
  closeScope(state, mark, scope);
}

/** `declare module 'fastify'` augments `fastify`; `namespace Express` within `declare global` augments `global.Express`. */
function augmentedBy(node: TSModuleDeclaration | TSGlobalDeclaration, outer: string | undefined): string | undefined {
  if (node.kind === 'global') return 'global';
  if (node.id.type === 'Literal') return String(node.id.value);
  return outer === undefined || node.id.type !== 'Identifier' ? outer : `${outer}.${node.id.name}`;
}

function isTypeDeclaration(node: Statement): boolean {
  const { type } = node.type === 'ExportNamedDeclaration' && node.declaration ? node.declaration : node;
  return type === 'TSInterfaceDeclaration' || type === 'TSTypeAliasDeclaration' || type === 'TSModuleDeclaration';
}
