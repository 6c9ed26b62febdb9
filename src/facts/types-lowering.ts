import type {
  ParamPattern,
  PropertyKey,
  TSConditionalType,
  TSFunctionType,
  TSImportType,
  TSImportTypeQualifier,
  TSLiteralType,
  TSMappedType,
  TSOptionalType,
  TSRestType,
  TSSignature,
  TSTemplateLiteralType,
  TSType,
  TSTypeAnnotation,
  TSTypeName,
  TSTypeParameterDeclaration,
  TSTypeQuery,
  TSTypeReference,
} from 'oxc-parser';
import { keyOf } from './keys.ts';
import { closeScope, declareTypeParameter, declareTypeParameters, openScope } from './scopes.ts';
import { addValue, here, lowerExpression, lowerType } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import { addType, keyword, lowerAnnotation, lowerTypeArgs, lowerTypeName, lowerTypes, NO_TYPES } from './type-names.ts';
import type { TypeId, TypeMember, ValueId } from './types.ts';

const opaque = (state: Lowering): TypeId => keyword(state, 'opaque');

/** Members of an interface or type literal. Call, construct and index signatures have no name and are left out. */
export function lowerTypeMembers(state: Lowering, signatures: readonly TSSignature[]): TypeMember[] {
  const members: TypeMember[] = [];
  for (const signature of signatures) {
    switch (signature.type) {
      case 'TSPropertySignature': {
        const type = lowerAnnotation(state, signature.typeAnnotation);
        const member: Draft<TypeMember> = { name: memberName(state, signature.key, signature.computed) };
        if (type !== undefined) member.type = type;
        if (signature.optional) member.optional = true;
        members.push(member);
        break;
      }
      case 'TSMethodSignature': {
        const type = lowerSignature(state, signature);
        const member: Draft<TypeMember> = { name: memberName(state, signature.key, signature.computed), type };
        if (signature.optional) member.optional = true;
        if (signature.kind === 'method') member.method = true;
        members.push(member);
        break;
      }
      case 'TSIndexSignature':
        lowerAnnotation(state, signature.typeAnnotation);
        break;
      default:
        lowerSignature(state, signature);
    }
  }
  return members;
}

/** Name of a member; one with a computed key is named as written, in brackets. */
export function memberName(state: Lowering, key: PropertyKey, computed: boolean): string {
  return keyOf(key, computed) ?? `[${state.text.slice(key.start, key.end)}]`;
}

interface Signature {
  readonly typeParameters: TSTypeParameterDeclaration | null;
  readonly params: readonly ParamPattern[];
  readonly returnType: TSTypeAnnotation | null;
}

function lowerSignature(state: Lowering, node: Signature): TypeId {
  const outer = state.scope;
  const mark = openScope(state);
  lowerTypeParameters(state, node.typeParameters);
  const params: (TypeId | null)[] = [];
  for (const param of node.params) {
    const pattern = param.type === 'TSParameterProperty' ? param.parameter : param;
    if (pattern.type === 'Identifier' && pattern.name === 'this') continue;
    params.push(lowerAnnotation(state, pattern.typeAnnotation) ?? null);
  }
  const returns = lowerAnnotation(state, node.returnType);
  closeScope(state, mark, outer);
  return addType(state, returns === undefined ? { kind: 'function', params } : { kind: 'function', params, returns });
}

/** Declares type parameters in the open scope and walks what they are bounded by. */
export function lowerTypeParameters(state: Lowering, node: TSTypeParameterDeclaration | null | undefined): void {
  if (!node) return;
  declareTypeParameters(state, node);
  for (const parameter of node.params) {
    if (parameter.constraint) lowerType(state, parameter.constraint);
    if (parameter.default) lowerType(state, parameter.default);
  }
}

function lowerTypeQuery(state: Lowering, node: TSTypeQuery): TypeId {
  lowerTypeArgs(state, node.typeArguments);
  if (node.exprName.type === 'TSImportType') return lowerImportType(state, node.exprName, true);
  return addType(state, { kind: 'typeof', value: lowerQueried(state, node.exprName) });
}

/** `typeof a.b` in a type: the value, read as a type alone. */
function lowerQueried(state: Lowering, node: TSTypeName): ValueId {
  const { start, end } = node;
  if (node.type === 'TSQualifiedName') {
    const object = lowerQueried(state, node.left);
    return addValue(state, { kind: 'member', start, end, object, property: node.right.name, propertyStart: node.right.start });
  }
  if (node.type === 'ThisExpression') return lowerExpression(state, node);
  const binding = state.valueNames.get(node.name);
  if (binding === undefined) return addValue(state, { kind: 'global', start, end, name: node.name });
  state.bindings[binding]!.typeUses++;
  return addValue(state, { kind: 'name', start, end, binding });
}

function lowerImportType(state: Lowering, node: TSImportType, isTypeof: boolean): TypeId {
  const { value: source, start, end } = node.source;
  state.imports.push({
    start: node.start,
    end: node.end,
    source,
    form: 'type',
    use: 'type',
    sourceSpan: { start: start + 1, end: end - 1 },
    region: here(state),
    names: [],
  });
  const path: string[] = [];
  let qualifier: TSImportTypeQualifier | null = node.qualifier;
  for (; qualifier?.type === 'TSQualifiedName'; qualifier = qualifier.left) path.unshift(qualifier.right.name);
  if (qualifier) path.unshift(qualifier.name);
  const args = lowerTypeArgs(state, node.typeArguments) ?? NO_TYPES;
  return addType(state, isTypeof ? { kind: 'import', source, path, typeof: true, args } : { kind: 'import', source, path, args });
}

