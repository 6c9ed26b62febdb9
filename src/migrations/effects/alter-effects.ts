import {
  findIndex, findSequence, findTable, findView, indexesOf, type ReplayedIndex, type ReplayedSequence, type ReplayedTable, type ReplayedView,
} from '../replayed-schema.ts';
import type { AlterCommand, AlterCommandKind, AlterTableStatement, ConstraintDefinition, OfKind } from '../statements.ts';
import { findTarget, rewriteTable, treeOf, type Collector } from './collector.ts';
import { addColumnEffects, dropColumnEffects, identityEffects, setDefaultEffects, setExpressionEffects, setNotNullEffects } from './column-effects.ts';
import {
  addConstraintEffects, alterConstraintEffects, constraintIndexed, constraintMode, dropConstraintEffects, validateEffects,
} from './constraint-effects.ts';
import type { CommandScope } from './command-scope.ts';
import { isStronger, type LockMode } from './lock-modes.ts';
import { attachEffects, attachIndexEffects, detachEffects } from './partition-effects.ts';
import { setTypeEffects } from './type-change-effects.ts';

/** Where a command is applied: to the table alone, to its partitions too, or to all that inherits. */
type Reach = 'self' | 'partitions' | 'children';

interface CommandEffect<K extends AlterCommandKind> {
  readonly mode: LockMode | ((command: OfKind<AlterCommand, K>) => LockMode);
  readonly reach: Reach | ((command: OfKind<AlterCommand, K>, collector: Collector) => Reach);
  /** Where partitions are locked otherwise than the table that is named. */
  readonly below?: (command: OfKind<AlterCommand, K>, collector: Collector) => LockMode | undefined;
  /** What it does besides locking, once per table that it reaches. */
  readonly act?: (command: OfKind<AlterCommand, K>, scope: CommandScope) => void;
}

/** Commands of other databases are left out. */
type CommandEffects = { readonly [K in AlterCommandKind]?: CommandEffect<K> };

const AX = 'AccessExclusiveLock';
const SRX = 'ShareRowExclusiveLock';
const SUX = 'ShareUpdateExclusiveLock';
const self = { mode: AX, reach: 'self' } as const;
const everyone = { mode: AX, reach: 'children' } as const;

/** Storage parameters that take effect under a lock that lets others write. */
const LIGHT_OPTIONS = /^(?:fillfactor|toast_tuple_target|parallel_workers|vacuum_.*|autovacuum_.*|log_autovacuum_.*|n_distinct.*|deduplicate_items)$/;
const IDENTITY_REACH = (_: AlterCommand, { version }: Collector): Reach => (version >= 17 ? 'partitions' : 'self');

/**
 * What each command of an ALTER TABLE locks, as measured (tests/migrations/locks) and as AlterTableGetLockLevel of the server has it.
 * The statement takes the strongest of its commands' modes.
 */
const COMMANDS: CommandEffects = {
  addColumn: { ...everyone, act: addColumnEffects },
  dropColumn: { ...everyone, act: dropColumnEffects },
  setType: { ...everyone, act: setTypeEffects },
  setNotNull: { ...everyone, act: setNotNullEffects },
  dropNotNull: everyone,
  setDefault: { ...everyone, act: setDefaultEffects },
  dropDefault: everyone,
  dropExpression: everyone,
  setExpression: { ...everyone, act: setExpressionEffects },
  addIdentity: { mode: AX, reach: IDENTITY_REACH },
  setIdentity: { mode: AX, reach: IDENTITY_REACH, act: identityEffects },
  dropIdentity: { mode: AX, reach: IDENTITY_REACH, act: identityEffects },
  setStatistics: { mode: SUX, reach: 'children' },
  setStorage: everyone,
  setCompression: self,
  setColumnOptions: { mode: SUX, reach: 'self' },
  resetColumnOptions: { mode: SUX, reach: 'self' },
  addConstraint: {
    mode: ({ constraint }) => constraintMode(constraint),
    reach: ({ constraint }, { version }) => constraintReach(constraint, version),
    // Up to PostgreSQL 17 the partitions of a new unique constraint only got an index.
    below: ({ constraint }, { version }) => (version < 18 && constraintIndexed(constraint) ? 'ShareLock' : undefined),
    act: addConstraintEffects,
  },
  validateConstraint: { mode: SUX, reach: 'children', act: validateEffects },
  dropConstraint: { ...everyone, act: dropConstraintEffects },
  alterConstraint: { mode: AX, reach: 'partitions', act: alterConstraintEffects },
  attachPartition: { mode: SUX, reach: 'self', act: attachEffects },
  detachPartition: { mode: ({ concurrently, finalize }) => (concurrently || finalize ? SUX : AX), reach: 'self', act: detachEffects },
  setOptions: { mode: optionsMode, reach: 'self' },
  resetOptions: { mode: optionsMode, reach: 'self' },
  setLogged: { ...self, act: (_, scope) => persistenceEffects(false, scope) },
  setUnlogged: { ...self, act: (_, scope) => persistenceEffects(true, scope) },
  setAccessMethod: { ...self, act: ({ name }, { table, collector }) => { if (name !== 'heap') rewriteTable(collector, table); } },
  setTablespace: { ...self, act: ({ name }, { table, collector }) => { if (name !== 'pg_default') collector.rewrite(table); } },
  setOwner: { ...self, act: ownerEffects },
  replicaIdentity: {
    ...self,
    act: ({ index }, { table, collector }) => {
      if (index !== undefined) collector.lock(findIndex(collector.schema, { ...table.name, name: index }), 'ShareLock');
    },
  },
  enableTrigger: { mode: SRX, reach: 'partitions' },
  disableTrigger: { mode: SRX, reach: 'partitions' },
  enableRule: self,
  disableRule: self,
  enableRowSecurity: self,
  disableRowSecurity: self,
  forceRowSecurity: self,
  noForceRowSecurity: self,
  inherit: { ...self, act: ({ parent }, { collector }) => collector.lock(findTarget(collector.schema, parent), SUX) },
  noInherit: { ...self, act: ({ parent }, { collector }) => collector.lock(findTarget(collector.schema, parent), 'AccessShareLock') },
  ofType: self,
  notOf: self,
  setWithoutOids: self,
  setWithoutCluster: { mode: SUX, reach: 'self' },
  clusterOn: {
    mode: SUX,
    reach: 'self',
    act: ({ index }, { table, collector }) => collector.lock(findIndex(collector.schema, { ...table.name, name: index }), SUX),
  },
};

