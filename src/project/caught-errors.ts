import type { BindingId, FunctionId, ValueId } from '../facts/types.ts';
import { callFact, programIndex } from './calls.ts';
import { isControlledError } from './controlled-errors.ts';
import { evaluate } from './evaluate.ts';
import { evaluateType, typeNames } from './evaluate-types.ts';
import { isErrorClass } from './error-classes.ts';
import { isNarrowedAt } from './guards.ts';
import { argumentSlots } from './linker.ts';
import { functionKey, type Site } from './origins.ts';
import type { Project } from './project.ts';
import { recognise } from './recognise.ts';
import type { SourceFile } from './types.ts';

/** An error as an expression names it. */
export interface ErrorSubject {
  readonly name: string;
  /** The `caught` or `param` value that it is. */
  readonly source: ValueId;
  /** Names that stand for it: `error`, and `err` of `const err = error as Error`. */
  readonly names: ReadonlySet<BindingId>;
}

/** What an expression stands for, when that is a caught value or a parameter; casts and names of it seen through. */
export function errorSubject(file: SourceFile, id: ValueId): ErrorSubject | undefined {
  const names = new Set<BindingId>();
  let at = id;
  for (let hops = 0; hops < 8; hops++) {
    const fact = file.facts.values[at];
    if (!fact) return undefined;
    if (fact.kind === 'cast') at = fact.value;
    // `error ?? {}`, `error || new Error()`
    else if (fact.kind === 'logical' && fact.operator !== '&&') at = fact.left;
    else if (fact.kind === 'name') {
      const binding = file.facts.bindings[fact.binding];
      if (binding?.value === undefined || binding.import) return undefined;
      names.add(fact.binding);
      at = binding.value;
    } else if (fact.kind === 'caught' || fact.kind === 'param') {
      const [first] = names;
      return { name: first === undefined ? 'error' : (file.facts.bindings[first]?.name ?? 'error'), source: at, names: withAliases(file, at, names) };
    } else return undefined;
  }
  return undefined;
}

function withAliases(file: SourceFile, source: ValueId, names: Set<BindingId>): ReadonlySet<BindingId> {
  file.facts.bindings.forEach((binding, id) => {
    let at = binding.value;
    for (let hops = 0; hops < 6 && at !== undefined; hops++) {
      if (at === source) {
        names.add(id);
        return;
      }
      const fact = file.facts.values[at];
      at = fact?.kind === 'cast' ? fact.value : fact?.kind === 'name' ? file.facts.bindings[fact.binding]?.value : undefined;
    }
  });
  return names;
}

/** More hops from parameter to argument than this are not followed. */
const MAX_CALLERS = 40;

/** Whether a `caught` or `param` value is an error of which nothing is known. */
export function isUnknownError(project: Project, site: Site, depth = 0): boolean {
  const fact = site.file.facts.values[site.value];
  if (fact?.kind === 'caught') return true;
  if (fact?.kind !== 'param' || depth > 4) return false;
  const { file } = site;
  if (hasSafeType(project, file, fact.function, fact.index)) return false;
  if (isHandedError(project, file, fact.function, fact.index)) return true;
  return isCalledWithUnknown(project, file, fact.function, fact.index, depth);
}

/** `error: ZodError`: a type that says whose error it is. */
function hasSafeType(project: Project, file: SourceFile, id: FunctionId, index: number): boolean {
  const type = file.facts.functions[id]?.params[index]?.type;
  if (type === undefined) return false;
  const typed = evaluateType(project.linker, file, type);
  // `Error | HttpException` may be any error.
  if (typed.some((origin) => origin.kind === 'external' && origin.module === 'global')) return false;
  const fact = file.facts.types[type];
  const name = fact?.kind === 'ref' ? (fact.path.at(-1) ?? file.facts.bindings[fact.binding ?? -1]?.name ?? '') : '';
  if (typed.some((origin) => origin.kind === 'instance')) return typed.every((origin) => origin.kind !== 'instance' || isErrorClass(project, origin));
  const named = typeNames(project.linker, file, type);
  if (named.some((origin) => origin.kind === 'external' && origin.module === 'global')) return false;
  return named.length > 0 && isControlledError({ kind: 'class', name, origins: named }) && !/^(?:FastifyError|HTTPResponseError|HttpError|Error\w*Like|ErrnoException)$/.test(name);
}

/** Parameters of error handlers and of `.catch(…)`: whatever was thrown comes in here. */
function isHandedError(project: Project, file: SourceFile, id: FunctionId, index: number): boolean {
  const fact = file.facts.functions[id];
  if (!fact || index !== 0) return false;
  if (isExpressErrorHandler(project, file, id) || isExceptionFilter(project, file, id)) return true;
  const flows = [...(programIndex(project.linker).flows.get(functionKey({ file, function: id })) ?? [])];
  const slot = fact.value === undefined ? undefined : argumentSlots(file.facts).get(fact.value);
  if (slot && !flows.some((flow) => flow.file === file && flow.value === slot.call)) flows.push({ file, value: slot.call, argument: slot.argument });
  return flows.some((flow) => {
    const call = callFact(flow.file, flow.value);
    const callee = call && call.kind !== 'tagged' ? flow.file.facts.values[call.callee] : undefined;
    if (callee?.kind !== 'member') return false;
    if (callee.property === 'catch') return flow.argument === 0;
    if (callee.property === 'then') return flow.argument === 1;
    return callee.property === 'onError' || callee.property === 'setErrorHandler';
  });
}

/** Four parameters, of which the second and third are request and response. */
function isExpressErrorHandler(project: Project, file: SourceFile, id: FunctionId): boolean {
  const params = file.facts.functions[id]?.params ?? [];
  const response = params[2];
  if (params.length !== 4 || response === undefined) return false;
  return evaluate(project.linker, file, response.value).some((origin) => origin.kind === 'external' && recognise(project.recogniser, origin)?.name === 'response');
}

/** `catch(exception, host)` of a filter for everything: `@Catch()` without a class. */
function isExceptionFilter(project: Project, file: SourceFile, id: FunctionId): boolean {
  const fact = file.facts.functions[id];
  const owner = fact?.class === undefined ? undefined : file.facts.classes[fact.class];
  if (fact?.name !== 'catch' || !owner) return false;
  return owner.decorators.some((decorator) => {
    const call = callFact(file, decorator);
    if (call?.kind !== 'call' || call.args.length > 0) return false;
    return evaluate(project.linker, file, call.callee).some((origin) => origin.kind === 'external' && origin.module === '@nestjs/common' && origin.step?.kind === 'get' && origin.step.name === 'Catch');
  });
}

/** A function that errors are passed to: `sendError(res, error)` in a `catch`. */
function isCalledWithUnknown(project: Project, file: SourceFile, id: FunctionId, index: number, depth: number): boolean {
  const callers = programIndex(project.linker).callers.get(functionKey({ file, function: id })) ?? [];
  return callers.slice(0, MAX_CALLERS).some((caller) => {
    const call = callFact(caller.file, caller.value);
    const arg = call && call.kind !== 'tagged' ? call.args[index] : undefined;
    const subject = arg === undefined ? undefined : errorSubject(caller.file, arg);
    if (!call || !subject || !isUnknownError(project, { file: caller.file, value: subject.source }, depth + 1)) return false;
    return !isNarrowedAt(project, caller.file, call.start, subject.names, isControlledError);
  });
}
