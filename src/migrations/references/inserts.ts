import type { ValueId } from '../../facts/types.ts';
import { definitionOf } from '../../project/definitions.ts';
import { modelsOf } from '../../project/models.ts';
import type { Site } from '../../project/origins.ts';
import type { Project } from '../../project/project.ts';
import { queries, type Query } from '../../project/queries.ts';
import type { Model } from '../../schema/model.ts';
import { isRunning } from './column-uses.ts';
import { indexModels } from './model-index.ts';
import { placed, type ColumnTarget, type Reference } from './references.ts';

/** Calls that insert, and where among their arguments the rows are. */
const INSERTS: Readonly<Record<string, ReadonlyMap<string, readonly string[]>>> = {
  prisma: new Map([['create', ['data']], ['createMany', ['data']], ['createManyAndReturn', ['data']], ['upsert', ['create']]]),
  drizzle: new Map([['values', []]]),
  sequelize: new Map([['create', []], ['bulkCreate', []]]),
  typeorm: new Map([['insert', []], ['save', []]]),
};

/** Places that insert rows without giving a nullable column a value: they fail from the moment that it is NOT NULL. */
export function findInsertsWithout(project: Project, { table, column }: ColumnTarget): readonly Reference[] {
  if (column === undefined) return [];
  const models = modelsOf(project).filter((model) => model.table.toLowerCase() === table.toLowerCase());
  const index = indexModels(models);
  return queries(project).flatMap((query) => {
    if (!isRunning(query.file) || query.operation !== 'write' || query.model === undefined) return [];
    return index.named(query.library, query.model).flatMap((model) => {
      const properties = model.columns.filter((each) => each.column.toLowerCase() === column.toLowerCase());
      // What the client or the database fills in is no business of the insert, and types hold it to what the model requires.
      if (properties.length === 0 || properties.some(({ filled, nullable }) => filled || !nullable)) return [];
      const names = new Set(properties.map(({ property }) => property));
      const isWithout = rowsOf(project, query).some((row) => leavesOut(row, names, model));
      const { start, end, file, code } = query;
      return isWithout ? [placed(project, { path: file.path, start, end, kind: 'query', text: code })] : [];
    });
  });
}

function rowsOf(project: Project, query: Query): Site[] {
  const { file, chain } = query;
  return chain.flatMap(({ name, args }) => {
    const keys = INSERTS[query.library]?.get(name);
    const [first] = args;
    if (!keys || first === undefined) return [];
    const rows = keys.reduce<Site[]>((sites, key) => sites.flatMap((site) => propertyAt(project, site, key)), [{ file, value: first }]);
    return rows.flatMap((site) => itemsOf(project, site));
  });
}

function propertyAt(project: Project, site: Site, key: string): Site[] {
  const { file, value } = definitionOf(project.linker, site);
  const fact = file.facts.values[value];
  const found = fact?.kind === 'object' ? fact.properties.find((property) => property.key === key) : undefined;
  return found ? [{ file, value: found.value }] : [];
}

function itemsOf(project: Project, site: Site): Site[] {
  const { file, value } = definitionOf(project.linker, site);
  const fact = file.facts.values[value];
  return fact?.kind === 'array' ? fact.items.map((item: ValueId) => definitionOf(project.linker, { file, value: item })) : [{ file, value }];
}

/** Only a literal whose keys are all written there is known to leave something out. */
function leavesOut({ file, value }: Site, names: ReadonlySet<string>, model: Model): boolean {
  const fact = file.facts.values[value];
  if (fact?.kind !== 'object' || fact.properties.some(({ spread, key }) => spread || key === undefined)) return false;
  const keys = fact.properties.map(({ key }) => key ?? '');
  // A key may be given through its relation: `author: { connect: … }`.
  if (keys.some((key) => names.has(key) || model.relations.some(({ property }) => property === key))) return false;
  return keys.length > 0;
}
