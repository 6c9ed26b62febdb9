import type { BindingId, CallFact, FunctionId, ValueFact, ValueId } from '../facts/types.ts';
import type { RequestPart } from '../libraries/types.ts';
import { calledFunctions, programIndex } from './calls.ts';
import { calledName } from './callee-names.ts';
import { evaluate } from './evaluate.ts';
import { executionOf } from './execution.ts';
import { memberAssignments, returnsOf } from './linker.ts';
import { functionKey, type External, type FunctionRef, type Site } from './origins.ts';
import { isOfDatabase, isPassing, PASSING_METHODS } from './passing-functions.ts';
import { defineView, type Project } from './project.ts';
import { externalsOf, meaningsOf, recognise } from './recognise.ts';
import type { SourceFile } from './types.ts';

/**
 * What a value holds as it came: a part of the request, or what the n-th parameter of a function is given. `path`: the properties read from it,
 * as far as they are known. `at`: where it is read.
 */
export type InputSource = { readonly path: readonly string[]; readonly at: Site } & (
  | { readonly kind: 'request'; readonly part: RequestPart }
  | { readonly kind: 'parameter'; readonly of: FunctionRef; readonly index: number }
);

export const NO_SOURCES: readonly InputSource[] = [];

/** Paths longer than this are cut off, which makes them stand for more. */
const MAX_PATH = 4;
const MAX_SOURCES = 12;
const MAX_DEPTH = 60;

interface Memo {
  readonly values: Map<SourceFile, (readonly InputSource[] | undefined)[]>;
  /** By value and path. */
  readonly parts: Map<SourceFile, Map<string, readonly InputSource[]>>;
  readonly returned: Map<string, readonly InputSource[]>;
  depth: number;
}

const memoOf = defineView((project): Memo => {
  programIndex(project.linker);
  return { values: new Map(), parts: new Map(), returned: new Map(), depth: 0 };
});

/** What the client sent, or a caller handed over, that reaches a value unchanged in type: through names, reads, destructuring and own functions. */
export function sourcesOf(project: Project, file: SourceFile, id: ValueId): readonly InputSource[] {
  const memo = memoOf(project);
  let table = memo.values.get(file);
  if (!table) memo.values.set(file, (table = []));
  const known = table[id];
  if (known) return known;
  const fact = file.facts.values[id];
  if (!fact || memo.depth > MAX_DEPTH) return NO_SOURCES;
  table[id] = NO_SOURCES;
  memo.depth++;
  const found = distinct(findSources(project, file, id, fact));
  memo.depth--;
  table[id] = found;
  return found;
}

/** Sources of what stands at a path inside a value: of an object literal only the properties on the path. */
export function sourcesAt(project: Project, file: SourceFile, id: ValueId, path: readonly string[]): readonly InputSource[] {
  const fact = file.facts.values[id];
  if (path.length === 0 || !fact) return sourcesOf(project, file, id);
  const memo = memoOf(project);
  let table = memo.parts.get(file);
  if (!table) memo.parts.set(file, (table = new Map()));
  const place = `${id} ${path.join('.')}`;
  const known = table.get(place);
  if (known) return known;
  if (memo.depth > MAX_DEPTH || path.length > MAX_PATH * 2) return NO_SOURCES;
  // `options = { ...options, page }` goes through itself.
  table.set(place, NO_SOURCES);
  memo.depth++;
  const found = distinct(findSourcesAt(project, file, id, fact, path));
  memo.depth--;
  table.set(place, found);
  return found;
}

function findSourcesAt(project: Project, file: SourceFile, id: ValueId, fact: ValueFact, path: readonly string[]): readonly InputSource[] {
  const [key, ...rest] = path;
  if (key === undefined) return sourcesOf(project, file, id);
  if (fact.kind === 'await' || fact.kind === 'cast') return sourcesAt(project, file, fact.value, path);
  if (fact.kind === 'name') {
    const assigned = memberAssignments(file.facts).get(`${fact.binding}.${key}`) ?? [];
    return [...initialSources(project, file, fact.binding, path), ...assigned.flatMap((each) => sourcesAt(project, file, each, rest))];
  }
  if (fact.kind !== 'object') return sourcesOf(project, file, id).map((source) => extended(source, path));
  const own = fact.properties.findLast((property) => property.key === key && !property.spread);
  if (own) return sourcesAt(project, file, own.value, rest);
  return fact.properties.flatMap((property) => {
    if (property.spread) return sourcesAt(project, file, property.value, path);
    return property.key === undefined ? sourcesAt(project, file, property.value, rest) : [];
  });
}

