import { newTable } from '../replay/tables.ts';
import {
  descendantsOf, findIndex, findSequence, findTable, findView, indexesOf, keyOf,
  type ReplayedIndex, type ReplayedSchema, type ReplayedSequence, type ReplayedTable, type ReplayedView,
} from '../replayed-schema.ts';
import type { QualifiedName, QueryUse } from '../statements.ts';
import { isStronger, type Effects, type LockMode } from './lock-modes.ts';

export type Relation = ReplayedTable | ReplayedIndex | ReplayedView | ReplayedSequence;

/** Gathers what one statement does. Relations that the statement itself makes are never handed to it. */
export interface Collector {
  readonly schema: ReplayedSchema;
  readonly version: number;
  lock(relation: Relation | undefined, mode: LockMode): void;
  rewrite(relation: Relation): void;
  scan(table: ReplayedTable): void;
  /** Locks all that a query reads, through views. */
  lockReads(query: QueryUse, mode: LockMode): void;
}

export function collectEffects(schema: ReplayedSchema, version: number, run: (collector: Collector) => void): Effects {
  const locks = new Map<string, LockMode>();
  const rewrites = new Set<string>();
  const scans = new Set<string>();
  const collector: Collector = {
    schema,
    version,
    lock(relation, mode) {
      if (!relation) return;
      const name = relationName(relation);
      const held = locks.get(name);
      if (held === undefined || isStronger(mode, held)) locks.set(name, mode);
    },
    rewrite: (relation) => void rewrites.add(relationName(relation)),
    scan: (table) => { if (hasRows(table)) scans.add(relationName(table)); },
    lockReads: (query, mode) => { for (const name of query.reads) collector.lock(findRelation(schema, name), mode); },
  };
  run(collector);
  return {
    locks: [...locks].map(([relation, mode]) => ({ relation, mode })).sort((a, b) => compare(a.relation, b.relation)),
    rewrites: [...rewrites].sort(compare),
    scans: [...scans].sort(compare),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A partitioned table has no rows of its own. */
function hasRows(table: ReplayedTable): boolean {
  return !table.partitioned;
}

/** `schema.name` as the server keeps it. */
export function relationName(relation: Relation): string {
  const temporary = 'temporary' in relation ? relation.temporary : relation.table.temporary;
  return `${temporary ? 'pg_temp' : (relation.name.schema ?? 'public')}.${relation.name.name}`;
}

/** Whatever bears the name. A table that no migration made was there before. */
export function findRelation(schema: ReplayedSchema, name: QualifiedName): Relation | undefined {
  const known = findTable(schema, name) ?? findView(schema, name) ?? findIndex(schema, name) ?? findSequence(schema, name);
  if (known || schema.dropped.has(keyOf(schema, name)) || isCatalogue(name)) return known;
  return unseenTable(schema, name);
}

/** The table of a statement; undefined where `IF EXISTS` found none. */
export function findTarget(schema: ReplayedSchema, name: QualifiedName, ifExists = false): ReplayedTable | undefined {
  const known = findTable(schema, name);
  if (known || ifExists || schema.dropped.has(keyOf(schema, name)) || isCatalogue(name)) return known;
  return unseenTable(schema, name);
}

function unseenTable(schema: ReplayedSchema, name: QualifiedName): ReplayedTable {
  return newTable(name.schema === undefined && schema.defaultSchema !== 'public' ? { ...name, schema: schema.defaultSchema } : name);
}

function isCatalogue({ schema, name }: QualifiedName): boolean {
  return schema === 'pg_catalog' || schema === 'information_schema' || (schema === undefined && name.startsWith('pg_'));
}

/** The table and all below it. */
export function treeOf(schema: ReplayedSchema, table: ReplayedTable): ReplayedTable[] {
  return [table, ...descendantsOf(schema, table)];
}

/** The tables with rows: itself, or its partitions and children. */
export function leavesOf(schema: ReplayedSchema, table: ReplayedTable): ReplayedTable[] {
  return treeOf(schema, table).filter((one) => !one.partitioned);
}

/** A new file for the table and each index. */
export function rewriteTable(collector: Collector, table: ReplayedTable): void {
  if (table.partitioned) return;
  collector.scan(table);
  for (const relation of [table, ...indexesOf(collector.schema, table)]) {
    collector.lock(relation, 'AccessExclusiveLock');
    collector.rewrite(relation);
  }
}

/** What the planner locks with a table: its indexes as well; those of partitioned tables from PostgreSQL 16 on. */
export function lockPlanned(collector: Collector, table: ReplayedTable, mode: LockMode): void {
  collector.lock(table, mode);
  if (table.partitioned && collector.version < 16) return;
  for (const index of indexesOf(collector.schema, table)) collector.lock(index, mode);
}

export function hasColumnOfType(table: ReplayedTable, { schema = 'public', name }: QualifiedName): boolean {
  return [...table.columns.values()].some(({ type }) => type?.name === name && (type.schema ?? 'public') === schema);
}
