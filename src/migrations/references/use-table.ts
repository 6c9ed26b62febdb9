import type { Span } from '../../facts/types.ts';
import type { Model } from '../../schema/model.ts';

/**
 * How code needs a column or table. `model`: declares it. `key`: names it in an argument of a query. `member`: `users.email` of a
 * Drizzle table. `builder`: a string of a query builder. `sql`: SQL text that the parser understood; `mentions`: SQL text that names
 * the table and has the word. `selectAll`: selects every column. `query`: a query on the table.
 */
export type UseKind = 'model' | 'key' | 'member' | 'builder' | 'sql' | 'mentions' | 'selectAll' | 'query';

/** A place in code that needs a column or table. */
export interface Use extends Span {
  readonly path: string;
  readonly kind: UseKind;
  /** What stands there, e.g. `prisma.user.findMany`. */
  readonly text: string;
  /** Schema of the table, where the code says one. */
  readonly schema?: string;
  /** Word to look for between `start` and `end`, where only the text around it is known. */
  readonly word?: string;
  /** What stands before the word, where it is not certain which of several places is meant. */
  readonly qualifier?: string;
}

/** Uses by column and by table. Tables and columns are told apart without regard to case: code and database spell them differently. */
export interface UseTable {
  readonly byColumn: ReadonlyMap<string, readonly Use[]>;
  readonly byTable: ReadonlyMap<string, readonly Use[]>;
  /** Queries that select every column of a table. */
  readonly selectAll: ReadonlyMap<string, readonly Use[]>;
}

export interface UseCollector {
  readonly table: UseTable;
  addColumn(table: string, column: string, use: Use): void;
  /** A property of a model; false when the model has none of that name. */
  addProperty(model: Model, property: string, use: Omit<Use, 'schema'>): boolean;
  addTable(table: string, use: Use): void;
  addSelectAll(table: string, use: Use): void;
}

export function columnKey(table: string, column: string): string {
  return `${table}.${column}`.toLowerCase();
}

export function createUseCollector(): UseCollector {
  const byColumn = new Map<string, Use[]>();
  const byTable = new Map<string, Use[]>();
  const selectAll = new Map<string, Use[]>();
  const seen = new Map<Map<string, Use[]>, Set<string>>([byColumn, byTable, selectAll].map((map) => [map, new Set()]));
  const put = (map: Map<string, Use[]>, key: string, use: Use): void => {
    const place = `${key} ${use.path}#${use.start} ${use.qualifier ?? ''}.${use.word ?? ''}`;
    const known = seen.get(map);
    if (known?.has(place)) return;
    known?.add(place);
    const list = map.get(key);
    if (list) list.push(use);
    else map.set(key, [use]);
  };
  const addColumn = (table: string, column: string, use: Use): void => put(byColumn, columnKey(table, column), use);
  return {
    table: { byColumn, byTable, selectAll },
    addColumn,
    addProperty(model, property, use) {
      const found = propertiesOf(model).get(property);
      for (const column of found ?? []) addColumn(model.table, column, model.schema === undefined ? use : { ...use, schema: model.schema });
      return found !== undefined;
    },
    addTable: (table, use) => put(byTable, table.toLowerCase(), use),
    addSelectAll: (table, use) => put(selectAll, table.toLowerCase(), use),
  };
}

const columnTables = new WeakMap<Model, ReadonlyMap<string, readonly string[]>>();

/** Columns of a model by property: several where a relation and its key are declared apart. */
export function propertiesOf(model: Model): ReadonlyMap<string, readonly string[]> {
  let known = columnTables.get(model);
  if (!known) {
    const built = new Map<string, string[]>();
    for (const { property, column } of model.columns) built.set(property, [...(built.get(property) ?? []), column]);
    columnTables.set(model, built);
    known = built;
  }
  return known;
}
