import type { ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { entityKey, hasWordsOf } from './entity-names.ts';
import { runningFunction } from './execution.ts';
import { addTo } from './grouping.ts';
import { modelsOf } from './models.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import type { Query } from './queries.ts';
import { findRepositoryFor, repositoriesOf, type Repository } from './repositories.ts';
import type { Model } from '../schema/model.ts';
import type { SourceFile } from './types.ts';

/** Writes of a repository to something that it is not there for. In source order, never empty. */
export interface ForeignWrites {
  readonly repository: Repository;
  /** What is written, as the code names it. */
  readonly model: string;
  readonly queries: readonly Query[];
  /** The repository that keeps what is written. */
  readonly keeper?: Repository;
}

/** By repository and by what is written. */
export const foreignWrites = defineFileView((project, file): readonly ForeignWrites[] =>
  repositoriesOf(project, file).flatMap((repository) => {
    const table = new Map<string, Query[]>();
    for (const query of repository.queries) {
      if (query.operation !== 'write' || query.model === undefined || isHandedIn(project, query)) continue;
      const key = entityKey(query.model);
      if (key !== repository.entity && !belongsTo(project, key, repository)) addTo(table, key, query);
    }
    return [...table].flatMap(([, queries]): readonly ForeignWrites[] => {
      const [first] = queries;
      if (first?.model === undefined) return [];
      const keeper = findRepositoryFor(project, first);
      return [{ repository, model: first.model, queries, ...(keeper && { keeper }) }];
    });
  }),
);

/** What is written beside the thing itself, in the same breath: what happened, and what has to be told. */
const RECORD = /(?:^|_)(?:audit|log|logs|history|outbox|event|activity|journal|trail|revision|version|snapshot|archive|changelog|tombstone|counter|stat|stats|statistic)(?:_|$)/;

/** Parts of a thing, what joins it to another, and records about it. */
function belongsTo(project: Project, key: string, { entity }: Repository): boolean {
  if (RECORD.test(key) || hasWordsOf(key, entity) || hasWordsOf(entity, key)) return true;
  const models = modelsByEntity(project).get(key) ?? [];
  return models.some((model) => isJoin(model) || isPartOf(model, entity));
}

const modelsByEntity = defineView((project): ReadonlyMap<string, readonly Model[]> => {
  const table = new Map<string, Model[]>();
  for (const model of modelsOf(project)) addTo(table, entityKey(model.name), model);
  return table;
});

/** Besides its two keys, a table that joins two others may have an id and a few facts about the pair. */
function isJoin({ foreignKeys, columns }: Model): boolean {
  const keys = new Set(foreignKeys.flatMap((key) => key.columns));
  return new Set(foreignKeys.map(({ target }) => target)).size >= 2 && columns.filter(({ column }) => !keys.has(column)).length <= 3 && keys.size === 2;
}

/** Goes when the thing goes, or has the thing's key in its own. */
function isPartOf({ foreignKeys, indexes }: Model, entity: string): boolean {
  const primary = new Set(indexes.filter(({ kind }) => kind === 'primary').flatMap(({ columns }) => columns));
  return foreignKeys.some(
    ({ target, onDelete, columns }) => target !== undefined && entityKey(target) === entity && (onDelete === 'cascade' || columns.every((column) => primary.has(column))),
  );
}

/** Sent through a client that the method is given: whoever calls it has put the writes together. */
function isHandedIn(project: Project, { file, head, region }: Query): boolean {
  const fact = callFact(file, head);
  const root = fact && rootOf(file, fact.kind === 'tagged' ? fact.tag : fact.callee);
  const value = root === undefined ? undefined : file.facts.values[root];
  const binding = value?.kind === 'name' ? file.facts.bindings[value.binding] : undefined;
  if (binding?.kind !== 'param') return false;
  const taker = file.facts.regions[binding.region]?.function ?? -1;
  // The parameter of a callback is a transaction that the method opened itself.
  return taker === runningFunction(project, file, region);
}

/** What a chain of members and calls starts from: `tx` of `tx.order.update`. */
function rootOf(file: SourceFile, id: ValueId): ValueId {
  const fact = file.facts.values[id];
  if (fact?.kind === 'member' || fact?.kind === 'index') return rootOf(file, fact.object);
  if (fact?.kind === 'call') return rootOf(file, fact.callee);
  if (fact?.kind === 'cast' || fact?.kind === 'await') return rootOf(file, fact.value);
  if (fact?.kind === 'logical') return rootOf(file, fact.left);
  return id;
}