export function sourceKey(source: InputSource): string {
  const root = source.kind === 'request' ? source.part : `${functionKey(source.of)} ${source.index}`;
  return `${root} ${source.path.join('.')}`;
}

export function extended<S extends InputSource>(source: S, path: readonly string[]): S {
  return path.length === 0 ? source : { ...source, path: [...source.path, ...path].slice(0, MAX_PATH) };
}

function distinct(sources: readonly InputSource[]): readonly InputSource[] {
  if (sources.length < 2) return sources;
  const seen = new Map<string, InputSource>();
  for (const source of sources) if (!seen.has(sourceKey(source))) seen.set(sourceKey(source), source);
  return [...seen.values()].slice(0, MAX_SOURCES);
}

function findSources(project: Project, file: SourceFile, id: ValueId, fact: ValueFact): readonly InputSource[] {
  const of = (value: ValueId): readonly InputSource[] => sourcesOf(project, file, value);
  switch (fact.kind) {
    case 'name':
      return sourcesOfBinding(project, file, fact.binding);
    case 'member': {
      const read = readFromRequest(project, file, id);
      if (read) return [read];
      return fact.property === 'length' || fact.property === 'size' ? NO_SOURCES : sourcesAt(project, file, fact.object, [fact.property]);
    }
    case 'index': {
      const key = file.facts.values[fact.index];
      return key?.kind === 'literal' ? sourcesAt(project, file, fact.object, [String(key.value)]) : of(fact.object);
    }
    case 'call':
      return sourcesOfCall(project, file, id, fact);
    case 'new':
      return isOfDatabase(project, evaluate(project.linker, file, fact.callee)) ? fact.args.flatMap(of) : NO_SOURCES;
    case 'object':
      return fact.properties.flatMap((property) => of(property.value));
    case 'array':
      return fact.items.flatMap(of);
    case 'conditional':
      return [...of(fact.then), ...of(fact.else)];
    case 'logical':
      return fact.operator === '&&' ? of(fact.right) : [...of(fact.left), ...of(fact.right)];
    case 'await':
      // What a statement gives back is what the database holds.
      return isOfDatabase(project, evaluate(project.linker, file, fact.value)) ? NO_SOURCES : of(fact.value);
    case 'cast':
    case 'spread':
      return of(fact.value);
    case 'assign':
      return fact.operator === '=' || fact.operator.length === 3 ? of(fact.value) : NO_SOURCES;
    case 'sequence':
      return of(fact.items.at(-1) ?? -1);
    case 'element':
    case 'item':
    case 'rest':
    case 'key':
      return of(fact.of);
    case 'param':
      return sourcesOfParameter(project, file, fact.function, fact.index, id);
    default:
      return NO_SOURCES;
  }
}

/** A name holds what it was given, and what was put into it: `order.note = req.body.note`. */
function sourcesOfBinding(project: Project, file: SourceFile, id: BindingId): readonly InputSource[] {
  const binding = file.facts.bindings[id];
  if (!binding) return NO_SOURCES;
  const initial = initialSources(project, file, id);
  if (binding.kind === 'param' || binding.kind === 'import') return initial;
  const prefix = `${id}.`;
  const put = [...memberAssignments(file.facts)].flatMap(([key, values]) => (key.startsWith(prefix) ? values : []));
  return put.length === 0 ? initial : [...initial, ...put.flatMap((value) => sourcesOf(project, file, value))];
}

function initialSources(project: Project, file: SourceFile, id: BindingId, path: readonly string[] = []): readonly InputSource[] {
  const binding = file.facts.bindings[id];
  if (!binding) return NO_SOURCES;
  const values = binding.value === undefined ? (binding.writes ?? []) : [binding.value, ...(binding.writes ?? [])];
  return values.flatMap((value) => {
    // An object literal says what stands where; whatever else may have been read already is remembered.
    if (path.length > 0 && file.facts.values[value]?.kind === 'object') return sourcesAt(project, file, value, path);
    return sourcesOf(project, file, value).map((source) => extended(source, path));
  });
}

