import { formatName } from '../column-types.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import { keyOf } from '../replayed-schema.ts';
import type { DataStatement, QualifiedName, Statement } from '../statements.ts';
import { existingTable } from './existing-table.ts';
import { lockedBefore } from './held-locks.ts';
import { writtenRelation } from './held-locks.ts';

/** Ways to narrow a write that keep it short. */
const SHORT: ReadonlySet<string> = new Set(['key', 'range', 'limited']);

const WRITES: Readonly<Record<string, string>> = { update: 'UPDATE', delete: 'DELETE', insert: 'INSERT … SELECT' };

/** Writes to rows that are there already: long ones, and those that run while DDL keeps readers out. */
export function findDataHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind === 'truncate') return judgeTruncate(statement, context);
  const { start, end } = statement;
  const long = longTable(statement, context);
  const what = WRITES[statement.kind];
  if (!long || what === undefined) return [];
  const data = { what, table: formatName(long) };
  const held = lockedBefore(context);
  if (held) {
    // The first write shows where to split the migration; those behind it move along.
    if (context.earlier.some((done, i) => longTable(done.statement, context) && lockedBefore({ ...context, earlier: context.earlier.slice(0, i) }))) return [];
    const remedy = `Put the writes from here on into a migration of their own, or into a job that works in batches, so that the lock on \`${held.table}\` is let go first.`;
    return [{ kind: 'backfillAfterDdl', start, end, data: { ...data, locked: held.table, remedy } }];
  }
  // Rows that match a condition may be few; which, only the data says.
  if ((statement.kind !== 'update' && statement.kind !== 'delete') || statement.filtered) return [];
  const remedy = `Go through the key in batches, each in a transaction of its own: \`${what === 'UPDATE' ? 'UPDATE … SET …' : 'DELETE FROM …'} WHERE id > … AND id <= …\`.`;
  return [{ kind: 'unbatchedWrite', start, end, data: { ...data, remedy } }];
}

/** The existing table that a statement goes through from beginning to end, as far as the text shows; undefined for short ones. */
function longTable(statement: Statement, context: HazardContext): QualifiedName | undefined {
  if (statement.kind !== 'update' && statement.kind !== 'delete' && statement.kind !== 'insert') return undefined;
  const { kind, tables, narrowing, query } = statement;
  if (kind === 'insert') return query?.reads.find((name) => existingTable(name, context));
  if (narrowing !== undefined && SHORT.has(narrowing)) return undefined;
  return tables.find((name) => existingTable(name, context));
}

function judgeTruncate({ start, end, tables, cascade }: DataStatement, context: HazardContext): Hazard[] {
  const existing = tables.filter((name) => existingTable(name, context));
  const [first] = existing;
  if (!first || !cascade) return [];
  const named = new Set(existing.map((name) => keyOf(context.schema, name)));
  const others = context.effects.locks.filter(({ relation, mode }) => mode === 'AccessExclusiveLock' && !named.has(relation) && isTable(relation, context));
  const also = others.length > 0 ? `Known to refer to it: ${others.slice(0, 5).map(({ relation }) => `\`${writtenRelation(relation)}\``).join(', ')}. ` : '';
  const remedy = `${also}Name the tables that are meant and leave \`CASCADE\` out.`;
  return [{ kind: 'truncateCascade', start, end, data: { table: existing.map(formatName).join(', '), remedy } }];
}

function isTable(relation: string, { schema }: HazardContext): boolean {
  return schema.tables.has(relation);
}
