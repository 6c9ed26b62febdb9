import type { RegionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import type { Candidate } from './candidate.ts';
import { dependsOn, isWithin, namesHolding, someOperand } from './dataflow.ts';
import { runningFunction } from './execution.ts';
import type { SourceFile } from './types.ts';

const ASKS = new Set(['get', 'has']);
const KEEPS = new Set(['set', 'put', 'setex', 'setEx']);

/** What is read is kept under a key and asked for first: `if (!rows.has(id)) rows.set(id, await find(id))`, here or in a function on the way. */
export function isMemoised({ project, file, iteration, value, query, trail }: Candidate): boolean {
  if (isKept(file, value, iteration.region)) return true;
  const inner = [...trail.slice(1), ...(trail.length > 0 ? [{ file: query.file, value: query.value }] : [])];
  return inner.some((site) => {
    const region = callFact(site.file, site.value)?.region;
    const runs = region === undefined ? -1 : runningFunction(project, site.file, region);
    const body = runs < 0 ? undefined : site.file.facts.functions[runs]?.body;
    return body !== undefined && isKept(site.file, site.value, body);
  });
}

/** Whether a stretch of code puts a result into a store that it also asks. */
function isKept(file: SourceFile, value: ValueId, within: RegionId): boolean {
  const results = namesHolding(file, value);
  const holdsResult = (id: ValueId) => dependsOn(file, id, results) || someOperand(file, id, (_, operand) => operand === value, 0);
  const kept = new Set<string>();
  const before = file.facts.values[value]?.start ?? 0;
  const asked = new Set<string>();
  for (const id of file.facts.calls) {
    const call = file.facts.values[id];
    const callee = call?.kind === 'call' ? file.facts.values[call.callee] : undefined;
    if (call?.kind !== 'call' || callee?.kind !== 'member' || !isWithin(file, call.region, within)) continue;
    const store = textOf(file, callee.object);
    if (ASKS.has(callee.property) && call.start < before) asked.add(store);
    if (KEEPS.has(callee.property) && call.args.slice(1).some(holdsResult)) kept.add(store);
  }
  for (const id of file.facts.assignments) {
    const fact = file.facts.values[id];
    const target = fact?.kind === 'assign' && isWithin(file, fact.region, within) ? file.facts.values[fact.target] : undefined;
    if (fact?.kind === 'assign' && target?.kind === 'index' && holdsResult(fact.value)) kept.add(textOf(file, target.object));
  }
  if (kept.size === 0) return false;
  return [...kept].some((store) => asked.has(store) || isIndexed(file, store, within, before));
}

/** `names[id]` is read before a place. */
function isIndexed(file: SourceFile, store: string, within: RegionId, before: number): boolean {
  const region = file.facts.regions[within];
  if (!region) return false;
  return file.facts.values.some((fact) => fact.kind === 'index' && fact.start >= region.start && fact.end <= before && textOf(file, fact.object) === store);
}

function textOf(file: SourceFile, id: ValueId): string {
  const fact = file.facts.values[id];
  return fact ? file.text.slice(fact.start, fact.end) : '';
}
