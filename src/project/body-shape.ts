import type { PropertyFact, TypeId, TypeMember, ValueFact } from '../facts/types.ts';
import { calledFunctions } from './calls.ts';
import { evaluate, evaluateBinding } from './evaluate.ts';
import { typeNames } from './evaluate-types.ts';
import { memberAssignments, returnsOf } from './linker.ts';
import type { ClassRef, FunctionRef, Site } from './origins.ts';
import { defineView, type Project } from './project.ts';
import { queriesOf } from './queries.ts';
import { declaredResponse } from './response-helpers.ts';
import type { SourceFile } from './types.ts';

/** One key of an object: the expression it holds, where one is known. */
export interface ShapeKey {
  readonly value?: Site;
  /** The type it is declared with, where only that is known. */
  readonly type?: { readonly file: SourceFile; readonly type: TypeId };
}

/**
 * What a value looks like. `open`: it may have more keys than the listed ones. `row`: one row of a database.
 * `unknown` as soon as a part of the alternatives is not known.
 */
export type BodyShape =
  | { readonly kind: 'object'; readonly keys: ReadonlyMap<string, ShapeKey>; readonly open: boolean }
  | { readonly kind: 'array' | 'row' | 'primitive' | 'nothing' | 'unknown' }
  /** What a response helper of the settings makes: the project's own envelope. */
  | { readonly kind: 'enveloped'; readonly tells: 'success' | 'error' };

type Shapes = readonly BodyShape[];

const UNKNOWN: Shapes = [{ kind: 'unknown' }];
const ARRAY: Shapes = [{ kind: 'array' }];
const PRIMITIVE: Shapes = [{ kind: 'primitive' }];
const NOTHING: Shapes = [{ kind: 'nothing' }];

const MAX_DEPTH = 14;
const MAX_SHAPES = 8;

/** Methods that give an array, whatever array or list they are called on. */
const LIST_METHODS = new Set(['map', 'filter', 'flatMap', 'toSorted', 'toReversed', 'sort', 'split', 'concat', 'slice']);
const PRIMITIVE_OPERATORS = new Set(['!', 'typeof', '+', '-']);
const PRIMITIVE_TYPES = new Set(['string', 'number', 'boolean', 'bigint']);
const NO_VALUE_TYPES = new Set(['undefined', 'null', 'void']);
const ARRAY_TYPES = new Set(['Array', 'ReadonlyArray']);
const SAME_TYPES = new Set(['Promise', 'PromiseLike', 'Awaited', 'Readonly', 'NonNullable', 'Required', 'Partial']);

interface Walk {
  readonly project: Project;
  readonly memo: Map<string, Shapes>;
}

const memos = defineView(() => new Map<string, Shapes>());

/** Every shape that an expression may have; alternatives that are not known are `unknown`. */
export function bodyShapes(project: Project, site: Site): readonly BodyShape[] {
  return shapesAt({ project, memo: memos(project) }, site, 0);
}

/** The shape of an expression, where all its alternatives agree on the kind; of several objects the first. */
export function bodyShape(project: Project, site: Site): BodyShape {
  const shapes = bodyShapes(project, site).filter((shape) => shape.kind !== 'nothing');
  const [first] = shapes;
  if (!first) return { kind: 'nothing' };
  return shapes.every((shape) => shape.kind === first.kind) ? first : { kind: 'unknown' };
}

/** The literal that a key holds, where it holds one. */
export function literalOf(project: Project, key: ShapeKey | undefined): string | number | boolean | null | undefined {
  if (key?.type) {
    const type = key.type.file.facts.types[key.type.type];
    return type?.kind === 'literal' ? type.value : undefined;
  }
  if (!key?.value) return undefined;
  const origins = evaluate(project.linker, key.value.file, key.value.value);
  const [origin] = origins;
  return origins.length === 1 && origin?.kind === 'literal' ? origin.value : undefined;
}

function shapesAt(walk: Walk, site: Site, depth: number): Shapes {
  const fact = site.file.facts.values[site.value];
  if (!fact || depth > MAX_DEPTH) return UNKNOWN;
  const key = `${site.file.path}#${site.value}`;
  const known = walk.memo.get(key);
  if (known) return known;
  walk.memo.set(key, UNKNOWN);
  const found = union([shapesOfFact(walk, site, fact, depth + 1)]);
  walk.memo.set(key, found);
  return found;
}

