import { programIndex } from '../../project/calls.ts';
import { modelsOf } from '../../project/models.ts';
import type { Model } from '../../schema/model.ts';
import { defineView } from '../../project/project.ts';
import { queries, type Query } from '../../project/queries.ts';
import { sqlTextOf } from '../../project/sql-text.ts';
import type { SourceFile } from '../../project/types.ts';
import type { ValueId } from '../../facts/types.ts';
import { collectAliasedStrings, collectBuilderStrings } from './builder-strings.ts';
import { indexModels, type ModelIndex } from './model-index.ts';
import { walkKeys, type KeyWalk } from './model-keys.ts';
import { collectTypedObjects, collectDecoratorKeys } from './typed-keys.ts';
import { looksLikeSql, namesOfSql } from './sql-columns.ts';
import { collectAssignments, collectDrizzleKeys, collectTableMembers, selectsEveryColumn } from './table-members.ts';
import { createUseCollector, type Use, type UseCollector, type UseTable } from './use-table.ts';

/** Roles of the files that a running release consists of. */
const RUNNING = new Set(['source', 'script']);

export function isRunning(file: SourceFile): boolean {
  return RUNNING.has(file.role);
}

/** Files of the running program. */
export const runningFiles = defineView((project): readonly SourceFile[] => [...project.files.values()].filter(isRunning));

/** Every place of the running program that needs a column or a table; one index for all questions. */
export const columnUses = defineView((project): UseTable => {
  programIndex(project.linker);
  const uses = createUseCollector();
  const models = indexModels(modelsOf(project));
  collectModels(models, uses);
  const walk: KeyWalk = { project, models, uses, seen: new Set() };
  for (const query of queries(project)) if (isRunning(query.file)) collectQuery(walk, query);
  collectDecoratorKeys(walk);
  const propertiesWhere = (fits: (model: Model) => boolean): ReadonlySet<string> =>
    new Set(models.models.filter(fits).flatMap(({ columns }) => columns.map(({ property }) => property)));
  const inTables = propertiesWhere(({ library }) => library === 'drizzle');
  const inClasses = propertiesWhere((model) => model.class !== undefined);
  const hasPrisma = models.models.some(({ library }) => library === 'prisma');
  for (const file of runningFiles(project)) {
    if (inTables.size > 0) collectTableMembers(project, file, models, inTables, uses);
    if (inClasses.size > 0) collectAssignments(project, file, models, inClasses, uses);
    if (hasPrisma) collectTypedObjects(walk, file);
    collectSql(walk, file);
  }
  return uses.table;
});

function collectModels({ models }: ModelIndex, uses: UseCollector): void {
  for (const model of models) {
    const schema = model.schema === undefined ? {} : { schema: model.schema };
    const { path, start, end } = model;
    uses.addTable(model.table, { path, start, end, kind: 'model', text: model.name, ...schema });
    for (const column of model.columns) {
      const text = `${model.name}.${column.property}`;
      uses.addColumn(model.table, column.column, { path: column.path, start: column.start, end: column.end, kind: 'model', text, ...schema });
    }
  }
}

function collectQuery(walk: KeyWalk, query: Query): void {
  const { file, start, end, code } = query;
  if (query.library === 'knex' || query.library === 'kysely') return collectBuilderStrings(walk.project, query, walk.models, walk.uses);
  for (const model of query.model === undefined ? [] : walk.models.named(query.library, query.model)) {
    const schema = model.schema === undefined ? {} : { schema: model.schema };
    walk.uses.addTable(model.table, { path: file.path, start, end, kind: 'query', text: code, ...schema });
    if (selectsEveryColumn(query)) walk.uses.addSelectAll(model.table, { path: file.path, start, end, kind: 'selectAll', text: code, ...schema });
    if (query.library === 'drizzle') collectDrizzleKeys(walk, query, model);
    else for (const value of argumentsOf(query)) walkKeys(walk, { file, value }, model, code);
    if (query.library === 'typeorm') collectAliasedStrings(query, walk.models, model, walk.uses);
  }
}

function argumentsOf(query: Query): readonly ValueId[] {
  const fact = query.file.facts.values[query.head];
  return fact?.kind === 'call' ? fact.args : [];
}

/** Texts of SQL anywhere in a file: what drivers are handed comes as constants, templates and tagged templates. */
function collectSql({ project, models, uses }: KeyWalk, file: SourceFile): void {
  const { values } = file.facts;
  const inner = new Set<ValueId>();
  for (let id = values.length - 1; id >= 0; id -= 1) {
    const fact = values[id];
    if (!fact || inner.has(id)) continue;
    const head = fact.kind === 'literal' ? fact.value : fact.kind === 'template' || fact.kind === 'tagged' ? fact.quasis.join('?') : undefined;
    const isSum = fact.kind === 'binary' && fact.operator === '+';
    if (isSum) markInner(file, id, inner);
    const text = isSum ? sqlTextOf(project.linker, file, id) : head;
    if (typeof text !== 'string') continue;
    if (!looksLikeSql(text)) {
      collectFragment({ models, uses }, { path: file.path, start: fact.start, end: fact.end, text: shortened(text) }, text);
      continue;
    }
    const full = fact.kind === 'literal' || isSum ? text : (sqlTextOf(project.linker, file, id) ?? text);
    const names = namesOfSql(full);
    const use = { path: file.path, start: fact.start, end: fact.end, text: shortened(full) };
    for (const table of names.tables) uses.addTable(table, { ...use, kind: names.parsed ? 'sql' : 'mentions', word: table });
    for (const table of names.everyColumnOf) uses.addSelectAll(table, { ...use, kind: 'selectAll' });
    for (const { column, tables, qualifier } of names.columns) {
      for (const table of models.ownersOf(tables, column)) uses.addColumn(table, column, { ...use, kind: names.parsed ? 'sql' : 'mentions', word: column, ...(qualifier === undefined ? {} : { qualifier }) });
    }
  }
}

/** A piece of SQL: `"Order"."total" > 0`. Only what is quoted and of a known table counts; prose has dots, too. */
function collectFragment({ models, uses }: Pick<KeyWalk, 'models' | 'uses'>, place: Omit<Use, 'kind'>, text: string): void {
  if (!text.includes('"."')) return;
  for (const [, qualifier = '', column = ''] of text.matchAll(/"(\w+)"\."(\w+)"/g)) {
    for (const { table } of models.byTable.get(qualifier.toLowerCase()) ?? []) uses.addColumn(table, column, { ...place, kind: 'mentions', qualifier, word: column });
  }
}

function markInner(file: SourceFile, id: ValueId, inner: Set<ValueId>): void {
  const fact = file.facts.values[id];
  if (fact?.kind !== 'binary') return;
  for (const side of [fact.left, fact.right]) {
    inner.add(side);
    markInner(file, side, inner);
  }
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