/** A callback that runs at once is given elements of what it goes through; other parameters stand for what callers hand over. */
function sourcesOfParameter(project: Project, file: SourceFile, id: FunctionId, index: number, value: ValueId): readonly InputSource[] {
  const execution = executionOf(project, file)[id];
  if (execution?.kind === 'perElement') {
    const element = execution.method.startsWith('reduce') ? 1 : 0;
    return index === element ? sourcesOf(project, file, execution.over) : NO_SOURCES;
  }
  if (execution?.kind === 'inline') return NO_SOURCES;
  return [{ kind: 'parameter', of: { file, function: id }, index, path: [], at: { file, value } }];
}

/** `req.body`, `await c.req.json()`, `c.req.query('page')`: where the program takes data out of the request. */
function readFromRequest(project: Project, file: SourceFile, id: ValueId): InputSource | undefined {
  const fact = file.facts.values[id];
  for (const origin of externalsOf(project.linker, evaluate(project.linker, file, id))) {
    const part = inputPart(project, origin);
    if (part === undefined) continue;
    const name = fact?.kind === 'call' ? file.facts.values[fact.args[0] ?? -1] : undefined;
    return { kind: 'request', part, path: name?.kind === 'literal' && typeof name.value === 'string' ? [name.value] : [], at: { file, value: id } };
  }
  return undefined;
}

/** The part of the request that the last step of a path takes out of it. */
function inputPart(project: Project, origin: External): RequestPart | undefined {
  return origin.step?.kind === 'get' || origin.step?.kind === 'call' ? recognise(project.recogniser, origin)?.type.input : undefined;
}

function sourcesOfCall(project: Project, file: SourceFile, id: ValueId, fact: CallFact): readonly InputSource[] {
  const meanings = meaningsOf(project.linker, project.recogniser, { file, value: id });
  if (meanings.some(({ spec }) => spec.effect?.kind === 'validation' || (spec.effect?.kind === 'query' && !spec.effect.builder))) return NO_SOURCES;
  const called = calledFunctions(project.linker, file, id);
  const read = called.length === 0 ? readFromRequest(project, file, id) : undefined;
  if (read) return [read];
  if (called.length > 0) return called.flatMap((ref) => returnedSources(project, ref).flatMap((source) => handedOver(project, file, fact, ref, source)));
  const callees = evaluate(project.linker, file, fact.callee);
  const callee = file.facts.values[fact.callee];
  const fromArguments = isPassing(callees, calledName(file, fact)) || isOfDatabase(project, callees);
  const handed = fromArguments ? fact.args.flatMap((arg) => sourcesOf(project, file, arg)) : NO_SOURCES;
  if (callee?.kind !== 'member' || !PASSING_METHODS.has(callee.property)) return handed;
  return [...handed, ...sourcesOf(project, file, callee.object)];
}

/** Sources of what a function gives back: what it reads of the request, and its parameters. */
export function returnedSources(project: Project, ref: FunctionRef): readonly InputSource[] {
  const { returned } = memoOf(project);
  const key = functionKey(ref);
  const known = returned.get(key);
  if (known) return known;
  returned.set(key, NO_SOURCES);
  const found = distinct(returnsOf(ref.file.facts, ref.function).flatMap((value) => sourcesOf(project, ref.file, value)));
  returned.set(key, found);
  return found;
}

/** A source inside a function, as its caller sees it: parameters become what stands at the call. */
export function handedOver(project: Project, file: SourceFile, call: CallFact, ref: FunctionRef, source: InputSource): readonly InputSource[] {
  if (source.kind === 'request') return [source];
  if (functionKey(source.of) !== functionKey(ref)) return NO_SOURCES;
  const spread = call.args.findIndex((arg, index) => index <= source.index && file.facts.values[arg]?.kind === 'spread');
  const arg = spread >= 0 ? undefined : call.args[source.index];
  return arg === undefined ? NO_SOURCES : sourcesAt(project, file, arg, source.path);
}
