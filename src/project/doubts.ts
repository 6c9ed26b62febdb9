import type { BindingId, ValueFact, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { constantNumber, dependsOn, isWithin, someOperand, unwrapped } from './dataflow.ts';
import { isLookup } from './lookups.ts';
import type { Site } from './origins.ts';
import type { PerElementQuery } from './per-element.ts';
import { queriesOf } from './queries.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** What speaks against one query for all elements, where it cannot be decided from the code. */
export interface Doubt {
  readonly id: string;
  readonly reason: string;
  applies(project: Project, entry: PerElementQuery): boolean;
}

/** Reads further away than this are the work of a whole use case; whether they belong in the loop is for its author to say. */
const NEAR = 2;

/** Writes further away than this are side effects of reading, such as a log of accesses. */
const WRITES_WITH = 3;

export const doubts: readonly Doubt[] = [
  { id: 'far', reason: 'it is reached through more than two calls', applies: (_, { trail }) => trail.length > NEAR },
  {
    id: 'noCollection',
    reason: 'what the loop goes through is not known',
    applies: (_, { trail, iteration }) => trail.length > 0 && iteration.over === undefined,
  },
  {
    id: 'work',
    reason: 'what is called also writes: it is a unit of work, not a lookup',
    applies: (_, entry) => entry.trail.length > 0 && alsoWrites(entry),
  },
  {
    id: 'noAnswer',
    reason: 'what is called does not give back what it reads',
    applies: (project, entry) => entry.trail.length > 0 && !isLookup(project, entry),
  },
  { id: 'ownDatabase', reason: 'the client or service is made for the element', applies: usesOwnClient },
  { id: 'fallback', reason: 'it runs only where the value has not been loaded before', applies: isFallback },
  { id: 'someOfEach', reason: 'a number of rows per element needs a window function', applies: takesSomeOfEach },
];

export function findDoubt(project: Project, entry: PerElementQuery): Doubt | undefined {
  return doubts.find((doubt) => doubt.applies(project, entry));
}

function alsoWrites({ reached }: PerElementQuery): boolean {
  return reached.some(({ query, trail }) => query.operation !== 'read' && trail.length <= WRITES_WITH);
}

/** `const db = await connect(tenant); await db.user.findMany()`: each element may have a database of its own. */
function usesOwnClient(project: Project, { file, value, query, iteration, trail }: PerElementQuery): boolean {
  const root = rootName(file, trail.length === 0 ? query.head : value);
  const binding = root === undefined ? undefined : file.facts.bindings[root];
  if (!binding || root === undefined || iteration.elements.includes(root)) return false;
  const local = new Set<BindingId>(iteration.elements);
  for (const made of [binding.value, ...(binding.writes ?? [])]) {
    const id = made === undefined ? undefined : unwrapped(file, made);
    const fact = id === undefined ? undefined : callFact(file, id);
    if (id === undefined || !fact || !isWithin(file, fact.region, iteration.region)) continue;
    if (queriesOf(project, file).some((each) => each.value === id || each.head === id)) continue;
    if (fact.kind !== 'tagged' && fact.args.some((arg) => dependsOn(file, arg, local))) return true;
  }
  return false;
}

/** The local name that a call is made on. */
function rootName(file: SourceFile, id: ValueId): BindingId | undefined {
  const fact = file.facts.values[id];
  switch (fact?.kind) {
    case 'name':
      return fact.binding;
    case 'member':
      return rootName(file, fact.object);
    case 'call':
      return rootName(file, fact.callee);
    case 'tagged':
      return rootName(file, fact.tag);
    default:
      return undefined;
  }
}

/** `order.customer ?? (await findCustomer(order.customerId))`, here or on the way. */
function isFallback(_: Project, { file, value, query, trail }: PerElementQuery): boolean {
  const last: Site = { file: query.file, value: query.head };
  const sites = trail.length === 0 ? [last] : [{ file, value }, ...trail.slice(1), last];
  return sites.some((site) => {
    for (let at: number = callFact(site.file, site.value)?.region ?? -1; at >= 0; at = site.file.facts.regions[at]?.parent ?? -1) {
      const region = site.file.facts.regions[at];
      if (region?.kind === 'branch' && region.nullish) return true;
      if (region?.kind === 'body' || region?.kind === 'loop') return false;
    }
    return false;
  });
}

const LIMITS = new Set(['take', 'limit', 'skip', 'offset', '$limit']);

/** Methods that go through all rows of a query, a batch at a time. */
const IN_BATCHES = /InBatches$|^findEach$|^eachBatch$/;

function takesSomeOfEach(_: Project, { query, trail }: PerElementQuery): boolean {
  const { file } = query;
  if (IN_BATCHES.test(query.method)) return true;
  // What a function was told to take is for its callers to say.
  const isSome = (id: ValueId | undefined) => {
    const count = id === undefined ? undefined : constantNumber(file, id);
    return count === undefined ? trail.length === 0 : count > 1;
  };
  if (query.chain.some((link) => LIMITS.has(link.name) && isSome(link.args[0]))) return true;
  const call = callFact(file, query.head);
  if (!call || call.kind === 'tagged') return false;
  const limits = (fact: ValueFact) => fact.kind === 'object' && fact.properties.some(({ key, value }) => key !== undefined && LIMITS.has(key) && isSome(value));
  return call.args.some((arg) => someOperand(file, arg, limits, 0));
}
