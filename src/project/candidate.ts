import type { ValueId } from '../facts/types.ts';
import type { Iteration } from './iterations.ts';
import type { Site } from './origins.ts';
import type { Project } from './project.ts';
import type { Query } from './queries.ts';
import type { SourceFile } from './types.ts';

/** A query, or a call that leads to one, as it runs in an iteration. */
export interface Candidate {
  readonly project: Project;
  readonly file: SourceFile;
  readonly iteration: Iteration;
  /** The query, or the call on the way to it. */
  readonly value: ValueId;
  readonly query: Query;
  /** Calls from the iteration to the query, `value` first; empty when the query itself stands in the iteration. */
  readonly trail: readonly Site[];
  readonly maxConstant: number;
}
