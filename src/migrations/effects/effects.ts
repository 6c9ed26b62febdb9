import type { ReplayedSchema } from '../replayed-schema.ts';
import type { OfKind, Statement } from '../statements.ts';
import { alterTableEffects } from './alter-effects.ts';
import { attachedEffects, commentEffects, functionEffects, grantEffects, publicationEffects } from './attached-effects.ts';
import { collectEffects, type Collector } from './collector.ts';
import { createTableEffects, createViewEffects } from './create-effects.ts';
import { dataEffects, queryEffects } from './data-effects.ts';
import { dropEffects } from './drop-effects.ts';
import { createIndexEffects, reindexEffects } from './index-effects.ts';
import { NO_EFFECTS, type Effects } from './lock-modes.ts';
import { analyzeEffects, clusterEffects, lockEffects, refreshEffects, vacuumEffects } from './maintenance-effects.ts';
import { moveEffects, renameEffects } from './rename-effects.ts';
import { domainEffects, sequenceEffects } from './type-effects.ts';

export { isStronger, LOCK_MODES, NO_EFFECTS, type Effects, type LockMode, type RelationLock } from './lock-modes.ts';

type Effect<K extends Statement['kind']> = (statement: OfKind<Statement, K>, collector: Collector) => void;

/** By kind of statement; what is missing here touches no relation: transactions, settings, types, schemas, roles. */
const EFFECTS: { readonly [K in Statement['kind']]?: Effect<K> } = {
  createTable: createTableEffects,
  alterTable: alterTableEffects,
  rename: renameEffects,
  setSchema: moveEffects,
  drop: dropEffects,
  createIndex: createIndexEffects,
  createView: createViewEffects,
  update: dataEffects,
  delete: dataEffects,
  insert: dataEffects,
  merge: dataEffects,
  truncate: dataEffects,
  copy: dataEffects,
  select: ({ query, how }, collector) => queryEffects(query, collector, [], how),
  lock: lockEffects,
  vacuum: vacuumEffects,
  analyze: analyzeEffects,
  cluster: clusterEffects,
  refresh: refreshEffects,
  reindex: reindexEffects,
  createTrigger: attachedEffects,
  createPolicy: attachedEffects,
  alterPolicy: attachedEffects,
  createRule: attachedEffects,
  createStatistics: attachedEffects,
  createFunction: functionEffects,
  comment: commentEffects,
  grant: grantEffects,
  revoke: grantEffects,
  owner: grantEffects,
  createSequence: sequenceEffects,
  alterSequence: sequenceEffects,
  alterDomain: domainEffects,
  createPublication: publicationEffects,
  alterPublication: publicationEffects,
};

/** What a statement locks, rewrites and scans on a PostgreSQL server of a major version, given the schema before it. */
export function effectsOf(statement: Statement, schemaBefore: ReplayedSchema, version: number): Effects {
  const effect = EFFECTS[statement.kind] as Effect<Statement['kind']> | undefined;
  return effect ? collectEffects(schemaBefore, version, (collector) => effect(statement, collector)) : NO_EFFECTS;
}
