import type { BindingId, CallFact, ValueFact, ValueId } from '../facts/types.ts';
import { constantNumber, dependsOn, isWithin, namesHolding, someOperand, unwrapped } from './dataflow.ts';
import { evaluate } from './evaluate.ts';
import type { Iteration } from './iterations.ts';
import type { Project } from './project.ts';
import type { Query } from './queries.ts';
import type { SourceFile } from './types.ts';

/** A query, or a call that leads to one, as it runs in an iteration. */
export interface Candidate {
  readonly project: Project;
  readonly file: SourceFile;
  readonly iteration: Iteration;
  /** The query, or the call on the way to it. */
  readonly value: ValueId;
  readonly query: Query;
  /** The query itself stands in the iteration. */
  readonly direct: boolean;
  readonly maxConstant: number;
}

/** Why a query per element is right as it is. Ids as in the rule's page. */
export interface Exemption {
  readonly id: string;
  readonly reason: string;
  applies(candidate: Candidate): boolean;
}

export const exemptions: readonly Exemption[] = [
  { id: 'constant', reason: 'the collection is written in the code', applies: ({ project, file, iteration, maxConstant }) => isConstantCollection(project, file, iteration, maxConstant) },
  { id: 'chunk', reason: 'each round handles a batch', applies: (candidate) => isChunkLoop(candidate) || isBatchLookup(candidate) },
  { id: 'cursor', reason: 'each round depends on the result of the one before', applies: isLoopCarried },
  { id: 'retry', reason: 'it repeats until it succeeds', applies: isRetry },
  { id: 'lock', reason: 'rows are locked in order', applies: takesLock },
  { id: 'dependent', reason: 'later rounds need the ids that earlier ones made', applies: isDependentWrite },
  { id: 'batched', reason: 'the client batches these lookups within one tick', applies: isBatchedByClient },
  { id: 'probe', reason: 'it stops at the first hit', applies: isProbe },
  { id: 'bounded', reason: 'the number of rounds is bounded before', applies: isBounded },
];

export function findExemption(candidate: Candidate): Exemption | undefined {
  return exemptions.find((exemption) => exemption.applies(candidate));
}

function isConstantCollection(project: Project, file: SourceFile, iteration: Iteration, max: number): boolean {
  if (iteration.over !== undefined) return isConstantList(project, file, iteration.over, max);
  const limit = countedLimit(file, iteration);
  const count = limit === undefined ? undefined : constantNumber(file, limit);
  return count !== undefined && count <= max;
}

function isConstantList(project: Project, file: SourceFile, id: ValueId, max: number): boolean {
  const fact = file.facts.values[unwrapped(file, id)];
  if (fact?.kind === 'call') return isConstantCall(project, file, fact, max);
  const origins = evaluate(project.linker, file, id);
  return origins.length > 0 && origins.every((origin) => {
    if (origin.kind === 'enum') return true;
    if (origin.kind !== 'array' && origin.kind !== 'object') return false;
    const value = origin.file.facts.values[origin.value];
    if (value?.kind === 'object') return value.properties.length <= max && value.properties.every((property) => !property.spread);
    return value?.kind === 'array' && value.items.length > 0 && value.items.length <= max && value.items.every((item) => origin.file.facts.values[item]?.kind !== 'spread' || isConstantList(project, origin.file, item, max));
  });
}

/** `Object.values(SOME_ENUM)`, `Array.from({ length: 3 })`, `[…].filter(…)`, `CONSTANT.entries()`. */
function isConstantCall(project: Project, file: SourceFile, call: CallFact, max: number): boolean {
  const callee = file.facts.values[call.callee];
  if (callee?.kind !== 'member') return false;
  const owner = file.facts.values[callee.object];
  const first = call.args[0];
  if (owner?.kind === 'global' && owner.name === 'Object') return first !== undefined && isConstantList(project, file, first, max);
  if (owner?.kind === 'global' && owner.name === 'Array' && callee.property === 'from') {
    const shape = first === undefined ? undefined : file.facts.values[first];
    const length = shape?.kind === 'object' ? shape.properties.find((property) => property.key === 'length')?.value : undefined;
    const count = length === undefined ? undefined : constantNumber(file, length);
    return count !== undefined ? count <= max : first !== undefined && isConstantList(project, file, first, max);
  }
  if (callee.property === 'slice') return isShortSlice(file, call, max);
  return KEEPS_LENGTH.has(callee.property) && isConstantList(project, file, callee.object, max);
}

