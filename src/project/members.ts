import { calledResult, evaluate, firstKnown, returnedBy, superOf } from './evaluate.ts';
import { evaluateType } from './evaluate-types.ts';
import { subclassesOf } from './class-index.ts';
import { memberOfContext } from './contexts.ts';
import { MAX_DEPTH, memberAssignments, type Linker } from './linker.ts';
import { exportsOf } from './modules.ts';
import { NO_ORIGINS, originKey, take, unionOf, type ClassRef, type External, type Origin, type Origins } from './origins.ts';
import { evaluateParameter } from './parameters.ts';
import type { MemberFact, TypeMember } from '../facts/types.ts';
import type { SourceFile } from './types.ts';

export function membersOf(linker: Linker, owners: Origins, name: string): Origins {
  if (owners.length === 1 && owners[0]) return memberOf(linker, owners[0], name);
  return unionOf(owners.map((owner) => memberOf(linker, owner, name)));
}

/** What reading a member of a value gives. */
export function memberOf(linker: Linker, owner: Origin, name: string): Origins {
  if (owner.kind === 'external') return memberOfExternal(linker, owner, name);
  const key = `${originKey(owner)} ${name}`;
  const known = linker.members.get(key);
  if (known) return known;
  if (linker.depth > MAX_DEPTH) return NO_ORIGINS;
  // Objects that spread themselves and types that extend each other end here.
  linker.members.set(key, NO_ORIGINS);
  linker.depth++;
  const found = readMember(linker, owner, name);
  linker.depth--;
  linker.members.set(key, found);
  return found;
}

function memberOfExternal(linker: Linker, owner: External, name: string): Origins {
  const own = firstKnown(memberOfOwnClass(linker, owner, name), () => memberOfContext(linker, owner, name));
  return firstKnown(own, () => [take(owner, { kind: 'get', name })]);
}

function readMember(linker: Linker, owner: Origin, name: string): Origins {
  switch (owner.kind) {
    case 'module':
      return exportsOf(linker, owner.file, name);
    case 'object':
      return memberOfObject(linker, owner.file, owner.value, name);
    case 'class':
      return memberOfClass(linker, owner, name);
    case 'instance':
      return memberOfInstance(linker, owner, name);
    case 'shape':
      return memberOfShape(linker, owner, name);
    case 'function':
      return memberOfFunction(linker, owner, name);
    case 'enum': {
      const member = owner.file.facts.enums[owner.enum]?.members.find((each) => each.name === name);
      return member?.value === undefined ? NO_ORIGINS : [{ kind: 'literal', value: member.value }];
    }
    default:
      return NO_ORIGINS;
  }
}

/**
 * `(await Order.findByPk(id)).cancel()`: what a package's base class makes when it is asked through a class of ours is of that class,
 * so a member that the class declares itself is meant. Anything else belongs to the package.
 */
function memberOfOwnClass(linker: Linker, owner: External, name: string): Origins {
  if (owner.step?.kind !== 'call' && owner.step?.kind !== 'element') return NO_ORIGINS;
  for (let at: External | undefined = owner; at?.step; at = at.parent) {
    if (at.step.kind === 'callback') return NO_ORIGINS;
    if (at.step.kind !== 'extended') continue;
    const { by } = at.step;
    return declares(by, name, false) ? memberOf(linker, { kind: 'instance', ...by }, name) : declares(by, name, true) ? memberOf(linker, { kind: 'class', ...by }, name) : NO_ORIGINS;
  }
  return NO_ORIGINS;

  function declares(ref: ClassRef, member: string, isStatic: boolean): boolean {
    const fact = ref.file.facts.classes[ref.class];
    if (fact?.members.some((each) => each.name === member && (each.static ?? false) === isStatic)) return true;
    if (fact?.extends === undefined) return false;
    return evaluate(linker, ref.file, fact.extends).some((origin) => origin.kind === 'class' && declares(origin, member, isStatic));
  }
}

function memberOfObject(linker: Linker, file: SourceFile, value: number, name: string): Origins {
  const fact = file.facts.values[value];
  if (fact?.kind !== 'object') return NO_ORIGINS;
  const spreads: Origins[] = [];
  for (const property of fact.properties.toReversed()) {
    if (property.spread) spreads.push(membersOf(linker, evaluate(linker, file, property.value), name));
    else if (property.key === name && property.accessor !== 'set') {
      const origins = evaluate(linker, file, property.value);
      return property.accessor === 'get' ? unionOf(origins.map((origin) => calledResult(linker, origin, { kind: 'call' }))) : origins;
    }
  }
  const spread = unionOf(spreads);
  if (spread.length > 0) return spread;
  return assignedTo(linker, file, value, name);
}

/** `const repo = {}; repo.find = …`: found through the name that holds the object. */
function assignedTo(linker: Linker, file: SourceFile, value: number, name: string): Origins {
  const holder = file.facts.bindings.findIndex((binding) => binding.value === value);
  return holder < 0 ? NO_ORIGINS : assigned(linker, file, `${holder}.${name}`);
}

