import type { BindingId, CallFact, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { calledName } from './callee-names.ts';
import type { Candidate } from './candidate.ts';
import { isShortSlice } from './constant-collections.ts';
import { constantNumber, dependsOn, isWithin, namesHolding, someOperand, unwrapped } from './dataflow.ts';
import { iterationsAround, type Iteration } from './iterations.ts';
import type { Site } from './origins.ts';
import type { SourceFile } from './types.ts';

/** `rows.slice(0, 5)`, `findMany({ take: 5 })`, or a guard on the length that leaves before the loop. */
export function isBounded({ file, iteration, maxConstant }: Candidate): boolean {
  if (iteration.over === undefined) return false;
  const over = file.facts.values[unwrapped(file, iteration.over)];
  if (over?.kind === 'call' && isShortSlice(file, over, maxConstant)) return true;
  if (over?.kind !== 'name') return false;
  const value = file.facts.bindings[over.binding]?.value;
  const made = value === undefined ? undefined : file.facts.values[unwrapped(file, value)];
  if (made?.kind === 'call' && (isShortSlice(file, made, maxConstant) || takesFew(file, made, maxConstant))) return true;
  return file.facts.regions.some((region) => {
    const leaves = region.kind === 'branch' && region.end <= iteration.start && (region.exit === 'return' || region.exit === 'throw');
    return leaves && limitsLength(file, region.test, over.binding, maxConstant);
  });
}

/** `findMany({ take: 10 })`, `.limit(10)`. */
function takesFew(file: SourceFile, call: CallFact, max: number): boolean {
  const isFew = (id: ValueId | undefined) => id !== undefined && (constantNumber(file, id) ?? Infinity) <= max;
  if (['limit', 'take'].includes(calledName(file, call))) return isFew(call.args[0]);
  return call.args.some((arg) => {
    const fact = file.facts.values[arg];
    return fact?.kind === 'object' && fact.properties.some((property) => (property.key === 'take' || property.key === 'limit') && isFew(property.value));
  });
}

function limitsLength(file: SourceFile, test: ValueId, list: BindingId, max: number): boolean {
  const fact = file.facts.values[test];
  if (fact?.kind !== 'binary' || (fact.operator !== '>' && fact.operator !== '>=')) return false;
  const left = file.facts.values[fact.left];
  const owner = left?.kind === 'member' && left.property === 'length' ? file.facts.values[left.object] : undefined;
  return owner?.kind === 'name' && owner.binding === list && (constantNumber(file, fact.right) ?? Infinity) <= max;
}

/** The loop is left as soon as a row is found, or is not: `if (!taken) return name`. */
export function isProbe({ file, iteration, value, trail }: Candidate): boolean {
  if (iteration.callback) return ['find', 'some', 'every', 'findIndex'].includes(iteration.form) && trail.length === 0;
  const results = namesHolding(file, value);
  return file.facts.regions.some((region, id) => {
    if (region.kind !== 'branch' || (region.exit !== 'return' && region.exit !== 'break') || !isWithin(file, region.parent, iteration.region)) return false;
    const asks = someOperand(file, region.test, (fact, operand) => operand === value || (fact.kind === 'name' && results.has(fact.binding)), 3);
    return asks && (region.exit === 'break' || givesFound(file, id, iteration));
  });
}

/**
 * What a probe gives back: the element or something made in the loop, a yes or no, nothing. An answer such as
 * `{ status: 401 }` comes from a guard, which lets the loop go on when all is well.
 */
function givesFound(file: SourceFile, region: number, iteration: Iteration): boolean {
  const local = new Set<BindingId>(iteration.elements);
  file.facts.bindings.forEach((binding, id) => {
    if (isWithin(file, binding.region, iteration.region)) local.add(id);
  });
  return file.facts.returns.some((fact) => {
    if (!isWithin(file, fact.region, region)) return false;
    const value = fact.value === undefined ? undefined : file.facts.values[fact.value];
    if (fact.value === undefined || value === undefined) return true;
    if (value.kind === 'literal') return value.value === null || typeof value.value === 'boolean';
    return (value.kind === 'global' && value.name === 'undefined') || dependsOn(file, fact.value, local);
  });
}

const IDENTITIES = new Set(['id', '_id', 'uuid', 'key', 'slug']);

/** `if (row.id === id) await …`: of all elements one is picked, here or in an iteration on the way. */
export function isPicked({ project, file, iteration, value, query, trail }: Candidate): boolean {
  if (isPickedIn(file, value, iteration)) return true;
  const inner: readonly Site[] = trail.length === 0 ? [] : [...trail.slice(1), { file: query.file, value: query.head }];
  return inner.some((site) => {
    const region = callFact(site.file, site.value)?.region;
    return region !== undefined && iterationsAround(project, site.file, region).some((around) => isPickedIn(site.file, site.value, around));
  });
}

function isPickedIn(file: SourceFile, value: ValueId, iteration: Iteration): boolean {
  const elements = new Set(iteration.elements);
  for (let at: number = callFact(file, value)?.region ?? -1; at >= 0 && at !== iteration.region; at = file.facts.regions[at]?.parent ?? -1) {
    const region = file.facts.regions[at];
    if (region?.kind === 'branch' && region.when && picksOne(file, region.test, elements)) return true;
  }
  return false;
}

function picksOne(file: SourceFile, test: ValueId, elements: ReadonlySet<BindingId>): boolean {
  const fact = file.facts.values[test];
  if (fact?.kind === 'logical' && fact.operator === '&&') return picksOne(file, fact.left, elements) || picksOne(file, fact.right, elements);
  if (fact?.kind !== 'binary' || (fact.operator !== '===' && fact.operator !== '==')) return false;
  const isIdentity = (id: ValueId) => {
    const side = file.facts.values[id];
    const owner = side?.kind === 'member' && IDENTITIES.has(side.property) ? file.facts.values[side.object] : side;
    return owner?.kind === 'name' && elements.has(owner.binding);
  };
  const isOutside = (id: ValueId) => file.facts.values[id]?.kind !== 'literal' && !dependsOn(file, id, elements);
  return (isIdentity(fact.left) && isOutside(fact.right)) || (isIdentity(fact.right) && isOutside(fact.left));
}
