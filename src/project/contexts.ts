import type { TypeId, ValueId } from '../facts/types.ts';
import type { ContextSpec } from '../libraries/types.ts';
import { callFact } from './calls.ts';
import { evaluate, returnedBy } from './evaluate.ts';
import { evaluateType } from './evaluate-types.ts';
import { addTo } from './grouping.ts';
import type { Linker } from './linker.ts';
import { membersOf } from './members.ts';
import { NO_ORIGINS, unionOf, type External, type FunctionRef, type Origins, type Site } from './origins.ts';
import type { SourceFile } from './types.ts';

/**
 * Members of what a package hands to the project's functions that the project itself has put there: the context of tRPC
 * (`initTRPC.context<Context>()`, `next({ ctx })`), decorations of Fastify (`app.decorate('db', db)`). Empty where nothing is known.
 */
export function memberOfContext(linker: Linker, owner: External, name: string): Origins {
  for (const spec of linker.contexts) {
    if (!spec.modules.some((name) => owner.module === name || owner.module.startsWith(`${name}/`))) continue;
    const found = spec.kind === 'typed' ? memberOfTyped(linker, spec, owner, name) : memberOfDecorated(linker, spec, owner, name);
    if (found.length > 0) return found;
  }
  return NO_ORIGINS;
}

type TypedContext = Extract<ContextSpec, { kind: 'typed' }>;

function memberOfTyped(linker: Linker, spec: TypedContext, owner: External, name: string): Origins {
  if (owner.step?.kind !== 'get' || owner.step.name !== spec.member || owner.parent?.step?.kind !== 'callback') return NO_ORIGINS;
  const lists: Origins[] = [];
  for (let at: External | undefined = owner.parent.parent; at?.step; at = at.parent) {
    const method = at.step.kind === 'call' && at.parent?.step?.kind === 'get' ? at.parent.step.name : undefined;
    const site = at.step.kind === 'call' ? at.step.site : undefined;
    if (!site || method === undefined) continue;
    if (method === spec.extendedBy.method) lists.push(membersOf(linker, passedOn(linker, spec, site), name));
    if (method === spec.typedBy) lists.push(membersOf(linker, typeArgument(linker, site), name));
    // What a later middleware puts there hides what was there before.
    const found = lists.find((list) => list.length > 0);
    if (found) return found;
  }
  return NO_ORIGINS;
}

/** `context<Context>()`, `context<typeof createContext>()`. */
function typeArgument(linker: Linker, { file, value }: Site): Origins {
  const type = callFact(file, value)?.typeArgs?.[0];
  if (type === undefined) return NO_ORIGINS;
  return unionOf(evaluateType(linker, file, type).map((origin) => (origin.kind === 'function' ? returnedBy(linker, origin) : [origin])));
}

/** The `ctx` of `next({ ctx })` in the middleware that a `use` takes. */
function passedOn(linker: Linker, spec: TypedContext, { file, value }: Site): Origins {
  const fact = callFact(file, value);
  if (fact?.kind !== 'call') return NO_ORIGINS;
  const middlewares = fact.args.flatMap((arg) => evaluate(linker, file, arg).flatMap((origin) => (origin.kind === 'function' ? [origin] : origin.kind === 'external' ? handedOver(origin) : [])));
  return unionOf(
    middlewares.flatMap((middleware) => nextCalls(middleware, spec.extendedBy.passes).map((site) => propertyOfArgument(linker, site, spec.extendedBy.key))),
  );
}

/** `t.middleware(fn)`: the functions handed to the call that made a value. */
function handedOver(origin: External): readonly FunctionRef[] {
  const site = origin.step?.kind === 'call' ? origin.step.site : undefined;
  const fact = site && callFact(site.file, site.value);
  if (!site || fact?.kind !== 'call') return [];
  return fact.args.flatMap((arg) => {
    const value = site.file.facts.values[arg];
    return value?.kind === 'function' ? [{ file: site.file, function: value.function }] : [];
  });
}

function nextCalls({ file, function: id }: FunctionRef, name: string): readonly Site[] {
  const body = file.facts.functions[id];
  if (!body) return [];
  return file.facts.calls.flatMap((value) => {
    const call = file.facts.values[value];
    if (call?.kind !== 'call' || call.start < body.start || call.end > body.end) return [];
    const callee = file.facts.values[call.callee];
    const called = callee?.kind === 'name' ? file.facts.bindings[callee.binding]?.name : callee?.kind === 'member' ? callee.property : undefined;
    return called === name ? [{ file, value }] : [];
  });
}

function propertyOfArgument(linker: Linker, { file, value }: Site, key: string): Origins {
  const arg = callFact(file, value);
  const first = arg?.kind === 'call' ? arg.args[0] : undefined;
  return first === undefined ? NO_ORIGINS : membersOf(linker, evaluate(linker, file, first), key);
}

type Decorated = Extract<ContextSpec, { kind: 'decorated' }>;

/** What the program has put on the objects of a package, by name: values, and the types it declares for them. */
interface Additions {
  readonly values: ReadonlyMap<string, readonly Site[]>;
  readonly types: ReadonlyMap<string, readonly { readonly file: SourceFile; readonly type: TypeId }[]>;
}

function memberOfDecorated(linker: Linker, spec: Decorated, owner: External, name: string): Origins {
  // Only what the package itself hands out can have been added to; a member of a member is something else.
  if (owner.step?.kind === 'get') return NO_ORIGINS;
  const { values, types } = additionsOf(linker, spec);
  const put = unionOf((values.get(name) ?? []).map(({ file, value }) => evaluate(linker, file, value)));
  if (put.some((origin) => origin.kind !== 'literal')) return put;
  return unionOf((types.get(name) ?? []).map(({ file, type }) => evaluateType(linker, file, type)));
}

const tables = new WeakMap<Linker, Map<Decorated, Additions>>();

function additionsOf(linker: Linker, spec: Decorated): Additions {
  let memo = tables.get(linker);
  if (!memo) {
    memo = new Map();
    tables.set(linker, memo);
  }
  const known = memo.get(spec);
  if (known) return known;
  const values = new Map<string, Site[]>();
  const types = new Map<string, { file: SourceFile; type: TypeId }[]>();
  memo.set(spec, { values, types });
  for (const file of linker.files.values()) {
    if (file.role === 'test') continue;
    if (spec.methods.length > 0) for (const [name, value] of decorationsIn(file, spec)) addTo(values, name, { file, value });
    for (const declaration of file.facts.typeDeclarations) {
      if (declaration.augments === undefined || !spec.augments.includes(declaration.augments)) continue;
      for (const member of declaration.members) if (member.type !== undefined) addTo(types, member.name, { file, type: member.type });
    }
  }
  return { values, types };
}

function* decorationsIn(file: SourceFile, spec: Decorated): Generator<[string, ValueId]> {
  for (const value of file.facts.calls) {
    const call = file.facts.values[value];
    const callee = call?.kind === 'call' ? file.facts.values[call.callee] : undefined;
    if (call?.kind !== 'call' || callee?.kind !== 'member' || !spec.methods.includes(callee.property)) continue;
    const [name, put] = call.args;
    const literal = name === undefined ? undefined : file.facts.values[name];
    if (literal?.kind === 'literal' && typeof literal.value === 'string' && put !== undefined) yield [literal.value, put];
  }
}
