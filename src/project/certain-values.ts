import type { ValueFact, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { someOperand, unwrapped } from './dataflow.ts';
import type { Guard } from './guards.ts';
import type { Project } from './project.ts';
import { queriesOf, type Query } from './queries.ts';
import type { SourceFile } from './types.ts';

/** Reads that throw when there is no row. */
const OR_THROW = /OrThrow$|OrFail$|OrThrowError$/;

const WRITTEN = /^(?:just|newly)?_?(?:created|inserted|updated|saved|upserted|new)(?=[A-Z_]|$)/;

/**
 * Whether a guard stops for the lack of a value that the code before has made sure of: a row that it wrote itself, a part of one or what it
 * reads back with its id, or the answer of a read that throws when there is none. Such a test is for the compiler.
 */
export function isAboutCertainValue(project: Project, file: SourceFile, guard: Guard): boolean {
  const test = file.facts.values[guard.test];
  if (test?.kind === 'unary' && test.operator === '!') return guard.holds && isCertain(project, file, test.value);
  return !guard.holds && isCertain(project, file, guard.test);
}

/** Whether a guard stops for the lack of a part of a row that a read made sure of: a relation that may be required, which the schema would tell. */
export function isAboutPartOfCertainRow(project: Project, file: SourceFile, guard: Guard): boolean {
  const test = file.facts.values[guard.test];
  const tested = test?.kind === 'unary' && test.operator === '!' && guard.holds ? test.value : guard.holds ? undefined : guard.test;
  const part = tested === undefined ? undefined : behindName(file, tested);
  const fact = part === undefined ? undefined : file.facts.values[part];
  return fact?.kind === 'member' && isOrThrow(project, file, fact.object);
}

function behindName(file: SourceFile, id: ValueId): ValueId | undefined {
  const fact = file.facts.values[id];
  if (fact?.kind !== 'name') return id;
  const binding = file.facts.bindings[fact.binding];
  return binding?.kind === 'const' ? binding.value : undefined;
}

function isOrThrow(project: Project, file: SourceFile, id: ValueId): boolean {
  const made = behindName(file, unwrapped(file, id));
  const query = made === undefined ? undefined : queryAt(project, file, unwrapped(file, made));
  return query !== undefined && OR_THROW.test(query.method);
}

function isCertain(project: Project, file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  const binding = fact?.kind === 'name' ? file.facts.bindings[fact.binding] : undefined;
  if (binding && binding.kind !== 'param' && WRITTEN.test(binding.name)) return true;
  return isOfOwnWrite(project, file, id) || (binding !== undefined && isOrThrow(project, file, id));
}

/** Follows members, elements and calls on a value (`created.lines.find(…)`, `lines[0].id`) back to a write, or to a read by what was written. */
function isOfOwnWrite(project: Project, file: SourceFile, start: ValueId): boolean {
  for (let id: ValueId | undefined = start, steps = 0; id !== undefined && steps < 24; steps++) {
    const query = queryAt(project, file, id);
    if (query) return query.operation === 'write' ? !query.bulk : readsOwnWrite(file, query);
    id = sourceOf(file, file.facts.values[id]);
  }
  return false;
}

function sourceOf(file: SourceFile, fact: ValueFact | undefined): ValueId | undefined {
  switch (fact?.kind) {
    case 'await':
    case 'cast':
      return fact.value;
    case 'member':
    case 'index':
      return fact.object;
    case 'item':
    case 'element':
      return fact.of;
    case 'call': {
      const callee = file.facts.values[fact.callee];
      return callee?.kind === 'member' ? callee.object : undefined;
    }
    case 'name': {
      const binding = file.facts.bindings[fact.binding];
      return binding?.kind === 'const' ? binding.value : undefined;
    }
    default:
      return undefined;
  }
}

/** `findMany({ where: { orderId: createdOrder.id } })`. */
function readsOwnWrite(file: SourceFile, query: Query): boolean {
  const call = callFact(file, query.head);
  if (!call || call.kind === 'tagged') return false;
  const isWritten = (fact: ValueFact) => fact.kind === 'name' && WRITTEN.test(file.facts.bindings[fact.binding]?.name ?? '');
  return call.args.some((arg) => someOperand(file, arg, isWritten, 0));
}

function queryAt(project: Project, file: SourceFile, id: ValueId): Query | undefined {
  return queriesOf(project, file).find((query) => query.value === id || query.head === id);
}
