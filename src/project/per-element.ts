import type { RegionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { collectionOf } from './execution.ts';
import { findExemption, type Exemption } from './exemptions.ts';
import { iterationsAround, type Iteration } from './iterations.ts';
import type { Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { queriesOf, type Query } from './queries.ts';
import { functionsRunBy, queriesReachedBy, type ReachedQuery } from './reach.ts';
import { isSwitchedOff } from './switched-off.ts';
import type { SourceFile } from './types.ts';

/** A query that runs once for each element of an iteration. */
export interface PerElementQuery {
  readonly file: SourceFile;
  /** The query, or the call in the iteration that leads to it. */
  readonly value: ValueId;
  readonly iteration: Iteration;
  /** `loadRow` of `rows.map(loadRow)`. */
  readonly handed?: ValueId;
  readonly query: Query;
  /** Calls from here to the query; empty when the query stands here. */
  readonly trail: ReachedQuery['trail'];
  /** All queries that run from here. */
  readonly reached: readonly ReachedQuery[];
  /** Why it is right as it is. */
  readonly exemption?: Exemption;
}

const DEFAULT_MAX_CONSTANT = 20;

/** Queries per element of a file, exempt ones included. One entry per place. */
export const perElementQueries = defineFileView((project: Project, file: SourceFile): readonly PerElementQuery[] => {
  const found: PerElementQuery[] = [];
  for (const query of queriesOf(project, file)) {
    if (!query.executed) continue;
    const entry = judge(project, { file, value: query.value }, query.region, [{ query, trail: [] }]);
    if (entry) found.push(entry);
  }
  for (const value of file.facts.calls) {
    const entry = judgeCall(project, file, value);
    if (entry) found.push(entry);
  }
  return found.sort((a, b) => startOf(file, a.value) - startOf(file, b.value));
});

function startOf(file: SourceFile, id: ValueId): number {
  return file.facts.values[id]?.start ?? 0;
}

function judgeCall(project: Project, file: SourceFile, value: ValueId): PerElementQuery | undefined {
  const fact = callFact(file, value);
  if (!fact || fact.kind === 'tagged') return undefined;
  const named = namedIteration(project, file, value);
  if (!named && iterationsAround(project, file, fact.region).length === 0) return undefined;
  const runs = functionsRunBy(project, { file, value });
  const ways = runs.flatMap((callee) => queriesReachedBy(project, callee).map(({ query, trail }) => ({ query, trail: [{ file, value }, ...trail] })));
  const reached = uniqueQueries(ways.filter((way) => !isSwitchedOff(project, way)));
  return reached.length === 0 ? undefined : judge(project, { file, value }, fact.region, reached, named);
}

interface NamedIteration {
  readonly handed: ValueId;
  readonly iteration: Iteration;
}

/** `rows.map(loadRow)`: the call itself is the iteration. */
function namedIteration(project: Project, file: SourceFile, value: ValueId): NamedIteration | undefined {
  const fact = file.facts.values[value];
  if (fact?.kind !== 'call') return undefined;
  for (const [argument, arg] of fact.args.entries()) {
    const kind = file.facts.values[arg]?.kind;
    if (argument > 1 || (kind !== 'name' && kind !== 'member')) continue;
    const collection = collectionOf(project, file, fact, argument);
    if (!collection) continue;
    const { start, end, region } = fact;
    return { handed: arg, iteration: { file, form: collection.method, callback: true, over: collection.over, region, elements: [], start, end } };
  }
  return undefined;
}

function uniqueQueries(reached: readonly ReachedQuery[]): readonly ReachedQuery[] {
  const byPlace = new Map<string, ReachedQuery>();
  for (const each of reached) {
    const key = `${each.query.file.path}#${each.query.value}`;
    const known = byPlace.get(key);
    if (!known || each.trail.length < known.trail.length) byPlace.set(key, each);
  }
  return [...byPlace.values()];
}

/** Reads before writes, short ways before long ones. */
function byWeight(a: ReachedQuery, b: ReachedQuery): number {
  return Number(a.query.operation !== 'read') - Number(b.query.operation !== 'read') || a.trail.length - b.trail.length;
}

function judge(project: Project, site: Site, region: RegionId, reached: readonly ReachedQuery[], named?: NamedIteration): PerElementQuery | undefined {
  const { file, value } = site;
  const iterations = [...(named ? [named.iteration] : []), ...iterationsAround(project, file, region)];
  const ordered = [...reached].sort(byWeight);
  const place = { file, value, reached: ordered, ...(named && { handed: named.handed }) };
  let exempt: PerElementQuery | undefined;
  for (const iteration of iterations) {
    for (const { query, trail } of ordered) {
      const candidate = { project, file, iteration, value, query, trail, maxConstant: project.settingsOf(file.package).maxConstant ?? DEFAULT_MAX_CONSTANT };
      const exemption = findExemption(candidate);
      if (!exemption) return { ...place, iteration, query, trail };
      if (exemption.coversOuter) return { ...place, iteration, query, trail, exemption };
      exempt ??= { ...place, iteration, query, trail, exemption };
    }
  }
  return exempt;
}
