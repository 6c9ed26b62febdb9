import type { ClassFact, FunctionId, ParamFact, ThrowFact, ValueId } from '../facts/types.ts';
import { calledFunctions, callFact } from './calls.ts';
import { evaluate, returnedBy } from './evaluate.ts';
import { classFact, functionFact } from './linker.ts';
import { classKey, stepsOf, type ClassRef, type External, type Origin } from './origins.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import type { PackageUnit, SourceFile } from './types.ts';

/** An error that says what went wrong: a class of its own, or a function that makes one (`notFound('order')`). */
export interface TypedError {
  readonly name: string;
  readonly file: SourceFile;
  readonly class?: number;
  readonly function?: FunctionId;
  /** Parameters it is made with; absent where a package's constructor is inherited. */
  readonly params?: readonly ParamFact[];
}

/** The errors of an application that carry a code or a status, as one family. */
export interface ErrorHierarchy {
  /** Name of the base class; for functions that make errors, the path of their file. */
  readonly name: string;
  readonly members: readonly TypedError[];
  /** How often the unit throws one of them. */
  readonly thrown: number;
  /** Files of the unit that do, of all files that throw. */
  readonly throwingFiles: number;
  /** What speaks for it, as people would say it. */
  readonly evidence: readonly string[];
}

/** What a `throw` throws. `plain`: an `Error` without a type, a text or an object. */
export type Thrown =
  | { readonly kind: 'plain'; readonly form: 'error' | 'literal' | 'object' }
  | { readonly kind: 'typed'; readonly error: TypedError; readonly family: string }
  | { readonly kind: 'external' }
  | { readonly kind: 'unknown' };

const CARRIES = /^(?:code|errorCode|error_code|type|status|statusCode|status_code|httpStatus|httpStatusCode|httpCode|statusNumber)$/;

/** Packages whose exports with these names are errors that frameworks answer with a status. */
const EXCEPTION_PACKAGES = /^(?:@nestjs\/common|@nestjs\/core|@trpc\/server|hono\/http-exception|hono|http-errors|@hapi\/boom|@fastify\/error|@fastify\/sensible|routing-controllers|graphql|apollo-server.*|@feathersjs\/errors|http-json-errors|restify-errors)$/;
const EXCEPTION_NAME = /(?:Error|Exception|Boom)$|^(?:httpErrors|createError|boom)$/;

/** Fewer throws than this are an experiment, not a convention. */
const MIN_THROWN = 3;
const MIN_SUBCLASSES = 2;

/** Whether a value of a package is an error that it answers with a status: `new HttpException()`, `createError(404)`. */
export function isFrameworkException(origin: External): boolean {
  if (!EXCEPTION_PACKAGES.test(origin.module)) return false;
  if (origin.module === 'http-errors' || origin.module === '@hapi/boom') return true;
  return stepsOf(origin).some((step) => step.kind === 'get' && EXCEPTION_NAME.test(step.name));
}

/** `Error` and the other constructors of the language. */
export function globalErrorName(origin: Origin): string | undefined {
  if (origin.kind !== 'external' || origin.module !== 'global') return undefined;
  const [step] = stepsOf(origin);
  return step?.kind === 'get' && /^(?:[A-Z][a-z]*)?Error$/.test(step.name) ? step.name : undefined;
}

/** Classes from a class up to the last own one, nearest first, and whether errors stand at the end. */
export function errorAncestry(project: Project, ref: ClassRef): { readonly chain: readonly ClassRef[]; readonly root: 'error' | 'framework' | undefined } {
  const chain: ClassRef[] = [];
  const entered = new Set<string>();
  let at: ClassRef | undefined = ref;
  while (at && !entered.has(classKey(at))) {
    entered.add(classKey(at));
    chain.push({ file: at.file, class: at.class });
    const fact: ClassFact | undefined = classFact(at);
    if (fact?.extends === undefined) return { chain, root: undefined };
    let next: ClassRef | undefined;
    for (const origin of evaluate(project.linker, at.file, fact.extends)) {
      if (origin.kind === 'class') next = origin;
      else if (origin.kind === 'external' && (origin.module === 'global' ? globalErrorName(origin) !== undefined : isErrorOfPackage(origin))) {
        return { chain, root: isFrameworkException(origin) ? 'framework' : 'error' };
      }
    }
    at = next;
  }
  return { chain, root: undefined };
}

function isErrorOfPackage(origin: External): boolean {
  if (isFrameworkException(origin)) return true;
  const last = origin.step;
  return last?.kind === 'get' && /(?:Error|Exception)$/.test(last.name);
}