function shapesOfFact(walk: Walk, site: Site, fact: ValueFact, depth: number): Shapes {
  const { file } = site;
  const at = (value: number): Shapes => shapesAt(walk, { file, value }, depth);
  switch (fact.kind) {
    case 'literal':
      return fact.value === null ? NOTHING : PRIMITIVE;
    case 'template':
    case 'pattern':
    case 'binary':
      return PRIMITIVE;
    case 'unary':
      return PRIMITIVE_OPERATORS.has(fact.operator) ? PRIMITIVE : NOTHING;
    case 'array':
      return ARRAY;
    case 'object':
      return [objectShape(walk, file, fact.properties, depth)];
    case 'global':
      return fact.name === 'undefined' ? NOTHING : UNKNOWN;
    case 'await':
      return at(fact.value);
    case 'cast':
      return known(at(fact.value), () => shapesOfType(walk, file, fact.type, depth));
    case 'conditional':
      return union([at(fact.then), at(fact.else)]);
    case 'logical':
      return fact.operator === '&&' ? at(fact.right) : union([at(fact.left), at(fact.right)]);
    case 'sequence':
      return at(fact.items.at(-1) ?? -1);
    case 'name':
      return shapesOfBinding(walk, file, fact.binding, depth);
    case 'param':
      return shapesOfType(walk, file, file.facts.functions[fact.function]?.params[fact.index]?.type, depth);
    case 'member':
      return memberShapes(walk, at(fact.object), fact.property, depth);
    case 'call':
      return shapesOfCall(walk, site, fact.callee, depth);
    case 'new':
      return union(evaluate(walk.project.linker, file, fact.callee).map((origin) => (origin.kind === 'class' ? shapesOfClass(walk, origin) : UNKNOWN)));
    default:
      return UNKNOWN;
  }
}

function union(lists: readonly Shapes[]): Shapes {
  const all = [...new Set(lists.flat())];
  return all.length === 0 || all.length > MAX_SHAPES ? UNKNOWN : all;
}

function isUnknown(shapes: Shapes): boolean {
  return shapes.every((shape) => shape.kind === 'unknown' || shape.kind === 'nothing');
}

function known(first: Shapes, other: () => Shapes): Shapes {
  return isUnknown(first) ? other() : first;
}

function objectShape(walk: Walk, file: SourceFile, properties: readonly PropertyFact[], depth: number): BodyShape {
  const keys = new Map<string, ShapeKey>();
  let open = false;
  for (const property of properties) {
    if (!property.spread) {
      if (property.key === undefined) open = true;
      else keys.set(property.key, { value: { file, value: property.value } });
      continue;
    }
    for (const shape of shapesAt(walk, { file, value: property.value }, depth)) {
      if (shape.kind === 'object') for (const [name, key] of shape.keys) keys.set(name, key);
      if (shape.kind !== 'nothing' && (shape.kind !== 'object' || shape.open)) open = true;
    }
  }
  return { kind: 'object', keys, open };
}

function shapesOfBinding(walk: Walk, file: SourceFile, id: number, depth: number): Shapes {
  const binding = file.facts.bindings[id];
  if (!binding) return UNKNOWN;
  if (binding.import) {
    const origins = evaluateBinding(walk.project.linker, file, id);
    return union(origins.map((origin): Shapes => (origin.kind === 'object' || origin.kind === 'array' ? shapesAt(walk, origin, depth) : UNKNOWN)));
  }
  const values = [...(binding.value === undefined ? [] : [binding.value]), ...(binding.writes ?? [])];
  const found = values.length === 0 ? UNKNOWN : union(values.map((value) => shapesAt(walk, { file, value }, depth)));
  return known(found.map((shape) => withAssignedKeys(file, id, shape)), () => shapesOfType(walk, file, binding.type, depth));
}

/** `const body = {}; body.total = 3;` */
function withAssignedKeys(file: SourceFile, binding: number, shape: BodyShape): BodyShape {
  if (shape.kind !== 'object') return shape;
  const prefix = `${binding}.`;
  const later = [...memberAssignments(file.facts)].flatMap(([key, values]) =>
    key.startsWith(prefix) && values[0] !== undefined ? [[key.slice(prefix.length), { value: { file, value: values[0] } }] as const] : [],
  );
  return later.length === 0 ? shape : { ...shape, keys: new Map([...shape.keys, ...later]) };
}

function memberShapes(walk: Walk, owners: Shapes, name: string, depth: number): Shapes {
  return union(
    owners.map((owner): Shapes => {
      const key = owner.kind === 'object' ? owner.keys.get(name) : undefined;
      if (key?.value) return shapesAt(walk, key.value, depth);
      return key?.type ? shapesOfType(walk, key.type.file, key.type.type, depth) : UNKNOWN;
    }),
  );
}

function shapesOfCall(walk: Walk, site: Site, callee: number, depth: number): Shapes {
  const { project } = walk;
  const tells = declaredResponse(project, site);
  if (tells) return [{ kind: 'enveloped', tells }];
  const query = queriesOf(project, site.file).find((each) => each.value === site.value || each.head === site.value);
  if (query && !query.generic) {
    if (query.many) return ARRAY;
    return query.operation === 'raw' || query.bulk ? UNKNOWN : [{ kind: 'row' }];
  }
  const functions = calledFunctions(project.linker, site.file, site.value);
  if (functions.length > 0) return union(functions.map((ref) => shapesReturned(walk, ref, depth)));
  const member = site.file.facts.values[callee];
  if (member?.kind !== 'member') return UNKNOWN;
  const owner = site.file.facts.values[member.object];
  if (owner?.kind === 'global') return owner.name === 'Promise' && member.property === 'all' ? ARRAY : UNKNOWN;
  return LIST_METHODS.has(member.property) ? ARRAY : UNKNOWN;
}

