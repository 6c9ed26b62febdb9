import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { addTo } from './grouping.ts';
import { layerOf } from './layers.ts';
import type { ClassRef, Origin } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { queriesOf, type Query } from './queries.ts';
import { findRepositoryFor, type Repository } from './repositories.ts';
import type { SourceFile } from './types.ts';

/** Queries of a service about something that has a repository, which they go past. In source order, never empty. */
export interface RepositoryBypass {
  readonly repository: Repository;
  readonly queries: readonly Query[];
}

/** By repository, in the order of their first queries. Empty for files that are not surely services. */
export const repositoryBypasses = defineFileView((project, file): readonly RepositoryBypass[] => {
  const { layer, confidence } = layerOf(project, file);
  if (layer !== 'service' || confidence !== 'high') return [];
  const table = new Map<Repository, Query[]>();
  for (const query of queriesOf(project, file)) {
    if (!query.executed || query.generic || spansTables(query) || isOfRepository(project, query)) continue;
    const repository = findRepositoryFor(project, query);
    if (repository && repository.file !== file) addTo(table, repository, query);
  }
  return [...table].map(([repository, queries]) => ({ repository, queries }));
});

/** What joins tables belongs to no single repository. */
function spansTables({ chain }: Query): boolean {
  return chain.some(({ name }) => /join|with$/i.test(name));
}

/** `this.users.findOne()` where `users` is a repository of the project: its own methods and those that it inherits. */
function isOfRepository(project: Project, { file, head, through }: Query): boolean {
  if (through && isRepositoryFile(project, through.file)) return true;
  const fact = callFact(file, head);
  const callee = fact && fact.kind !== 'tagged' ? file.facts.values[fact.callee] : undefined;
  return callee?.kind === 'member' && evaluate(project.linker, file, callee.object).some((origin) => ownClasses(origin).some((ref) => isRepositoryClass(project, ref)));
}

/** Classes of the project that a value was seen through. */
function ownClasses(origin: Origin): readonly ClassRef[] {
  if (origin.kind === 'class' || origin.kind === 'instance') return [origin];
  const found: ClassRef[] = [];
  for (let at = origin.kind === 'external' ? origin : undefined; at; at = at.parent) if (at.step?.kind === 'extended') found.push(at.step.by);
  return found;
}

function isRepositoryClass(project: Project, { file, class: id }: ClassRef): boolean {
  return isRepositoryFile(project, file) || /(?:Repository|Repo|Dao)$/i.test(file.facts.classes[id]?.name ?? '');
}

function isRepositoryFile(project: Project, file: SourceFile): boolean {
  return layerOf(project, file).layer === 'repository';
}
