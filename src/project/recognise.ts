import type { CallSpec, Effect, Library, LibraryType, TypeRef } from '../libraries/types.ts';
import { calleesOf } from './calls.ts';
import { evaluateType } from './evaluate-types.ts';
import type { Linker } from './linker.ts';
import type { External, Origins, Site, Step } from './origins.ts';

/** What stands at the end of a path of steps. */
export interface Recognised {
  readonly library: Library;
  readonly type: LibraryType;
  /** Name of the type, where it has one. */
  readonly name?: string;
}

/** The libraries of a run, with what users named in settings; recognition is memoised per path. */
export interface Recogniser {
  readonly libraries: readonly Library[];
  readonly memo: WeakMap<External, Recognised | null>;
}

export function createRecogniser(libraries: readonly Library[]): Recogniser {
  return { libraries, memo: new WeakMap() };
}

export function recognise(recogniser: Recogniser, origin: External): Recognised | undefined {
  const known = recogniser.memo.get(origin);
  if (known !== undefined) return known ?? undefined;
  const found = origin.parent && origin.step ? transition(recogniser, origin.parent, origin.step) : libraryOf(recogniser, origin.module);
  recogniser.memo.set(origin, found ?? null);
  return found;
}

function libraryOf(recogniser: Recogniser, module: string): Recognised | undefined {
  const library = recogniser.libraries.find((each) => each.packages.some((name) => matches(name, module)));
  const type = library?.types['module'];
  return library && type && { library, type, name: 'module' };
}

function matches(name: string | RegExp, module: string): boolean {
  if (typeof name !== 'string') return name.test(module);
  return module === name || module.startsWith(`${name}/`);
}

function transition(recogniser: Recogniser, parent: External, step: Step): Recognised | undefined {
  // What a callback is handed is said by the call, also where nothing is known of what the call gives back.
  if (step.kind === 'callback') return callbackParameter(recogniser, parent, step);
  const from = recognise(recogniser, parent);
  if (!from) return undefined;
  switch (step.kind) {
    case 'get':
      return member(recogniser, from, step.name);
    case 'call':
      return returned(recogniser, from, from.type.call, parent);
    case 'new':
      return returned(recogniser, from, from.type.construct ?? { returns: from.type.instance ?? {} }, parent);
    case 'tag':
      return returned(recogniser, from, from.type.tag, parent);
    case 'instance':
      return from.type.instance === undefined ? undefined : lookUp(recogniser, from, from.type.instance);
    case 'extended':
      return from;
    case 'parameter': {
      const ref = from.type.parameters?.[step.index];
      return ref === undefined ? undefined : lookUp(recogniser, from, ref);
    }
    case 'element':
      return from.type.element === undefined ? member(recogniser, from, '*') : lookUp(recogniser, from, from.type.element);
  }
}

/** `ref` as written in the library of `from`; `library:type` names a type of another one. */
function lookUp(recogniser: Recogniser, from: Recognised, ref: TypeRef): Recognised | undefined {
  if (typeof ref !== 'string') return { library: from.library, type: ref };
  const colon = ref.indexOf(':');
  const name = ref.slice(colon + 1);
  const library = colon < 0 ? from.library : recogniser.libraries.find((each) => each.id === ref.slice(0, colon) && name in each.types);
  const type = library?.types[name];
  return library && type && { library, type, name };
}

function member(recogniser: Recogniser, from: Recognised, name: string): Recognised | undefined {
  const own = from.type.members;
  const ref = own && (Object.hasOwn(own, name) ? own[name] : undefined);
  if (ref !== undefined) return ref === 'this' ? from : lookUp(recogniser, from, ref);
  const parent = from.type.extends === undefined ? undefined : lookUp(recogniser, from, from.type.extends);
  const inherited = parent && member(recogniser, parent, name);
  if (inherited) return inherited;
  const any = own?.['*'];
  return any === undefined ? undefined : lookUp(recogniser, from, any);
}

function returned(recogniser: Recogniser, from: Recognised, spec: CallSpec | undefined, callee: External): Recognised | undefined {
  if (spec?.returns === undefined) return undefined;
  if (spec.returns !== 'this') return lookUp(recogniser, from, spec.returns);
  return callee.parent && recognise(recogniser, callee.parent);
}

/** `parent` is the call that the function was handed to. */
function callbackParameter(recogniser: Recogniser, parent: External, { argument, parameter, arity }: Extract<Step, { kind: 'callback' }>): Recognised | undefined {
  const callee = parent.parent && recognise(recogniser, parent.parent);
  if (!callee) return undefined;
  const spec = parent.step?.kind === 'new' ? callee.type.construct : callee.type.call;
  const types = (arity === undefined ? undefined : spec?.callbacksByArity?.[arity]) ?? spec?.callbacks?.[argument] ?? spec?.callbacks?.['*'];
  const ref = types?.[parameter];
  return ref === undefined ? undefined : lookUp(recogniser, callee, ref);
}

/** What comes from a package among origins; an interface of ours that extends a package's type is a value of that type too. */
export function externalsOf(linker: Linker, origins: Origins, depth = 0): readonly External[] {
  return origins.flatMap((origin): readonly External[] => {
    if (origin.kind === 'external') return [origin];
    if (origin.kind !== 'shape' || origin.declaration === undefined || depth > 5) return [];
    const parents = origin.file.facts.typeDeclarations[origin.declaration]?.extends ?? [];
    return parents.flatMap((parent) => externalsOf(linker, evaluateType(linker, origin.file, parent), depth + 1));
  });
}

export interface CallMeaning {
  readonly library: Library;
  readonly callee: External;
  readonly spec: CallSpec;
}

/** What the libraries say of a call; several when its callee has several origins. */
export function meaningsOf(linker: Linker, recogniser: Recogniser, site: Site): readonly CallMeaning[] {
  const fact = site.file.facts.values[site.value];
  const found: CallMeaning[] = [];
  for (const callee of calleesOf(linker, site.file, site.value)) {
    if (callee.kind !== 'external') continue;
    const recognised = recognise(recogniser, callee);
    const spec = fact?.kind === 'new' ? recognised?.type.construct : fact?.kind === 'tagged' ? recognised?.type.tag : recognised?.type.call;
    if (recognised && spec) found.push({ library: recognised.library, callee, spec });
  }
  return found;
}

/** The first effect of a kind that a call has. */
export function effectOf<K extends Effect['kind']>(meanings: readonly CallMeaning[], kind: K): { readonly meaning: CallMeaning; readonly effect: Extract<Effect, { kind: K }> } | undefined {
  for (const meaning of meanings) {
    const { effect } = meaning.spec;
    if (effect?.kind === kind) return { meaning, effect: effect as Extract<Effect, { kind: K }> };
  }
  return undefined;
}
