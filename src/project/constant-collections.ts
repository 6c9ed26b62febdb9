import type { BindingId, CallFact, ValueId } from '../facts/types.ts';
import { calledName } from './callee-names.ts';
import type { Candidate } from './candidate.ts';
import { constantNumber, unwrapped } from './dataflow.ts';
import { evaluate } from './evaluate.ts';
import { stepsOf, type Origin } from './origins.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** The collection is written in the code: a list of literals, an enum, a constant of a package, a count. */
export function isConstantCollection({ project, file, iteration, maxConstant }: Candidate): boolean {
  if (iteration.over !== undefined) return isConstantList({ project, max: maxConstant }, file, iteration.over);
  const region = file.facts.regions[iteration.region];
  if (region?.kind !== 'loop' || region.loop !== 'for' || region.test === undefined) return false;
  const test = file.facts.values[region.test];
  const count = test?.kind === 'binary' && (test.operator === '<' || test.operator === '<=') ? constantNumber(file, test.right) : undefined;
  return count !== undefined && count <= maxConstant;
}

interface Limits {
  readonly project: Project;
  readonly max: number;
}

/**
 * Follows constants, imports and what keeps the length, and nothing else: a list that reached a parameter through its callers,
 * or that was empty where it is written, says nothing about how long it gets.
 */
function isConstantList(limits: Limits, file: SourceFile, id: ValueId, depth = 0): boolean {
  const fact = file.facts.values[unwrapped(file, id)];
  if (!fact || depth > 12) return false;
  const inner = (value: ValueId) => isConstantList(limits, file, value, depth + 1);
  switch (fact.kind) {
    case 'array':
      return fact.items.length > 0 && fact.items.length <= limits.max && fact.items.every((item) => file.facts.values[item]?.kind !== 'spread' || inner(item));
    case 'object':
      if (fact.properties.length === 0 || fact.properties.length > limits.max) return false;
      return fact.properties.every((property) => (property.spread ? inner(property.value) : property.key !== undefined));
    case 'call':
      return isConstantCall(limits, file, fact, depth);
    case 'new': {
      const [first] = fact.args;
      return isGlobal(file, fact.callee, 'Set', 'Map') && first !== undefined && inner(first);
    }
    case 'conditional':
      return inner(fact.then) && inner(fact.else);
    case 'logical':
      return inner(fact.left) && inner(fact.right);
    case 'name':
      return isConstantName(limits, file, fact.binding, depth);
    case 'member':
      return isConstantMember(limits, file, id, fact.object, fact.property);
    default:
      return false;
  }
}

function isConstantName(limits: Limits, file: SourceFile, id: BindingId, depth: number): boolean {
  const binding = file.facts.bindings[id];
  if (!binding) return false;
  if (binding.enum !== undefined) return true;
  if (binding.import) {
    const origins = importedOrigins(limits, file, id);
    return origins.length > 0 && origins.every((origin) => isConstantOrigin(limits, origin, depth));
  }
  if (binding.kind !== 'const' || binding.value === undefined || binding.writes?.length) return false;
  return isConstantList(limits, file, binding.value, depth + 1) && !isFilled(file, id);
}

function importedOrigins({ project }: Limits, file: SourceFile, id: BindingId): readonly Origin[] {
  const use = file.facts.values.findIndex((fact) => fact.kind === 'name' && fact.binding === id);
  return use < 0 ? [] : evaluate(project.linker, file, use);
}

function isConstantOrigin(limits: Limits, origin: Origin, depth: number): boolean {
  if (origin.kind === 'enum') return true;
  // A constant of a package: the names on the way to it are read, and nothing is called.
  if (origin.kind === 'external') return origin.module !== 'global' && origin.step !== undefined && stepsOf(origin).every((step) => step.kind === 'get');
  if (origin.kind !== 'array' && origin.kind !== 'object') return false;
  const owner = origin.file.facts.bindings.findIndex((binding) => binding.value !== undefined && unwrapped(origin.file, binding.value) === origin.value);
  return isConstantList(limits, origin.file, origin.value, depth + 1) && (owner < 0 || !isFilled(origin.file, owner));
}

const HOLDERS: ReadonlySet<Origin['kind']> = new Set(['class', 'instance', 'object', 'module', 'external']);

