import type { BindingId, ValueId } from '../facts/types.ts';
import { calledName } from './callee-names.ts';
import type { Candidate } from './candidate.ts';
import { constantNumber, someOperand } from './dataflow.ts';
import type { SourceFile } from './types.ts';

/** Each round handles a batch: strides, iterables of chunks, the element as the list of an IN. */
export function isBatch(candidate: Candidate): boolean {
  return isChunkLoop(candidate) || (candidate.trail.length === 0 ? isBatchLookup(candidate) : isBatchHandedOver(candidate));
}

const CHUNK_NAME = /chunk|batch(?:es|ed)?$|inBatches|splitEvery|inGroups|windowed/i;

function isChunkLoop({ file, iteration }: Candidate): boolean {
  const region = file.facts.regions[iteration.region];
  if (region?.kind === 'loop' && region.update !== undefined) {
    const update = file.facts.values[region.update];
    if (update?.kind === 'assign' && update.operator === '+=') return constantNumber(file, update.value) !== 1;
  }
  if (iteration.over === undefined) return false;
  return someOperand(file, iteration.over, (fact) => fact.kind === 'call' && CHUNK_NAME.test(calledName(file, fact)), 2);
}

const LIST_KEYS = new Set(['in', '$in', 'hasSome']);
const LIST_CALLS = new Set(['inArray', 'whereIn', 'orWhereIn', 'In', 'any', 'ANY']);

/** The element itself is the list of an IN: the loop goes over batches. */
function isBatchLookup({ file, iteration, value }: Candidate): boolean {
  const elements = new Set(iteration.elements);
  const isElementList = (id: ValueId) => isElement(file, id, elements) || isMappedElement(file, id, elements);
  return someOperand(
    file,
    value,
    (fact) => {
      if (fact.kind === 'object') return fact.properties.some(({ key, value: list }) => key !== undefined && LIST_KEYS.has(key) && isElementList(list));
      return fact.kind === 'call' && LIST_CALLS.has(calledName(file, fact)) && fact.args.some(isElementList);
    },
    1,
  );
}

/** `load(batch.map((row) => row.id))`: only a list can be mapped. */
function isBatchHandedOver({ file, iteration, value }: Candidate): boolean {
  const elements = new Set(iteration.elements);
  return someOperand(file, value, (_, id) => isMappedElement(file, id, elements), 1);
}

function isElement(file: SourceFile, id: ValueId, elements: ReadonlySet<BindingId>): boolean {
  const fact = file.facts.values[id];
  return fact?.kind === 'name' && elements.has(fact.binding);
}

/** `batch.map(…)`, `batch.filter(…).map(…)`, or a name for it; not `row.tagIds.map(…)`, which is a list that each row has. */
function isMappedElement(file: SourceFile, id: ValueId, elements: ReadonlySet<BindingId>): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'name') {
    const value = file.facts.bindings[fact.binding]?.value;
    return value !== undefined && file.facts.values[value]?.kind === 'call' && isMappedElement(file, value, elements);
  }
  if (fact?.kind !== 'call') return false;
  const callee = file.facts.values[fact.callee];
  if (callee?.kind !== 'member' || (callee.property !== 'map' && callee.property !== 'filter')) return false;
  return isElement(file, callee.object, elements) || isMappedElement(file, callee.object, elements);
}
