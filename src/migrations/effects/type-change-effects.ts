import { classifyTypeChange } from '../column-types.ts';
import { isConstrainedDomain } from '../replay/constraints.ts';
import { findDomain, referencesTo, type ReplayedIndex, type ReplayedTable } from '../replayed-schema.ts';
import type { AlterCommand, ColumnType, OfKind } from '../statements.ts';
import { rewriteTable, type Collector } from './collector.ts';
import { indexesOn } from './column-effects.ts';
import type { CommandScope } from './command-scope.ts';
import { validateReference } from './constraint-effects.ts';

const UTC = /^(?:utc|gmt|etc\/utc|etc\/gmt|z|zulu|universal|etc\/universal|etc\/zulu|0|\+0+|-0+)$/i;

/** `ALTER COLUMN … TYPE`: indexes, checks and foreign keys on the column are made anew, with or without the rows being written. */
export function setTypeEffects(command: OfKind<AlterCommand, 'setType'>, { table, collector }: CommandScope): void {
  const { column, type } = command;
  const from = table.columns.get(column)?.type;
  const rewrites = command.using === 'expression' || isRewriting(collector, from, type);
  if (rewrites) rewriteTable(collector, table);
  else for (const index of indexesOn(collector, table, column)) remakeIndex(index, command, table, collector);
  const checks = [...table.constraints.values()].filter((one) => one.kind === 'check' && one.columns.includes(column));
  if (checks.some((check) => check.valid && check.enforced)) collector.scan(table);
  remakeReferences(column, table, rewrites, collector);
}

/** Rows are written unless the old bytes are good as they are. */
function isRewriting({ schema }: Collector, from: ColumnType | undefined, to: ColumnType): boolean {
  if (!from || isConstrainedDomain(schema, to)) return true;
  const change = classifyTypeChange(baseOf(from, schema), baseOf(to, schema));
  return change === 'rewriteUnlessUtc' ? !UTC.test(schema.settings.get('timezone') ?? '') : change === 'rewrite';
}

function baseOf(type: ColumnType, schema: Collector['schema']): ColumnType {
  const domain = findDomain(schema, type);
  return domain && type.dimensions === 0 ? baseOf(domain.type, schema) : type;
}

/** The file of an index is taken over where order and content stay; not that of an index below a partitioned table's. */
function remakeIndex(index: ReplayedIndex, { collation }: OfKind<AlterCommand, 'setType'>, table: ReplayedTable, collector: Collector): void {
  collector.lock(index, 'AccessExclusiveLock');
  const isKept = !collation && index.parent === undefined && (index.expressionColumns ?? []).length === 0 && index.partial !== true;
  if (isKept || table.partitioned) return;
  collector.rewrite(index);
  collector.scan(table);
}

function remakeReferences(column: string, table: ReplayedTable, rewrites: boolean, collector: Collector): void {
  const mode = 'AccessExclusiveLock';
  for (const { columns, references } of table.constraints.values()) {
    if (!references || !columns.includes(column)) continue;
    validateReference(collector, table, references.table, { mode, checked: rewrites, depends: false, columns: references.columns });
  }
  for (const { table: other, constraint } of referencesTo(collector.schema, table)) {
    if (!constraint.references?.columns.includes(column)) continue;
    collector.lock(other, mode);
    validateReference(collector, other, table, { mode, checked: rewrites, depends: false, columns: constraint.references.columns });
  }
}
