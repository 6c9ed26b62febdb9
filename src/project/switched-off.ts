import type { CallFact, FunctionId, RegionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { runningFunction } from './execution.ts';
import type { Site } from './origins.ts';
import type { Project } from './project.ts';
import type { ReachedQuery } from './reach.ts';
import type { SourceFile } from './types.ts';

/** Whether a call on the way leaves out the argument or option that the next step asks for: `if (options?.withOrders) …` of a function called without it. */
export function isSwitchedOff(project: Project, { query, trail }: ReachedQuery): boolean {
  return trail.some((site, step) => {
    const next = trail[step + 1] ?? { file: query.file, value: query.head };
    return isOffAt(project, site, next);
  });
}

function isOffAt(project: Project, site: Site, next: Site): boolean {
  const region = callFact(next.file, next.value)?.region;
  return region !== undefined && isSwitchedOffAt(project, site, { file: next.file, region });
}

/** Whether a call leaves out the argument or option that a place of the function it runs asks for. */
export function isSwitchedOffAt(project: Project, site: Site, next: { readonly file: SourceFile; readonly region: RegionId }): boolean {
  const call = callFact(site.file, site.value);
  const { region } = next;
  if (!call || call.kind === 'tagged') return false;
  const runs = runningFunction(project, next.file, region);
  const body = runs < 0 ? undefined : next.file.facts.functions[runs]?.body;
  if (body === undefined || runs < 0) return false;
  for (let at: RegionId | -1 = region; at >= 0 && at !== body; at = next.file.facts.regions[at]?.parent ?? -1) {
    const fact = next.file.facts.regions[at];
    if (fact?.kind === 'branch' && fact.when && !fact.nullish && asksForMissing(next.file, fact.test, runs, site.file, call)) return true;
  }
  return false;
}

/** Whether a condition needs a parameter, or a member of one, that a call does not give. */
function asksForMissing(file: SourceFile, test: ValueId, runs: FunctionId, caller: SourceFile, call: CallFact): boolean {
  const fact = file.facts.values[test];
  if (fact?.kind === 'logical') return fact.operator === '&&' && [fact.left, fact.right].some((side) => asksForMissing(file, side, runs, caller, call));
  const asked = parameterBehind(file, test, runs);
  if (!asked || call.args.some((arg) => caller.facts.values[arg]?.kind === 'spread')) return false;
  const arg = call.args[asked.index];
  if (arg === undefined) return true;
  const given = caller.facts.values[arg];
  if (asked.key === undefined || given?.kind !== 'object') return false;
  return !given.properties.some((property) => property.spread || property.key === undefined || property.key === asked.key);
}

function parameterBehind(file: SourceFile, id: ValueId, runs: FunctionId, depth = 0): { readonly index: number; readonly key?: string } | undefined {
  const fact = file.facts.values[id];
  if (depth > 4) return undefined;
  if (fact?.kind === 'param') return fact.function === runs && !fact.rest ? { index: fact.index } : undefined;
  if (fact?.kind === 'name') {
    const binding = file.facts.bindings[fact.binding];
    const changed = binding?.value === undefined || (binding.writes?.length ?? 0) > 0;
    // A parameter with a default holds something also when it is left out.
    return changed ? undefined : parameterBehind(file, binding.value, runs, depth + 1);
  }
  const owner = fact?.kind === 'member' ? parameterBehind(file, fact.object, runs, depth + 1) : undefined;
  return fact?.kind === 'member' && owner && owner.key === undefined ? { index: owner.index, key: fact.property } : undefined;
}
