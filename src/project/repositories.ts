import type { ClassId, RegionId } from '../facts/types.ts';
import { entityKey, hasWordsOf, repositoryEntityKey } from './entity-names.ts';
import { evaluate } from './evaluate.ts';
import { typeNames } from './evaluate-types.ts';
import { addTo } from './grouping.ts';
import { layerOf } from './layers.ts';
import type { Origin } from './origins.ts';
import { defineFileView, defineView, programFiles, type Project } from './project.ts';
import { queriesOf, type Query } from './queries.ts';
import type { PackageUnit, SourceFile } from './types.ts';

/** A class or a file of functions that keeps the data access of something. */
export interface Repository {
  readonly file: SourceFile;
  /** Absent for functions and objects of a file. */
  readonly class?: ClassId;
  /** As people say it: the class, or the name of the file without its extension. */
  readonly name: string;
  /** Key of the entity it is there for, by its name or by a type that it is made with. */
  readonly entity: string;
  /** That entity as the code names it. */
  readonly model: string;
  /** What it sends itself. */
  readonly queries: readonly Query[];
  /** Libraries of its queries; empty where all are inherited. */
  readonly libraries: ReadonlySet<string>;
}

/** Repositories of a file whose entity is known. */
export const repositoriesOf = defineFileView((project, file): readonly Repository[] => {
  if (file.role !== 'source') return [];
  const { layer, confidence } = layerOf(project, file);
  if (layer !== 'repository' || confidence !== 'high') return [];
  const byOwner = new Map<ClassId | undefined, Query[]>();
  for (const query of queriesOf(project, file)) if (query.executed && !query.generic) addTo(byOwner, classAround(file, query.region), query);
  const classes = file.facts.classes.flatMap((fact, id) => (fact.name === undefined ? [] : describe(project, file, id, fact.name, byOwner.get(id) ?? [])));
  const base = /([^/]+?)\.\w+$/.exec(file.path)?.[1] ?? file.path;
  return [...classes, ...describe(project, file, undefined, base, byOwner.get(undefined) ?? [])];
});

function describe(project: Project, file: SourceFile, owner: ClassId | undefined, name: string, queries: readonly Query[]): readonly Repository[] {
  const typed = owner === undefined ? [] : typedEntities(project, file, owner);
  const models = [...typed, ...queries.flatMap(({ model }) => (model === undefined ? [] : [model]))];
  const model = ownModel(name, typed, models);
  if (model === undefined) return [];
  const libraries = new Set(queries.map(({ library }) => library));
  return [{ file, name, entity: entityKey(model), model, queries, libraries, ...(owner !== undefined && { class: owner }) }];
}

/** What the name says goes first; then `extends Repository<User>`. A name that fits nothing it queries says nothing. */
function ownModel(name: string, typed: readonly string[], models: readonly string[]): string | undefined {
  const key = repositoryEntityKey(name);
  const named = key === undefined ? undefined : models.find((model) => entityKey(model) === key);
  if (named !== undefined || typed.length === 1) return named ?? typed[0];
  // `CustomerRepository` that keeps `shop_customers`.
  const alike = key === undefined ? [] : [...new Set(models)].filter((model) => hasWordsOf(entityKey(model), key));
  return alike.length === 1 ? alike[0] : undefined;
}

/** `extends Repository<User>`, `@EntityRepository(User)`. */
function typedEntities(project: Project, file: SourceFile, id: ClassId): readonly string[] {
  const fact = file.facts.classes[id];
  const types = (fact?.extendsTypeArgs ?? []).slice(0, 1).flatMap((type) => typeNames(project.linker, file, type).slice(0, 1));
  const decorated = (fact?.decorators ?? []).flatMap((decorator): readonly Origin[] => {
    const call = file.facts.values[decorator];
    const [first] = call?.kind === 'call' ? call.args : [];
    return first === undefined ? [] : evaluate(project.linker, file, first);
  });
  return [...new Set([...types, ...decorated].flatMap(nameOf))];
}

function nameOf(origin: Origin): readonly string[] {
  if (origin.kind !== 'class' && origin.kind !== 'instance') return [];
  const name = origin.file.facts.classes[origin.class]?.name;
  return name === undefined ? [] : [name];
}

/** The class in one of whose members a region stands. */
export function classAround(file: SourceFile, from: RegionId): ClassId | undefined {
  for (let region = from; region >= 0; ) {
    const fact = file.facts.regions[region];
    if (!fact) return undefined;
    const owner = fact.kind === 'body' ? file.facts.functions[fact.function]?.class : undefined;
    if (owner !== undefined) return owner;
    region = fact.parent;
  }
  return undefined;
}

/** Repositories by the key of their entity. */
const repositoriesByEntity = defineView((project): ReadonlyMap<string, readonly Repository[]> => {
  const table = new Map<string, Repository[]>();
  for (const file of programFiles(project)) for (const repository of repositoriesOf(project, file)) addTo(table, repository.entity, repository);
  return table;
});

/** The repository that keeps what a query is about, of the same package or one that it depends on, and with the same library. */
export function findRepositoryFor(project: Project, { file, model, library }: Pick<Query, 'file' | 'model' | 'library'>): Repository | undefined {
  if (model === undefined) return undefined;
  const found = repositoriesByEntity(project).get(entityKey(model)) ?? [];
  return found.find((each) => isReachable(file.package, each.file.package) && (each.libraries.size === 0 || each.libraries.has(library)));
}

function isReachable(from: PackageUnit, to: PackageUnit): boolean {
  return from === to || (to.name !== undefined && from.dependencies.has(to.name));
}
