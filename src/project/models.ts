import type { ClassId, ValueId } from '../facts/types.ts';
import { readDrizzleRelations, readDrizzleTables, withRelations } from '../schema/drizzle-tables.ts';
import { readEntityClasses } from '../schema/entity-classes.ts';
import type { ModelConventions, ModelSource, SourceClass } from '../schema/model-source.ts';
import type { Model, ModelDialect, ModelRelation } from '../schema/model.ts';
import { readPrismaModels } from '../schema/prisma-schema.ts';
import { readSequelizeModels } from '../schema/sequelize-models.ts';
import { definitionOf } from './definitions.ts';
import { evaluate, superOf } from './evaluate.ts';
import { addTo } from './grouping.ts';
import { returnsOf } from './linker.ts';
import { stepsOf, type External } from './origins.ts';
import { defineView, type Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** Roles whose files declare no table of the running program. */
const LEFT_OUT = new Set(['test', 'migration', 'seed', 'generated', 'declaration', 'example']);
const LIBRARIES = /^(?:drizzle-orm|typeorm|sequelize|sequelize-typescript|@sequelize\/core|@mikro-orm\/[\w-]+)(?:\/|$)/;

/** Tables as the code declares them: Prisma schemas, Drizzle tables, entities of TypeORM and MikroORM, Sequelize models. */
export const modelsOf = defineView((project): readonly Model[] => {
  const sources = new Map<SourceFile, ModelSource>();
  const files = [...project.files.values()].filter((file) => !LEFT_OUT.has(file.role) && usesLibrary(project, file));
  const conventions = conventionsOf(files);
  const inCode = files.flatMap((file) => {
    const source = sourceOf(project, file, sources);
    return [...readDrizzleTables(source, conventions), ...readEntityClasses(source, conventions), ...readSequelizeModels(source, conventions)];
  });
  const found = [...prismaModels(project), ...joinRelations(inCode, files.flatMap((file) => readDrizzleRelations(sourceOf(project, file, sources))))];
  return found.map((model) => (model.dialect ? model : withDialect(project, model)));
});

const byFile = defineView((project): ReadonlyMap<string, readonly Model[]> => {
  const found = new Map<string, Model[]>();
  // What a model takes from another file is told of there.
  for (const model of modelsOf(project)) {
    const paths = new Set([model.path, ...[...model.foreignKeys, ...model.indexes, ...model.columns].map(({ path }) => path)]);
    for (const path of paths) addTo(found, path, model);
  }
  return found;
});

/** The models that a file declares in whole or in part. */
export function modelsIn(project: Project, path: string): readonly Model[] {
  return byFile(project).get(path) ?? [];
}

/** Drivers of the databases; a package that has those of several may use either. */
const DRIVERS: readonly (readonly [ModelDialect, RegExp])[] = [
  ['postgres', /^(?:pg|postgres|pg-native|@neondatabase\/serverless)$/],
  ['mysql', /^(?:mysql2?|mariadb)$/],
  ['sqlite', /^(?:sqlite3|better-sqlite3|@libsql\/client|sql\.js)$/],
  ['mssql', /^(?:mssql|tedious)$/],
];

/** Entities and models of Sequelize do not say which database they are for: the driver beside the library does. */
function withDialect(project: Project, model: Model): Model {
  const folder = packageFolder(project, model.path);
  const installed = [folder, ''].map((each) => driversOf(project, each)).find((drivers) => drivers.length > 0) ?? [];
  const dialects = installed.filter((dialect) => dialect !== 'sqlite' || installed.length === 1);
  const [dialect] = dialects;
  if (dialect === undefined || dialects.length > 1) return model;
  return { ...model, dialect, ...(dialect === 'mysql' ? { indexesForeignKeys: true as const } : {}) };
}

function driversOf(project: Project, folder: string): readonly ModelDialect[] {
  const names = [...(project.packages.find((unit) => unit.folder === folder)?.dependencies.keys() ?? [])];
  return DRIVERS.flatMap(([dialect, pattern]) => (names.some((name) => pattern.test(name)) ? [dialect] : []));
}

function prismaModels(project: Project): Model[] {
  const files = project.loaded.others('prisma').map(({ path }) => ({ path, text: project.loaded.textOf(path) ?? '' }));
  const folders = new Map<string, typeof files>();
  // A schema may be spread over the files of a folder; each of several schemas of a project has a package of its own.
  for (const file of files) addTo(folders, packageFolder(project, file.path), file);
  return [...folders.values()].flatMap(readPrismaModels);
}

function packageFolder(project: Project, path: string): string {
  const around = project.packages.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
  return around.reduce((deepest, { folder }) => (folder.length > deepest.length ? folder : deepest), '');
}

/** Files that import an ORM, and those that import what another file made of it (`createTable`, a shared `define`). */
function usesLibrary(project: Project, file: SourceFile): boolean {
  return file.facts.imports.some(({ source }) => {
    if (LIBRARIES.test(source)) return true;
    const target = project.linker.resolve(file, source);
    return target !== undefined && 'file' in target && target.file.facts.imports.some((inner) => LIBRARIES.test(inner.source));
  });
}

function conventionsOf(files: readonly SourceFile[]): ModelConventions {
  let casing: ModelConventions['casing'];
  let snakeNames = false;
  let underscored = false;
  for (const { facts } of files) {
    for (const fact of facts.values) {
      if (fact.kind === 'new') {
        const callee = facts.values[fact.callee];
        const name = callee?.kind === 'name' ? facts.bindings[callee.binding]?.name : undefined;
        if (name !== undefined && /Snake\w*NamingStrategy/.test(name)) snakeNames = true;
      }
      if (fact.kind !== 'object') continue;
      for (const { key, value } of fact.properties) {
        const literal = facts.values[value];
        if (literal?.kind !== 'literal') continue;
        if (key === 'casing' && (literal.value === 'snake_case' || literal.value === 'camelCase')) casing = literal.value;
        // Of all models when it stands under `define` of the connection's options.
        if (key === 'underscored' && literal.value === true && facts.values.some((outer) => outer.kind === 'object' && outer.properties.some((each) => each.key === 'define' && facts.values[each.value] === fact))) underscored = true;
      }
    }
  }
  return { ...(casing ? { casing } : {}), snakeNames, underscored };
}

function sourceOf(project: Project, file: SourceFile, known: Map<SourceFile, ModelSource>): ModelSource {
  const before = known.get(file);
  if (before) return before;
  const { linker } = project;
  const inFile = (other: SourceFile): ModelSource => sourceOf(project, other, known);
  const classNamed = (value: ValueId): SourceClass | undefined => {
    const origin = evaluate(linker, file, value).find((each) => each.kind === 'class');
    return origin?.kind === 'class' ? { source: inFile(origin.file), class: origin.class } : undefined;
  };
  const source: ModelSource = {
    path: file.path,
    facts: file.facts,
    originOf(value) {
      const origin = evaluate(linker, file, value).find((each) => each.kind === 'external');
      return origin?.kind === 'external' ? spell(origin) : undefined;
    },
    definitionOf(value) {
      const found = definitionOf(linker, { file, value });
      return { source: inFile(found.file), value: found.value };
    },
    textOf(value) {
      const origin = evaluate(linker, file, value).find((each) => each.kind === 'literal' && typeof each.value === 'string');
      return origin?.kind === 'literal' && typeof origin.value === 'string' ? origin.value : undefined;
    },
    classOf: classNamed,
    baseOf(id: ClassId) {
      const origin = superOf(linker, { file, class: id }).find((each) => each.kind === 'instance');
      return origin?.kind === 'instance' ? { source: inFile(origin.file), class: origin.class } : undefined;
    },
    returnsOf(value) {
      const definition = definitionOf(linker, { file, value });
      const fact = definition.file.facts.values[definition.value];
      if (fact?.kind !== 'function') return [];
      return returnsOf(definition.file.facts, fact.function).map((each) => ({ source: inFile(definition.file), value: each }));
    },
  };
  known.set(file, source);
  return source;
}

function spell(origin: External): string {
  const steps = stepsOf(origin).map((step) => (step.kind === 'get' ? ` ${step.name}` : step.kind === 'call' || step.kind === 'new' ? '()' : ''));
  return `${origin.module}${steps.join('')}`;
}

function joinRelations(models: readonly Model[], declared: ReturnType<typeof readDrizzleRelations>): Model[] {
  const byTable = new Map(models.flatMap((model) => (model.value === undefined ? [] : [[`${model.path}#${model.value}`, model] as const])));
  const added = new Map<Model, ModelRelation[]>();
  for (const { table, property, target } of declared) {
    const from = byTable.get(`${table.source.path}#${table.value}`);
    const to = byTable.get(`${target.source.path}#${target.value}`);
    if (from && to) addTo(added, from, { property, target: to.name, path: to.path });
  }
  return models.map((model) => withRelations(model, added.get(model) ?? []));
}
