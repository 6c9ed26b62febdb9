import type { CallFact, FunctionId, RegionId, ValueId } from '../facts/types.ts';
import { calledName } from './callee-names.ts';
import { evaluate } from './evaluate.ts';
import { argumentSlots } from './linker.ts';
import type { Origin } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { meaningsOf } from './recognise.ts';
import type { SourceFile } from './types.ts';

/** How a function written at some place runs, seen from there. */
export type Execution =
  /** Once for every element of what a call goes through: `rows.map(fn)`. */
  | { readonly kind: 'perElement'; readonly call: ValueId; readonly over: ValueId; readonly method: string }
  /** While the call that takes it is made: `db.transaction(fn)`, `retry(fn)`, `(() => …)()`. */
  | { readonly kind: 'inline'; readonly call: ValueId }
  /** Later, or not from here: a handler that is registered, a function that is returned or stored. */
  | { readonly kind: 'elsewhere' };

const ELSEWHERE: Execution = { kind: 'elsewhere' };

/** Array methods that call their first argument for each element. */
const ELEMENT_METHODS = new Set([
  ...['map', 'forEach', 'filter', 'flatMap', 'reduce', 'reduceRight'],
  ...['some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex'],
]);

/** Functions of packages that go through a collection: argument 0 the collection, then the function; a limit comes between. */
const COLLECTION_FUNCTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  'p-map': new Set(['', 'default', 'pMap']),
  'p-each-series': new Set(['']),
  'p-filter': new Set(['']),
  'p-reduce': new Set(['']),
  bluebird: new Set(['map', 'each', 'mapSeries', 'filter', 'reduce', 'some', 'any']),
  async: new Set(['each', 'eachSeries', 'eachLimit', 'eachOf', 'map', 'mapLimit', 'mapSeries', 'forEach', 'forEachLimit', 'forEachSeries', 'filter', 'reduce']),
  lodash: new Set(['forEach', 'each', 'map', 'flatMap', 'reduce', 'filter', 'forIn', 'forOwn']),
};

