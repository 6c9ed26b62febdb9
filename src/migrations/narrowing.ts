import type { Node } from 'libpg-query';
import type { Narrowing } from './statements.ts';
import { columnOf, constantOf, stringsOf, walkTree } from './syntax-tree.ts';

/** Columns whose equality with a constant means few rows. */
const KEY = /(?:^|_)(?:id|uuid|guid|key|slug|code|name|email|version)$|Id$|^ctid$/;

/** What a WHERE leaves of a table. `statement` is the whole of it: a LIMIT may stand in a WITH that the WHERE joins. */
export function narrowingOf(where: Node | undefined, statement: unknown): Narrowing {
  if (!where) return 'none';
  let limited = false;
  walkTree([statement], (_, node) => { limited ||= node['limitCount'] !== undefined; });
  if (limited) return 'limited';
  const parts = conjuncts(where);
  if (equalColumns(where).some((column) => KEY.test(column))) return 'key';
  return isRange(parts) ? 'range' : 'condition';
}

function conjuncts(node: Node): Node[] {
  if (!('BoolExpr' in node) || node.BoolExpr.boolop !== 'AND_EXPR') return [node];
  return (node.BoolExpr.args ?? []).flatMap(conjuncts);
}

/** Columns that a WHERE compares with constants for equality. */
export function equalColumns(where: Node): string[] {
  return conjuncts(where).flatMap((node) => {
    if (!('A_Expr' in node)) return [];
    const { kind, name, lexpr, rexpr } = node.A_Expr;
    const column = columnOf(lexpr);
    if (column === undefined || stringsOf(name)[0] !== '=') return [];
    return isConstantSide(kind, rexpr) ? [column] : [];
  });
}

function isConstantSide(kind: string | undefined, node: Node | undefined): boolean {
  if (kind === 'AEXPR_IN') return node !== undefined && 'List' in node && (node.List.items ?? []).every((item) => constantOf(item) !== null);
  if (kind === 'AEXPR_OP_ANY') return node !== undefined && ('A_ArrayExpr' in node || constantOf(node) !== null);
  return kind === 'AEXPR_OP' && (constantOf(node) !== null || (node !== undefined && 'ParamRef' in node));
}

/** BETWEEN, or a bound on both sides of one column, against constants; `ctid` in any way. */
function isRange(parts: readonly Node[]): boolean {
  const bounds = new Map<string, Set<string>>();
  for (const part of parts) {
    if (!('A_Expr' in part)) continue;
    const { kind, name, lexpr, rexpr } = part.A_Expr;
    const column = columnOf(lexpr);
    if (column === undefined) continue;
    if (column === 'ctid') return true;
    if (kind === 'AEXPR_BETWEEN') return rexpr !== undefined && 'List' in rexpr && (rexpr.List.items ?? []).every((item) => constantOf(item) !== null);
    const side = stringsOf(name)[0]?.[0] ?? '';
    if (kind !== 'AEXPR_OP' || !'<>'.includes(side) || constantOf(rexpr) === null) continue;
    bounds.set(column, (bounds.get(column) ?? new Set()).add(side));
  }
  return [...bounds.values()].some((sides) => sides.size === 2);
}
