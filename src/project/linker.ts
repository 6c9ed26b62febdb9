import type { ContextSpec } from '../libraries/types.ts';
import type { FileFacts, FunctionId, ValueId } from '../facts/types.ts';
import { addTo } from './grouping.ts';
import { NO_ORIGINS, type ClassRef, type External, type FunctionRef, type Origins, type Site } from './origins.ts';
import type { SourceFile } from './types.ts';

/** Where an import specifier leads. */
export type ImportTarget = { readonly file: SourceFile } | { readonly external: string } | undefined;

export interface LinkerInput {
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Target of a specifier written in a file; undefined for assets and what cannot be found. */
  resolve(from: SourceFile, specifier: string): ImportTarget;
  /** What the libraries say of contexts. */
  readonly contexts: readonly ContextSpec[];
}

/** A call that a function value is handed to, as argument n. */
export interface Flow extends Site {
  readonly argument: number;
}

/** Relations that need every file; built once, on first use. */
export interface ProgramIndex {
  /** Calls by the function they reach. */
  readonly callers: Map<string, Site[]>;
  /** Calls of packages that a function of ours is handed to. */
  readonly flows: Map<string, Flow[]>;
}

/**
 * The memory of linking: everything is computed on demand and kept. A linker lives as long as no file changes.
 * Its functions stand in `evaluate.ts`, `evaluate-types.ts`, `members.ts`, `parameters.ts`, `calls.ts`.
 */
export interface Linker extends LinkerInput {
  readonly modules: Map<string, External>;
  readonly values: Map<SourceFile, (Origins | undefined)[]>;
  readonly types: Map<SourceFile, (Origins | undefined)[]>;
  readonly members: Map<string, Origins>;
  readonly exports: Map<string, Origins>;
  readonly returned: Map<string, Origins>;
  /** What functions of ours hand to the callbacks they take. */
  readonly handed: Map<string, Origins>;
  /** Whether parameters may be answered through the program index. */
  index: ProgramIndex | undefined;
  classIndex: ClassIndex | undefined;
  /** Depth of evaluation; beyond the limit a value is unknown. */
  depth: number;
}

/** Who extends and who implements what. */
export interface ClassIndex {
  readonly subclasses: ReadonlyMap<string, readonly ClassRef[]>;
  /** By file path and binding of the interface. */
  readonly implementers: ReadonlyMap<string, readonly ClassRef[]>;
  /** Interfaces that extend an interface, both as file path and binding. */
  readonly subinterfaces: ReadonlyMap<string, readonly string[]>;
}

export function createLinker(input: LinkerInput): Linker {
  return {
    files: input.files,
    resolve: input.resolve.bind(input),
    contexts: input.contexts,
    modules: new Map(),
    values: new Map(),
    types: new Map(),
    members: new Map(),
    exports: new Map(),
    returned: new Map(),
    handed: new Map(),
    index: undefined,
    classIndex: undefined,
    depth: 0,
  };
}

/** Deeper evaluation than this is a cycle in disguise. */
export const MAX_DEPTH = 120;

const assignedMembers = new WeakMap<FileFacts, ReadonlyMap<string, readonly ValueId[]>>();

/** Values assigned to a member of a local name: key `<binding>.<property>`; of `this` in a class: `this <class>.<property>`. */
export function memberAssignments(facts: FileFacts): ReadonlyMap<string, readonly ValueId[]> {
  const known = assignedMembers.get(facts);
  if (known) return known;
  const found = new Map<string, ValueId[]>();
  for (const id of facts.assignments) {
    const assignment = facts.values[id];
    if (assignment?.kind !== 'assign' || (assignment.operator !== '=' && assignment.operator !== '??=' && assignment.operator !== '||=')) continue;
    const target = facts.values[assignment.target];
    if (target?.kind !== 'member') continue;
    const key = memberOwner(facts, target.object);
    if (key === undefined) continue;
    addTo(found, `${key}.${target.property}`, assignment.value);
  }
  assignedMembers.set(facts, found);
  return found;
}

function memberOwner(facts: FileFacts, id: ValueId): string | undefined {
  const object = facts.values[id];
  if (object?.kind === 'name') return String(object.binding);
  if (object?.kind === 'this' && object.class !== undefined) return `this ${object.class}`;
  return undefined;
}

const slots = new WeakMap<FileFacts, ReadonlyMap<ValueId, { readonly call: ValueId; readonly argument: number }>>();

/** The call that a value is an argument of. */
export function argumentSlots(facts: FileFacts): ReadonlyMap<ValueId, { readonly call: ValueId; readonly argument: number }> {
  const known = slots.get(facts);
  if (known) return known;
  const found = new Map<ValueId, { call: ValueId; argument: number }>();
  for (const id of facts.calls) {
    const call = facts.values[id];
    if (call?.kind === 'call' || call?.kind === 'new') call.args.forEach((value, argument) => found.set(value, { call: id, argument }));
  }
  slots.set(facts, found);
  return found;
}

const owners = new WeakMap<FileFacts, ReadonlyMap<ValueId, ValueId>>();

/** The object literal that a value is a property of. */
export function objectOwners(facts: FileFacts): ReadonlyMap<ValueId, ValueId> {
  const known = owners.get(facts);
  if (known) return known;
  const found = new Map<ValueId, ValueId>();
  facts.values.forEach((fact, id) => {
    if (fact.kind === 'object') for (const property of fact.properties) found.set(property.value, id);
  });
  owners.set(facts, found);
  return found;
}

const returnedValues = new WeakMap<FileFacts, ReadonlyMap<FunctionId, readonly ValueId[]>>();

/** Values a function returns, by function. */
export function returnsOf(facts: FileFacts, id: FunctionId): readonly ValueId[] {
  let table = returnedValues.get(facts);
  if (!table) {
    const built = new Map<FunctionId, ValueId[]>();
    for (const fact of facts.returns) {
      if (fact.value === undefined) continue;
      addTo(built, fact.function, fact.value);
    }
    table = built;
    returnedValues.set(facts, built);
  }
  return table.get(id) ?? [];
}

export function functionFact(ref: FunctionRef) {
  return ref.file.facts.functions[ref.function];
}

export function classFact(ref: ClassRef) {
  return ref.file.facts.classes[ref.class];
}

/**
 * Remembers what is computed for an item of a file. While it is computed it counts as unknown, so that cycles end; deeper than
 * any program that people write, everything is unknown.
 */
export function remember(linker: Linker, table: Map<SourceFile, (Origins | undefined)[]>, file: SourceFile, id: number, compute: () => Origins): Origins {
  let memo = table.get(file);
  if (!memo) {
    memo = [];
    table.set(file, memo);
  }
  if (linker.depth > MAX_DEPTH) return NO_ORIGINS;
  memo[id] = NO_ORIGINS;
  linker.depth++;
  const found = compute();
  linker.depth--;
  memo[id] = found;
  return found;
}
