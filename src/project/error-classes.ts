import type { ClassFact, FunctionId, ParamFact } from '../facts/types.ts';
import { evaluate } from './evaluate.ts';
import { classFact } from './linker.ts';
import { classKey, stepsOf, type ClassRef, type External, type Origin } from './origins.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** An error that says what went wrong: a class of its own, or a function that makes one (`notFound('order')`). */
export interface TypedError {
  readonly name: string;
  readonly file: SourceFile;
  readonly class?: number;
  readonly function?: FunctionId;
  /** Parameters it is made with; absent where a package's constructor is inherited. */
  readonly params?: readonly ParamFact[];
}

/** Members that tell clients and programs what went wrong. */
export const CARRIES = /^(?:code|errorCode|error_code|type|status|statusCode|status_code|httpStatus|httpStatusCode|httpCode|statusNumber)$/;

/** Packages whose exports with these names are errors that frameworks answer with a status. */
const EXCEPTION_PACKAGES = /^(?:@nestjs\/common|@nestjs\/core|@trpc\/server|hono\/http-exception|hono|http-errors|@hapi\/boom|@fastify\/error|@fastify\/sensible|routing-controllers|graphql|apollo-server.*|@feathersjs\/errors|http-json-errors|restify-errors)$/;
const EXCEPTION_NAME = /(?:Error|Exception|Boom)$|^(?:httpErrors|createError|boom)$/;

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
export function baseOf(project: Project, ref: ClassRef): ClassRef | undefined {
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

/** An error class as it is made; its parameters may be a superclass's. */
export function typedClass(ref: ClassRef, chain: readonly ClassRef[]): TypedError {
  const constructor = chain.map(constructorOf).find((fact) => fact !== undefined);
  return { name: classFact(ref)?.name ?? 'error', file: ref.file, class: ref.class, ...(constructor ? { params: constructor.params } : {}) };
}
