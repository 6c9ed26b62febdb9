import type { ValueId } from '../facts/types.ts';
import type { DecoratorSpec, Library } from '../libraries/types.ts';
import { definitionOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { returnsOf } from './linker.ts';
import { functionKey, type FunctionRef, type Origin, type Site } from './origins.ts';
import type { Project } from './project.ts';
import { meaningsOf, recognise } from './recognise.ts';
import { flatArguments } from './route-handlers.ts';
import type { SourceFile } from './types.ts';

/** A decorator of a library as it is applied, directly or through one of ours that composes it. */
export interface AppliedDecorator {
  readonly library: Library;
  readonly spec: DecoratorSpec;
  readonly name: string;
  /** Where it is applied. */
  readonly site: Site;
  /** Arguments, those of our own decorators put in for their parameters. */
  readonly args: readonly Site[];
}

type Substitution = ReadonlyMap<string, Site>;

const NO_SUBSTITUTION: Substitution = new Map();
const MAX_COMPOSED = 5;

/** What the decorators of a class, member or parameter say. */
export function appliedDecorators(project: Project, file: SourceFile, values: readonly ValueId[]): readonly AppliedDecorator[] {
  return values.flatMap((value) => applied(project, { file, value }, { file, value }, NO_SUBSTITUTION, 0));
}

function applied(project: Project, site: Site, at: Site, known: Substitution, depth: number): readonly AppliedDecorator[] {
  if (depth > MAX_COMPOSED) return [];
  const written = definitionOf(project.linker, at);
  const fact = written.file.facts.values[written.value];
  const callee: Site = fact?.kind === 'call' ? { file: written.file, value: fact.callee } : written;
  const args = fact?.kind === 'call' ? fact.args.map((value) => substituted(project, { file: written.file, value }, known)) : [];
  if (fact?.kind === 'call' && meaningsOf(project.linker, project.recogniser, written).some((each) => each.spec.effect?.kind === 'decorators')) {
    return flatArguments(project.linker, written.file, fact.args).flatMap((each) => applied(project, site, each, known, depth + 1));
  }
  return evaluate(project.linker, callee.file, callee.value).flatMap((origin): readonly AppliedDecorator[] => {
    const named = libraryDecorator(project, origin);
    if (named) return [{ ...named, site, args }];
    if (origin.kind !== 'function' || fact?.kind !== 'call') return [];
    const inner = parametersOf(origin, args);
    return returnsOf(origin.file.facts, origin.function).flatMap((value) => applied(project, site, { file: origin.file, value }, inner, depth + 1));
  });
}

function libraryDecorator(project: Project, origin: Origin): Pick<AppliedDecorator, 'library' | 'spec' | 'name'> | undefined {
  if (origin.kind !== 'external' || origin.step?.kind !== 'get' || !origin.parent || origin.parent.parent) return undefined;
  const library = recognise(project.recogniser, origin.parent)?.library;
  const { name } = origin.step;
  const spec = library?.decorators && Object.hasOwn(library.decorators, name) ? library.decorators[name] : undefined;
  return library && spec && { library, spec, name };
}

function parametersOf(ref: FunctionRef, args: readonly Site[]): Substitution {
  return new Map(args.map((arg, index) => [`${functionKey(ref)}/${index}`, arg]));
}

function substituted(project: Project, site: Site, known: Substitution): Site {
  const at = definitionOf(project.linker, site);
  const fact = at.file.facts.values[at.value];
  return fact?.kind === 'param' ? (known.get(`${functionKey({ file: at.file, function: fact.function })}/${fact.index}`) ?? site) : site;
}
