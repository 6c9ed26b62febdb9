import type { FunctionId, ValueId } from '../facts/types.ts';
import { calledFunctions, callFact, programIndex } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { executionAsArgument, runningFunction } from './execution.ts';
import { functionKey, type FunctionRef, type Site } from './origins.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import { isWrappedQuery, queriesOf, type Query } from './queries.ts';
import type { SourceFile } from './types.ts';

/** What one function does itself: the queries it sends and the functions of ours it runs, with the places of the calls. */
export interface OwnEffects {
  readonly queries: readonly Query[];
  readonly runs: readonly { readonly site: Site; readonly callee: FunctionRef }[];
}

/** A query that runs when a function is called, and the calls on the way to it, outermost first. */
export interface ReachedQuery {
  readonly query: Query;
  readonly trail: readonly Site[];
}

const NOTHING: OwnEffects = { queries: [], runs: [] };

/** Own effects of the functions of a file, by function; -1 is the module. Functions that run inline count for the function that hands them over. */
const ownEffects = defineFileView((project, file) => {
  const table = new Map<FunctionId | -1, { queries: Query[]; runs: { site: Site; callee: FunctionRef }[] }>();
  const effectsAt = (region: number) => {
    const id = runningFunction(project, file, region);
    let entry = table.get(id);
    if (!entry) {
      entry = { queries: [], runs: [] };
      table.set(id, entry);
    }
    return entry;
  };
  for (const query of queriesOf(project, file)) if (query.executed && !query.generic) effectsAt(query.region).queries.push(query);
  for (const value of file.facts.calls) {
    const fact = callFact(file, value);
    if (!fact) continue;
    const callees = functionsRunBy(project, { file, value });
    if (callees.length === 0) continue;
    const { runs } = effectsAt(fact.region);
    for (const callee of callees) runs.push({ site: { file, value }, callee });
  }
  return table;
});

/** Functions of ours that a call runs: those it calls, and those handed to it by name that it runs at once. */
export function functionsRunBy(project: Project, site: Site): readonly FunctionRef[] {
  const { linker } = project;
  // The query is this call; what its function sends is the same statement.
  const called = isWrappedQuery(project, site.file, site.value) ? [] : calledFunctions(linker, site.file, site.value);
  const fact = callFact(site.file, site.value);
  if (fact?.kind !== 'call') return called;
  const handed = fact.args.flatMap((arg, argument) => namedFunctions(project, site, arg, argument));
  return handed.length === 0 ? called : [...called, ...handed];
}

function namedFunctions(project: Project, site: Site, arg: ValueId, argument: number): readonly FunctionRef[] {
  const kind = site.file.facts.values[arg]?.kind;
  if (kind !== 'name' && kind !== 'member') return [];
  const functions = evaluate(project.linker, site.file, arg).filter((origin) => origin.kind === 'function');
  if (functions.length === 0 || executionAsArgument(project, site.file, site.value, argument).kind === 'elsewhere') return [];
  return functions.map((origin) => ({ file: origin.file, function: origin.function }));
}

export function ownEffectsOf(project: Project, ref: FunctionRef): OwnEffects {
  return ownEffects(project, ref.file).get(ref.function) ?? NOTHING;
}

/** Calls deeper than this are no longer one request's work that a reader would follow. */
const MAX_TRAIL = 10;
const MAX_FUNCTIONS = 600;

const summaries = defineView(() => new Map<string, readonly ReachedQuery[]>());

/** Every query that runs when a function is called, each by its shortest way. Recursion ends: a function is entered once. */
export function queriesReachedBy(project: Project, ref: FunctionRef): readonly ReachedQuery[] {
  programIndex(project.linker);
  const memo = summaries(project);
  const key = functionKey(ref);
  const known = memo.get(key);
  if (known) return known;
  const found = search(project, ref);
  memo.set(key, found);
  return found;
}

function search(project: Project, start: FunctionRef): readonly ReachedQuery[] {
  const found: ReachedQuery[] = [];
  const entered = new Set([functionKey(start)]);
  let level: { ref: FunctionRef; trail: readonly Site[] }[] = [{ ref: start, trail: [] }];
  for (let depth = 0; depth < MAX_TRAIL && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { ref, trail } of level) {
      const effects = ownEffectsOf(project, ref);
      for (const query of effects.queries) found.push({ query, trail });
      for (const { site, callee } of effects.runs) {
        const key = functionKey(callee);
        if (entered.has(key) || entered.size > MAX_FUNCTIONS) continue;
        entered.add(key);
        next.push({ ref: callee, trail: [...trail, site] });
      }
    }
    level = next;
  }
  return found;
}

/** The function behind a reference, as people name it: `OrderService.findAll`. */
export function functionName(file: SourceFile, id: FunctionId): string {
  const fact = file.facts.functions[id];
  const owner = fact?.class === undefined ? undefined : file.facts.classes[fact.class]?.name;
  const name = fact?.name ?? 'function';
  return owner ? `${owner}.${name}` : name;
}