const KEEPS_LENGTH = new Set(['filter', 'map', 'entries', 'values', 'keys', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat']);

function isShortSlice(file: SourceFile, call: CallFact, max: number): boolean {
  const [from, to] = call.args.map((arg) => constantNumber(file, arg));
  return from !== undefined && to !== undefined && to - from <= max;
}

const CHUNK_NAME = /(?:chunk|batch|splitEvery|partition|inGroups|windowed|paginate|pages?)/i;

/** Strides with `slice`, and iterables made by `chunk(rows, 100)`. */
function isChunkLoop({ file, iteration }: Candidate): boolean {
  const region = file.facts.regions[iteration.region];
  if (region?.kind === 'loop' && region.update !== undefined) {
    const update = file.facts.values[region.update];
    if (update?.kind === 'assign' && update.operator === '+=') return constantNumber(file, update.value) !== 1;
  }
  if (iteration.over === undefined) return false;
  return someOperand(file, iteration.over, (fact) => fact.kind === 'call' && CHUNK_NAME.test(calledName(file, fact)), 2);
}

export function calledName(file: SourceFile, call: CallFact): string {
  const callee = file.facts.values[call.callee];
  if (callee?.kind === 'member') return callee.property;
  if (callee?.kind === 'global') return callee.name;
  return callee?.kind === 'name' ? (file.facts.bindings[callee.binding]?.name ?? '') : '';
}

const LIST_KEYS = new Set(['in', '$in', 'hasSome']);
const LIST_CALLS = new Set(['inArray', 'whereIn', 'orWhereIn', 'In', 'any', 'ANY']);

/** The element itself is the list of an IN: the loop goes over batches. */
function isBatchLookup({ file, iteration, value, direct }: Candidate): boolean {
  if (!direct) return false;
  const elements = new Set(iteration.elements);
  const isElementList = (id: ValueId) => isElementOrMapped(file, id, elements);
  return someOperand(
    file,
    value,
    (fact) => {
      if (fact.kind === 'object') return fact.properties.some((property) => property.key !== undefined && LIST_KEYS.has(property.key) && isElementList(property.value));
      return fact.kind === 'call' && LIST_CALLS.has(calledName(file, fact)) && fact.args.some(isElementList);
    },
    1,
  );
}

/** `batch`, `batch.map(…)`; not `row.tagIds`, which is a list that each row has. */
function isElementOrMapped(file: SourceFile, id: ValueId, elements: ReadonlySet<BindingId>): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'name') {
    if (elements.has(fact.binding)) return true;
    const value = file.facts.bindings[fact.binding]?.value;
    return value !== undefined && file.facts.values[value]?.kind === 'call' && isElementOrMapped(file, value, elements);
  }
  if (fact?.kind !== 'call') return false;
  const callee = file.facts.values[fact.callee];
  return callee?.kind === 'member' && (callee.property === 'map' || callee.property === 'filter') && isElementOrMapped(file, callee.object, elements);
}

/** Counted loops over something else than the length of a list, `while` loops, and loops whose state comes from the query. */
function isLoopCarried({ file, iteration, value }: Candidate): boolean {
  if (iteration.callback || iteration.over !== undefined) return feedsItself(file, iteration, value);
  const region = file.facts.regions[iteration.region];
  if (region?.kind !== 'loop') return false;
  if (region.loop === 'for' && region.test !== undefined && readsLength(file, region.test)) return feedsItself(file, iteration, value);
  // `while (queue.length > 0) { const item = queue.shift(); … }` goes through a list, unless what is found is queued again.
  if (region.test !== undefined && readsLength(file, region.test) && takesFromList(file, iteration)) return refills(file, iteration);
  return true;
}

/** The query's arguments use a variable that is written in the loop from the query's result. */
function feedsItself(file: SourceFile, iteration: Iteration, value: ValueId): boolean {
  if (iteration.callback) return false;
  const results = namesHolding(file, value);
  const carried = new Set<BindingId>();
  file.facts.bindings.forEach((binding, id) => {
    const outside = !isWithin(file, binding.region, iteration.region);
    if (outside && (binding.writes ?? []).some((write) => isInside(file, write, iteration) && dependsOn(file, write, results))) carried.add(id);
  });
  return carried.size > 0 && dependsOn(file, value, carried);
}

function isInside(file: SourceFile, id: ValueId, iteration: Iteration): boolean {
  const fact = file.facts.values[id];
  return fact !== undefined && fact.start >= iteration.start && fact.end <= iteration.end;
}

function readsLength(file: SourceFile, test: ValueId): boolean {
  return someOperand(file, test, (fact) => fact.kind === 'member' && (fact.property === 'length' || fact.property === 'size'), 1);
}

function callsIn(file: SourceFile, iteration: Iteration): readonly { id: ValueId; call: CallFact }[] {
  return file.facts.calls.flatMap((id) => {
    const call = file.facts.values[id];
    return call?.kind === 'call' && isWithin(file, call.region, iteration.region) ? [{ id, call }] : [];
  });
}

function takesFromList(file: SourceFile, iteration: Iteration): boolean {
  return callsIn(file, iteration).some(({ call }) => ['shift', 'pop', 'splice'].includes(calledName(file, call)));
}

