import type { Expression, TSType, TSTypeAnnotation, TSTypeName, TSTypeParameterInstantiation } from 'oxc-parser';
import { TYPE_PARAMETER } from './scopes.ts';
import { lowerType } from './state.ts';
import type { Lowering } from './state.ts';
import type { TypeFact, TypeId } from './types.ts';

export const NO_TYPES: readonly TypeId[] = [];
const NO_NAMES: readonly string[] = [];

export function addType(state: Lowering, fact: TypeFact): TypeId {
  return state.types.push(fact) - 1;
}

export function keyword(state: Lowering, name: string): TypeId {
  let type = state.keywords.get(name);
  if (type === undefined) state.keywords.set(name, (type = addType(state, { kind: 'keyword', name })));
  return type;
}

export function lowerAnnotation(state: Lowering, annotation: TSTypeAnnotation | null | undefined): TypeId | undefined {
  return annotation ? lowerType(state, annotation.typeAnnotation) : undefined;
}

export function lowerTypes(state: Lowering, nodes: readonly TSType[]): TypeId[] {
  return nodes.map(node => lowerType(state, node));
}

export function lowerTypeArgs(state: Lowering, args: TSTypeParameterInstantiation | null | undefined): TypeId[] | undefined {
  return args ? lowerTypes(state, args.params) : undefined;
}

/** A name used as a type: `A`, `ns.A`; also the expressions after `extends` and `implements` of types. */
export function lowerTypeName(state: Lowering, name: TSTypeName | Expression, typeArgs: TSTypeParameterInstantiation | null | undefined): TypeId {
  const path: string[] = [];
  let head = name as TSTypeName | { type: 'MemberExpression'; object: TSTypeName; property: { name: string } };
  while (head.type === 'TSQualifiedName' || head.type === 'MemberExpression') {
    path.unshift(head.type === 'MemberExpression' ? head.property.name : head.right.name);
    head = head.type === 'MemberExpression' ? head.object : head.left;
  }
  const args = lowerTypeArgs(state, typeArgs) ?? NO_TYPES;
  if (head.type !== 'Identifier') return keyword(state, head.type === 'ThisExpression' ? 'this' : 'opaque');
  const binding = state.typeNames.get(head.name);
  if (binding === TYPE_PARAMETER) return keyword(state, `typeParameter:${head.name}`);
  if (binding !== undefined) state.bindings[binding]!.typeUses++;
  const identity = binding ?? head.name;
  const plain = path.length === 0 && args.length === 0;
  const known = plain ? state.plainRefs.get(identity) : undefined;
  if (known !== undefined) return known;
  const names = path.length === 0 ? NO_NAMES : path;
  const type = addType(state, binding === undefined ? { kind: 'ref', global: head.name, path: names, args } : { kind: 'ref', binding, path: names, args });
  if (plain) state.plainRefs.set(identity, type);
  return type;
}

/** Remembers the bindings that decorator metadata of an annotated parameter or member keeps at run time. */
export function markMetadata(state: Lowering, annotation: TSTypeAnnotation | null | undefined): void {
  const type = annotation?.typeAnnotation;
  for (const part of type?.type === 'TSUnionType' ? type.types : [type]) {
    if (part?.type !== 'TSTypeReference') continue;
    let head: TSTypeName = part.typeName;
    while (head.type === 'TSQualifiedName') head = head.left;
    const binding = head.type === 'Identifier' ? state.typeNames.get(head.name) : undefined;
    if (binding !== undefined && binding >= 0) state.metadataBindings.add(binding);
  }
}