/** Whether instances of a class are errors. */
export function isErrorClass(project: Project, ref: ClassRef): boolean {
  return errorAncestry(project, ref).root !== undefined;
}

/** The base of an error class: the topmost own class that carries a code or a status. */
function baseOf(project: Project, ref: ClassRef): ClassRef | undefined {
  const { chain, root } = errorAncestry(project, ref);
  if (!root) return undefined;
  if (root === 'framework') return chain.at(-1);
  return chain.findLast((each) => carriesCode(each)) ?? chain.findLast((each) => isNamedInSettings(project, each));
}

function carriesCode(ref: ClassRef): boolean {
  const { facts } = ref.file;
  const fact = facts.classes[ref.class];
  if (!fact) return false;
  if (fact.members.some((member) => member.kind !== 'method' && member.kind !== 'constructor' && CARRIES.test(member.name))) return true;
  const constructor = constructorOf(ref);
  if (constructor?.params.some((param) => param.property !== undefined && CARRIES.test(param.property))) return true;
  return facts.assignments.some((id) => {
    const assign = facts.values[id];
    const target = assign?.kind === 'assign' ? facts.values[assign.target] : undefined;
    if (target?.kind !== 'member' || !CARRIES.test(target.property)) return false;
    const object = facts.values[target.object];
    return object?.kind === 'this' && object.class === ref.class;
  });
}

function constructorOf(ref: ClassRef) {
  const { facts } = ref.file;
  for (const member of facts.classes[ref.class]?.members ?? []) {
    if (member.kind !== 'constructor' || member.function === undefined) continue;
    const fact = facts.functions[member.function];
    if (fact?.body !== undefined) return fact;
  }
  return undefined;
}

