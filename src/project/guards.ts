import type { BindingId, RegionFact, RegionId, ValueFact, ValueId } from '../facts/types.ts';
import { calledFunctions } from './calls.ts';
import { someOperand } from './dataflow.ts';
import { definitionOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { addTo } from './grouping.ts';
import { functionFact } from './linker.ts';
import type { FunctionRef, Origin, Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** A test that is known to have come out one way where a place is reached. For a `case`, `test` is its label and `of` what is compared with it. */
export interface Guard {
  readonly test: ValueId;
  readonly holds: boolean;
  readonly of?: ValueId;
}

/** What is known of a value at a place. */
export type Narrowing =
  /** `x instanceof C`. */
  | { readonly kind: 'class'; readonly name: string; readonly origins: readonly Origin[] }
  /** `isAppError(x)`: a function that tells errors apart; `classes` are the ones that a function of ours looks for. */
  | { readonly kind: 'predicate'; readonly name: string; readonly classes: readonly Narrowing[] }
  /** `x.name === 'ZodError'`, `x.expose`, `'code' in x`. */
  | { readonly kind: 'property'; readonly property: string; readonly value?: string | number | boolean | null };

/** Innermost region in which an offset lies. */
export function regionAt(file: SourceFile, offset: number): RegionId {
  let found = 0;
  let size = Infinity;
  file.facts.regions.forEach((region, id) => {
    const length = region.end - region.start;
    if (region.start <= offset && offset < region.end && length <= size) {
      found = id;
      size = length;
    }
  });
  return found;
}

const regionChildren = defineFileView((_project, file) => {
  const table = new Map<RegionId, RegionFact[]>();
  for (const region of file.facts.regions) {
    addTo(table, region.parent, region);
  }
  return table;
});

/** Expressions of a file that evaluate a part of themselves under a condition: the part, the test, and how it came out. Of `?:` and `&&` the facts keep regions only where something happens. */
const conditionalParts = defineFileView((_project, file) => {
  const found: { readonly start: number; readonly end: number; readonly guard: Guard }[] = [];
  const add = (part: ValueId, test: ValueId, holds: boolean): void => {
    const fact = file.facts.values[part];
    if (fact) found.push({ start: fact.start, end: fact.end, guard: { test, holds } });
  };
  for (const fact of file.facts.values) {
    if (fact.kind === 'conditional') {
      add(fact.then, fact.test, true);
      add(fact.else, fact.test, false);
    } else if (fact.kind === 'logical' && fact.operator !== '??') add(fact.right, fact.left, fact.operator === '&&');
  }
  return found;
});

/**
 * Tests known to hold at an offset, innermost first: the branches and cases around it, and the negation of those before it
 * that were left for good. Functions are seen through to where they are written.
 */
export function guardsAt(project: Project, file: SourceFile, offset: number): readonly Guard[] {
  const found: Guard[] = conditionalParts(project, file).flatMap(({ start, end, guard }) => (start <= offset && offset < end ? [guard] : []));
  found.reverse();
  const children = regionChildren(project, file);
  for (let id = regionAt(file, offset); id >= 0; ) {
    const region = file.facts.regions[id];
    if (!region) break;
    for (const sibling of children.get(id) ?? []) {
      if (sibling.kind !== 'branch' || sibling.nullish || sibling.exit === undefined || sibling.end > offset) continue;
      found.push({ test: sibling.test, holds: !sibling.when });
    }
    if (region.kind === 'branch' && !region.nullish) found.push({ test: region.test, holds: region.when });
    if (region.kind === 'case' && region.label !== undefined) found.push({ test: region.label, of: region.of, holds: true });
    id = region.parent;
  }
  return found;
}

/** Whether the tests at an offset prove something. `atom` says whether one simple test, having come out one way, does. */
export function isProvenAt(project: Project, file: SourceFile, offset: number, atom: (guard: Guard, fact: ValueFact) => boolean): boolean {
  return guardsAt(project, file, offset).some((guard) => proves(file, guard, atom));
}

function proves(file: SourceFile, guard: Guard, atom: (guard: Guard, fact: ValueFact) => boolean, hops = 0): boolean {
  const fact = file.facts.values[guard.test];
  if (!fact || hops > 12) return false;
  const part = (test: ValueId, holds = guard.holds): boolean => proves(file, { ...guard, test, holds }, atom, hops + 1);
  if (fact.kind === 'unary' && fact.operator === '!') return part(fact.value, !guard.holds);
  if (fact.kind === 'logical' && fact.operator !== '??') {
    const either = (fact.operator === '&&') === guard.holds;
    return either ? part(fact.left) || part(fact.right) : part(fact.left) && part(fact.right);
  }
  if (atom(guard, fact)) return true;
  if (fact.kind !== 'name') return false;
  const binding = file.facts.bindings[fact.binding];
  return binding?.kind === 'const' && binding.value !== undefined && part(binding.value);
}

/** Whether the tests at an offset prove that a value is of an accepted kind. `subject`: the names that stand for the value. */
export function isNarrowedAt(
  project: Project,
  file: SourceFile,
  offset: number,
  subject: ReadonlySet<BindingId>,
  accepts: (narrowing: Narrowing) => boolean,
): boolean {
  return isProvenAt(project, file, offset, (guard) => {
    const narrowing = narrowingOf(project, file, guard, subject);
    return narrowing !== undefined && accepts(narrowing);
  });
}

function narrowingOf(project: Project, file: SourceFile, guard: Guard, subject: ReadonlySet<BindingId>): Narrowing | undefined {
  const { values } = file.facts;
  const fact = values[guard.test];
  if (!fact) return undefined;
  if (guard.of !== undefined) {
    const property = propertyOfSubject(file, guard.of, subject);
    return property === undefined ? undefined : { kind: 'property', property, ...literalOf(project, file, guard.test) };
  }
  if (fact.kind === 'binary') {
    if (fact.operator === 'instanceof') {
      if (!guard.holds || !isSubject(file, fact.left, subject)) return undefined;
      return { kind: 'class', name: nameOf(file, fact.right), origins: evaluate(project.linker, file, fact.right) };
    }
    if (fact.operator === 'in' && guard.holds && isSubject(file, fact.right, subject)) {
      return { kind: 'property', property: String(literalOf(project, file, fact.left).value ?? '') };
    }
    const isEqual = fact.operator === '===' || fact.operator === '==';
    const isUnequal = fact.operator === '!==' || fact.operator === '!=';
    if ((isEqual && guard.holds) || (isUnequal && !guard.holds)) {
      const [left, right] = propertyOfSubject(file, fact.left, subject) === undefined ? [fact.right, fact.left] : [fact.left, fact.right];
      const property = propertyOfSubject(file, left, subject);
      return property === undefined ? undefined : { kind: 'property', property, ...literalOf(project, file, right) };
    }
    // `error.status < 500`
    if (/^[<>]=?$/.test(fact.operator)) {
      const property = propertyOfSubject(file, fact.left, subject) ?? propertyOfSubject(file, fact.right, subject);
      return property === undefined ? undefined : { kind: 'property', property };
    }
    return undefined;
  }
  if (!guard.holds) return undefined;
  if (fact.kind === 'call' && fact.args[0] !== undefined && isSubject(file, fact.args[0], subject)) return predicateOf(project, { file, value: guard.test }, fact.callee);
  // `error.isAxiosError()`, `error.expose`
  const called = fact.kind === 'call' ? propertyOfSubject(file, fact.callee, subject) : propertyOfSubject(file, guard.test, subject);
  return called === undefined ? undefined : { kind: 'property', property: called };
}

function literalOf(project: Project, file: SourceFile, id: ValueId): { readonly value?: string | number | boolean | null } {
  const literal = evaluate(project.linker, file, id).find((origin) => origin.kind === 'literal');
  return literal?.kind === 'literal' ? { value: literal.value } : {};
}

/** A function that says what an error is: told by what it does, or by the name it was given for that. */
function predicateOf(project: Project, call: Site, callee: ValueId): Narrowing | undefined {
  const name = nameOf(call.file, callee);
  const own = calledFunctions(project.linker, call.file, call.value);
  const classes = own.flatMap((ref) => classesAskedFor(project, ref));
  if (classes.length > 0) return { kind: 'predicate', name, classes };
  return /^(?:is|has|was)[A-Z]/.test(name) || name === 'isInstance' || name === 'is' ? { kind: 'predicate', name, classes: [] } : undefined;
}

/** Classes that a function compares its first parameter with. */
function classesAskedFor(project: Project, ref: FunctionRef): readonly Narrowing[] {
  const { file } = ref;
  const param = functionFact(ref)?.params[0]?.binding;
  if (param === undefined) return [];
  const subject = new Set([param]);
  return file.facts.values.flatMap((fact): readonly Narrowing[] => {
    if (fact.kind !== 'binary' || fact.operator !== 'instanceof' || !isSubject(file, fact.left, subject)) return [];
    return [{ kind: 'class', name: nameOf(file, fact.right), origins: evaluate(project.linker, file, fact.right) }];
  });
}

function isSubject(file: SourceFile, id: ValueId, subject: ReadonlySet<BindingId>): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'cast') return isSubject(file, fact.value, subject);
  return fact?.kind === 'name' && subject.has(fact.binding);
}

