import { formatName } from '../column-types.ts';
import { isFresh, type Hazard, type HazardContext } from '../hazards.ts';
import { findTable, keyOf } from '../replayed-schema.ts';
import type { QualifiedName, Statement } from '../statements.ts';
import { existingTable } from './existing-table.ts';
import { writtenRelation } from './held-locks.ts';

/** Partitions that are attached, created or detached while their table is in use. */
export function findPartitionHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind === 'createTable' && statement.partitionOf) return judgeCreation(statement, statement.partitionOf, context);
  if (statement.kind !== 'alterTable' || statement.object !== 'table' || !existingTable(statement.table, context)) return [];
  return statement.commands.flatMap((command): Hazard[] => {
    const { start, end } = command;
    const data = { table: formatName(statement.table) };
    if (command.kind === 'attachPartition') {
      const partition = formatName(command.partition);
      const attached = isScanned(command.partition, context) && !isFresh(findTable(context.schema, command.partition), context);
      const found = scannedDefault(statement.table, command.partition, context);
      const check = `\`ALTER TABLE ${partition} ADD CHECK (…) NOT VALID;\` with the bounds, \`VALIDATE CONSTRAINT\`, then attach`;
      return [
        ...(attached ? [{ kind: 'attachScans' as const, start, end, data: { ...data, partition, remedy: `First ${check}; drop the check afterwards.` } }] : []),
        ...(found === undefined ? [] : [defaultHazard({ start, end }, data.table, found)]),
      ];
    }
    if (command.kind !== 'detachPartition' || command.concurrently || command.finalize) return [];
    const partition = formatName(command.partition);
    const remedy = `Outside of a transaction, \`ALTER TABLE ${data.table} DETACH PARTITION ${partition} CONCURRENTLY;\` lets queries go on (PostgreSQL 14, no default partition).`;
    const isFree = !context.scope && context.outline.count === 1 && context.sqlStart !== undefined && context.version >= 14;
    return [{ kind: 'detachPartition', start, end, data: { ...data, partition, remedy }, ...(isFree ? { fix: { start: end, end, text: ' CONCURRENTLY' } } : {}) }];
  });
}

function judgeCreation(statement: Extract<Statement, { kind: 'createTable' }>, parent: QualifiedName, context: HazardContext): Hazard[] {
  if (!existingTable(parent, context)) return [];
  const found = scannedDefault(parent, statement.table, context);
  return found === undefined ? [] : [defaultHazard(statement, formatName(parent), found)];
}

/** The default partition that is searched for rows which belong into the new one. */
function scannedDefault(parent: QualifiedName, added: QualifiedName, { schema, effects }: HazardContext): string | undefined {
  const own = new Set([keyOf(schema, parent), keyOf(schema, added)]);
  return effects.scans.find((relation) => !own.has(relation));
}

function defaultHazard({ start, end }: { readonly start: number; readonly end: number }, table: string, partition: string): Hazard {
  const remedy =
    'Give the default partition a validated CHECK that excludes the new bounds first (`ADD CHECK … NOT VALID`, then `VALIDATE CONSTRAINT`); then it is not read.';
  return { kind: 'defaultPartitionScans', start, end, data: { table, partition: writtenRelation(partition), remedy } };
}

function isScanned(name: QualifiedName, { schema, effects }: HazardContext): boolean {
  return effects.scans.includes(keyOf(schema, name));
}