/** `SETTINGS.regions` of an object in the code, a static field, a member of what a package exports. */
function isConstantMember(limits: Limits, file: SourceFile, id: ValueId, object: ValueId, property: string): boolean {
  const owner = file.facts.values[object];
  if (owner?.kind === 'global' || owner?.kind === 'call') return false;
  const owners = evaluate(limits.project.linker, file, object);
  const fixed = owners.length > 0 && owners.every((origin) => HOLDERS.has(origin.kind));
  if (!fixed || !isRootConstant(file, object)) return false;
  const origins = evaluate(limits.project.linker, file, id);
  if (origins.length === 0 || isMemberFilled(file, property)) return false;
  return origins.every((origin) => isConstantOrigin(limits, origin, 0));
}

/** Members of `this`, of constants and of imports; not of parameters and results. */
function isRootConstant(file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'this') return true;
  if (fact?.kind === 'member') return isRootConstant(file, fact.object);
  if (fact?.kind !== 'name') return false;
  const binding = file.facts.bindings[fact.binding];
  if (binding?.import || binding?.class !== undefined || binding?.enum !== undefined) return true;
  const value = binding?.kind === 'const' && binding.value !== undefined ? file.facts.values[unwrapped(file, binding.value)] : undefined;
  return value?.kind === 'object';
}

/** Calls that fill a list or a map. */
const FILLING = new Set(['push', 'unshift', 'splice', 'set', 'add']);

function isFilled(file: SourceFile, id: BindingId): boolean {
  const isOwner = (value: ValueId) => {
    const fact = file.facts.values[value];
    return fact?.kind === 'name' && fact.binding === id;
  };
  return isFilledWhere(file, isOwner);
}

function isMemberFilled(file: SourceFile, property: string): boolean {
  return isFilledWhere(file, (value) => {
    const fact = file.facts.values[value];
    return fact?.kind === 'member' && fact.property === property;
  });
}

function isFilledWhere(file: SourceFile, isOwner: (value: ValueId) => boolean): boolean {
  const { facts } = file;
  const called = facts.calls.some((id) => {
    const call = facts.values[id];
    const callee = call?.kind === 'call' ? facts.values[call.callee] : undefined;
    return callee?.kind === 'member' && FILLING.has(callee.property) && isOwner(callee.object);
  });
  return called || facts.assignments.some((id) => {
    const fact = facts.values[id];
    const target = fact?.kind === 'assign' ? facts.values[fact.target] : undefined;
    return (target?.kind === 'index' || target?.kind === 'member') && isOwner(target.object);
  });
}

const KEEPS_LENGTH = new Set(['filter', 'map', 'entries', 'values', 'keys', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat']);
const OBJECT_LISTS = new Set(['values', 'keys', 'entries', 'freeze']);

/** `Object.values(SOME_ENUM)`, `Array.from({ length: 3 })`, `[…].filter(…)`, `CONSTANT.entries()`, `'a,b'.split(',')`. */
function isConstantCall(limits: Limits, file: SourceFile, call: CallFact, depth: number): boolean {
  const callee = file.facts.values[call.callee];
  if (callee?.kind !== 'member') return false;
  const inner = (value: ValueId | undefined) => value !== undefined && isConstantList(limits, file, value, depth + 1);
  const [first] = call.args;
  if (isGlobal(file, callee.object, 'Object')) return OBJECT_LISTS.has(callee.property) && inner(first);
  if (isGlobal(file, callee.object, 'Array') && callee.property === 'from') {
    const shape = first === undefined ? undefined : file.facts.values[first];
    const length = shape?.kind === 'object' ? shape.properties.find((property) => property.key === 'length')?.value : undefined;
    return length === undefined ? inner(first) : (constantNumber(file, length) ?? Infinity) <= limits.max;
  }
  if (callee.property === 'split') return file.facts.values[callee.object]?.kind === 'literal';
  if (callee.property === 'slice' && isShortSlice(file, call, limits.max)) return true;
  if (callee.property === 'concat' && !call.args.every(inner)) return false;
  return (KEEPS_LENGTH.has(callee.property) || callee.property === 'slice') && inner(callee.object);
}

/** `rows.slice(0, 5)`. */
export function isShortSlice(file: SourceFile, call: CallFact, max: number): boolean {
  if (calledName(file, call) !== 'slice') return false;
  const [from, to] = call.args.map((arg) => constantNumber(file, arg));
  return from !== undefined && to !== undefined && to - from <= max;
}

function isGlobal(file: SourceFile, id: ValueId, ...names: readonly string[]): boolean {
  const fact = file.facts.values[id];
  return fact?.kind === 'global' && names.includes(fact.name);
}