function assigned(linker: Linker, file: SourceFile, key: string): Origins {
  const values = memberAssignments(file.facts).get(key);
  return values ? unionOf(values.map((each) => evaluate(linker, file, each))) : NO_ORIGINS;
}

function memberOfFunction(linker: Linker, owner: Extract<Origin, { kind: 'function' }>, name: string): Origins {
  if (name === 'bind' || name === 'call' || name === 'apply') return [owner];
  const binding = owner.file.facts.functions[owner.function]?.binding;
  return binding === undefined ? NO_ORIGINS : assigned(linker, owner.file, `${binding}.${name}`);
}

/** `leaf` is the class that was asked, `ref` the one looked at on the way up. */
function memberOfClass(linker: Linker, ref: ClassRef, name: string, leaf: ClassRef = ref): Origins {
  const fact = ref.file.facts.classes[ref.class];
  if (!fact) return NO_ORIGINS;
  const member = fact.members.find((each) => each.static && each.name === name);
  if (member) return memberValue(linker, ref, member, { kind: 'class', ...refOf(ref) });
  if (fact.binding !== undefined) {
    const later = assigned(linker, ref.file, `${fact.binding}.${name}`);
    if (later.length > 0) return later;
  }
  if (fact.extends === undefined) return NO_ORIGINS;
  return unionOf(
    evaluate(linker, ref.file, fact.extends).map((origin): Origins => {
      if (origin.kind === 'class') return memberOfClass(linker, origin, name, leaf);
      return origin.kind === 'external' ? [take(take(origin, { kind: 'extended', by: refOf(leaf) }), { kind: 'get', name })] : NO_ORIGINS;
    }),
  );
}

function memberOfInstance(linker: Linker, ref: ClassRef, name: string, self: ClassRef = ref): Origins {
  const fact = ref.file.facts.classes[ref.class];
  if (!fact) return NO_ORIGINS;
  const members = fact.members.filter((each) => !each.static && each.name === name && each.kind !== 'constructor' && each.kind !== 'setter');
  const member = members.find((each) => each.function === undefined || ref.file.facts.functions[each.function]?.body !== undefined) ?? members[0];
  if (member?.abstract || (member?.function !== undefined && ref.file.facts.functions[member.function]?.body === undefined)) {
    return unionOf(subclassesOf(linker, ref).map((sub) => memberOf(linker, { kind: 'instance', ...sub }, name)));
  }
  if (member) return memberValue(linker, ref, member, { kind: 'instance', ...refOf(ref) });
  const property = parameterProperty(linker, ref, name);
  if (property) return property;
  const set = assigned(linker, ref.file, `this ${ref.class}.${name}`);
  if (set.length > 0) return set;
  return unionOf(superOf(linker, ref, self).map((origin) => (origin.kind === 'instance' ? memberOfInstance(linker, origin, name, self) : memberOf(linker, origin, name))));
}

function memberValue(linker: Linker, ref: ClassRef, member: MemberFact, receiver: Origin): Origins {
  const { file } = ref;
  if (member.kind === 'method' && member.function !== undefined) return [{ kind: 'function', file, function: member.function, receiver }];
  if (member.kind === 'getter' && member.function !== undefined) return returnedBy(linker, { file, function: member.function });
  const initial = member.value === undefined ? NO_ORIGINS : evaluate(linker, file, member.value);
  const owner = receiver.kind === 'class' ? NO_ORIGINS : assigned(linker, file, `this ${ref.class}.${member.name}`);
  const values = unionOf([initial, owner]).filter((origin) => origin.kind !== 'literal' || origin.value !== null);
  if (member.type === undefined) return values;
  return firstKnown(values.some((origin) => origin.kind !== 'literal') ? values : NO_ORIGINS, () => firstKnown(evaluateType(linker, file, member.type ?? -1), () => values));
}

function parameterProperty(linker: Linker, ref: ClassRef, name: string): Origins | undefined {
  const fact = ref.file.facts.classes[ref.class];
  const id = fact?.members.find((each) => each.kind === 'constructor' && ref.file.facts.functions[each.function ?? -1]?.body !== undefined)?.function;
  const params = id === undefined ? undefined : ref.file.facts.functions[id]?.params;
  const index = params?.findIndex((param) => param.property === name) ?? -1;
  return index < 0 || id === undefined ? undefined : evaluateParameter(linker, { file: ref.file, function: id }, index);
}

function memberOfShape(linker: Linker, owner: Extract<Origin, { kind: 'shape' }>, name: string): Origins {
  const { file } = owner;
  const declaration = owner.declaration === undefined ? undefined : file.facts.typeDeclarations[owner.declaration];
  const type = owner.type === undefined ? undefined : file.facts.types[owner.type];
  const members: readonly TypeMember[] = declaration?.members ?? (type?.kind === 'object' ? type.members : []);
  const member = members.find((each) => each.name === name);
  if (member?.type !== undefined) return evaluateType(linker, file, member.type);
  return unionOf((declaration?.extends ?? []).map((parent) => membersOf(linker, evaluateType(linker, file, parent), name)));
}

function refOf(ref: ClassRef): ClassRef {
  return { file: ref.file, class: ref.class };
}
