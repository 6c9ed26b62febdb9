import { childrenOf, indexesOf, keyIn, keyOf, type ReplayedIndex, type ReplayedSchema, type ReplayedTable } from '../replayed-schema.ts';
import type { CreateIndexStatement } from '../statements.ts';
import { generatedName, isRelationTaken } from './generated-names.ts';

export type IndexShape = Omit<ReplayedIndex, 'name' | 'table' | 'parent' | 'createdIn'>;

/** Applies a CREATE INDEX to the table it means. */
export function createIndex(schema: ReplayedSchema, table: ReplayedTable, statement: CreateIndexStatement, file: string): void {
  if (statement.ifNotExists && statement.name !== undefined && isRelationTaken(schema, table.name, statement.name)) return;
  const words = statement.columns.map((column, i) => column ?? statement.keys?.[i]?.named ?? 'expr');
  const shape: IndexShape = {
    columns: [...statement.columns, ...statement.included],
    keyCount: statement.columns.length,
    unique: statement.unique,
    method: statement.method,
    ...(statement.partial ? { partial: true } : {}),
    ...(statement.whereColumns ? { whereColumns: statement.whereColumns } : {}),
    expressionColumns: (statement.keys ?? []).flatMap((key) => (key.expression ? key.reads : [])),
    ...(statement.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
  };
  const name = statement.name ?? indexName(schema, table, numbered(words), 'idx');
  addIndex(schema, table, name, shape, file, { words: numbered(words), label: 'idx', only: statement.only });
}

interface ChildNaming {
  readonly words: readonly string[];
  readonly label: string;
  /** `ON ONLY`: partitions get none. */
  readonly only?: boolean;
}

/** Adds an index and, on a partitioned table, those of its partitions; one that fits is taken instead. */
export function addIndex(
  schema: ReplayedSchema,
  table: ReplayedTable,
  name: string,
  shape: IndexShape,
  file: string,
  naming: ChildNaming,
  parent?: ReplayedIndex,
): ReplayedIndex {
  const index: ReplayedIndex = { ...shape, name: { ...table.name, name }, table, createdIn: file, ...(parent ? { parent } : {}) };
  const key = table.temporary ? `pg_temp.${name}` : keyOf(schema, index.name);
  schema.indexes.set(key, index);
  schema.dropped.delete(key);
  if (!table.partitioned || naming.only === true) return index;
  for (const child of childrenOf(schema, table)) giveIndex(schema, child, index, file, naming);
  return index;
}

/** An index of a partition for one of the table above it. */
export function giveIndex(schema: ReplayedSchema, child: ReplayedTable, index: ReplayedIndex, file: string, naming: ChildNaming): ReplayedIndex {
  const fitting = indexesOf(schema, child).find((own) => own.parent === undefined && isSameShape(own, index));
  if (fitting) {
    fitting.parent = index;
    return fitting;
  }
  const { name: _, table: __, parent: ___, createdIn: ____, ...shape } = index;
  return addIndex(schema, child, indexName(schema, child, naming.words, naming.label), shape, file, naming, index);
}

export function indexName(schema: ReplayedSchema, table: ReplayedTable, words: readonly string[], label: string): string {
  return generatedName(table.name.name, words, label, (name) => isRelationTaken(schema, table.name, name));
}

function isSameShape(a: ReplayedIndex, b: ReplayedIndex): boolean {
  return a.unique === b.unique && a.method === b.method && a.partial === b.partial && a.columns.join('\0') === b.columns.join('\0');
}

/** Columns of one name are numbered: `expr`, `expr1`. */
function numbered(words: readonly string[]): string[] {
  const used = new Set<string>();
  return words.map((word) => {
    let name = word;
    for (let i = 1; used.has(name); i += 1) name = `${word}${i}`;
    used.add(name);
    return name;
  });
}

export function removeIndex(schema: ReplayedSchema, index: ReplayedIndex): void {
  for (const child of [...schema.indexes.values()].filter(({ parent }) => parent === index)) removeIndex(schema, child);
  const key = keyIn(schema.indexes, index);
  schema.indexes.delete(key);
  schema.dropped.add(key);
}
