import { parentsOf } from '../facts/operands.ts';
import type { BindingId, RegionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { dependsOn, isWithin, namesHolding } from './dataflow.ts';
import { evaluate } from './evaluate.ts';
import { iterationsAround } from './iterations.ts';
import { functionKey, type FunctionRef, type Site } from './origins.ts';
import { runningFunction } from './execution.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import type { Query } from './queries.ts';
import { isSwitchedOff } from './switched-off.ts';
import { ownEffectsOf, queriesReachedBy } from './reach.ts';
import { isFloating, stepsOf } from './transaction-run.ts';
import { BY_OPTION, isTransaction, mayCarryTransaction } from './transaction-escapes.ts';
import { transactionScopes } from './transactions.ts';
import type { SourceFile } from './types.ts';

/** A write that a function makes, itself or through a call. */
export interface Write {
  readonly site: Site;
  readonly region: RegionId;
  readonly query: Query;
  readonly trail: readonly Site[];
}

/** Two writes of one function of which the second needs what the first made, and no transaction around them. */
export interface SplitWrites {
  readonly function: FunctionRef;
  readonly first: Write;
  readonly second: Write;
}

/** Statements that make a row. */
const MAKES = /^(?:create|insert|save|build|bulkCreate|findOrCreate|upsert)/i;

/** Rows written down on the side: losing one breaks nothing. */
const ASIDE = /log|audit|event|history|activit|analytic|metric|stat(?:s|istic)|notification|session|token|cache|outbox|webhook|queue|job|view|visit|attempt/i;

export const splitWritesOf = defineFileView((project, file): readonly SplitWrites[] => {
  const found: SplitWrites[] = [];
  file.facts.functions.forEach((fact, id) => {
    if (fact.body === undefined || runningFunction(project, file, fact.body) !== id) return;
    const writes = writesIn(project, { file, function: id });
    if (writes.length < 2 || takesPart(project, { file, function: id })) return;
    const pair = firstPair(project, file, writes);
    if (pair) found.push({ function: { file, function: id }, ...pair });
  });
  return found;
});

function firstPair(project: Project, file: SourceFile, writes: readonly Write[]): { first: Write; second: Write } | undefined {
  for (const first of writes) {
    if (!MAKES.test(first.query.method) || first.query.model === undefined || !isSure(first)) continue;
    // Rows that a loop makes, one by one, are work that may stop half-way.
    if (iterationsAround(project, file, first.region).length > 0) continue;
    const names = namesHolding(file, withThen(file, first.site.value));
    if (names.size === 0) continue;
    const second = writes.find((each) => each !== first && needs(file, each, first, names));
    if (second) return { first, second };
  }
  return undefined;
}

/** `insert(…).then((rows) => rows[0])`, from `insert(…)`. */
function withThen(file: SourceFile, id: ValueId): ValueId {
  const parents = parentsOf(file.facts);
  const member = parents[id] ?? -1;
  const fact = file.facts.values[member];
  const call = parents[member] ?? -1;
  const isThen = fact?.kind === 'member' && (fact.property === 'then' || fact.property === 'catch') && file.facts.values[call]?.kind === 'call';
  return isThen ? withThen(file, call) : id;
}

function needs(file: SourceFile, second: Write, first: Write, names: ReadonlySet<BindingId>): boolean {
  const model = second.query.model;
  if (model === undefined || model === first.query.model || second.query.library !== first.query.library) return false;
  if (startOf(second) < startOf(first) || !isWithin(file, second.region, first.region)) return false;
  if (isTriedAfter(file, second.region, first.region)) return false;
  return dependsOn(file, second.site.value, names);
}

/** False where the row is made only if it is missing. */
function isSure({ query, trail }: Write): boolean {
  const last = trail.length === 0 ? undefined : { file: query.file, region: query.region };
  const regions = [...trail.slice(1).map((site) => ({ file: site.file, region: callFact(site.file, site.value)?.region ?? 0 })), ...(last ? [last] : [])];
  return regions.every(({ file, region }) => file.facts.regions[region]?.kind !== 'branch');
}

function startOf({ site }: Write): number {
  return site.file.facts.values[site.value]?.start ?? 0;
}

/** What a `catch` of its own watches over may fail by itself, or is made up for there. */
function isTriedAfter(file: SourceFile, region: RegionId, outer: RegionId): boolean {
  for (let at: number = region; at >= 0 && at !== outer; at = file.facts.regions[at]?.parent ?? -1) {
    const fact = file.facts.regions[at];
    if (fact?.kind === 'catch' || fact?.kind === 'finally' || (fact?.kind === 'try' && fact.catches)) return true;
  }
  return false;
}

/** Writes of a function in source order, those of its transactions left out. */
function writesIn(project: Project, ref: FunctionRef): readonly Write[] {
  const { file } = ref;
  const scopes = transactionScopes(project).get(file) ?? [];
  const isOpen = (region: RegionId, start: number) =>
    scopes.some((scope) => isWithin(file, region, scope.region) && start >= scope.span.start && start < scope.span.end);
  const { queries, runs } = ownEffectsOf(project, ref);
  const found: Write[] = queries
    .filter((query) => isLasting(project, query) && !isOpen(query.region, query.start))
    .map((query) => ({ site: { file, value: query.value }, region: query.region, query, trail: [] }));
  for (const { site, callee } of runs) {
    const fact = callFact(file, site.value);
    if (!fact || isOpen(fact.region, fact.start) || isFloating(site)) continue;
    const write = writeOf(project, site, callee);
    if (write) found.push({ site, region: fact.region, ...write });
  }
  return found.filter(({ site }) => !isFloating(site)).sort((a, b) => startOf(a) - startOf(b));
}

/** The one write of a function that does little else, such as a method of a repository. */
function writeOf(project: Project, site: Site, callee: FunctionRef): Pick<Write, 'query' | 'trail'> | undefined {
  const reached = queriesReachedBy(project, callee).filter(({ query }) => query.operation !== 'read');
  const [only] = reached;
  if (reached.length !== 1 || !only || !isLasting(project, only.query) || only.trail.length > 1) return undefined;
  const trail = [site, ...only.trail];
  if (isSwitchedOff(project, { query: only.query, trail })) return undefined;
  const own = transactionScopes(project).get(only.query.file) ?? [];
  return own.some((scope) => isWithin(only.query.file, only.query.region, scope.region)) ? undefined : { query: only.query, trail };
}

function isLasting(project: Project, query: Query): boolean {
  // MongoDB has transactions on replica sets alone.
  if (query.operation !== 'write' || query.library === 'mongoose' || query.model === undefined || ASIDE.test(query.model)) return false;
  return !BY_OPTION.has(query.library) || !mayCarryTransaction({ project, file: query.file, handles: new Set(), self: false }, query);
}

/** Whether a function runs in transactions of its callers: it is given the client, or one of them calls it in a transaction. */
function takesPart(project: Project, ref: FunctionRef): boolean {
  const fact = ref.file.facts.functions[ref.function];
  if (runInTransactions(project).has(functionKey(ref))) return true;
  return (fact?.params ?? []).some(
    ({ value, name }) =>
      /^(?:tx|trx|t|transaction|manager|session|em|client|conn|connection|db)$/.test(name ?? '') ||
      evaluate(project.linker, ref.file, value).some((origin) => isTransaction(project, origin)),
  );
}

const runInTransactions = defineView((project): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const scopes of transactionScopes(project).values()) {
    for (const scope of scopes) for (const step of stepsOf(project, scope)) for (const { callee } of step.runs) found.add(functionKey(callee));
  }
  return found;
});
