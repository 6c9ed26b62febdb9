import type { ReplayedTable } from '../replayed-schema.ts';
import type { PartitionBound } from '../statements.ts';

/** Columns of the partition key. */
export function boundColumns(table: ReplayedTable): readonly (string | null)[] {
  return table.partitionKey ?? [];
}

/**
 * Whether valid CHECKs say what the bounds of a partition demand. The server's prover is stronger; here the comparison as people write it for the
 * purpose is recognised: `a >= low AND a < high`, `a = value`, `a IN (…)`, each with the key column not null.
 */
export function isImpliedBy(bound: PartitionBound, key: readonly (string | null)[], table: ReplayedTable): boolean {
  const [column] = key;
  if (bound.isDefault || key.length !== 1 || column === null || column === undefined) return false;
  const isPresent =
    table.columns.get(column)?.notNull === true || [...table.checks.values()].some((check) => check.valid && check.provesNotNull.includes(column));
  if (!isPresent) return false;
  const parts = conditionsOf(table);
  if (bound.strategy === 'list') {
    const values = bound.from.flatMap((value) => (value === null ? [] : [value]));
    return parts.some((part) => allowedValues(part, column)?.every((value) => values.includes(value)));
  }
  if (bound.strategy !== 'range') return false;
  const [low, high] = [bound.from[0] ?? null, bound.to[0] ?? null];
  const isLow = low === 'MINVALUE' || parts.some((part) => isComparison(part, column, '>=', low));
  return isLow && (high === 'MAXVALUE' || parts.some((part) => isComparison(part, column, '<', high)));
}

/** Whether valid CHECKs of the default partition exclude the values of another. */
export function isRefutedBy(bound: PartitionBound, key: readonly (string | null)[], table: ReplayedTable): boolean {
  const [column] = key;
  if (key.length !== 1 || column === null || column === undefined) return false;
  const parts = conditionsOf(table);
  if (bound.strategy === 'list') return bound.from.every((value) => value !== null && parts.some((part) => isComparison(part, column, '<>', value)));
  if (bound.strategy !== 'range') return false;
  return parts.some((part) => isComparison(part, column, '<', bound.from[0] ?? null) || isComparison(part, column, '>=', bound.to[0] ?? null));
}

/** Valid CHECKs, cut at their ANDs, without white space. */
function conditionsOf(table: ReplayedTable): string[] {
  return [...table.constraints.values()].flatMap(({ kind, valid, enforced, expression }) =>
    kind === 'check' && valid && enforced && expression !== undefined ? expression.split(/\band\b/i).map((part) => part.replaceAll(/[\s()]|::\w+/g, '')) : [],
  );
}

function isComparison(condition: string, column: string, operator: '>=' | '<' | '<>', value: string | null): boolean {
  if (value === null) return false;
  const match = /^"?(\w+)"?(>=|<>|!=|<|>|=)(?:date|timestamp|timestamptz)?'?(.*?)'?$/i.exec(condition);
  return match?.[1] === column && (match[2] === '!=' ? '<>' : match[2]) === operator && match[3] === value;
}

/** `a='x'`, `aIN'x','y'` after white space and brackets are gone. */
function allowedValues(condition: string, column: string): string[] | undefined {
  const match = /^"?(\w+?)"?(?:=|IN)('.*'|\d+(?:,\d+)*)$/i.exec(condition);
  return match?.[1] === column ? match[2]?.split(',').map((value) => value.replaceAll("'", '')) : undefined;
}