/** Children that a NO INHERIT constraint does not concern are locked from PostgreSQL 18 on. */
function constraintReach({ kind, noInherit }: ConstraintDefinition, version: number): Reach {
  if (kind !== 'check' && kind !== 'notNull') return 'partitions';
  return noInherit && version < 18 ? 'self' : 'children';
}

function effectOf({ kind }: AlterCommand): CommandEffect<AlterCommandKind> {
  return (COMMANDS[kind] ?? self) as CommandEffect<AlterCommandKind>;
}

export function alterTableEffects(statement: AlterTableStatement, collector: Collector): void {
  const { schema } = collector;
  const other = findTable(schema, statement.table) ? undefined : otherRelation(statement, collector);
  if (other) return alterOther(statement, collector, other);
  if (statement.object === 'type') return typedTables(statement, collector);
  const root = findTarget(schema, statement.table, statement.ifExists);
  if (!root) return;
  const mode = strongest(statement.commands.map(modeOf));
  collector.lock(root, mode);
  for (const command of statement.commands) {
    const effect = effectOf(command);
    const reach = typeof effect.reach === 'function' ? effect.reach(command as never, collector) : effect.reach;
    for (const table of reached(collector, root, statement.only === true ? 'self' : reach)) {
      collector.lock(table, table === root ? mode : (effect.below?.(command as never, collector) ?? mode));
      effect.act?.(command as never, { table, root, statement, collector });
    }
  }
}

function modeOf(command: AlterCommand): LockMode {
  const { mode } = effectOf(command);
  return typeof mode === 'function' ? mode(command as never) : mode;
}

function strongest(modes: readonly LockMode[]): LockMode {
  return modes.reduce((best, mode) => (isStronger(mode, best) ? mode : best), 'AccessShareLock');
}

function reached({ schema }: Collector, root: ReplayedTable, reach: Reach): ReplayedTable[] {
  if (reach === 'self' || (reach === 'partitions' && !root.partitioned)) return [root];
  return treeOf(schema, root);
}

type OtherRelation = ReplayedIndex | ReplayedView | ReplayedSequence;

/** Views, sequences and indexes under ALTER TABLE or their own words. */
function otherRelation({ table }: AlterTableStatement, { schema }: Collector): OtherRelation | undefined {
  return findIndex(schema, table) ?? findView(schema, table) ?? findSequence(schema, table);
}

function alterOther({ commands }: AlterTableStatement, collector: Collector, relation: OtherRelation): void {
  for (const command of commands) {
    if ('keyCount' in relation && command.kind === 'attachPartition') attachIndexEffects(relation, command, collector);
    else collector.lock(relation, modeOf(command));
  }
}

/** `ALTER TYPE … CASCADE` changes the tables that are of the type. */
function typedTables({ table: type, commands }: AlterTableStatement, collector: Collector): void {
  if (commands.length === 0) return;
  for (const table of collector.schema.tables.values()) {
    if (table.ofType?.name === type.name && (table.ofType.schema ?? 'public') === (type.schema ?? 'public')) collector.lock(table, AX);
  }
}

function optionsMode({ options }: { readonly options: readonly string[] }): LockMode {
  return options.every((option) => LIGHT_OPTIONS.test(option)) ? SUX : AX;
}

function persistenceEffects(unlogged: boolean, { table, collector }: CommandScope): void {
  if ((table.unlogged === true) === unlogged) return;
  rewriteTable(collector, table);
  for (const sequence of collector.schema.sequences.values()) {
    if (sequence.ownedBy?.table !== table) continue;
    collector.lock(sequence, AX);
    collector.rewrite(sequence);
  }
}

/** The present owner (`CURRENT_USER` in a migration) stays what it is. */
function ownerEffects({ name }: { readonly name?: string }, { table, collector }: CommandScope): void {
  if (name === undefined) return;
  for (const index of indexesOf(collector.schema, table)) collector.lock(index, AX);
  for (const sequence of collector.schema.sequences.values()) if (sequence.ownedBy?.table === table) collector.lock(sequence, AX);
}
