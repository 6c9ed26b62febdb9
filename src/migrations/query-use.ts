import type { Node } from 'libpg-query';
import { equalColumns } from './narrowing.ts';
import type { FunctionCall, QualifiedName, QueryUse } from './statements.ts';
import { constantOf, nameOfPath, nameOfRelation, stringsOf } from './syntax-tree.ts';

type Tree = Readonly<Record<string, unknown>>;
type Relation = Parameters<typeof nameOfRelation>[0];

const WRITERS = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

interface Collected {
  readonly reads: Map<string, QualifiedName>;
  readonly writes: Map<string, QualifiedName>;
  /** Keys of tables that are changed in another way than by INSERT. */
  readonly changed: Set<string>;
  readonly locksRows: Map<string, QualifiedName>;
  readonly calls: FunctionCall[];
  readonly keyed: Set<string>;
}

/** Tables and functions that a query (or several trees of one statement) uses. Names of its own WITH are no tables. */
export function usesOf(trees: readonly unknown[]): QueryUse {
  const found: Collected = { reads: new Map(), writes: new Map(), changed: new Set(), locksRows: new Map(), calls: [], keyed: new Set() };
  for (const tree of trees) walk(tree, '', new Set(), found);
  const inserts = [...found.writes].flatMap(([key, name]) => (found.changed.has(key) ? [] : [name]));
  return {
    reads: [...found.reads.values()],
    writes: [...found.writes.values()],
    ...(inserts.length > 0 ? { inserts } : {}),
    locksRows: [...found.locksRows.values()],
    calls: found.calls,
    ...(found.keyed.size > 0 ? { keyed: [...found.keyed] } : {}),
  };
}

/** Whether a query uses any table at all. */
export function isEmptyUse({ reads, writes, calls }: QueryUse): boolean {
  return reads.length + writes.length + calls.length === 0;
}

function walk(value: unknown, kind: string, scope: ReadonlySet<string>, found: Collected): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, '', scope, found);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const node = value as Tree;
  if (kind === 'RangeVar') {
    const name = nameOfRelation(node as Relation);
    if (name.schema !== undefined || !scope.has(name.name)) found.reads.set(keyOf(name), name);
    return;
  }
  if (kind === 'FuncCall') found.calls.push(lowerCall(node));
  if (node['whereClause']) for (const column of equalColumns(node['whereClause'] as Node)) found.keyed.add(column);
  const inner = new Set([...scope, ...namesOfWith(node['withClause'])]);
  if (WRITERS.has(kind)) {
    const name = nameOfRelation(node['relation'] as Relation);
    found.writes.set(keyOf(name), name);
    if (kind !== 'InsertStmt') found.changed.add(keyOf(name));
  }
  for (const [key, child] of Object.entries(node)) {
    if (key === 'lockingClause') lockRows(child, node['fromClause'], inner, found);
    else if (key !== 'relation') walk(child, /^[A-Z]/.test(key) ? key : '', inner, found);
  }
}

function lockRows(clauses: unknown, from: unknown, scope: ReadonlySet<string>, found: Collected): void {
  const sources = rangesOf(from, scope);
  for (const clause of Array.isArray(clauses) ? (clauses as Node[]) : []) {
    if (!('LockingClause' in clause)) continue;
    const named = (clause.LockingClause.lockedRels ?? []).flatMap((node) => ('RangeVar' in node ? [node.RangeVar.relname ?? ''] : []));
    for (const { name, alias } of sources) {
      if (named.length === 0 || named.includes(alias)) found.locksRows.set(keyOf(name), name);
    }
  }
}

/** Tables of a FROM, through joins and subqueries. */
function rangesOf(value: unknown, scope: ReadonlySet<string>): { name: QualifiedName; alias: string }[] {
  if (Array.isArray(value)) return value.flatMap((item) => rangesOf(item, scope));
  if (value === null || typeof value !== 'object') return [];
  const node = value as Tree;
  const range = node['RangeVar'] as (Relation & { alias?: { aliasname?: string } }) | undefined;
  if (range) {
    const name = nameOfRelation(range);
    return name.schema === undefined && scope.has(name.name) ? [] : [{ name, alias: range.alias?.aliasname ?? name.name }];
  }
  return ['JoinExpr', 'larg', 'rarg', 'RangeSubselect', 'subquery', 'SelectStmt', 'fromClause'].flatMap((key) => rangesOf(node[key], scope));
}

function namesOfWith(clause: unknown): string[] {
  const ctes = ((clause as Tree | undefined)?.['ctes'] ?? []) as Node[];
  return ctes.flatMap((cte) => ('CommonTableExpr' in cte ? [cte.CommonTableExpr.ctename ?? ''] : []));
}

function lowerCall(node: Tree): FunctionCall {
  const args = ((node['args'] ?? []) as Node[]).map((argument) => constantOf(argument));
  return { ...nameOfPath(stringsOf(node['funcname'] as Node[] | undefined)), args };
}

function keyOf(name: QualifiedName): string {
  return `${name.schema ?? ''}.${name.name}`;
}
