import type { ThrowFact, ValueId } from '../facts/types.ts';
import { callFact, calledFunctions } from './calls.ts';
import { baseOf, errorAncestry, globalErrorName, isFrameworkException, typedClass, type TypedError } from './error-classes.ts';
import { evaluate, returnedBy } from './evaluate.ts';
import { functionFact } from './linker.ts';
import { classKey, stepsOf, type ClassRef } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** What a `throw` throws. `plain`: an `Error` without a type, a text or an object. */
export type Thrown =
  | { readonly kind: 'plain'; readonly form: 'error' | 'literal' | 'object' }
  | { readonly kind: 'typed'; readonly error: TypedError; readonly family: string }
  | { readonly kind: 'external' }
  | { readonly kind: 'unknown' };

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

