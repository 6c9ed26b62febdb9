import type { FunctionId, RegionId, Span, ValueId } from '../facts/types.ts';
import type { DecoratorSpec, Effect } from '../libraries/types.ts';
import { bodyShape } from './body-shape.ts';
import { callFact, programIndex } from './calls.ts';
import { isWithin } from './dataflow.ts';
import { evaluate } from './evaluate.ts';
import { runningFunction } from './execution.ts';
import { routesAnsweredBy } from './handlers.ts';
import type { FunctionRef, Origin, Site } from './origins.ts';
import { defineFileView, defineView, programFiles, type Project } from './project.ts';
import { effectOf, meaningsOf, recognise } from './recognise.ts';
import type { Route } from './routes.ts';
import { assignEffectOf, chainedStatus, defaultStatus, readStatus, statusesOf, type ReadStatus } from './response-status.ts';
import type { SourceFile } from './types.ts';

type ResponseEffect = Extract<Effect, { kind: 'response' }>;

/** `any`: what goes out depends on a body that is not known. */
export type ResponseFormat = ResponseEffect['format'];

/** One answer that the code gives. */
export interface Response extends Span {
  readonly file: SourceFile;
  /** The call, the assignment, or the value returned. */
  readonly value: ValueId;
  readonly region: RegionId;
  /** Written in the code, else what the framework answers by default; absent where the program decides while it runs. */
  readonly status?: number;
  /** Whether the code names a status. */
  readonly statusWritten: boolean;
  readonly format: ResponseFormat;
  readonly body?: Site;
  /** The function that runs it; -1 for the module. */
  readonly function: FunctionId | -1;
  /** Id of the library. */
  readonly framework: string;
  readonly via: 'call' | 'assignment' | 'return';
  /** `procedure`: what a tRPC procedure gives back, which the framework wraps itself. */
  readonly kind: 'http' | 'procedure';
}

/** Every answer that a file gives: calls (`res.json(x)`), assignments (`ctx.body = x`), and values returned by handlers of frameworks that send them. */
export const responsesOf = defineFileView((project, file): readonly Response[] => {
  programIndex(project.linker);
  if (file.role === 'generated' || file.role === 'declaration') return [];
  const called = file.facts.calls.flatMap((value) => callResponse(project, file, value));
  const assigned = file.facts.assignments.flatMap((value) => assignmentResponse(project, file, value));
  const sent = new Set(called.map((response) => response.value));
  return [...called, ...assigned, ...returnedResponses(project, file, sent)].sort((a, b) => a.start - b.start || b.end - a.end);
});

/** All answers of a project. */
export const responses = defineView((project): readonly Response[] => programFiles(project).flatMap((file) => responsesOf(project, file)));

function callResponse(project: Project, file: SourceFile, value: ValueId): readonly Response[] {
  const fact = callFact(file, value);
  const match = effectOf(meaningsOf(project.linker, project.recogniser, { file, value }), 'response');
  if (!match || !fact || fact.kind === 'tagged' || match.meaning.library.category !== 'http') return [];
  const { meaning, effect } = match;
  const written =
    effectStatus(project, file, effect, fact.args) ?? chainedStatus(project, file, fact.callee) ?? earlierStatus(project, file, fact.region, fact.start);
  const argument = effect.body === undefined ? undefined : fact.args[effect.body];
  const text = argument === undefined ? undefined : jsonText({ file, value: argument });
  return [describe(project, file, value, fact.region, effect, written, { framework: meaning.library.id, via: 'call', body: text ?? argument, isJson: text !== undefined })];
}

/** `JSON.stringify(x)` as a body: what is sent is `x`. */
function jsonText(site: Site): ValueId | undefined {
  const fact = site.file.facts.values[site.value];
  const callee = fact?.kind === 'call' ? site.file.facts.values[fact.callee] : undefined;
  if (fact?.kind !== 'call' || callee?.kind !== 'member' || callee.property !== 'stringify') return undefined;
  const owner = site.file.facts.values[callee.object];
  return owner?.kind === 'global' && owner.name === 'JSON' ? fact.args[0] : undefined;
}

function effectStatus(project: Project, file: SourceFile, effect: ResponseEffect, args: readonly ValueId[]): ReadStatus | undefined {
  const { status } = effect;
  if (status === undefined || typeof status === 'number') return status === undefined ? undefined : { status };
  const value = args[status.argument];
  return value === undefined ? undefined : readStatus(project, { file, value }, 'key' in status ? status.key : 'status', 'key' in status);
}

/** The last status set before in the same function on the way to here. */
function earlierStatus(project: Project, file: SourceFile, region: RegionId, before: number): ReadStatus | undefined {
  const running = runningFunction(project, file, region);
  return statusesOf(project, file).findLast(
    (each) => each.start < before && isWithin(file, region, each.region) && runningFunction(project, file, each.region) === running,
  );
}

function assignmentResponse(project: Project, file: SourceFile, value: ValueId): readonly Response[] {
  const fact = file.facts.values[value];
  const match = assignEffectOf(project, file, value);
  if (fact?.kind !== 'assign' || match?.effect.kind !== 'response') return [];
  const running = runningFunction(project, file, fact.region);
  // Koa: the status may be set before the body or after it.
  const written =
    earlierStatus(project, file, fact.region, fact.start) ??
    statusesOf(project, file).find((each) => each.start > fact.end && each.region === fact.region && runningFunction(project, file, each.region) === running);
  return [describe(project, file, value, fact.region, match.effect, written, { framework: match.library.id, via: 'assignment', body: fact.value, isJson: false })];
}

interface Sending {
  readonly framework: string;
  readonly via: Response['via'];
  readonly body: ValueId | undefined;
  readonly isJson: boolean;
}

