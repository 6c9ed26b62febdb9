import { parentsOf } from '../facts/operands.ts';
import type { BindingId, RegionFact, RegionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { isWithin } from './dataflow.ts';
import { regionsOutward } from './execution.ts';
import { defineFileView, type Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** The `catch` of a `try`: the next one beside it. */
function catchOf(file: SourceFile, id: RegionId): RegionId | undefined {
  const region = file.facts.regions[id];
  if (region?.kind !== 'try' || !region.catches) return undefined;
  let found: RegionId | undefined;
  file.facts.regions.forEach((each, index) => {
    if (each.kind !== 'catch' || each.parent !== region.parent || each.start < region.end) return;
    if (found === undefined || each.start < (file.facts.regions[found]?.start ?? Infinity)) found = index;
  });
  return found;
}

/** Whether each `catch` of a file keeps what it catches: it neither throws it again as it is nor passes it to `next`. */
const keepsErrors = defineFileView((_project, file) => {
  const table = new Map<RegionId, boolean>();
  file.facts.regions.forEach((region, id) => {
    if (region.kind === 'catch') table.set(id, !rethrows(file, id, region) && !passesOn(file, id, region));
  });
  return table;
});

/** `throw error` at the end of the catch itself; under a condition it is for errors of some kind only. */
function rethrows(file: SourceFile, id: RegionId, region: RegionFact & { kind: 'catch' }): boolean {
  const { binding } = region;
  return binding !== undefined && file.facts.throws.some((fact) => fact.region === id && isName(file, fact.value, binding));
}

/** `next(error)`: the central handler gets it. */
function passesOn(file: SourceFile, id: RegionId, region: RegionFact & { kind: 'catch' }): boolean {
  const { binding } = region;
  if (binding === undefined) return false;
  return file.facts.calls.some((value) => {
    const fact = callFact(file, value);
    if (!fact || fact.kind !== 'call' || !isWithin(file, fact.region, id) || !fact.args.some((arg) => isName(file, arg, binding))) return false;
    const callee = file.facts.values[fact.callee];
    const name = callee?.kind === 'name' ? file.facts.bindings[callee.binding]?.name : callee?.kind === 'member' ? callee.property : '';
    return name === 'next';
  });
}

function isName(file: SourceFile, id: ValueId, binding: BindingId): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'cast') return isName(file, fact.value, binding);
  return fact?.kind === 'name' && fact.binding === binding;
}

/** Whether an error thrown in a region ends in the same function: in a `catch` that keeps it or makes another one of it. */
export function isAbsorbedAt(project: Project, file: SourceFile, region: RegionId): boolean {
  for (const step of regionsOutward(project, file, region)) {
    if (isKeptByTry(project, file, step.region)) return true;
    const { through } = step;
    if (through && through.kind !== 'elsewhere' && isCaughtCall(file, through.call)) return true;
  }
  return false;
}

function isKeptByTry(project: Project, file: SourceFile, id: RegionId): boolean {
  const caught = catchOf(file, id);
  return caught !== undefined && keepsErrors(project, file).get(caught) === true;
}

/** Whether an error thrown by what a call runs ends where the call stands. */
export function isAbsorbedCall(project: Project, file: SourceFile, call: ValueId): boolean {
  const fact = callFact(file, call);
  return isCaughtCall(file, call) || (fact !== undefined && isAbsorbedAt(project, file, fact.region));
}

/** `find(id).catch(() => undefined)`, `Promise.allSettled([find(id)])`. */
function isCaughtCall(file: SourceFile, call: ValueId): boolean {
  const parents = parentsOf(file.facts);
  for (let at = call, hops = 0; at >= 0 && hops < 8; hops++) {
    const parent = parents[at] ?? -1;
    const fact = file.facts.values[parent];
    if (fact?.kind === 'member') {
      if (fact.property === 'catch') return true;
      if (!/^(?:then|finally)$/.test(fact.property)) return false;
    } else if (fact?.kind === 'call') {
      const callee = file.facts.values[fact.callee];
      if (callee?.kind === 'member' && callee.property === 'allSettled') return true;
      if (fact.callee !== at) return false;
    } else if (fact?.kind !== 'array') return false;
    at = parent;
  }
  return false;
}