function propertyOfSubject(file: SourceFile, id: ValueId, subject: ReadonlySet<BindingId>): string | undefined {
  const fact = file.facts.values[id];
  if (fact?.kind === 'member' && isSubject(file, fact.object, subject)) return fact.property;
  // `error.constructor.name`
  if (fact?.kind === 'member' && fact.property === 'name') return propertyOfSubject(file, fact.object, subject) === 'constructor' ? 'name' : undefined;
  return undefined;
}

function nameOf(file: SourceFile, id: ValueId): string {
  const fact = file.facts.values[id];
  if (fact?.kind === 'name') return file.facts.bindings[fact.binding]?.name ?? '';
  if (fact?.kind === 'global') return fact.name;
  return fact?.kind === 'member' ? fact.property : '';
}

const DEVELOPMENT = /^(?:is_?)?(?:dev|development|debug|local|test|non_?prod\w*)(?:_?(?:mode|env|environment))?$/i;
const PRODUCTION = /^(?:is_?)?prod(?:uction)?(?:_?(?:mode|env|environment))?$/i;

/** Whether a place is reached outside production alone: `NODE_ENV`, or a constant or setting named after it. */
export function isDevelopmentOnlyAt(project: Project, file: SourceFile, offset: number): boolean {
  return isProvenAt(project, file, offset, (guard, fact) => saysDevelopment(project, { file, value: guard.test }, fact, guard.holds));
}

