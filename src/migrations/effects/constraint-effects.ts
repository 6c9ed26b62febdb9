import { primaryKeyOf, sameColumns } from '../replay/constraints.ts';
import {
  findIndex, findTable, indexesOf, referencesTo, type ReplayedIndex, type ReplayedTable,
} from '../replayed-schema.ts';
import type { AlterCommand, ConstraintDefinition, OfKind } from '../statements.ts';
import { leavesOf, treeOf, type Collector } from './collector.ts';
import { isProvenNotNull } from './column-effects.ts';
import type { CommandScope } from './command-scope.ts';
import type { LockMode } from './lock-modes.ts';

type Command<K extends AlterCommand['kind']> = OfKind<AlterCommand, K>;

export function constraintMode({ kind }: ConstraintDefinition): LockMode {
  return kind === 'foreignKey' ? 'ShareRowExclusiveLock' : 'AccessExclusiveLock';
}

/** Kinds that an index upholds. */
export function constraintIndexed({ kind }: ConstraintDefinition): boolean {
  return kind === 'unique' || kind === 'primaryKey' || kind === 'exclude';
}

export function addConstraintEffects({ constraint }: Command<'addConstraint'>, scope: CommandScope): void {
  const { table, root, collector, statement } = scope;
  const { kind, notValid, notEnforced } = constraint;
  if (kind === 'foreignKey') {
    if (table === root) addForeignKeyEffects(constraint, scope);
    return;
  }
  if (constraint.usingIndex !== undefined) return useIndexEffects(constraint, scope);
  if (kind === 'check' || kind === 'notNull') {
    const concerned = table === root || !constraint.noInherit;
    const isKnown = kind === 'notNull' && constraint.columns.every((column) => table.columns.get(column)?.notNull || isProvenNotNull(table, column, []));
    if (concerned && !notValid && !notEnforced && !isKnown) collector.scan(table);
    return;
  }
  // Its index is built from all rows. Partitions were locked as for a plain index before PostgreSQL 18.
  collector.scan(table);
  const freed = freedIndex(constraint, table, statement.commands);
  if (freed) collector.rewrite(freed);
}

/** An index that the same statement drops and makes again under its generated name. */
function freedIndex({ kind, name, columns }: ConstraintDefinition, table: ReplayedTable, commands: readonly AlterCommand[]): ReplayedIndex | undefined {
  const made = name ?? (kind === 'primaryKey' ? `${table.name.name}_pkey` : `${table.name.name}_${columns.join('_')}_key`);
  const isDropped = commands.some((command) => command.kind === 'dropConstraint' && command.constraint === made);
  return isDropped ? table.constraints.get(made)?.index : undefined;
}

function useIndexEffects({ name, usingIndex = '', kind }: ConstraintDefinition, { table, collector, statement }: CommandScope): void {
  const index = findIndex(collector.schema, { ...table.name, name: usingIndex });
  // It gets the name of the constraint.
  collector.lock(index, name === undefined || name === usingIndex ? 'AccessShareLock' : 'ShareUpdateExclusiveLock');
  if (kind !== 'primaryKey' || !index) return;
  const nullable = index.columns.slice(0, index.keyCount).some((column) => {
    const known = column === null ? undefined : table.columns.get(column);
    return column !== null && known?.notNull !== true && !isProvenNotNull(table, column, statement.commands);
  });
  if (nullable) collector.scan(table);
}

function addForeignKeyEffects(constraint: ConstraintDefinition, { table, collector }: CommandScope): void {
  const parent = constraint.references && (findTable(collector.schema, constraint.references) ?? undefined);
  const checked = !constraint.notValid && constraint.notEnforced !== true;
  if (!parent) {
    if (checked) for (const leaf of leavesOf(collector.schema, table)) collector.scan(leaf);
    return;
  }
  validateReference(collector, table, parent, { mode: 'ShareRowExclusiveLock', checked, depends: true, columns: constraint.referencedColumns ?? [] });
}

export interface Reference {
  /** What the referenced table is locked with. */
  readonly mode: LockMode;
  /** Rows are compared: both tables are read. */
  readonly checked: boolean;
  /** The new constraint depends on the index of the referenced columns, which is locked for that from PostgreSQL 18 on. */
  readonly depends: boolean;
  /** Referenced columns; none means the primary key. */
  readonly columns: readonly string[];
  /** False where no row can refer to anything: the referenced rows are not even looked for. */
  readonly readsParent?: boolean;
}

/** What a foreign key from `table` to `parent` does to both. */
export function validateReference(collector: Collector, table: ReplayedTable, parent: ReplayedTable, reference: Reference): void {
  const { schema, version } = collector;
  for (const one of treeOf(schema, parent)) if (one === parent || one.partitionOf) collector.lock(one, reference.mode);
  if (reference.depends && version >= 18) collector.lock(keyIndex(parent, reference.columns), 'AccessShareLock');
  if (!reference.checked) return;
  // The comparing query goes to the partitioned parent as a whole, to each partition of the other side by itself.
  if (parent.partitioned && version >= 16) for (const index of indexesOf(schema, parent)) collector.lock(index, 'AccessShareLock');
  for (const read of [...leavesOf(schema, table), ...leavesOf(schema, parent).filter((one) => one === parent || one.partitionOf)]) {
    if (read === table || read.partitionOf || reference.readsParent !== false) collector.scan(read);
    for (const index of indexesOf(schema, read)) collector.lock(index, 'AccessShareLock');
  }
}

/** The unique index that a foreign key leans on. */
export function keyIndex(parent: ReplayedTable, columns: readonly string[]): ReplayedIndex | undefined {
  const wanted = columns.length > 0 ? columns : primaryKeyOf(parent);
  return [...parent.constraints.values()].find(({ index, columns: own }) => index?.unique && sameColumns(own, wanted))?.index;
}

export function validateEffects({ constraint: name }: Command<'validateConstraint'>, { table, root, collector }: CommandScope): void {
  const constraint = table.constraints.get(name);
  if (constraint?.valid) return;
  if (!constraint?.references) return collector.scan(table);
  if (table !== root) return;
  const { table: parent, columns } = constraint.references;
  validateReference(collector, table, parent, { mode: 'RowShareLock', checked: true, depends: false, columns });
}

/** Enforcing a foreign key or ceasing to adds or removes triggers on both sides; the first reads all rows. */
export function alterConstraintEffects({ constraint: name, changes, notEnforced }: Command<'alterConstraint'>, { table, root, collector }: CommandScope): void {
  const reference = table.constraints.get(name)?.references;
  if (!reference || table !== root || !changes.includes('enforceability')) return;
  const { table: parent, columns } = reference;
  validateReference(collector, table, parent, { mode: 'AccessExclusiveLock', checked: notEnforced !== true, depends: false, columns });
}

export function dropConstraintEffects({ constraint: name, cascade }: Command<'dropConstraint'>, { table, collector }: CommandScope): void {
  const constraint = table.constraints.get(name);
  if (!constraint) return;
  const { schema } = collector;
  if (constraint.references) for (const one of treeOf(schema, constraint.references.table)) collector.lock(one, 'AccessExclusiveLock');
  if (!constraint.index) return;
  collector.lock(constraint.index, 'AccessExclusiveLock');
  if (!cascade) return;
  for (const { table: other, constraint: own } of referencesTo(schema, table)) {
    if (sameColumns(own.references?.columns ?? [], constraint.columns)) collector.lock(other, 'AccessExclusiveLock');
  }
}
