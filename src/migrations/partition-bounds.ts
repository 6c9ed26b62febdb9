import type { Node, PartitionBoundSpec } from 'libpg-query';
import type { PartitionBound } from './statements.ts';
import { columnOf, constantOf } from './syntax-tree.ts';

const STRATEGIES: Readonly<Record<string, 'list' | 'range' | 'hash'>> = { l: 'list', r: 'range', h: 'hash' };

export function lowerBound(bound: PartitionBoundSpec): PartitionBound {
  const strategy = STRATEGIES[bound.strategy ?? ''];
  const modulus = bound.modulus === undefined ? [] : [String(bound.modulus)];
  return {
    isDefault: bound.is_default === true,
    ...(strategy ? { strategy } : {}),
    from: strategy === 'hash' ? modulus : [...(bound.listdatums ?? []), ...(bound.lowerdatums ?? [])].map(valueOf),
    to: strategy === 'hash' ? [String(bound.remainder ?? 0)] : (bound.upperdatums ?? []).map(valueOf),
  };
}

/** `MINVALUE` and `MAXVALUE` come as columns. */
function valueOf(node: Node): string | null {
  return columnOf(node)?.toUpperCase() ?? constantOf(node);
}
