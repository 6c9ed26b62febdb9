import type { CallFact, FunctionId, ValueId } from '../facts/types.ts';
import { calledFunctions, callFact, programIndex } from './calls.ts';
import { calledName } from './callee-names.ts';
import { functionKey, type Site } from './origins.ts';
import { returnsOf } from './linker.ts';
import { defineView, type Project } from './project.ts';
import { queriesOf, type Query } from './queries.ts';
import { responses, type Response } from './responses.ts';
import type { SourceFile } from './types.ts';

const MAX_DEPTH = 40;
const MAX_CALLERS = 60;
/** Methods that give the rows they are called on, or as many values made from them. */
const KEEPING = new Set(['map', 'filter', 'flatMap', 'flat', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat', 'then', 'catch', 'finally', 'exec', 'lean', 'toArray']);
/** Functions that give what they are handed, in another shape. */
const PASSING = new Set(['all', 'parse', 'stringify', 'from', 'plainToInstance', 'plainToClass', 'instanceToPlain', 'classToPlain', 'sortBy', 'orderBy', 'uniqBy', 'groupBy', 'keyBy', 'fromEntries', 'values']);
/** Keys of what a query gives under which the rows stand. */
const ROW_KEYS = new Set(['rows', 'docs']);

interface Param {
  readonly function: FunctionId;
  readonly index: number;
}

/** A call on the way, by which the parameters of the function it calls are known. */
interface Frame {
  readonly function: FunctionId;
  readonly file: SourceFile;
  readonly call: CallFact;
  readonly at: SourceFile;
  readonly outer?: Frame;
}

interface Walk {
  readonly project: Project;
  readonly response: Response;
  readonly found: Map<Query, Response>;
  readonly entered: Set<string>;
}

/** List queries whose rows a response sends, each with the first response that does. */
export const sentRows = defineView((project): ReadonlyMap<Query, Response> => {
  programIndex(project.linker);
  const found = new Map<Query, Response>();
  for (const response of responses(project)) {
    if (response.file.role !== 'source' || !response.body || (response.status !== undefined && response.status >= 300)) continue;
    walk({ project, response, found, entered: new Set() }, response.body, [], undefined, 0);
  }
  return found;
});

/** `path`: keys that are read of the value further on. */
function walk(at: Walk, { file, value }: Site, path: readonly string[], frame: Frame | undefined, depth: number): void {
  const fact = file.facts.values[value];
  const key = `${file.path}#${value} ${path.join('.')} ${frame ? `${frame.at.path}#${frame.call.start}` : ''}`;
  if (!fact || depth > MAX_DEPTH || at.entered.has(key)) return;
  at.entered.add(key);
  const into = (id: ValueId, keys = path): void => walk(at, { file, value: id }, keys, frame, depth + 1);
  switch (fact.kind) {
    case 'await':
    case 'cast':
    case 'spread':
      return into(fact.value);
    case 'conditional':
      into(fact.then);
      return into(fact.else);
    case 'logical':
      if (fact.operator !== '&&') into(fact.left);
      return into(fact.right);
    case 'name': {
      const binding = file.facts.bindings[fact.binding];
      for (const each of [binding?.value, ...(binding?.writes ?? [])]) if (each !== undefined) into(each);
      return;
    }
    case 'array':
      if (path[0] !== undefined && fact.items[Number(path[0])] !== undefined) return into(fact.items[Number(path[0])] ?? -1, path.slice(1));
      return fact.items.forEach((item) => into(item, []));
    case 'object':
      for (const property of fact.properties) {
        if (property.spread) into(property.value);
        else if (path[0] === undefined || property.key === path[0]) into(property.value, path.slice(1));
      }
      return;
    case 'member':
      return fact.property === 'length' ? undefined : into(fact.object, [fact.property, ...path]);
    case 'item':
      return into(fact.of, [String(fact.index), ...path]);
    case 'param':
      return walkParam(at, file, fact, path, frame, depth);
    case 'call':
    case 'new':
      return walkCall(at, { file, value }, fact, path, frame, depth);
  }
}

function walkCall(at: Walk, site: Site, fact: CallFact, path: readonly string[], frame: Frame | undefined, depth: number): void {
  const { project } = at;
  const { file } = site;
  const into = (id: ValueId, keys = path): void => walk(at, { file, value: id }, keys, frame, depth + 1);
  const query = queriesOf(project, file).find((each) => each.value === site.value || each.head === site.value);
  if (query && !query.generic) {
    // `const [rows, total] = …`, `const { rows } = …`; of one row nothing is a list.
    const [key] = path;
    if (query.many && (key === undefined || ROW_KEYS.has(key) || (key === '0' && /AndCount/.test(query.method))) && !at.found.has(query)) at.found.set(query, at.response);
    return;
  }
  const called = calledFunctions(project.linker, file, site.value);
  for (const ref of fact.kind === 'call' ? called : []) {
    const inner: Frame = { function: ref.function, file: ref.file, call: fact, at: file, ...(frame && { outer: frame }) };
    for (const value of returnsOf(ref.file.facts, ref.function)) walk(at, { file: ref.file, value }, path, inner, depth + 1);
  }
  if (called.length > 0 && fact.kind === 'call') return;
  const callee = file.facts.values[fact.callee];
  if (fact.kind === 'call' && callee?.kind === 'member' && KEEPING.has(callee.property)) return into(callee.object, path);
  if (fact.kind === 'new' || PASSING.has(calledName(file, fact))) fact.args.forEach((arg) => into(arg, fact.kind === 'new' ? [] : path));
}

/** What a parameter is given: by the call on the way here, else by every caller. */
function walkParam(at: Walk, file: SourceFile, fact: Param, path: readonly string[], frame: Frame | undefined, depth: number): void {
  if (frame?.function === fact.function && frame.file === file) {
    const arg = frame.call.args[fact.index];
    if (arg !== undefined) walk(at, { file: frame.at, value: arg }, path, frame.outer, depth + 1);
    return;
  }
  if (frame) return;
  const callers = programIndex(at.project.linker).callers.get(functionKey({ file, function: fact.function })) ?? [];
  for (const site of callers.slice(0, MAX_CALLERS)) {
    const call = callFact(site.file, site.value);
    const arg = call?.kind === 'call' && site.file.role === 'source' ? call.args[fact.index] : undefined;
    if (arg !== undefined) walk(at, { file: site.file, value: arg }, path, undefined, depth + 1);
  }
}