/** Calls that keep a function for later: events, timers, subscriptions, jobs and schedules. Their receiver is of no known library. */
const REGISTERING = new Set([
  ...['on', 'once', 'off', 'addListener', 'prependListener', 'addEventListener', 'subscribe', 'consume', 'listen', 'setHandler', 'registerHandler'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask', 'onModuleInit', 'defer', 'after', 'waitUntil'],
  ...['schedule', 'scheduleJob', 'addCronJob', 'cron', 'process', 'define', 'every', 'work', 'createWorker'],
]);

/** How each function of a file runs. */
export const executionOf = defineFileView((project, file) => {
  const slots = argumentSlots(file.facts);
  return file.facts.functions.map((fact): Execution => {
    if (fact.value === undefined) return ELSEWHERE;
    const slot = slots.get(fact.value);
    if (slot) return executionAsArgument(project, file, slot.call, slot.argument);
    const calledAtOnce = file.facts.calls.find((id) => (file.facts.values[id] as CallFact).callee === fact.value);
    return calledAtOnce === undefined ? ELSEWHERE : { kind: 'inline', call: calledAtOnce };
  });
});

/** How a function handed to a call as its n-th argument runs. */
export function executionAsArgument(project: Project, file: SourceFile, call: ValueId, argument: number): Execution {
  const fact = file.facts.values[call];
  if (fact?.kind === 'new') return isPromise(file, fact.callee) ? { kind: 'inline', call } : ELSEWHERE;
  if (fact?.kind !== 'call') return ELSEWHERE;
  const meanings = meaningsOf(project.linker, project.recogniser, { file, value: call });
  if (meanings.some((meaning) => meaning.spec.defers)) return ELSEWHERE;
  const over = collectionOf(project, file, fact, argument);
  if (over) return { kind: 'perElement', call, ...over };
  if (meanings.length === 0 && REGISTERING.has(calledName(file, fact))) return ELSEWHERE;
  // `queue.process(traced(async (job) => …))`: the function that a wrapper gives back is what is registered.
  const outer = argumentSlots(file.facts).get(call);
  if (outer && meanings.length === 0 && isElsewhere(project, file, outer)) return ELSEWHERE;
  return { kind: 'inline', call };
}

function isElsewhere(project: Project, file: SourceFile, slot: { readonly call: ValueId; readonly argument: number }): boolean {
  return executionAsArgument(project, file, slot.call, slot.argument).kind === 'elsewhere';
}

/** What a call goes through when it runs its n-th argument per element. */
export function collectionOf(project: Project, file: SourceFile, fact: CallFact, argument: number): { over: ValueId; method: string } | undefined {
  const callee = file.facts.values[fact.callee];
  const first = fact.args[0];
  if (callee?.kind === 'member' && argument === 0 && ELEMENT_METHODS.has(callee.property) && isCollection(project, file, callee.object)) {
    return { over: callee.object, method: callee.property };
  }
  if (argument < 1 || first === undefined) return undefined;
  const fromArray = callee?.kind === 'member' && callee.property === 'from' && isGlobal(file, callee.object, 'Array');
  if (argument === 1 && fromArray) return { over: first, method: 'Array.from' };
  for (const origin of evaluate(project.linker, file, fact.callee)) {
    if (origin.kind !== 'external') continue;
    const name = origin.step?.kind === 'get' ? origin.step.name : '';
    const module = origin.module.replace(/^lodash(-es|\.\w+)?(\/.*)?$/, 'lodash');
    // `mapLimit(rows, 5, fn)`.
    if (argument !== (name.endsWith('Limit') ? 2 : 1)) continue;
    if (COLLECTION_FUNCTIONS[module]?.has(name)) return { over: first, method: name || module };
  }
  return undefined;
}

const NO_COLLECTIONS: ReadonlySet<Origin['kind']> = new Set(['module', 'class', 'function', 'instance']);

/** False for what is known to be no collection: a client, a query builder, a namespace such as `Promise` or `Effect`. */
function isCollection(project: Project, file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'global') return false;
  return evaluate(project.linker, file, id).every((origin) => (origin.kind === 'external' ? origin.parent !== undefined : !NO_COLLECTIONS.has(origin.kind)));
}

function isGlobal(file: SourceFile, id: ValueId, name: string): boolean {
  const fact = file.facts.values[id];
  return fact?.kind === 'global' && fact.name === name;
}

function isPromise(file: SourceFile, id: ValueId): boolean {
  return isGlobal(file, id, 'Promise');
}

/** Regions from a place outwards, through functions that run inline, to the function in whose body all this stands. */
export function* regionsOutward(project: Project, file: SourceFile, from: RegionId): Generator<{ region: RegionId; through?: Execution }> {
  const executions = executionOf(project, file);
  for (let region = from; region >= 0; ) {
    const fact = file.facts.regions[region];
    if (!fact) return;
    if (fact.kind !== 'body') {
      yield { region };
      region = fact.parent;
      continue;
    }
    const execution = executions[fact.function] ?? ELSEWHERE;
    yield { region, through: execution };
    if (execution.kind === 'elsewhere') return;
    const call = file.facts.values[execution.call];
    if (call?.kind !== 'call' && call?.kind !== 'new') return;
    region = call.region;
  }
}

/** The function that runs a place: functions that run inline or per element belong to the one that hands them over. -1: the module. */
export function runningFunction(project: Project, file: SourceFile, region: RegionId): FunctionId | -1 {
  let last: FunctionId | -1 = -1;
  for (const step of regionsOutward(project, file, region)) {
    const fact = file.facts.regions[step.region];
    if (fact?.kind === 'body') last = step.through?.kind === 'elsewhere' ? fact.function : -1;
  }
  return last;
}
