import type { ClassFact, ParamFact, TypeId, ValueId } from '../facts/types.ts';
import type { RequestPart } from '../libraries/types.ts';
import { appliedDecorators, type AppliedDecorator } from './decorators.ts';
import { evaluate } from './evaluate.ts';
import { evaluateType } from './evaluate-types.ts';
import { callAt } from './call-at.ts';
import { calledName } from './callee-names.ts';
import { classKey, type ClassRef, type Origin, type Site } from './origins.ts';
import { defineView, programFiles, type Project } from './project.ts';
import { recognise } from './recognise.ts';
import type { Route } from './route.ts';
import type { SourceFile } from './types.ts';

/** A parameter of a handler that a decorator fills from the request: `@Body() order: CreateOrder`. */
export interface InputParameter {
  readonly part: RequestPart;
  readonly path: readonly string[];
  /** The decorator, as it is applied. */
  readonly site: Site;
  readonly parameter: ParamFact;
  readonly isValidated: boolean;
  /** Why it is not. */
  readonly reason?: 'erased' | 'no pipe' | 'no constraints';
}

/** Libraries that validate by the class of a parameter without being told to. */
const VALIDATES_BY_ITSELF = new Set(['routing-controllers']);
/** Types that leave nothing at run time. */
const ERASED = new Set(['Partial', 'Required', 'Pick', 'Omit', 'Record', 'Readonly', 'NonNullable']);

/** What a decorator makes of the n-th parameter of a handler. */
export function inputParameter(project: Project, route: Route, index: number): InputParameter | undefined {
  const { handler } = route;
  const parameter = handler?.file.facts.functions[handler.function]?.params[index];
  if (!handler || !parameter?.decorators) return undefined;
  const { file } = handler;
  const applied = appliedDecorators(project, file, parameter.decorators).find((each) => each.spec.kind === 'input');
  if (applied?.spec.kind !== 'input') return undefined;
  const path = literalPath(project, applied.args[0]);
  const found = { part: applied.spec.part, path, site: applied.site, parameter };
  if (hasPipe(project, applied)) return { ...found, isValidated: true };
  const kind = kindOfType(project, file, parameter.type);
  if (kind === 'erased' || kind === 'no constraints') return { ...found, isValidated: false, reason: kind };
  if (kind === 'unknown') return { ...found, isValidated: true };
  const isPiped = VALIDATES_BY_ITSELF.has(route.framework) || hasGlobalPipe(project) || route.middlewares.some((each) => /pipe/i.test(each.name));
  return isPiped ? { ...found, isValidated: true } : { ...found, isValidated: false, reason: 'no pipe' };
}

function literalPath(project: Project, arg: Site | undefined): readonly string[] {
  const name = arg && evaluate(project.linker, arg.file, arg.value).find((origin) => origin.kind === 'literal');
  return name?.kind === 'literal' && typeof name.value === 'string' ? [name.value] : [];
}

/** `@Body(new ValidationPipe())`, `@Query('page', ParseIntPipe)`: whatever is handed over besides a name or options. */
function hasPipe(project: Project, { args }: AppliedDecorator): boolean {
  return args.some((arg) => {
    const kind = arg.file.facts.values[arg.value]?.kind;
    if (kind === 'object' || kind === 'literal') return false;
    const origins = evaluate(project.linker, arg.file, arg.value);
    return origins.length === 0 || origins.some((origin) => origin.kind !== 'literal');
  });
}

type TypeKind = 'constrained' | 'no constraints' | 'erased' | 'unknown';

function kindOfType(project: Project, file: SourceFile, type: TypeId | undefined): TypeKind {
  const fact = type === undefined ? undefined : file.facts.types[type];
  if (type === undefined || !fact) return 'erased';
  if (fact.kind === 'keyword' || fact.kind === 'object' || fact.kind === 'array' || fact.kind === 'union' || fact.kind === 'intersection') return 'erased';
  if (fact.kind === 'ref' && fact.global !== undefined && ERASED.has(fact.global)) return 'erased';
  const origins = evaluateType(project.linker, file, type);
  if (origins.length === 0) return fact.kind === 'ref' && fact.global !== undefined ? 'erased' : 'unknown';
  return worst(origins.map((origin) => kindOfOrigin(project, origin)));
}

function kindOfOrigin(project: Project, origin: Origin): TypeKind {
  if (origin.kind === 'instance') return isConstrained(project, origin, new Set()) ? 'constrained' : 'no constraints';
  if (origin.kind === 'shape') return 'erased';
  return 'unknown';
}

function worst(kinds: readonly TypeKind[]): TypeKind {
  return kinds.find((kind) => kind === 'constrained') ?? kinds.find((kind) => kind === 'unknown') ?? kinds[0] ?? 'unknown';
}

/** Whether a class says what its members have to be: decorators of a validation library, its own or inherited. What it extends of packages may. */
function isConstrained(project: Project, ref: ClassRef, seen: Set<string>): boolean {
  if (seen.has(classKey(ref))) return false;
  seen.add(classKey(ref));
  const fact = ref.file.facts.classes[ref.class];
  if (!fact || fact.members.length === 0) return true;
  if (decoratorsOf(fact).some((value) => isOfValidation(project, ref.file, value))) return true;
  if (fact.extends === undefined) return false;
  const parents = evaluate(project.linker, ref.file, fact.extends);
  return parents.length === 0 || parents.some((parent) => parent.kind !== 'class' || isConstrained(project, parent, seen));
}

function decoratorsOf(fact: ClassFact): readonly ValueId[] {
  return [...fact.decorators, ...fact.members.flatMap((member) => member.decorators)];
}

/** A decorator of a validation library, or one that is not known: own ones compose those of libraries. */
function isOfValidation(project: Project, file: SourceFile, value: ValueId): boolean {
  const fact = file.facts.values[value];
  const origins = evaluate(project.linker, file, fact?.kind === 'call' ? fact.callee : value);
  if (origins.length === 0) return true;
  return origins.some((origin) => {
    if (origin.kind === 'function') return true;
    if (origin.kind !== 'external' || !origin.parent) return false;
    return recognise(project.recogniser, origin.parent)?.library.category === 'validation' || /valid/.test(origin.module);
  });
}

/** Whether the program puts a pipe before all handlers: `useGlobalPipes(…)`, a provider of `APP_PIPE`. */
const hasGlobalPipe = defineView((project): boolean =>
  programFiles(project).some(
    (file) =>
      file.facts.calls.some((value) => {
        const fact = callAt({ file, value });
        return fact !== undefined && calledName(file, fact) === 'useGlobalPipes';
      }) || file.facts.imports.some((fact) => fact.names.some(({ imported }) => imported === 'APP_PIPE')),
  ),
);
