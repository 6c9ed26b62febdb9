import type { CallFact, FunctionId, ValueFact, ValueId } from '../facts/types.ts';
import { callFact, programIndex } from './calls.ts';
import { subclassesOf } from './class-index.ts';
import { evaluate, superOf } from './evaluate.ts';
import { returnsOf } from './linker.ts';
import { membersOf } from './members.ts';
import { functionKey, type FunctionRef, type Site } from './origins.ts';
import { programFiles, type Project } from './project.ts';
import type { Query } from './queries.ts';
import { recognise } from './recognise.ts';
import { sqlTextOf } from './sql-text.ts';
import type { SourceFile } from './types.ts';

/**
 * A function of the project whose statement its callers decide: it sends SQL text that it is given (`argument`), or it stands in a
 * base class of models and works on whatever class or row it is called on (no `argument`). The query is then where it is called.
 */
export interface Wrapper {
  readonly ref: FunctionRef;
  readonly argument?: number;
  /** What it sends. */
  readonly query: Statement;
}

type Statement = Pick<Query, 'library' | 'operation' | 'bulk' | 'many'>;

export interface WrappedSite extends Site {
  readonly wrapper: Wrapper;
  /** True inside another wrapper, whose callers decide in their turn. */
  readonly generic: boolean;
}

/** Wrappers among the functions that send queries, and every call of one; a wrapper of a wrapper is one too. */
export function findWrappedSites(project: Project, direct: Iterable<Query>): { readonly sites: readonly WrappedSite[]; readonly inner: ReadonlySet<Query> } {
  const { callers } = programIndex(project.linker);
  const known = new Map<string, Wrapper>();
  const open: Wrapper[] = [];
  const inner = new Set<Query>();
  const add = (found: Omit<Wrapper, 'query'> | undefined, query: Statement): boolean => {
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
  for (const { ref, query } of overriddenQueries(project)) add({ ref }, query);
  const sites: WrappedSite[] = [];
  for (let wrapper = open.pop(); wrapper; wrapper = open.pop()) {
    for (const site of callers.get(functionKey(wrapper.ref)) ?? []) {
      if (isInside(site, wrapper.ref)) continue;
      const statement = wrapper.argument === undefined ? undefined : argumentOf(site, wrapper.argument);
      const outer =
        wrapper.argument === undefined ? genericMethodAt(project, site) : statement === undefined ? undefined : textTaker(project, site.file, statement);
      sites.push({ ...site, wrapper, generic: add(outer, wrapper.query) });
    }
  }
  return { sites: sites.map((site) => ({ ...site, wrapper: known.get(functionKey(site.wrapper.ref)) ?? site.wrapper })), inner };
}

/** Methods of the project's classes that override a query of the library's class: `static findByPk(id)` of a model. */
function overriddenQueries(project: Project): readonly Wrapper[] {
  const { linker, recogniser } = project;
  const found: Wrapper[] = [];
  for (const file of programFiles(project)) {
    file.facts.classes.forEach((fact, index) => {
      if (fact.extends === undefined) return;
      for (const member of fact.members) {
        if (member.kind !== 'method' || member.function === undefined) continue;
        const parents = member.static ? evaluate(linker, file, fact.extends ?? -1) : superOf(linker, { file, class: index });
        for (const origin of membersOf(linker, parents, member.name)) {
          const recognised = origin.kind === 'external' ? recognise(recogniser, origin) : undefined;
          const effect = recognised?.type.call?.effect;
          if (!recognised || effect?.kind !== 'query') continue;
          const query = { library: recognised.library.id, operation: effect.operation, bulk: effect.bulk ?? false, many: effect.many ?? false };
          found.push({ ref: { file, function: member.function }, query });
        }
      }
    });
  }
  return found;
}

function isInside(site: Site, ref: FunctionRef): boolean {
  if (site.file !== ref.file) return false;
  const call = site.file.facts.values[site.value];
  const body = ref.file.facts.functions[ref.function];
  return call !== undefined && body !== undefined && body.start <= call.start && call.end <= body.end;
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
  const param = parameterBehind(project, file, statement, 0);
  return param && { ref: { file, function: param.function }, argument: param.index };
}

const MAX_DEPTH = 8;

function parameterBehind(project: Project, file: SourceFile, id: ValueId | undefined, depth: number): { function: FunctionId; index: number } | undefined {
  const fact: ValueFact | undefined = id === undefined ? undefined : file.facts.values[id];
  if (!fact || depth > MAX_DEPTH) return undefined;
  const inner = (value: ValueId | undefined) => parameterBehind(project, file, value, depth + 1);
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
    case 'new':
      return inner(fact.args[0]);
    case 'call':
      return first(textArguments(project, file, fact, depth));
    case 'object':
      return first(
        fact.properties.filter((property) => property.spread || (property.key !== undefined && TEXT.has(property.key))).map((property) => property.value),
      );
    default:
      return undefined;
  }
}

/** Arguments whose text a call gives back: `normalize(statement)`, where our function does; the first one of a package's. */
function textArguments(project: Project, file: SourceFile, call: CallFact, depth: number): readonly ValueId[] {
  const callees = evaluate(project.linker, file, call.callee);
  const own = callees.filter((origin) => origin.kind === 'function');
  if (own.length === 0) return callees.length > 0 ? call.args.slice(0, 1) : [];
  return own.flatMap((ref) =>
    returnsOf(ref.file.facts, ref.function).flatMap((value) => {
      const param = parameterBehind(project, ref.file, value, depth + 1);
      const arg = param?.function === ref.function ? call.args[param.index] : undefined;
      return arg === undefined ? [] : [arg];
    }),
  );
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