function lowerLiteralType(state: Lowering, { literal }: TSLiteralType): TypeId {
  if (literal.type === 'UnaryExpression') {
    const { argument } = literal;
    return argument.type === 'Literal' && typeof argument.value === 'number' ? addType(state, { kind: 'literal', value: -argument.value }) : opaque(state);
  }
  if (literal.type !== 'Literal') return opaque(state);
  const { value } = literal;
  const isPlain = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain && !('bigint' in literal) ? addType(state, { kind: 'literal', value }) : opaque(state);
}

function lowerTemplateType(state: Lowering, node: TSTemplateLiteralType): TypeId {
  lowerTypes(state, node.types);
  const only = node.types.length === 0 ? node.quasis[0] : undefined;
  return only ? addType(state, { kind: 'literal', value: only.value.cooked ?? only.value.raw }) : opaque(state);
}

/** What has no meaning for a backend is opaque, but the names in it are used. */
function lowerConditionalType(state: Lowering, node: TSConditionalType): TypeId {
  const outer = state.scope;
  lowerType(state, node.checkType);
  const mark = openScope(state);
  lowerType(state, node.extendsType);
  lowerType(state, node.trueType);
  closeScope(state, mark, outer);
  lowerType(state, node.falseType);
  return opaque(state);
}

function lowerMappedType(state: Lowering, node: TSMappedType): TypeId {
  const outer = state.scope;
  const mark = openScope(state);
  lowerType(state, node.constraint);
  declareTypeParameter(state, node.key.name);
  if (node.nameType) lowerType(state, node.nameType);
  if (node.typeAnnotation) lowerType(state, node.typeAnnotation);
  closeScope(state, mark, outer);
  return opaque(state);
}

type AnyType = TSType | TSOptionalType | TSRestType;
type TypeTable = { readonly [T in AnyType['type']]?: (state: Lowering, node: Extract<AnyType, { type: T }>) => TypeId };

const inner = (state: Lowering, node: { readonly typeAnnotation: TSType }): TypeId => lowerType(state, node.typeAnnotation);
const named = (name: string) => (state: Lowering): TypeId => keyword(state, name);

/** One lowering per kind of type; `opaque` is what the rest is. */
export const TYPES: TypeTable & { readonly opaque: (state: Lowering) => TypeId } = {
  opaque,
  TSTypeReference: (state, node: TSTypeReference) => lowerTypeName(state, node.typeName, node.typeArguments),
  TSTypeQuery: lowerTypeQuery,
  TSImportType: (state, node) => lowerImportType(state, node, false),
  TSArrayType: (state, node) => addType(state, { kind: 'array', of: lowerType(state, node.elementType) }),
  TSTupleType: (state, node) => addType(state, { kind: 'tuple', of: node.elementTypes.map(element => lowerType(state, element as TSType)) }),
  TSNamedTupleMember: (state, node) => lowerType(state, node.elementType as TSType),
  TSUnionType: (state, node) => addType(state, { kind: 'union', of: lowerTypes(state, node.types) }),
  TSIntersectionType: (state, node) => addType(state, { kind: 'intersection', of: lowerTypes(state, node.types) }),
  TSTypeLiteral: (state, node) => addType(state, { kind: 'object', members: lowerTypeMembers(state, node.members) }),
  TSFunctionType: (state, node: TSFunctionType) => lowerSignature(state, node),
  TSConstructorType: (state, node) => (lowerSignature(state, node), opaque(state)),
  TSIndexedAccessType: (state, node) => {
    const object = lowerType(state, node.objectType);
    return addType(state, { kind: 'indexed', object, index: lowerType(state, node.indexType) });
  },
  TSLiteralType: lowerLiteralType,
  TSTemplateLiteralType: lowerTemplateType,
  TSConditionalType: lowerConditionalType,
  TSMappedType: lowerMappedType,
  TSInferType: (state, node) => (declareTypeParameter(state, node.typeParameter.name.name), opaque(state)),
  TSTypeOperator: (state, node) => {
    const type = lowerType(state, node.typeAnnotation);
    return node.operator === 'readonly' ? type : opaque(state);
  },
  TSTypePredicate: (state, node) => {
    lowerAnnotation(state, node.typeAnnotation);
    return keyword(state, node.asserts ? 'void' : 'boolean');
  },
  TSThisType: named('this'),
  TSAnyKeyword: named('any'),
  TSStringKeyword: named('string'),
  TSBooleanKeyword: named('boolean'),
  TSNumberKeyword: named('number'),
  TSNeverKeyword: named('never'),
  TSIntrinsicKeyword: named('intrinsic'),
  TSUnknownKeyword: named('unknown'),
  TSNullKeyword: named('null'),
  TSUndefinedKeyword: named('undefined'),
  TSVoidKeyword: named('void'),
  TSSymbolKeyword: named('symbol'),
  TSObjectKeyword: named('object'),
  TSBigIntKeyword: named('bigint'),
  TSOptionalType: inner,
  TSRestType: inner,
  TSParenthesizedType: inner,
  TSJSDocNullableType: inner,
  TSJSDocNonNullableType: inner,
};

