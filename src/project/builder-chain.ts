import { parentsOf } from '../facts/operands.ts';
import type { BindingId, CallFact, FileFacts, FunctionId, ValueId } from '../facts/types.ts';
import type { Library, QueryEffect } from '../libraries/types.ts';
import { calleesOf, callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { objectOwners } from './linker.ts';
import { bindingsByValue, usesOf } from './name-uses.ts';
import type { External } from './origins.ts';
import type { Project } from './project.ts';
import { meaningsOf, recognise, type Recognised } from './recognise.ts';
import type { SourceFile } from './types.ts';

/** One call of a chain. */
export interface ChainLink {
  readonly name: string;
  readonly call: ValueId;
  readonly args: readonly ValueId[];
}

export interface Chain {
  /** The outermost expression of the chain at its first place. */
  readonly value: ValueId;
  readonly links: readonly ChainLink[];
  /** Whether the statement is sent, as far as the code around says. */
  readonly executed: boolean;
}

/** Calling one of these on a thenable sends it; what they return is a promise. */
const PROMISE_METHODS = new Set(['then', 'catch', 'finally']);
/** Rows of a result keep the type of their query here; going through them is no part of a statement. */
const ROW_METHODS = new Set(['map', 'forEach', 'filter', 'flatMap', 'reduce', 'some', 'every', 'find', 'push', 'at', 'slice', 'includes', 'join', 'concat']);

interface Walk {
  readonly project: Project;
  readonly file: SourceFile;
  readonly facts: FileFacts;
  readonly library: Library;
  readonly links: ChainLink[];
  readonly followed: Set<BindingId>;
}

/** The chain of calls around the call that has the effect, followed outwards, inwards and through variables. */
export function chainOf(project: Project, file: SourceFile, head: ValueId, library: Library, effect: QueryEffect): Chain {
  const walk: Walk = { project, file, facts: file.facts, library, links: [], followed: new Set() };
  const fact = callFact(file, head);
  if (!fact || fact.kind === 'tagged') return { value: head, links: [], executed: true };
  walkInwards(walk, fact.callee);
  walk.links.push(linkOf(file.facts, head, fact));
  const value = climb(walk, head);
  const { builder } = effect;
  if (!builder) return { value, links: walk.links, executed: true };
  const used = isSent(walk, value);
  const unsent = walk.links.some((link) => builder.unsent?.includes(link.name));
  return { value, links: walk.links, executed: used && !unsent };
}

function linkOf(facts: FileFacts, call: ValueId, fact: CallFact): ChainLink {
  return { name: calledName(facts, fact.callee), call, args: fact.args };
}

function calledName(facts: FileFacts, callee: ValueId): string {
  const fact = facts.values[callee];
  if (fact?.kind === 'member') return fact.property;
  if (fact?.kind === 'name') return facts.bindings[fact.binding]?.name ?? '';
  const index = fact?.kind === 'index' ? facts.values[fact.index] : undefined;
  return index?.kind === 'literal' ? String(index.value) : '';
}

function receiverOf(facts: FileFacts, callee: ValueId): ValueId | undefined {
  const fact = facts.values[callee];
  return fact?.kind === 'member' || fact?.kind === 'index' ? fact.object : undefined;
}

/** Calls before the head: `repository.createQueryBuilder().where(…)`, `User.scope('x')`. */
function walkInwards(walk: Walk, callee: ValueId): void {
  const receiver = receiverOf(walk.facts, callee);
  const fact = receiver === undefined ? undefined : walk.facts.values[receiver];
  if (receiver === undefined || !fact) return;
  if (fact.kind === 'call' && isOfLibrary(walk, fact.callee)) {
    walkInwards(walk, fact.callee);
    walk.links.push(linkOf(walk.facts, receiver, fact));
    return;
  }
  // A builder in a variable: what it was made with, and what was called on it since.
  if (fact.kind !== 'name' || !isFluent(walk, receiver) || walk.followed.has(fact.binding)) return;
  walk.followed.add(fact.binding);
  const made = walk.facts.bindings[fact.binding]?.value;
  const call = made === undefined ? undefined : walk.facts.values[made];
  if (made !== undefined && call?.kind === 'call' && isOfLibrary(walk, call.callee)) {
    walkInwards(walk, call.callee);
    walk.links.push(linkOf(walk.facts, made, call));
  }
  for (const use of usesOf(walk.facts, fact.binding)) if (use !== receiver) climb(walk, use);
}

/** Follows `.method()` outwards while the library knows it; returns the outermost value. */
function climb(walk: Walk, from: ValueId): ValueId {
  const parents = parentsOf(walk.facts);
  let at = from;
  for (;;) {
    const access = parents[at] ?? -1;
    if (access < 0 || receiverOf(walk.facts, access) !== at) return at;
    const call = parents[access] ?? -1;
    const fact = walk.facts.values[call];
    if (fact?.kind !== 'call' || fact.callee !== access) return at;
    const name = calledName(walk.facts, access);
    if (PROMISE_METHODS.has(name) || !(isOfLibrary(walk, access) || isUnknown(walk, access))) return at;
    walk.links.push(linkOf(walk.facts, call, fact));
    at = call;
  }
}

/** Whether a builder is sent from where it stands: awaited, returned, handed on to something that is not its library. */
function isSent(walk: Walk, value: ValueId): boolean {
  const parents = parentsOf(walk.facts);
  let at = value;
  for (;;) {
    const parent = parents[at] ?? -1;
    if (parent < 0) return isSentByStatement(walk, at);
    const fact = walk.facts.values[parent];
    switch (fact?.kind) {
      case 'await':
      case 'yield':
      // `for await (const row of query.stream())`
      case 'element':
        return true;
      case 'member':
        return PROMISE_METHODS.has(fact.property);
      case 'call':
      case 'new':
        return fact.callee === at || isSentAsArgument(walk, parent, fact.args.indexOf(at));
      case 'tagged':
        return !isOfLibrary(walk, fact.tag);
      case 'assign': {
        const target = walk.facts.values[fact.target];
        if (target?.kind !== 'name') return true;
        return isSentLater(walk, target.binding);
      }
      case 'array':
      case 'object':
      case 'spread':
      case 'conditional':
      case 'logical':
      case 'sequence':
      case 'cast':
      case 'unary':
        at = parent;
        continue;
      default:
        return false;
    }
  }
}

/** A value that no other contains: returned, the initialiser of a name, gone through, or thrown away. */
function isSentByStatement(walk: Walk, value: ValueId): boolean {
  const { facts } = walk;
  const returned = facts.returns.find((each) => each.value === value);
  if (returned) return isSentByCaller(walk, returned.function);
  const bindings = bindingsByValue(facts).get(value);
  if (bindings) return bindings.some((binding) => isSentLater(walk, binding));
  return facts.regions.some((region) => region.kind === 'loop' && region.iterates === value);
}

function isSentLater(walk: Walk, binding: BindingId): boolean {
  if (walk.followed.has(binding)) return false;
  walk.followed.add(binding);
  if (walk.facts.exports.some((each) => each.binding === binding)) return true;
  let sent = false;
  for (const use of usesOf(walk.facts, binding)) {
    const outermost = climb(walk, use);
    if (isSent(walk, outermost)) sent = true;
  }
  return sent;
}

/** What a function returns is sent by its caller, unless the function is handed to the library itself as a part of a statement. */
function isSentByCaller(walk: Walk, id: FunctionId): boolean {
  let value = walk.facts.functions[id]?.value;
  const owners = objectOwners(walk.facts);
  const parents = parentsOf(walk.facts);
  while (value !== undefined && owners.has(value)) value = owners.get(value);
  const call = value === undefined ? -1 : (parents[value] ?? -1);
  const fact = walk.facts.values[call];
  if (fact?.kind !== 'call' || value === undefined) return true;
  return isSentAsArgument(walk, call, fact.args.indexOf(value));
}

/** Handed to the library itself it is a sub-query; handed to a transaction or batch, or to anything else, it is sent. */
function isSentAsArgument(walk: Walk, call: ValueId, argument: number): boolean {
  const fact = walk.facts.values[call];
  if (fact?.kind !== 'call' || ROW_METHODS.has(calledName(walk.facts, fact.callee)) || !isOfPackage(walk, call)) return true;
  return meaningsOf(walk.project.linker, walk.project.recogniser, { file: walk.file, value: call }).some(({ spec }) => {
    const handed = spec.callbacks?.[argument]?.[0];
    return spec.effect?.kind === 'transaction' || handed === 'client' || handed === 'manager';
  });
}

function recognisedAt(walk: Walk, value: ValueId): Recognised[] {
  return evaluate(walk.project.linker, walk.file, value).flatMap((origin) => {
    const found = origin.kind === 'external' ? recognise(walk.project.recogniser, origin) : undefined;
    return found?.library === walk.library ? [found] : [];
  });
}

/** Whether a callee is a method that the library's table has. */
function isOfLibrary(walk: Walk, callee: ValueId): boolean {
  return recognisedAt(walk, callee).some((found) => found.type.call !== undefined || found.type.tag !== undefined);
}

/** A builder that is assigned to itself often has too many alternatives to be evaluated; what is called on it is its own all the same. */
function isUnknown(walk: Walk, callee: ValueId): boolean {
  return evaluate(walk.project.linker, walk.file, callee).length === 0;
}

/** Whether a call goes into the library's packages, known to the table or not: `exists(…)`, `union(…)`. */
function isOfPackage(walk: Walk, call: ValueId): boolean {
  return calleesOf(walk.project.linker, walk.file, call).some((origin) => {
    if (origin.kind !== 'external') return false;
    let root: External = origin;
    while (root.parent) root = root.parent;
    const own = recognise(walk.project.recogniser, origin) ?? recognise(walk.project.recogniser, root);
    return own?.library === walk.library;
  });
}

/** A type whose every method gives the type again. */
function isFluent(walk: Walk, value: ValueId): boolean {
  return recognisedAt(walk, value).some(({ type, name }) => {
    const any = type.members?.['*'];
    return typeof any === 'object' && any.call?.returns !== undefined && any.call.returns === name;
  });
}
