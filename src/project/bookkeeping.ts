import { callFact } from './calls.ts';
import { codeOf } from './code.ts';
import type { Site } from './origins.ts';
import { wordsOf } from './path-words.ts';
import type { Project } from './project.ts';
import { queriesOf, type Query } from './queries.ts';
import { functionName, functionsRunBy, type ReachedQuery } from './reach.ts';
import type { SourceFile } from './types.ts';

/** Tables that keep what happened, or what was computed: writing to them changes nothing that a client asks for. */
const RECORD_WORDS = new Set([
  'access', 'activity', 'activities', 'analytic', 'analytics', 'attempt', 'attempts', 'audit', 'audits', 'cache', 'caches', 'click', 'clicks', 'counter', 'counters', 'event', 'events', 'heartbeat', 'history',
  'hit', 'hits', 'impression', 'impressions', 'log', 'logs', 'lock', 'locks', 'metric', 'metrics', 'nonce', 'nonces', 'quota', 'quotas', 'rate', 'request', 'requests', 'session', 'sessions', 'stat', 'stats',
  'statistic', 'statistics', 'temp', 'temporary', 'tmp', 'trace', 'traces', 'usage', 'usages', 'view', 'views', 'visit', 'visits', 'visitor', 'visitors',
]);

/** Words in the names of functions that keep such books, fill caches, or bring about what has to be there to be read. */
const KEEPING_WORDS = new Set([
  'audit', 'bump', 'cache', 'cached', 'count', 'ensure', 'expire', 'increment', 'init', 'initialise', 'initialize', 'log', 'memoize', 'prune', 'quota', 'quotas', 'rate', 'reconcile', 'record', 'refresh', 'renew', 'rotate',
  'seen', 'session', 'sessions', 'temp', 'touch', 'track', 'usage', 'viewed', 'visit', 'visited',
]);

/** Columns that tell when or how often something was looked at. */
const KEPT_COLUMN =
  /^(?:last.*|.*(?:seen|viewed|visited|accessed|opened|read|used|checked|active|activity|login|expires?|expiry|refreshed|synced|fetched|cached|clicked|downloaded|updated)_?(?:at|on|date|time|until)|.*_?(?:count|counter|hits|views|visits|clicks|downloads)|updated_?at|views|hits|visits|clicks|downloads|read|seen|opened)$/i;

/** Methods that write only what is not there yet, or lay the new over the old. */
const READ_THROUGH = /^(?:upsert\w*|findOrCreate\w*|firstOrCreate|getOrCreate|findOrBuild|insertOrIgnore|mergeInto|merge|onConflictDo\w+)$/i;
const CREATING = /^(?:create\w*|insert\w*|save|add)$/i;

/** Whether a write only keeps books about a request: logs, sessions, counters, caches, what is made when it is first read. */
export function isBookkeeping(project: Project, { query, trail }: ReachedQuery): boolean {
  if (READ_THROUGH.test(query.method) || query.chain.some(({ name }) => READ_THROUGH.test(name) || name === 'onConflict')) return true;
  if (hasWord(query.model ?? '', RECORD_WORDS)) return true;
  if (trail.some((site) => calleeNames(project, site).some((name) => hasWord(name, KEEPING_WORDS)))) return true;
  if (query.function >= 0 && hasWord(functionName(query.file, query.function), KEEPING_WORDS)) return true;
  const columns = writtenColumns(query);
  if (columns.length > 0 && columns.every((column) => KEPT_COLUMN.test(column))) return true;
  return isMadeWhenMissing(project, query);
}

function calleeNames(project: Project, site: Site): readonly string[] {
  const called = functionsRunBy(project, site).map((ref) => functionName(ref.file, ref.function));
  const fact = callFact(site.file, site.value);
  return fact && fact.kind !== 'tagged' ? [...called, codeOf(site.file, fact.callee).split('.').at(-1) ?? ''] : called;
}

function hasWord(name: string, words: ReadonlySet<string>): boolean {
  return name.split('.').some((part) => wordsOf(part).some((word) => words.has(word)));
}

/** Keys of the object that an update sets; empty when they are not written out. */
function writtenColumns(query: Query): readonly string[] {
  for (const { name, args } of query.chain) {
    if (name !== 'set' && !/^(?:update|increment|decrement)/i.test(name)) continue;
    const [first] = args;
    const columns = first === undefined ? [] : columnsAt(query.file, first);
    if (columns.length > 0) return columns;
  }
  const fact = callFact(query.file, query.head);
  if (!fact || fact.kind === 'tagged' || !/^(?:update|increment|decrement|set)/i.test(query.method)) return [];
  return fact.args.map((arg) => columnsAt(query.file, arg)).find((columns) => columns.length > 0) ?? [];
}

/** Keys of `{ data: { … } }`, else of the object itself; `increment('views')` names its column. */
function columnsAt(file: SourceFile, id: number): readonly string[] {
  const fact = file.facts.values[id];
  if (fact?.kind === 'literal' && typeof fact.value === 'string') return [fact.value];
  if (fact?.kind !== 'object') return [];
  const inner = fact.properties.find(({ key }) => key === 'data' || key === '$set');
  if (inner) return columnsAt(file, inner.value);
  if (fact.properties.some(({ key, spread }) => key === undefined || spread)) return [];
  return fact.properties.flatMap(({ key }) => (key === undefined || key === 'where' ? [] : [key]));
}

/** `find` and then `create` of the same in one function: a default that is made when it is first read. */
function isMadeWhenMissing(project: Project, query: Query): boolean {
  if (!query.model || !(CREATING.test(query.method) || query.chain.some(({ name }) => CREATING.test(name)))) return false;
  return queriesOf(project, query.file).some(
    (other) => other.operation === 'read' && other.model === query.model && other.function === query.function && other.start < query.start,
  );
}
