import type { FunctionId, ValueFact, ValueId } from '../facts/types.ts';
import { callFact, programIndex } from './calls.ts';
import { subclassesOf } from './class-index.ts';
import { functionKey, type FunctionRef, type Site } from './origins.ts';
import type { Project } from './project.ts';
import type { Query } from './queries.ts';
import { sqlTextOf } from './sql-text.ts';
import type { SourceFile } from './types.ts';

/**
 * A function of the project whose statement its callers decide: it sends SQL text that it is given (`argument`), or it stands in a
 * base class of models and works on whatever class or row it is called on (no `argument`). The query is then where it is called.
 */
export interface Wrapper {
  readonly ref: FunctionRef;
  readonly argument?: number;
  /** One of the queries inside. */
  readonly query: Query;
}

export interface WrappedSite extends Site {
  readonly wrapper: Wrapper;
}

/** Wrappers among the functions that send queries, and every call of one; a wrapper of a wrapper is one too. */
export function findWrappedSites(project: Project, direct: Iterable<Query>): { readonly sites: readonly WrappedSite[]; readonly inner: ReadonlySet<Query> } {
  const { callers } = programIndex(project.linker);
  const known = new Map<string, Wrapper>();
  const open: Wrapper[] = [];
  const inner = new Set<Query>();
  const add = (found: Omit<Wrapper, 'query'> | undefined, query: Query): boolean => {
    if (!found) return false;
    const key = functionKey(found.ref);
    const before = known.get(key);
    if (before && (before.query.operation === 'write' || query.operation !== 'write')) return true;
    const wrapper = { ...found, query };
    known.set(key, wrapper);
    if (!before) open.push(wrapper);
    return true;
  };
  for (const query of direct) {
    const statement = query.model === undefined && query.operation === 'raw' ? statementOf(query) : undefined;
    const found = statement === undefined ? genericModelMethod(project, query) : textTaker(project, query.file, statement);
    if (add(found, query)) inner.add(query);
  }
  const sites: WrappedSite[] = [];
  for (let wrapper = open.pop(); wrapper; wrapper = open.pop()) {
    for (const site of callers.get(functionKey(wrapper.ref)) ?? []) {
      sites.push({ ...site, wrapper });
      if (wrapper.argument === undefined) add(genericMethodAt(project, site), wrapper.query);
      else {
        const statement = argumentOf(site, wrapper.argument);
        if (statement !== undefined) add(textTaker(project, site.file, statement), wrapper.query);
      }
    }
  }
  return { sites: sites.map((site) => ({ ...site, wrapper: known.get(functionKey(site.wrapper.ref)) ?? site.wrapper })), inner };
}

function statementOf(query: Query): ValueId | undefined {
  const fact = callFact(query.file, query.head);
  return fact && fact.kind !== 'tagged' ? fact.args[0] : undefined;
}

export function argumentOf(site: Site, index: number): ValueId | undefined {
  const fact = callFact(site.file, site.value);
  return fact && fact.kind !== 'tagged' ? fact.args[index] : undefined;
}

/** The function whose parameter a statement without readable text comes from. */
function textTaker(project: Project, file: SourceFile, statement: ValueId): Omit<Wrapper, 'query'> | undefined {
  if (sqlTextOf(project.linker, file, statement) !== undefined) return undefined;
  const param = parameterBehind(file, statement, 0);
  return param && { ref: { file, function: param.function }, argument: param.index };
}

const MAX_DEPTH = 8;

function parameterBehind(file: SourceFile, id: ValueId | undefined, depth: number): { function: FunctionId; index: number } | undefined {
  const fact: ValueFact | undefined = id === undefined ? undefined : file.facts.values[id];
  if (!fact || depth > MAX_DEPTH) return undefined;
  const inner = (value: ValueId | undefined) => parameterBehind(file, value, depth + 1);
  const first = (values: readonly ValueId[]) => {
    for (const value of values) {
      const found = inner(value);
      if (found) return found;
    }
    return undefined;
  };
  switch (fact.kind) {
    case 'param':
      return fact.rest ? undefined : { function: fact.function, index: fact.index };
    case 'name':
      return inner(file.facts.bindings[fact.binding]?.value);
    case 'member':
      return inner(fact.object);
    case 'cast':
    case 'await':
    case 'spread':
      return inner(fact.value);
    case 'conditional':
      return first([fact.then, fact.else]);
    case 'logical':
      return first([fact.left, fact.right]);
    case 'call':
    case 'new':
      return first(fact.args.slice(0, 2));
    case 'object':
      return first(fact.properties.filter((property) => property.spread || (property.key !== undefined && TEXT.has(property.key))).map((property) => property.value));
    default:
      return undefined;
  }
}

const TEXT = new Set(['text', 'sql', 'query', 'statement']);

/** A query on `this` in a base class that the project's models extend. */
function genericModelMethod(project: Project, query: Query): Omit<Wrapper, 'query'> | undefined {
  return genericMethodAt(project, { file: query.file, value: query.head });
}

function genericMethodAt(project: Project, { file, value }: Site): Omit<Wrapper, 'query'> | undefined {
  const fact = callFact(file, value);
  if (!fact || fact.kind === 'tagged') return undefined;
  const owner = thisClass(file, fact.callee);
  if (owner === undefined || subclassesOf(project.linker, { file, class: owner }).length === 0) return undefined;
  const method = methodAround(file, fact.region, owner);
  return method === undefined ? undefined : { ref: { file, function: method } };
}

/** The class whose `this` a chain of calls and members begins with. */
function thisClass(file: SourceFile, id: ValueId): number | undefined {
  for (let fact = file.facts.values[id]; fact; ) {
    if (fact.kind === 'this') return fact.class;
    if (fact.kind === 'member') {
      const object: ValueFact | undefined = file.facts.values[fact.object];
      // `this.field.find()` works on what the field holds, not on the class itself.
      if (object?.kind === 'member') return undefined;
      fact = object;
    } else if (fact.kind === 'call') fact = file.facts.values[fact.callee];
    else return undefined;
  }
  return undefined;
}

function methodAround(file: SourceFile, region: number, owner: number): FunctionId | undefined {
  for (let at = region; at >= 0; ) {
    const fact = file.facts.regions[at];
    if (!fact) return undefined;
    const id = fact.function;
    if (id >= 0 && file.facts.functions[id]?.class === owner) return id;
    at = id < 0 ? -1 : (file.facts.functions[id]?.region ?? -1);
  }
  return undefined;
}