function describe(
  project: Project,
  file: SourceFile,
  value: ValueId,
  region: RegionId,
  effect: ResponseEffect,
  written: ReadStatus | undefined,
  sending: Sending,
): Response {
  const fact = file.facts.values[value];
  const { framework, via, body } = sending;
  const site = body === undefined ? undefined : { file, value: body };
  const status = written ? written.status : defaultStatus(effect.format);
  return {
    file,
    value,
    start: fact?.start ?? 0,
    end: fact?.end ?? 0,
    region,
    ...(status === undefined ? {} : { status }),
    statusWritten: written !== undefined,
    format: sending.isJson ? 'json' : effect.format === 'any' ? formatOf(project, site) : effect.format,
    ...(site && { body: site }),
    function: runningFunction(project, file, region),
    framework,
    via,
    kind: 'http',
  };
}

function formatOf(project: Project, body: Site | undefined): ResponseFormat {
  if (!body) return 'empty';
  switch (bodyShape(project, body).kind) {
    case 'object':
    case 'array':
    case 'row':
      return 'json';
    case 'primitive':
      return 'text';
    case 'nothing':
      return 'empty';
    default:
      return 'any';
  }
}

/** What handlers give back, where the framework sends that. */
function returnedResponses(project: Project, file: SourceFile, sent: ReadonlySet<ValueId>): readonly Response[] {
  return file.facts.returns.flatMap((fact): readonly Response[] => {
    const { value } = fact;
    if (value === undefined) return [];
    const ref = { file, function: fact.function };
    const [route] = routesAnsweredBy(project, ref);
    if (!route || !sendsReturnValue(project, route) || answersItself(project, ref) || isAnswer(project, file, value, sent)) return [];
    const isProcedure = route.kind === 'procedure';
    const status = earlierStatus(project, file, fact.region, fact.start) ?? decoratedStatus(project, ref);
    const format = isProcedure ? 'json' : isRendered(project, ref) ? 'html' : formatOf(project, { file, value });
    const answered = status ? status.status : route.framework === 'nestjs' && route.method === 'POST' ? 201 : 200;
    const at = file.facts.values[value];
    return [
      {
        file,
        value,
        start: at?.start ?? fact.start,
        end: at?.end ?? fact.end,
        region: fact.region,
        ...(answered === undefined ? {} : { status: answered }),
        statusWritten: status !== undefined,
        format,
        body: { file, value },
        function: fact.function,
        framework: route.framework,
        via: 'return',
        kind: isProcedure ? 'procedure' : 'http',
      },
    ];
  });
}

function sendsReturnValue(project: Project, route: Route): boolean {
  return route.kind === 'procedure' || project.libraries.some((library) => library.id === route.framework && library.returned === 'body');
}

/** `return reply.send(x)` is told as a call; `return reply` and `return new StreamableFile()` are no JSON. */
function isAnswer(project: Project, file: SourceFile, value: ValueId, sent: ReadonlySet<ValueId>): boolean {
  const fact = file.facts.values[value];
  if (sent.has(value)) return true;
  if (fact?.kind === 'await' || fact?.kind === 'cast') return isAnswer(project, file, fact.value, sent);
  return evaluate(project.linker, file, value).some((origin) => isFrameworkValue(project, origin));
}

function isFrameworkValue(project: Project, origin: Origin): boolean {
  if (origin.kind !== 'external') return false;
  if (origin.parent?.step?.kind === 'get' && origin.parent.step.name === 'StreamableFile') return true;
  const found = recognise(project.recogniser, origin);
  return found?.library.category === 'http' && (found.name === 'reply' || found.name === 'response' || found.name === 'answer');
}

/** `@Res() res`: the framework leaves the answer to the handler, unless it passes the value through. */
export function answersItself(project: Project, ref: FunctionRef): boolean {
  const params = ref.file.facts.functions[ref.function]?.params ?? [];
  return params.some((param) => (param.decorators ?? []).some((decorator) => specOf(project, ref.file, decorator)?.kind === 'response' && !hasArguments(ref.file, decorator)));
}

function hasArguments(file: SourceFile, decorator: ValueId): boolean {
  const fact = file.facts.values[decorator];
  return fact?.kind === 'call' && fact.args.length > 0;
}

function isRendered(project: Project, ref: FunctionRef): boolean {
  return memberDecorators(ref).some((decorator) => specOf(project, ref.file, decorator)?.kind === 'render');
}

/** The status that a decorator of the handler sets. */
export function decoratedStatus(project: Project, ref: FunctionRef): ReadStatus | undefined {
  for (const decorator of memberDecorators(ref)) {
    const fact = ref.file.facts.values[decorator];
    if (fact?.kind !== 'call' || fact.args[0] === undefined || specOf(project, ref.file, decorator)?.kind !== 'status') continue;
    return readStatus(project, { file: ref.file, value: fact.args[0] });
  }
  return undefined;
}

function memberDecorators(ref: FunctionRef): readonly ValueId[] {
  const owner = ref.file.facts.functions[ref.function]?.class;
  return ref.file.facts.classes[owner ?? -1]?.members.find((member) => member.function === ref.function)?.decorators ?? [];
}

/** What a library says of a decorator. */
function specOf(project: Project, file: SourceFile, decorator: ValueId): DecoratorSpec | undefined {
  const fact = file.facts.values[decorator];
  for (const origin of evaluate(project.linker, file, fact?.kind === 'call' ? fact.callee : decorator)) {
    if (origin.kind !== 'external' || origin.step?.kind !== 'get' || !origin.parent) continue;
    const spec = recognise(project.recogniser, origin.parent)?.library.decorators?.[origin.step.name];
    if (spec) return spec;
  }
  return undefined;
}
