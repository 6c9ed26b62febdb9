import type { BindingId, RegionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { dependsOn, isWithin, namesHolding, someOperand } from './dataflow.ts';
import { runningFunction } from './execution.ts';
import type { Site } from './origins.ts';
import type { Project } from './project.ts';
import type { ReachedQuery } from './reach.ts';
import type { SourceFile } from './types.ts';

/**
 * Whether the functions on the way to a query are lookups: each gives back what it reads (or something made from it), says yes or
 * no, or throws because of it. A function that reads something to do some work is none: the work would stay per element.
 */
export function isLookup(project: Project, { query, trail }: Pick<ReachedQuery, 'query' | 'trail'>): boolean {
  const inner: readonly Site[] = [...trail.slice(1), { file: query.file, value: query.value }];
  return inner.every((site) => answersWith(project, site));
}

function answersWith(project: Project, { file, value }: Site): boolean {
  const region = callFact(file, value)?.region ?? regionOfHead(file, value);
  const runs = region === undefined ? -1 : runningFunction(project, file, region);
  const body = runs < 0 ? undefined : file.facts.functions[runs]?.body;
  if (body === undefined || runs < 0) return false;
  const made = madeFrom(file, value, body);
  const uses = (id: ValueId) => dependsOn(file, id, made) || someOperand(file, id, (_, operand) => operand === value, 0);
  const returned = file.facts.returns.filter((fact) => fact.value !== undefined && isWithin(file, fact.region, body));
  if (returned.some((fact) => fact.value !== undefined && (uses(fact.value) || isVerdict(file, fact.value)))) return true;
  return returned.every((fact) => fact.function !== runs) && throwsBecause(file, body, uses);
}

/** The outermost expression of a query may be no call (`await` in a chain). */
function regionOfHead(file: SourceFile, value: ValueId): RegionId | undefined {
  const fact = file.facts.values[value];
  return fact?.kind === 'await' ? (callFact(file, fact.value)?.region ?? fact.region) : undefined;
}

/** Names that hold a result, and lists and maps that it is put into. */
function madeFrom(file: SourceFile, value: ValueId, body: RegionId): ReadonlySet<BindingId> {
  const names = new Set(namesHolding(file, value));
  const uses = (id: ValueId) => dependsOn(file, id, names) || someOperand(file, id, (_, operand) => operand === value, 0);
  for (const id of file.facts.calls) {
    const call = file.facts.values[id];
    const callee = call?.kind === 'call' && isWithin(file, call.region, body) ? file.facts.values[call.callee] : undefined;
    const owner = callee?.kind === 'member' ? file.facts.values[callee.object] : undefined;
    if (call?.kind !== 'call' || owner?.kind !== 'name' || callee?.kind !== 'member') continue;
    if (['push', 'set', 'add'].includes(callee.property) && call.args.some(uses)) names.add(owner.binding);
  }
  for (const id of file.facts.assignments) {
    const fact = file.facts.values[id];
    if (fact?.kind !== 'assign' || !isWithin(file, fact.region, body) || !uses(fact.value)) continue;
    const target = file.facts.values[fact.target];
    const owner = target?.kind === 'member' || target?.kind === 'index' ? file.facts.values[target.object] : target;
    if (owner?.kind === 'name') names.add(owner.binding);
  }
  return names;
}

/** Yes or no. */
function isVerdict(file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  return fact?.kind === 'literal' && typeof fact.value === 'boolean';
}

/** `if (!membership) throw new ForbiddenError()` in a function that gives nothing back: an assertion. */
function throwsBecause(file: SourceFile, body: RegionId, uses: (id: ValueId) => boolean): boolean {
  return file.facts.throws.some((fact) => {
    if (!isWithin(file, fact.region, body)) return false;
    for (let at: number = fact.region; at >= 0 && at !== body; at = file.facts.regions[at]?.parent ?? -1) {
      const region = file.facts.regions[at];
      if (region?.kind === 'branch' && uses(region.test)) return true;
    }
    return false;
  });
}

