import { childrenOf, type ReplayedSchema, type ReplayedTable } from '../replayed-schema.ts';
import type { DataStatement, PartitionBound } from '../statements.ts';
import { treeOf } from './collector.ts';

/** Partitions that the rows of an INSERT go to, with the partitioned ones between; all where the rows do not tell. */
export function partitionsFor(table: ReplayedTable, statement: DataStatement, schema: ReplayedSchema): ReplayedTable[] {
  const all = treeOf(schema, table).slice(1);
  const { columns = [...table.columns.keys()], values, rows } = statement;
  const [key] = table.partitionKey ?? [];
  const at = key === null || key === undefined || table.partitionKey?.length !== 1 ? -1 : columns.indexOf(key);
  if (!values || values.length !== rows || at === -1) return all;
  const reached = new Set<ReplayedTable>();
  for (const row of values) {
    const partition = partitionOf(row[at] ?? null, childrenOf(schema, table));
    if (!partition) return all;
    reached.add(partition);
  }
  return [...reached].flatMap((partition) => [partition, ...(partition.partitioned ? partitionsFor(partition, statement, schema) : [])]);
}

function partitionOf(value: string | null, partitions: readonly ReplayedTable[]): ReplayedTable | undefined {
  if (value === null) return undefined;
  const fitting = partitions.find(({ partitionBound: bound }) => bound && !bound.isDefault && holds(bound, value));
  return fitting ?? partitions.find(({ partitionBound: bound }) => bound?.isDefault);
}

function holds(bound: PartitionBound, value: string): boolean {
  if (bound.strategy === 'list') return bound.from.includes(value);
  if (bound.strategy !== 'range') return false;
  const [from, to] = [bound.from[0] ?? '', bound.to[0] ?? ''];
  return (from === 'MINVALUE' || !isBefore(value, from)) && (to === 'MAXVALUE' || isBefore(value, to));
}

/** Numbers by value; dates as they are written. */
function isBefore(a: string, b: string): boolean {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? a < b : x < y;
}