function isNamedInSettings(project: Project, ref: ClassRef): boolean {
  const name = classFact(ref)?.name;
  return (project.settings.errors?.base ?? []).some((each) => each.name === name && ref.file.path.startsWith(each.module.replace(/^\.\//, '').replace(/\.[cm]?[jt]s$/, '')));
}

/** What a `throw` statement throws. */
export function thrownBy(project: Project, file: SourceFile, fact: ThrowFact): Thrown {
  return thrownValue(project, file, fact.value);
}

function thrownValue(project: Project, file: SourceFile, id: ValueId): Thrown {
  const value = file.facts.values[id];
  if (!value) return { kind: 'unknown' };
  if (value.kind === 'literal' || value.kind === 'template') return { kind: 'plain', form: 'literal' };
  if (value.kind === 'object') return { kind: 'plain', form: 'object' };
  if (value.kind === 'cast') return thrownValue(project, file, value.value);
  if (value.kind === 'call' || value.kind === 'new') {
    for (const origin of evaluate(project.linker, file, value.callee)) {
      if (globalErrorName(origin) === 'Error' && origin.kind === 'external' && stepsOf(origin).length === 1) return { kind: 'plain', form: 'error' };
    }
    const made = value.kind === 'call' ? builtBy(project, file, id) : undefined;
    if (made) return made;
  }
  for (const origin of evaluate(project.linker, file, id)) {
    if (origin.kind === 'external') return { kind: 'external' };
    const typed = origin.kind === 'instance' ? typedInstance(project, origin) : undefined;
    if (typed) return typed;
  }
  return { kind: 'unknown' };
}

function typedInstance(project: Project, ref: ClassRef): Thrown | undefined {
  const base = baseOf(project, ref);
  if (!base) return undefined;
  return { kind: 'typed', error: typedClass(ref, errorAncestry(project, ref).chain), family: classKey(base) };
}

function typedClass(ref: ClassRef, chain: readonly ClassRef[]): TypedError {
  const constructor = chain.map(constructorOf).find((fact) => fact !== undefined);
  return { name: classFact(ref)?.name ?? 'error', file: ref.file, class: ref.class, ...(constructor ? { params: constructor.params } : {}) };
}

/** `throw notFound('order')`: a function of ours that gives an error of a framework or of a family. */
function builtBy(project: Project, file: SourceFile, id: ValueId): Thrown | undefined {
  for (const ref of calledFunctions(project.linker, file, id)) {
    const fact = functionFact(ref);
    const name = fact?.name;
    if (!fact || name === undefined) continue;
    for (const origin of returnedBy(project.linker, ref)) {
      const error: TypedError = { name, file: ref.file, function: ref.function, params: fact.params };
      if (origin.kind === 'external' && isFrameworkException(origin)) return { kind: 'typed', error, family: `builders ${ref.file.path}` };
      const typed = origin.kind === 'instance' ? typedInstance(project, origin) : undefined;
      if (typed?.kind === 'typed') return { ...typed, error };
    }
  }
  return undefined;
}

/** What every `throw` of a file throws, in order. */
export const throwsOf = defineFileView((project, file): readonly { readonly fact: ThrowFact; readonly thrown: Thrown }[] =>
  file.facts.throws.map((fact) => ({ fact, thrown: thrownBy(project, file, fact) })),
);

interface Count {
  thrown: number;
  readonly files: Set<string>;
  readonly members: Map<string, TypedError>;
}

/** Families that each package throws, by package folder, most used first. */
const families = defineView((project) => {
  const byUnit = new Map<string, Map<string, Count>>();
  for (const file of project.files.values()) {
    if (file.role !== 'source' || file.facts.throws.length === 0) continue;
    const unit = byUnit.get(file.package.folder) ?? new Map<string, Count>();
    byUnit.set(file.package.folder, unit);
    for (const { thrown } of throwsOf(project, file)) {
      if (thrown.kind !== 'typed') continue;
      const count = unit.get(thrown.family) ?? { thrown: 0, files: new Set(), members: new Map() };
      unit.set(thrown.family, count);
      count.thrown++;
      count.files.add(file.path);
      count.members.set(`${thrown.error.file.path}#${thrown.error.name}`, thrown.error);
    }
  }
  return byUnit;
});

/** Error classes of the project by the key of their base. */
const classesByBase = defineView((project) => {
  const table = new Map<string, TypedError[]>();
  for (const file of project.files.values()) {
    if (file.role !== 'source') continue;
    file.facts.classes.forEach((_fact, id) => {
      const ref = { file, class: id };
      const base = baseOf(project, ref);
      if (!base) return;
      const key = classKey(base);
      table.set(key, [...(table.get(key) ?? []), typedClass(ref, errorAncestry(project, ref).chain)]);
    });
  }
  return table;
});

/** Families of errors that a package throws, most used first. One class alone counts when it takes its code or status from whoever throws it. */
export function errorHierarchiesOf(project: Project, unit: PackageUnit): readonly ErrorHierarchy[] {
  const found: ErrorHierarchy[] = [];
  for (const [family, count] of families(project).get(unit.folder) ?? []) {
    if (count.thrown < MIN_THROWN) continue;
    const declared = classesByBase(project).get(family) ?? [];
    const base = declared.find((error) => `${error.file.path}#${error.class}` === family);
    const members = [...new Map([...declared, ...count.members.values()].map((error) => [`${error.file.path}#${error.name}`, error])).values()];
    const isException = base?.class !== undefined && errorAncestry(project, { file: base.file, class: base.class }).root === 'framework';
    const takesCode = isException || (base?.params ?? []).some((param) => CARRIES.test(param.name ?? ''));
    if (members.length <= MIN_SUBCLASSES && !takesCode) continue;
    const [builder] = count.members.values();
    const name = base?.name ?? builder?.file.path ?? 'error';
    found.push({
      name,
      members,
      thrown: count.thrown,
      throwingFiles: count.files.size,
      evidence: [`${members.length} errors around \`${name}\``, `thrown ${count.thrown} times in ${count.files.size} files`],
    });
  }
  return found.sort((a, b) => b.thrown - a.thrown);
}

/** The family that a package throws most. */
export function errorHierarchyOf(project: Project, unit: PackageUnit): ErrorHierarchy | undefined {
  return errorHierarchiesOf(project, unit)[0];
}

/** The message a plain error is thrown with; parts that are not known stand as `…`. */
export function thrownMessage(file: SourceFile, id: ValueId): string | undefined {
  const fact = file.facts.values[id];
  const call = callFact(file, id);
  if (call && call.kind !== 'tagged') return call.args[0] === undefined ? '' : thrownMessage(file, call.args[0]);
  if (fact?.kind === 'literal') return String(fact.value);
  if (fact?.kind === 'template') return fact.quasis.join('…');
  if (fact?.kind === 'binary' && fact.operator === '+') return `${thrownMessage(file, fact.left) ?? '…'}${thrownMessage(file, fact.right) ?? '…'}`;
  if (fact?.kind === 'object') {
    const message = fact.properties.find((property) => property.key === 'message');
    return message && thrownMessage(file, message.value);
  }
  return undefined;
}

