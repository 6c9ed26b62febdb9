import type { Span } from '../facts/types.ts';
import { evaluate, evaluateBinding } from './evaluate.ts';
import { typeNames } from './evaluate-types.ts';
import { isHandler } from './handlers.ts';
import { stepsOf, type External, type Origin } from './origins.ts';
import type { Project } from './project.ts';
import { recognise } from './recognise.ts';
import type { SourceFile } from './types.ts';

/** A place where a file takes hold of an HTTP framework. */
export interface HttpUse extends Span {
  /** What is used: `Request`, `HttpStatus`; of untyped code what the framework calls it: `request`. */
  readonly name: string;
  /** Title of the framework. */
  readonly framework: string;
  /** Function that takes it as a parameter. */
  readonly taker?: number;
}

/** Types of a library's tables that stand for one request and its answer. */
const EXCHANGE = new Set(['request', 'response', 'reply', 'context', 'next', 'apiRequest', 'apiResponse']);

/** Names that belong to HTTP without being a request or a response. */
const STATUS: Readonly<Record<string, ReadonlySet<string>>> = { '@nestjs/common': new Set(['HttpStatus', 'HttpCode']) };
const EXCEPTION = /^\w+Exception$/;

/** Functions that are handed requests by right. */
const MIDDLEWARE_METHODS = new Set(['use', 'canActivate', 'intercept', 'catch', 'validate', 'transform']);

/** What a file uses of HTTP, each name once, at its first real use. Middlewares and handlers are left out: HTTP is their business. */
export function httpUses(project: Project, file: SourceFile, { exceptions }: { readonly exceptions: boolean }): readonly HttpUse[] {
  const found = new Map<string, HttpUse>();
  const add = (use: HttpUse | undefined): void => {
    const known = use && found.get(use.name);
    if (use && (!known || use.start < known.start)) found.set(use.name, use);
  };
  for (const use of parameterUses(project, file)) add(use);
  for (const use of valueUses(project, file, exceptions)) add(use);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function parameterUses(project: Project, file: SourceFile): readonly HttpUse[] {
  return file.facts.functions.flatMap((fact, taker) => {
    const inMiddleware = fact.class !== undefined && (file.facts.classes[fact.class]?.implements.length ?? 0) > 0 && MIDDLEWARE_METHODS.has(fact.name ?? '');
    if (inMiddleware || isHandler(project, { file, function: taker }) || (fact.kind === 'arrow' && fact.name === undefined)) return [];
    return fact.params.flatMap((param): readonly HttpUse[] => {
      const framework = frameworkOf(project, evaluate(project.linker, file, param.value));
      if (!framework) return [];
      const binding = param.binding === undefined ? undefined : file.facts.bindings[param.binding];
      const at = binding ?? file.facts.values[param.value];
      return at ? [{ start: at.start, end: at.end, taker, framework: framework.title, name: typeNameOf(project, file, param.type) ?? framework.type }] : [];
    });
  });
}

/** The framework whose request, response or context a value is. */
function frameworkOf(project: Project, origins: readonly Origin[]): { readonly title: string; readonly type: string } | undefined {
  for (const origin of origins) {
    if (origin.kind !== 'external') continue;
    const seen = recognise(project.recogniser, origin);
    // `Request` of the platform is outgoing HTTP as well; tRPC's context is the application's own.
    if (!seen || seen.library.category !== 'http' || seen.library.id === 'web' || seen.library.id === 'trpc') continue;
    if (seen.name !== undefined && EXCHANGE.has(seen.name)) return { title: seen.library.title, type: seen.name };
  }
  return undefined;
}

function typeNameOf(project: Project, file: SourceFile, type: number | undefined): string | undefined {
  if (type === undefined) return undefined;
  const fact = file.facts.types[type];
  if (fact?.kind !== 'ref') return undefined;
  const [origin] = typeNames(project.linker, file, type);
  const written = fact.path.at(-1) ?? file.facts.bindings[fact.binding ?? -1]?.name ?? fact.global;
  return written ?? (origin?.kind === 'external' ? exportedName(origin) : undefined);
}

/** `HttpStatus.OK`, `new NextResponse()`, `NextResponse.json()`: values of an imported name. */
function valueUses(project: Project, file: SourceFile, exceptions: boolean): readonly HttpUse[] {
  const names = new Map<number, { readonly name: string; readonly framework: string }>();
  file.facts.bindings.forEach((binding, id) => {
    if (!binding.import || binding.valueUses === 0) return;
    for (const origin of evaluateBinding(project.linker, file, id)) {
      if (origin.kind !== 'external') continue;
      const name = exportedName(origin);
      const isHttp = STATUS[origin.module]?.has(name) === true || name === 'NextResponse' || (exceptions && isNestException(origin));
      if (isHttp) names.set(id, { name, framework: origin.module.startsWith('@nestjs') ? 'NestJS' : 'Next.js' });
    }
  });
  if (names.size === 0) return [];
  // The status in `new HttpException(…, HttpStatus.CONFLICT)` is part of the exception.
  const thrown = exceptions ? [] : exceptionSpans(project, file);
  return file.facts.values.flatMap((fact): readonly HttpUse[] => {
    const used = fact.kind === 'name' ? names.get(fact.binding) : undefined;
    if (!used || thrown.some((span) => span.start <= fact.start && fact.end <= span.end)) return [];
    return [{ ...used, start: fact.start, end: fact.end }];
  });
}

function exceptionSpans(project: Project, file: SourceFile): readonly Span[] {
  return file.facts.calls.flatMap((id): readonly Span[] => {
    const fact = file.facts.values[id];
    if (fact?.kind !== 'new') return [];
    const isException = evaluate(project.linker, file, fact.callee).some((origin) => origin.kind === 'external' && isNestException(origin));
    return isException ? [fact] : [];
  });
}

function isNestException(origin: External): boolean {
  return origin.module === '@nestjs/common' && EXCEPTION.test(exportedName(origin));
}

function exportedName(origin: External): string {
  const last = stepsOf(origin).findLast((step) => step.kind === 'get');
  return last?.kind === 'get' ? last.name : '';
}