/** What a function of ours gives back: from what it returns, else from the type it declares. */
function shapesReturned(walk: Walk, ref: FunctionRef, depth: number): Shapes {
  const fact = ref.file.facts.functions[ref.function];
  if (!fact || fact.generator) return UNKNOWN;
  const values = returnsOf(ref.file.facts, ref.function).map((value) => shapesAt(walk, { file: ref.file, value }, depth));
  const found = values.length === 0 ? UNKNOWN : union(values);
  return found.some((shape) => shape.kind === 'unknown') ? known(shapesOfType(walk, ref.file, fact.returnType, depth), () => found) : found;
}

function shapesOfType(walk: Walk, file: SourceFile, id: TypeId | undefined, depth: number): Shapes {
  const fact = id === undefined ? undefined : file.facts.types[id];
  if (id === undefined || !fact || depth > MAX_DEPTH) return UNKNOWN;
  switch (fact.kind) {
    case 'array':
    case 'tuple':
      return ARRAY;
    case 'literal':
      return fact.value === null ? NOTHING : PRIMITIVE;
    case 'keyword':
      return PRIMITIVE_TYPES.has(fact.name) ? PRIMITIVE : NO_VALUE_TYPES.has(fact.name) ? NOTHING : UNKNOWN;
    case 'object':
      return [{ kind: 'object', keys: typeKeys(file, fact.members), open: false }];
    case 'union':
      return union(fact.of.map((each) => shapesOfType(walk, file, each, depth + 1)));
    case 'intersection':
      return [merged(fact.of.flatMap((each) => shapesOfType(walk, file, each, depth + 1)))];
    case 'ref':
      if (fact.global !== undefined && fact.path.length === 0) {
        if (ARRAY_TYPES.has(fact.global)) return ARRAY;
        return SAME_TYPES.has(fact.global) ? shapesOfType(walk, file, fact.args[0], depth + 1) : UNKNOWN;
      }
      return shapesOfNamedType(walk, file, id, depth);
    default:
      return UNKNOWN;
  }
}

function typeKeys(file: SourceFile, members: readonly TypeMember[]): Map<string, ShapeKey> {
  return new Map(members.map((member) => [member.name, member.type === undefined ? {} : { type: { file, type: member.type } }]));
}

function merged(shapes: Shapes): BodyShape {
  const keys = new Map<string, ShapeKey>();
  let open = false;
  for (const shape of shapes) {
    if (shape.kind === 'object') for (const [name, key] of shape.keys) keys.set(name, key);
    if (shape.kind !== 'object' || shape.open) open = true;
  }
  return { kind: 'object', keys, open };
}

function shapesOfNamedType(walk: Walk, file: SourceFile, id: TypeId, depth: number): Shapes {
  return union(
    typeNames(walk.project.linker, file, id).map((origin): Shapes => {
      if (origin.kind === 'class') return shapesOfClass(walk, origin);
      if (origin.kind !== 'typeName') return UNKNOWN;
      const declarations = origin.file.facts.typeDeclarations.filter((each) => each.binding === origin.binding);
      const alias = declarations.find((each) => each.kind === 'alias');
      if (alias) return alias.typeParams.length > 0 && alias.type !== undefined && origin.file.facts.types[alias.type]?.kind !== 'object' ? UNKNOWN : shapesOfType(walk, origin.file, alias.type, depth + 1);
      const parents = declarations.flatMap((each) => each.extends.flatMap((parent) => shapesOfType(walk, origin.file, parent, depth + 1)));
      const own = declarations.map((each): BodyShape => ({ kind: 'object', keys: typeKeys(origin.file, each.members), open: false }));
      return own.length === 0 ? UNKNOWN : [merged([...parents, ...own])];
    }),
  );
}

/** Fields of a class and of those that it extends; one that says itself what its JSON is stays unknown. */
function shapesOfClass(walk: Walk, ref: ClassRef, hops = 0): Shapes {
  const { file } = ref;
  const fact = file.facts.classes[ref.class];
  if (!fact || hops > 6 || fact.members.some((member) => member.name === 'toJSON')) return UNKNOWN;
  const keys = new Map<string, ShapeKey>();
  let open = false;
  if (fact.extends !== undefined) {
    for (const origin of evaluate(walk.project.linker, file, fact.extends)) {
      const parent = merged(origin.kind === 'class' ? shapesOfClass(walk, origin, hops + 1) : UNKNOWN);
      if (parent.kind !== 'object') continue;
      for (const [name, key] of parent.keys) keys.set(name, key);
      open ||= parent.open;
    }
  }
  for (const member of fact.members) {
    if (member.static || (member.kind !== 'field' && member.kind !== 'getter')) continue;
    keys.set(member.name, {
      ...(member.value !== undefined ? { value: { file, value: member.value } } : member.type !== undefined ? { type: { file, type: member.type } } : {}),
    });
  }
  const constructor = fact.members.find((member) => member.kind === 'constructor')?.function;
  for (const param of file.facts.functions[constructor ?? -1]?.params ?? [])
    {if (param.property !== undefined) keys.set(param.property, param.type === undefined ? {} : { type: { file, type: param.type } });}
  return [{ kind: 'object', keys, open }];
}