function refills(file: SourceFile, iteration: Iteration): boolean {
  return callsIn(file, iteration).some(({ call }) => ['push', 'unshift', 'enqueue', 'add'].includes(calledName(file, call)));
}

/** The bound of `for (let i = 0; i < bound; i++)`. */
function countedLimit(file: SourceFile, iteration: Iteration): ValueId | undefined {
  const region = file.facts.regions[iteration.region];
  if (region?.kind !== 'loop' || region.loop !== 'for' || region.test === undefined) return undefined;
  const test = file.facts.values[region.test];
  return test?.kind === 'binary' && ['<', '<=', '!=='].includes(test.operator) ? test.right : undefined;
}

const RETRY_NAME = /retr(?:y|ies)|attempt|tries/i;

function isRetry({ file, iteration }: Candidate): boolean {
  if (iteration.callback || iteration.over !== undefined) return false;
  const region = file.facts.regions[iteration.region];
  if (region?.kind !== 'loop' || region.test === undefined) return false;
  return someOperand(file, region.test, (fact) => RETRY_NAME.test(nameOf(file, fact)), 0);
}

function nameOf(file: SourceFile, fact: ValueFact): string {
  if (fact.kind === 'name') return file.facts.bindings[fact.binding]?.name ?? '';
  return fact.kind === 'member' ? fact.property : '';
}

const LOCKS = /for update|for share|advisory_(?:xact_)?lock/i;

function takesLock({ query }: Candidate): boolean {
  const { file } = query;
  if (query.chain.some((link) => link.name === 'forUpdate' || link.name === 'forShare' || link.name === 'setLock')) return true;
  return someOperand(
    file,
    query.value,
    (fact) => (fact.kind === 'object' && fact.properties.some((property) => property.key === 'lock')) || (fact.kind === 'tagged' && LOCKS.test(fact.quasis.join(' '))) || (fact.kind === 'literal' && LOCKS.test(String(fact.value))),
    1,
  );
}

/** A created row is put where later rounds read it: `ids.set(row.key, created.id)`, then `ids.get(row.parent)`. */
function isDependentWrite(candidate: Candidate): boolean {
  const { file, iteration, value, query } = candidate;
  if (query.operation === 'read' || iteration.callback) return false;
  const results = namesHolding(file, value);
  const stores = new Set<BindingId>();
  for (const { call } of callsIn(file, iteration)) {
    const callee = file.facts.values[call.callee];
    if (callee?.kind !== 'member' || !['set', 'push', 'add'].includes(callee.property)) continue;
    const owner = file.facts.values[callee.object];
    if (owner?.kind === 'name' && call.args.some((arg) => dependsOn(file, arg, results))) stores.add(owner.binding);
  }
  for (const id of file.facts.assignments) {
    const fact = file.facts.values[id];
    if (fact?.kind !== 'assign' || !isWithin(file, fact.region, iteration.region) || !dependsOn(file, fact.value, results)) continue;
    const target = file.facts.values[fact.target];
    const owner = target?.kind === 'index' || target?.kind === 'member' ? file.facts.values[target.object] : target;
    if (owner?.kind === 'name') stores.add(owner.binding);
  }
  return stores.size > 0 && dependsOn(file, value, stores);
}

function isBatchedByClient({ iteration, query }: Candidate): boolean {
  return query.batchedPerTick && iteration.callback && iteration.form !== 'reduce';
}

/** The loop is left as soon as a row is found, or is not: `if (!taken) return name`. */
function isProbe({ file, iteration, value, direct }: Candidate): boolean {
  if (iteration.callback) return ['find', 'some', 'every', 'findIndex'].includes(iteration.form) && direct;
  const results = namesHolding(file, value);
  return file.facts.regions.some((region) => {
    if (region.kind !== 'branch' || (region.exit !== 'return' && region.exit !== 'break') || !isWithin(file, region.parent, iteration.region)) return false;
    return someOperand(file, region.test, (fact, id) => id === value || (fact.kind === 'name' && results.has(fact.binding)), 3);
  });
}

/** `rows.slice(0, 5)`, or a guard on the length that leaves before the loop. */
function isBounded({ file, iteration, maxConstant }: Candidate): boolean {
  if (iteration.over === undefined) return false;
  const over = file.facts.values[unwrapped(file, iteration.over)];
  if (over?.kind === 'call' && calledName(file, over) === 'slice' && isShortSlice(file, over, maxConstant)) return true;
  if (over?.kind !== 'name') return false;
  const value = file.facts.bindings[over.binding]?.value;
  const made = value === undefined ? undefined : file.facts.values[unwrapped(file, value)];
  if (made?.kind === 'call' && (calledName(file, made) === 'slice' ? isShortSlice(file, made, maxConstant) : takesFew(file, made, maxConstant))) return true;
  return file.facts.regions.some((region) => region.kind === 'branch' && region.end <= iteration.start && (region.exit === 'return' || region.exit === 'throw') && limitsLength(file, region.test, over.binding, maxConstant));
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
