import type { Model } from '../../schema/model.ts';

/** Models by the ways in which code names them. */
export interface ModelIndex {
  readonly models: readonly Model[];
  /** Models of a library that go by a name: a client's member, a class, a constant. */
  named(library: string, name: string): readonly Model[];
  /** The model that a relation leads to. */
  related(model: Model, property: string): Model | undefined;
  /** By the declaring call or class: `path#value`, `path#class`. */
  readonly byValue: ReadonlyMap<string, Model>;
  readonly byClass: ReadonlyMap<string, Model>;
  readonly byTable: ReadonlyMap<string, readonly Model[]>;
  /** Which of the tables of a statement a column without a qualifier belongs to. */
  ownersOf(tables: readonly string[], column: string): readonly string[];
}

export function indexModels(models: readonly Model[]): ModelIndex {
  const byName = new Map<string, Model[]>();
  const byValue = new Map<string, Model>();
  const byClass = new Map<string, Model>();
  const byTable = new Map<string, Model[]>();
  const put = (map: Map<string, Model[]>, key: string, model: Model): void => {
    const list = map.get(key);
    if (list) list.push(model);
    else map.set(key, [model]);
  };
  for (const model of models) {
    put(byName, `${model.library} ${model.name}`, model);
    // Prisma's client has `userAccount` for the model `UserAccount`.
    if (model.library === 'prisma') put(byName, `prisma ${model.name.charAt(0).toLowerCase()}${model.name.slice(1)}`, model);
    if (model.value !== undefined) byValue.set(`${model.path}#${model.value}`, model);
    if (model.class !== undefined) byClass.set(`${model.path}#${model.class}`, model);
    put(byTable, model.table.toLowerCase(), model);
  }
  const named = (library: string, name: string): readonly Model[] => byName.get(`${library} ${name}`) ?? [];
  return {
    models,
    byValue,
    byClass,
    byTable,
    named,
    ownersOf(tables, column) {
      if (tables.length <= 1) return tables;
      const declared = tables.map((table) => ({ table, models: byTable.get(table.toLowerCase()) ?? [] }));
      const has = ({ columns }: Model): boolean => columns.some((each) => each.column.toLowerCase() === column.toLowerCase());
      const having = declared.filter(({ models: own }) => own.some(has));
      return (having.length > 0 ? having : declared.filter(({ models: own }) => own.length === 0)).map(({ table }) => table);
    },
    related(model, property) {
      const relation = model.relations.find((each) => each.property === property);
      const [first, ...others] = relation ? named(model.library, relation.target) : [];
      return [first, ...others].find((each) => each?.path === (relation?.path ?? model.path)) ?? first;
    },
  };
}
