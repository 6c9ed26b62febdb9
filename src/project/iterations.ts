import type { BindingId, LoopForm, RegionId, ValueId } from '../facts/types.ts';
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
    return {
      file,
      form: fact.loop,
      callback: false,
      ...(fact.iterates === undefined ? {} : { over: fact.iterates }),
      region,
      elements: fact.bindings,
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
