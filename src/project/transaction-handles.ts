import type { ValueFact, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { membersOf } from './members.ts';
import { functionKey, unionOf, type FunctionRef, type Origins, type Site } from './origins.ts';
import type { Project } from './project.ts';
import { queriesOf } from './queries.ts';
import type { TransactionScope } from './transactions.ts';
import type { SourceFile } from './types.ts';

/** A function that runs in a transaction: what in it stands for the transaction, and the call that runs it. */
export interface Frame {
  readonly project: Project;
  readonly file: SourceFile;
  /** Names, parameters (`file#function:index`) and keys of parameters (`file#function:index.key`) that hold the transaction. */
  readonly handles: ReadonlySet<string>;
  /** Whether `this` works in the transaction, as in a repository made for it. */
  readonly self: boolean;
  readonly call?: { readonly frame: Frame; readonly site: Site; readonly callee: FunctionRef };
}

/** `whole`: the value is the transaction or works in it; keys: the object holds it under them. */
type Handle = 'whole' | ReadonlySet<string>;

export function frameOf(project: Project, { file, handle }: TransactionScope): Frame {
  const handles =
    'function' in handle ? [parameterKey({ file, function: handle.function }, handle.parameter)] : handle.bindings.map((binding) => bindingKey(file, binding));
  return { project, file, handles: new Set(handles), self: false };
}

/** The frame of a function that a call runs. */
export function frameWithin(frame: Frame, site: Site, callee: FunctionRef): Frame {
  const call = callFact(site.file, site.value);
  const handles = new Set(frame.handles);
  if (call && call.kind !== 'tagged') {
    call.args.forEach((arg, index) => {
      const handle = handleOf(frame, arg);
      if (handle === 'whole') handles.add(parameterKey(callee, index));
      else if (handle) for (const key of handle) handles.add(`${parameterKey(callee, index)}.${key}`);
    });
  }
  const target = call && call.kind !== 'tagged' ? site.file.facts.values[call.callee] : undefined;
  const self = target?.kind === 'member' && handleOf(frame, target.object) === 'whole';
  return { project: frame.project, file: callee.file, handles, self, call: { frame, site, callee } };
}

function parameterKey(ref: FunctionRef, index: number): string {
  return `${functionKey(ref)}:${index}`;
}

function bindingKey(file: SourceFile, binding: number): string {
  return `${file.path}~${binding}`;
}

const MAX_DEPTH = 24;

/** How an expression carries the transaction; undefined where it does not. What a query in the transaction gives back carries nothing. */
export function handleOf(frame: Frame, id: ValueId | undefined, depth = 0): Handle | undefined {
  const fact = id === undefined ? undefined : frame.file.facts.values[id];
  if (!fact || depth > MAX_DEPTH) return undefined;
  const inner = (value: ValueId | undefined) => handleOf(frame, value, depth + 1);
  switch (fact.kind) {
    case 'name': {
      if (frame.handles.has(bindingKey(frame.file, fact.binding))) return 'whole';
      const binding = frame.file.facts.bindings[fact.binding];
      return firstOf([binding?.value, ...(binding?.writes ?? [])], inner);
    }
    case 'param': {
      const key = parameterKey({ file: frame.file, function: fact.function }, fact.index);
      if (frame.handles.has(key)) return 'whole';
      const keys = [...frame.handles].flatMap((each) => (each.startsWith(`${key}.`) ? [each.slice(key.length + 1)] : []));
      return keys.length > 0 ? new Set(keys) : undefined;
    }
    case 'this':
      return frame.self ? 'whole' : undefined;
    case 'member': {
      const owner = inner(fact.object);
      return owner === 'whole' || owner?.has(fact.property) ? 'whole' : undefined;
    }
    case 'index':
    case 'item':
    case 'element':
    case 'rest':
      return inner(fact.kind === 'index' ? fact.object : fact.of);
    case 'cast':
    case 'spread':
      return inner(fact.value);
    case 'await':
      return frame.file.facts.values[fact.value]?.kind === 'call' ? undefined : inner(fact.value);
    case 'conditional':
      return inner(fact.then) ?? inner(fact.else);
    case 'logical':
      return inner(fact.left) ?? inner(fact.right);
    case 'call':
    case 'new':
      return madeFrom(frame, fact, depth);
    case 'object': {
      const keys = fact.properties.flatMap(({ key, spread, value }) => {
        const held = inner(value);
        if (!held) return [];
        return spread && held !== 'whole' ? [...held] : key === undefined ? [] : [key];
      });
      return keys.length > 0 ? new Set(keys) : undefined;
    }
    case 'array':
      return fact.items.some((item) => inner(item)) ? 'whole' : undefined;
    default:
      return undefined;
  }
}

/** `new OrderRepository(tx)`, `manager.getRepository(Order)`, `orders.withTransaction(tx)`. */
function madeFrom(frame: Frame, fact: Extract<ValueFact, { kind: 'call' | 'new' }>, depth: number): Handle | undefined {
  const callee = frame.file.facts.values[fact.callee];
  if (callee?.kind === 'member' && handleOf(frame, callee.object, depth + 1)) return 'whole';
  return fact.args.some((arg) => handleOf(frame, arg, depth + 1)) ? 'whole' : undefined;
}

function firstOf(ids: readonly (ValueId | undefined)[], find: (id: ValueId | undefined) => Handle | undefined): Handle | undefined {
  for (const id of ids) {
    const found = find(id);
    if (found) return found;
  }
  return undefined;
}

/** Where a value comes from in a frame: what the call on the way gave. `absent`: the call left it out; undefined: not known for sure. */
export function originsIn(frame: Frame, id: ValueId, depth = 0): Origins | 'absent' | undefined {
  const { file, project } = frame;
  const fact = file.facts.values[id];
  if (!fact || depth > MAX_DEPTH) return undefined;
  const inner = (value: ValueId) => originsIn(frame, value, depth + 1);
  switch (fact.kind) {
    case 'name': {
      const binding = file.facts.bindings[fact.binding];
      if (binding?.value === undefined || binding.writes?.length) return known(evaluate(project.linker, file, id));
      return inner(binding.value);
    }
    case 'param':
      return argumentIn(frame, id, fact, depth);
    case 'member': {
      const literal = literalBehind(frame, fact.object, 0);
      if (literal) return propertyIn(literal, fact.property, depth);
      const owner = inner(fact.object);
      if (owner === 'absent') return 'absent';
      return owner && known(membersOf(project.linker, owner, fact.property));
    }
    case 'logical': {
      const left = inner(fact.left);
      const right = inner(fact.right);
      if (fact.operator === '&&') return left === 'absent' ? left : right;
      if (left === 'absent') return right;
      return left && right && right !== 'absent' ? unionOf([left, right]) : left && right ? left : undefined;
    }
    case 'conditional': {
      const [yes, no] = [inner(fact.then), inner(fact.else)];
      if (yes === 'absent') return no;
      return yes && no && no !== 'absent' ? unionOf([yes, no]) : undefined;
    }
    case 'cast':
      return inner(fact.value) ?? known(evaluate(project.linker, file, id));
    case 'await':
    case 'spread':
      return inner(fact.value);
    default:
      return known(evaluate(project.linker, file, id));
  }
}

function known(origins: Origins): Origins | undefined {
  return origins.length > 0 ? origins : undefined;
}

function argumentIn(frame: Frame, id: ValueId, fact: Extract<ValueFact, { kind: 'param' }>, depth: number): ReturnType<typeof originsIn> {
  const { file, project, call } = frame;
  if (!call || call.callee.file !== file || call.callee.function !== fact.function) return known(evaluate(project.linker, file, id));
  const made = callFact(call.site.file, call.site.value);
  if (!made || made.kind === 'tagged' || fact.rest || made.args.some((arg) => call.site.file.facts.values[arg]?.kind === 'spread')) return undefined;
  const fallback = file.facts.functions[fact.function]?.params[fact.index]?.default;
  const arg = made.args[fact.index];
  const given = arg === undefined ? 'absent' : originsIn(call.frame, arg, depth + 1);
  return given === 'absent' && fallback !== undefined ? originsIn(frame, fallback, depth + 1) : given;
}

interface Literal {
  readonly frame: Frame;
  readonly fact: Extract<ValueFact, { kind: 'object' }>;
}

function literalBehind(frame: Frame, id: ValueId, depth: number): Literal | undefined {
  const fact = frame.file.facts.values[id];
  if (!fact || depth > MAX_DEPTH) return undefined;
  if (fact.kind === 'object') return { frame, fact };
  if (fact.kind === 'cast') return literalBehind(frame, fact.value, depth + 1);
  if (fact.kind === 'name') {
    const binding = frame.file.facts.bindings[fact.binding];
    return binding?.value === undefined || binding.writes?.length ? undefined : literalBehind(frame, binding.value, depth + 1);
  }
  const { call } = frame;
  if (fact.kind !== 'param' || call?.callee.function !== fact.function || call.callee.file !== frame.file) return undefined;
  const made = callFact(call.site.file, call.site.value);
  const arg = made && made.kind !== 'tagged' ? made.args[fact.index] : undefined;
  return arg === undefined ? undefined : literalBehind(call.frame, arg, depth + 1);
}

function propertyIn({ frame, fact }: Literal, name: string, depth: number): ReturnType<typeof originsIn> {
  const property = fact.properties.find(({ key }) => key === name);
  if (property) return originsIn(frame, property.value, depth + 1);
  return fact.properties.some(({ spread, key }) => spread || key === undefined) ? undefined : 'absent';
}

/** Whether a query takes the transaction: by its receiver, or among what it is given. */
export function takesTransaction(frame: Frame, id: ValueId, depth = 0): boolean {
  const fact = frame.file.facts.values[id];
  if (!fact || depth > MAX_DEPTH) return false;
  const inner = (value: ValueId) => takesTransaction(frame, value, depth + 1);
  switch (fact.kind) {
    case 'call':
    case 'new':
      return inner(fact.callee) || fact.args.some((arg) => handleOf(frame, arg) !== undefined || inner(arg));
    case 'tagged':
      return inner(fact.tag);
    case 'member':
      return handleOf(frame, fact.object) !== undefined || inner(fact.object);
    case 'await':
    case 'cast':
      return inner(fact.value);
    case 'name': {
      if (handleOf(frame, id)) return true;
      const value = frame.file.facts.bindings[fact.binding]?.value;
      // A statement built before: `const query = tx.select()…; await query`.
      return value !== undefined && isQuery(frame, value) && inner(value);
    }
    default:
      return false;
  }
}

function isQuery({ project, file }: Frame, id: ValueId): boolean {
  return queriesOf(project, file).some((query) => query.value === id || query.head === id);
}