function saysDevelopment(project: Project, site: Site, fact: ValueFact, holds: boolean): boolean {
  const name = fact.kind === 'call' ? nameOf(site.file, fact.callee) : nameOf(site.file, site.value);
  if (DEVELOPMENT.test(name)) return holds;
  if (PRODUCTION.test(name)) return !holds;
  const compared = comparedEnvironment(site.file, fact);
  if (compared) return (compared.equal === holds) === (compared.text !== 'production');
  const definition = definitionOf(project.linker, site);
  if (definition.file === site.file && definition.value === site.value) return false;
  const defined = definition.file.facts.values[definition.value];
  const behind = defined && comparedEnvironment(definition.file, defined);
  return behind !== undefined && (behind.equal === holds) === (behind.text !== 'production');
}

/** `process.env.NODE_ENV === 'production'`, `config.env !== 'development'`. */
function comparedEnvironment(file: SourceFile, fact: ValueFact): { readonly text: string; readonly equal: boolean } | undefined {
  if (fact.kind !== 'binary' || !/^[!=]==?$/.test(fact.operator)) return undefined;
  const literal = [fact.left, fact.right].map((id) => file.facts.values[id]).find((value) => value?.kind === 'literal');
  if (literal?.kind !== 'literal' || typeof literal.value !== 'string') return undefined;
  const isEnvironment = [fact.left, fact.right].some((id) =>
    someOperand(file, id, (value) => (value.kind === 'member' && /^(?:NODE_ENV|env|nodeEnv|environment|APP_ENV)$/.test(value.property)) || (value.kind === 'global' && value.name === 'NODE_ENV')),
  );
  return isEnvironment ? { text: literal.value, equal: fact.operator.startsWith('=') } : undefined;
}
