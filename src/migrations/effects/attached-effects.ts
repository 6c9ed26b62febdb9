import { findIndex, findSequence, findTable, findView } from '../replayed-schema.ts';
import type { AttachStatement, CommentStatement, FunctionStatement, PrivilegeStatement, PublicationStatement, QueryUse } from '../statements.ts';
import { findRelation, findTarget, treeOf, type Collector } from './collector.ts';
import type { LockMode } from './lock-modes.ts';

const MODES: Readonly<Record<AttachStatement['kind'], LockMode>> = {
  createTrigger: 'ShareRowExclusiveLock',
  createPolicy: 'AccessExclusiveLock',
  alterPolicy: 'AccessExclusiveLock',
  createRule: 'AccessExclusiveLock',
  createStatistics: 'ShareUpdateExclusiveLock',
};

export function attachedEffects(statement: AttachStatement, collector: Collector): void {
  const { kind, table: name, from, query } = statement;
  const { schema } = collector;
  const relation = findTable(schema, name) ?? findView(schema, name) ?? findTarget(schema, name);
  const isSpread = kind === 'createTrigger' && statement.rowLevel && relation && 'columns' in relation && relation.partitioned;
  for (const one of isSpread ? treeOf(schema, relation) : [relation]) collector.lock(one, MODES[kind]);
  if (from) collector.lock(findTarget(schema, from), 'AccessShareLock');
  if (query) lockUses(query, collector);
}

/** An SQL body is read through when the function is made. */
export function functionEffects({ query }: FunctionStatement, collector: Collector): void {
  if (query) lockUses(query, collector);
}

function lockUses(query: QueryUse, collector: Collector): void {
  collector.lockReads(query, 'AccessShareLock');
  for (const written of query.writes) collector.lock(findRelation(collector.schema, written), 'RowExclusiveLock');
}

const OWN: ReadonlySet<string> = new Set(['table', 'column', 'index', 'view', 'matview', 'sequence', 'foreign_table']);

export function commentEffects({ object, target }: CommentStatement, collector: Collector): void {
  if (target) collector.lock(findRelation(collector.schema, target), OWN.has(object) ? 'ShareUpdateExclusiveLock' : 'AccessShareLock');
}

/** From PostgreSQL 18 on the tables that are named are locked against being dropped meanwhile. */
export function grantEffects({ kind, object, targets }: PrivilegeStatement, collector: Collector): void {
  const { schema, version } = collector;
  if (kind === 'owner' || version < 18) return;
  if (object === 'table') for (const target of targets) collector.lock(findRelation(schema, target), 'AccessShareLock');
  if (object === 'sequence') for (const target of targets) collector.lock(findSequence(schema, target) ?? findIndex(schema, target), 'AccessShareLock');
}

export function publicationEffects({ tables }: PublicationStatement, collector: Collector): void {
  for (const name of tables) {
    const table = findTarget(collector.schema, name);
    if (table) for (const one of table.partitioned ? [table] : treeOf(collector.schema, table)) collector.lock(one, 'ShareUpdateExclusiveLock');
  }
}
