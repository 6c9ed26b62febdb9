import { isConstrainedDomain } from '../replay/constraints.ts';
import {
  dependentViews, findSequence, findTable, indexesOf, referencesTo, type ReplayedIndex, type ReplayedSchema, type ReplayedSequence,
  type ReplayedTable,
} from '../replayed-schema.ts';
import type { AlterCommand, ColumnDefinition, DefaultValue, OfKind } from '../statements.ts';
import { rewriteTable, type Collector } from './collector.ts';
import type { CommandScope } from './command-scope.ts';
import { validateReference } from './constraint-effects.ts';

type Command<K extends AlterCommand['kind']> = OfKind<AlterCommand, K>;

export function addColumnEffects({ column, ifNotExists }: Command<'addColumn'>, { table, root, collector }: CommandScope): void {
  if (ifNotExists && table.columns.has(column.name)) return;
  const { schema } = collector;
  const fillsRows = column.default !== undefined && isVolatile(column.default, schema);
  lockSequencesOf(column.default, collector, fillsRows ? 'RowExclusiveLock' : 'AccessShareLock');
  if (needsRewrite(column, collector)) rewriteTable(collector, table);
  const hasValue = column.default !== undefined && !column.default.isNull;
  // The first row makes it fail.
  if (column.notNull && !hasValue && column.generated === undefined) collector.scan(table);
  for (const constraint of column.constraints) {
    if (constraint.kind === 'check' && !constraint.notValid && constraint.notEnforced !== true) collector.scan(table);
    if (constraint.kind === 'unique' || constraint.kind === 'primaryKey' || constraint.kind === 'exclude') collector.scan(table);
    if (constraint.kind !== 'foreignKey' || !constraint.references || table !== root) continue;
    const parent = findTable(schema, constraint.references);
    const columns = constraint.referencedColumns ?? [];
    const reference = { mode: 'ShareRowExclusiveLock', checked: column.default !== undefined, readsParent: hasValue, depends: true, columns } as const;
    if (parent) validateReference(collector, table, parent, reference);
  }
}

/** Every row gets a value of its own, or has to be looked at. A constant is kept in the catalogue instead. */
function needsRewrite(column: ColumnDefinition, { schema }: Collector): boolean {
  if (column.generated === 'stored' || column.identity || column.type?.serial) return true;
  if (column.generated === 'virtual') return false;
  if (column.default && isVolatile(column.default, schema)) return true;
  return isConstrainedDomain(schema, column.type);
}

/** A function of the history is volatile unless it says otherwise; of one that nobody here knows nothing is claimed. */
function isVolatile({ volatility, calls = [] }: DefaultValue, { functions }: ReplayedSchema): boolean {
  if (volatility !== 'unknown') return volatility === 'volatile';
  return calls.some((name) => functions.get(name) === 'volatile');
}

/** `nextval('…')` in a default. A default that is only stored depends on the sequence, which is locked for that from PostgreSQL 18 on. */
export function lockSequencesOf(value: DefaultValue | undefined, collector: Collector, mode: 'RowExclusiveLock' | 'AccessShareLock'): void {
  if (!value?.calls?.includes('nextval') || (mode === 'AccessShareLock' && collector.version < 18)) return;
  collector.lock(sequenceOf(value, collector), mode);
}

function sequenceOf(value: DefaultValue, { schema }: Collector): ReplayedSequence | undefined {
  const path = /nextval\s*\(\s*'([^']+)'/i.exec(value.expression?.text ?? '')?.[1]?.split('.').map((part) => part.replaceAll('"', ''));
  const name = path?.at(-1);
  if (name === undefined) return undefined;
  const owner = path && path.length > 1 ? path[0] : undefined;
  return findSequence(schema, owner === undefined ? { name } : { schema: owner, name });
}

export function setDefaultEffects({ default: value }: Command<'setDefault'>, { collector }: CommandScope): void {
  lockSequencesOf(value, collector, 'AccessShareLock');
}

/** Without the scan where a valid CHECK proves it that this very statement does not drop. */
export function setNotNullEffects({ column }: Command<'setNotNull'>, { table, statement, collector }: CommandScope): void {
  if (table.columns.get(column)?.notNull === true || isProvenNotNull(table, column, statement.commands)) return;
  collector.scan(table);
}

export function isProvenNotNull(table: ReplayedTable, column: string, commands: readonly AlterCommand[]): boolean {
  const dropped = new Set(commands.flatMap((command) => (command.kind === 'dropConstraint' ? [command.constraint] : [])));
  return [...table.checks].some(([name, check]) => check.valid && check.provesNotNull.includes(column) && !dropped.has(name));
}

export function setExpressionEffects({ column }: Command<'setExpression'>, { table, collector }: CommandScope): void {
  if (table.columns.get(column)?.generated === 'stored') rewriteTable(collector, table);
}

export function identityEffects({ kind, column, options = [] }: Command<'setIdentity' | 'dropIdentity'>, { table, collector }: CommandScope): void {
  for (const sequence of collector.schema.sequences.values()) {
    if (sequence.ownedBy?.table !== table || sequence.ownedBy.column !== column) continue;
    collector.lock(sequence, kind === 'dropIdentity' ? 'AccessExclusiveLock' : 'ShareRowExclusiveLock');
    if (kind === 'setIdentity' && options.some((option) => option !== 'generated')) collector.rewrite(sequence);
  }
}

/** Indexes, sequences and foreign keys go with the column; with CASCADE what others have on it too. */
export function dropColumnEffects({ column, cascade }: Command<'dropColumn'>, { table, collector }: CommandScope): void {
  const { schema } = collector;
  if (!table.columns.has(column)) return;
  for (const index of indexesOn(collector, table, column)) collector.lock(index, 'AccessExclusiveLock');
  for (const constraint of table.constraints.values()) {
    if (constraint.references && constraint.columns.includes(column)) collector.lock(constraint.references.table, 'AccessExclusiveLock');
  }
  for (const sequence of schema.sequences.values()) {
    if (sequence.ownedBy?.table === table && sequence.ownedBy.column === column) collector.lock(sequence, 'AccessExclusiveLock');
  }
  if (!cascade) return;
  for (const { table: other, constraint } of referencesTo(schema, table)) {
    if (constraint.references?.columns.includes(column)) collector.lock(other, 'AccessExclusiveLock');
  }
  for (const view of dependentViews(schema, table)) if (!('columns' in view)) collector.lock(view, 'AccessExclusiveLock');
}

/** Indexes that read a column in a key, an expression or a condition. */
export function indexesOn({ schema }: Collector, table: ReplayedTable, column: string): ReplayedIndex[] {
  return indexesOf(schema, table).filter((index) =>
    [...index.columns, ...(index.expressionColumns ?? []), ...(index.whereColumns ?? [])].includes(column),
  );
}
