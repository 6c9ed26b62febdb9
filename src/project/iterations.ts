import type { BindingId, LoopForm, RegionFact, RegionId, ValueFact, ValueId } from '../facts/types.ts';
import { isWithin } from './dataflow.ts';
import { executionOf, regionsOutward } from './execution.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** A loop, or a call that runs a function for each element. */
export interface Iteration {
  readonly file: SourceFile;
  /** `for-of`, `while` …, or the method: `map`, `forEach`, `pMap`. */
  readonly form: LoopForm | (string & {});
  readonly callback: boolean;
  /** What is gone through, where it is one expression. */
  readonly over?: ValueId;
  /** The region that runs per element: the loop's body, or the callback's. */
  readonly region: RegionId;
  /** The loop's variables, or the callback's first parameter. */
  readonly elements: readonly BindingId[];
  readonly start: number;
  readonly end: number;
}

/** Iterations around a place, innermost first, up to the function that runs it. */
export function iterationsAround(project: Project, file: SourceFile, region: RegionId): readonly Iteration[] {
  const found: Iteration[] = [];
  for (const step of regionsOutward(project, file, region)) {
    const iteration = iterationOfRegion(project, file, step.region);
    if (iteration) found.push(iteration);
  }
  return found;
}

export function iterationOfRegion(project: Project, file: SourceFile, region: RegionId): Iteration | undefined {
  const fact = file.facts.regions[region];
  if (fact?.kind === 'loop') {
    const over = fact.iterates ?? countedList(file, fact);
    return {
      file,
      form: fact.loop,
      callback: false,
      ...(over !== undefined && { over }),
      region,
      elements: fact.iterates === undefined && over !== undefined ? [...fact.bindings, ...itemBindings(file, over, region)] : fact.bindings,
      start: fact.start,
      end: fact.end,
    };
  }
  if (fact?.kind !== 'body' || fact.function < 0) return undefined;
  const execution = executionOf(project, file)[fact.function];
  if (execution?.kind !== 'perElement') return undefined;
  const call = file.facts.values[execution.call];
  return {
    file,
    form: execution.method,
    callback: true,
    over: execution.over,
    region,
    elements: elementBindings(file, fact.function, execution.method),
    start: call?.start ?? fact.start,
    end: call?.end ?? fact.end,
  };
}

/** The list of `for (let i = 0; i < rows.length; i++)`, or of the same loop backwards. */
function countedList(file: SourceFile, region: Extract<RegionFact, { kind: 'loop' }>): ValueId | undefined {
  if (region.loop !== 'for' || region.test === undefined || region.update === undefined) return undefined;
  const update = file.facts.values[region.update];
  const byOne = update?.kind === 'assign' && (update.operator === '++' || update.operator === '--' || isOne(file, update.value));
  const test = file.facts.values[region.test];
  if (!byOne || test?.kind !== 'binary') return undefined;
  const first = region.bindings[0] === undefined ? undefined : file.facts.bindings[region.bindings[0]]?.value;
  return lengthOwner(file, test.right) ?? lengthOwner(file, test.left) ?? (first === undefined ? undefined : lengthOwner(file, first));
}

function isOne(file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  return fact?.kind === 'literal' && fact.value === 1;
}

/** `rows` of `rows.length`, of a constant that holds it, and of `rows.length - 1`. */
function lengthOwner(file: SourceFile, id: ValueId): ValueId | undefined {
  const fact = file.facts.values[id];
  if (fact?.kind === 'member') return fact.property === 'length' ? fact.object : undefined;
  if (fact?.kind === 'binary') return fact.operator === '-' ? lengthOwner(file, fact.left) : undefined;
  const binding = fact?.kind === 'name' ? file.facts.bindings[fact.binding] : undefined;
  return binding?.value === undefined || binding.writes?.length ? undefined : lengthOwner(file, binding.value);
}

/** Names for `rows[i]` in the loop. */
function itemBindings(file: SourceFile, list: ValueId, region: RegionId): readonly BindingId[] {
  const { values, bindings } = file.facts;
  const isList = (id: ValueId) => sameName(values[id], values[list]);
  return bindings.flatMap((binding, id) => {
    const value = binding.value === undefined ? undefined : values[binding.value];
    return value?.kind === 'index' && isList(value.object) && isWithin(file, binding.region, region) ? [id] : [];
  });
}

function sameName(a: ValueFact | undefined, b: ValueFact | undefined): boolean {
  return a?.kind === 'name' && b?.kind === 'name' && a.binding === b.binding;
}

/** Names that hold the element, destructured ones included. */
function elementBindings(file: SourceFile, functionId: number, method: string): readonly BindingId[] {
  const params = file.facts.functions[functionId]?.params ?? [];
  const element = params[method.startsWith('reduce') ? 1 : 0];
  if (!element) return [];
  const found: BindingId[] = [];
  file.facts.bindings.forEach((binding, id) => {
    if (binding.kind === 'param' && binding.start >= element.start && binding.end <= element.end) found.push(id);
  });
  return found;
}
