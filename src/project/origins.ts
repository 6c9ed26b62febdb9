import type { ClassId, FunctionId, TypeId, ValueId } from '../facts/types.ts';
import type { SourceFile } from './types.ts';

/** An expression of a file. */
export interface Site {
  readonly file: SourceFile;
  readonly value: ValueId;
}

export interface FunctionRef {
  readonly file: SourceFile;
  readonly function: FunctionId;
}

export interface ClassRef {
  readonly file: SourceFile;
  readonly class: ClassId;
}

/** One step away from a package, as the program takes it. `callback`: the parameter handed to a function that was passed to the call before; `arity`: how many that function has, when more than three. `parameter`: of a function that a type of the package describes. `extended`: seen through a class of our own that extends it. */
export type Step =
  | { readonly kind: 'get'; readonly name: string }
  | { readonly kind: 'call' | 'new' | 'tag'; readonly site?: Site }
  | { readonly kind: 'instance'; readonly typeArgs?: readonly Origin[] }
  | { readonly kind: 'callback'; readonly argument: number; readonly parameter: number; readonly arity?: number }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'extended'; readonly by: ClassRef }
  | { readonly kind: 'element' };

/** A value that comes from a package: the package, then the steps. Interned, so that equal paths are the same object. */
export interface External {
  readonly kind: 'external';
  readonly module: string;
  readonly parent?: External;
  readonly step?: Step;
  /** Interned continuations. */
  readonly next: Map<string, External>;
}

/** Where a value comes from. An empty list of origins means: not known. */
export type Origin =
  | External
  | { readonly kind: 'module'; readonly file: SourceFile }
  | ({ readonly kind: 'function'; readonly receiver?: Origin } & FunctionRef)
  | ({ readonly kind: 'class' } & ClassRef)
  | ({ readonly kind: 'instance'; readonly typeArgs?: readonly Origin[] } & ClassRef)
  /** A type declared in the project, as named by an import or a binding. */
  | { readonly kind: 'typeName'; readonly file: SourceFile; readonly binding: number }
  /** A value of an interface or object type. */
  | { readonly kind: 'shape'; readonly file: SourceFile; readonly type?: TypeId; readonly declaration?: number }
  /** A value of a function type. */
  | { readonly kind: 'signature'; readonly file: SourceFile; readonly type: TypeId }
  /** An array, set or list of values of a type. */
  | { readonly kind: 'list'; readonly file: SourceFile; readonly type: TypeId }
  | { readonly kind: 'object' | 'array'; readonly file: SourceFile; readonly value: ValueId }
  | { readonly kind: 'enum'; readonly file: SourceFile; readonly enum: number }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null };

export type Origins = readonly Origin[];

export const NO_ORIGINS: Origins = [];

/** More alternatives than this say nothing. */
const MAX_ALTERNATIVES = 12;

export function externalModule(modules: Map<string, External>, module: string): External {
  const name = module.startsWith('node:') ? module.slice('node:'.length) : module;
  const known = modules.get(name);
  if (known) return known;
  const created: External = { kind: 'external', module: name, next: new Map() };
  modules.set(name, created);
  return created;
}

export function take(origin: External, step: Step): External {
  // `default` of a package is the package: bundlers, CommonJS and ESM disagree on which of the two a name stands for.
  if (step.kind === 'get' && step.name === 'default' && !origin.parent) return origin;
  const key = stepKey(step);
  const known = origin.next.get(key);
  if (known) return known;
  const created: External = { kind: 'external', module: origin.module, parent: origin, step, next: new Map() };
  origin.next.set(key, created);
  return created;
}

function stepKey(step: Step): string {
  switch (step.kind) {
    case 'get':
      return `.${step.name}`;
    case 'call':
    case 'new':
    case 'tag':
      return step.site ? `${step.kind} ${step.site.file.path}#${step.site.value}` : step.kind;
    case 'instance':
      return step.typeArgs?.length ? `instance<${step.typeArgs.map(originKey).join()}>` : 'instance';
    case 'callback':
      return `(${step.argument},${step.parameter}${step.arity === undefined ? '' : `/${step.arity}`})`;
    case 'parameter':
      return `parameter ${step.index}`;
    case 'extended':
      return `extended ${step.by.file.path}#${step.by.class}`;
    case 'element':
      return '[]';
  }
}

/** A key that is equal for equal origins. */
export function originKey(origin: Origin): string {
  switch (origin.kind) {
    case 'external':
      return externalKey(origin);
    case 'module':
      return `m ${origin.file.path}`;
    case 'function':
      return `f ${origin.file.path}#${origin.function}`;
    case 'class':
      return `c ${origin.file.path}#${origin.class}`;
    case 'instance':
      return `i ${origin.file.path}#${origin.class}`;
    case 'typeName':
      return `t ${origin.file.path}#${origin.binding}`;
    case 'shape':
      return `s ${origin.file.path}#${origin.type ?? ''}/${origin.declaration ?? ''}`;
    case 'signature':
    case 'list':
      return `${origin.kind} ${origin.file.path}#${origin.type}`;
    case 'object':
    case 'array':
      return `o ${origin.file.path}#${origin.value}`;
    case 'enum':
      return `e ${origin.file.path}#${origin.enum}`;
    case 'literal':
      return `l ${typeof origin.value} ${origin.value}`;
  }
}

const externalKeys = new WeakMap<External, string>();

function externalKey(origin: External): string {
  let key = externalKeys.get(origin);
  if (key === undefined) {
    key = origin.parent && origin.step ? `${externalKey(origin.parent)} ${stepKey(origin.step)}` : `x ${origin.module}`;
    externalKeys.set(origin, key);
  }
  return key;
}

/** Union without duplicates; empty when there are too many alternatives to mean anything. */
export function unionOf(lists: readonly Origins[]): Origins {
  const filled = lists.filter((list) => list.length > 0);
  if (filled.length === 0) return NO_ORIGINS;
  if (filled.length === 1) return filled[0] ?? NO_ORIGINS;
  const seen = new Map<string, Origin>();
  for (const list of filled) for (const origin of list) seen.set(originKey(origin), origin);
  if (seen.size <= MAX_ALTERNATIVES) return [...seen.values()];
  const alike = alikeCallbacks(seen.values());
  return alike.length > MAX_ALTERNATIVES ? NO_ORIGINS : alike;
}

/** A handler is handed the same by every call that takes it: what differs in the place of the call alone counts once. */
function alikeCallbacks(origins: Iterable<Origin>): Origins {
  const found = new Map<string, Origin>();
  for (const origin of origins) {
    const steps = origin.kind === 'external' ? stepsOf(origin) : [];
    const handed = origin.kind === 'external' && steps.some((step) => step.kind === 'callback');
    const key = handed ? `${origin.module} ${steps.map((step) => ('site' in step ? step.kind : stepKey(step))).join(' ')}` : originKey(origin);
    if (!found.has(key)) found.set(key, origin);
  }
  return [...found.values()];
}

/** Steps from the package to here. */
export function stepsOf(origin: External): readonly Step[] {
  const steps: Step[] = [];
  for (let at: External | undefined = origin; at?.step; at = at.parent) steps.unshift(at.step);
  return steps;
}

export function functionKey(ref: FunctionRef): string {
  return `${ref.file.path}#${ref.function}`;
}

export function classKey(ref: ClassRef): string {
  return `${ref.file.path}#${ref.class}`;
}
