import { defineView } from '../project/project.ts';
import type { Model, ModelForeignKey, ModelIndex } from '../schema/model.ts';
import { schemasAfter } from './analyze.ts';
import { migrationsOf } from './project-migrations.ts';
import type { Project } from '../project/project.ts';
import type { ReplayedIndex, ReplayedTable } from './replayed-schema.ts';

/** An index of the database, whoever declares it. */
type TableIndex = Pick<ModelIndex, 'kind' | 'columns' | 'partial' | 'plain'>;

/** Indexes and keys that the migrations leave on the tables of a project, by the table's name in lower case. */
const migratedIndexes = defineView((project): ReadonlyMap<string, readonly TableIndex[]> => {
  const found = new Map<string, TableIndex[]>();
  const add = (table: ReplayedTable, index: TableIndex): void => {
    const key = table.name.name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), index]);
  };
  for (const schema of schemasAfter(migrationsOf(project))) {
    for (const index of schema.indexes.values()) add(index.table, indexOf(index));
    for (const table of schema.tables.values()) {
      for (const { kind, columns } of table.constraints.values()) {
        if (kind === 'primaryKey' || kind === 'unique') add(table, { kind: kind === 'unique' ? 'unique' : 'primary', columns, partial: false, plain: true });
      }
    }
  }
  return found;
});

function indexOf({ columns, keyCount, unique, method, partial }: ReplayedIndex): TableIndex {
  return { kind: unique ? 'unique' : 'index', columns: columns.slice(0, keyCount), partial: partial === true, plain: method === 'btree' };
}

/** Whether some index begins with a column of a foreign key. Partial ones are often of all rows that have a value; they count. */
export function isForeignKeyIndexed(project: Project, model: Model, { columns }: ModelForeignKey): boolean {
  if (model.indexes.some((index) => leadsWith(index, columns))) return true;
  return (migratedIndexes(project).get(model.table.toLowerCase()) ?? []).some((index) => leadsWith(index, columns));
}

/** What could not be read might be any column. */
function leadsWith({ columns: [first] }: TableIndex, columns: readonly string[]): boolean {
  return first === null || columns.some((column) => column.toLowerCase() === first?.toLowerCase());
}
