import type { PerElementQuery } from './per-element.ts';
import { functionKey } from './origins.ts';
import type { Project } from './project.ts';
import { functionsRunBy } from './reach.ts';

/** Queries per element that one change mends. */
export interface PerElementCause {
  readonly entry: PerElementQuery;
  /** How many more calls of the same function, in the same iteration, lead to the same query. */
  readonly others: number;
}

/**
 * One entry per cause, in the order of the entries: the first of those in which an iteration runs the same query through the same function.
 * A query that stands in the iteration itself is a cause of its own.
 */
export function causesOf(project: Project, entries: readonly PerElementQuery[]): readonly PerElementCause[] {
  const groups = new Map<string, PerElementQuery[]>();
  for (const [index, entry] of entries.entries()) {
    const key = entry.trail.length === 0 ? String(index) : keyOf(project, entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()].flatMap(([entry, ...others]): readonly PerElementCause[] => (entry ? [{ entry, others: others.length }] : []));
}

function keyOf(project: Project, { file, value, iteration, query }: PerElementQuery): string {
  const called = functionsRunBy(project, { file, value }).map(functionKey).sort();
  return JSON.stringify([iteration.file.path, iteration.start, iteration.end, called, query.file.path, query.value]);
}
