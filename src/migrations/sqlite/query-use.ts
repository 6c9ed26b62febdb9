import type { QualifiedName, QueryUse, RowCopy } from '../statements.ts';
import type { Node } from './sqlite-parser.ts';
import { columnsIn, nameOf, walkNodes } from './syntax-nodes.ts';

/** Tables that a query reads and writes, and the columns that it names. */
export function queryUse(node: Node): QueryUse {
  const own = new Set<string>();
  const reads = new Map<string, QualifiedName>();
  const writes = new Map<string, QualifiedName>();
  const add = (to: Map<string, QualifiedName>, name: QualifiedName): void => {
    if (name.name !== '' && (name.schema !== undefined || !own.has(name.name))) to.set(JSON.stringify(name), name);
  };
  walkNodes(node, (part) => { if (part.type === 'common_table_expr') own.add(nameOf(part.table as Node).name); });
  walkNodes(node, (part) => {
    if (part.type === 'from_clause') for (const table of tablesIn(part.expr as Node)) add(reads, table);
    if (part.type === 'insert_clause') add(writes, nameOf(part.table as Node));
    if (part.type === 'update_clause' || part.type === 'delete_clause') for (const table of part.tables.items) add(writes, nameOf(table as Node));
  });
  return { reads: [...reads.values()], writes: [...writes.values()], locksRows: [], calls: [], columns: columnsIn(node) };
}

function tablesIn(node: Node): QualifiedName[] {
  if (node.type === 'identifier' || node.type === 'member_expr') return [nameOf(node)];
  if (node.type === 'alias' || node.type === 'paren_expr') return tablesIn(node.expr as Node);
  if (node.type === 'join_expr') return [...tablesIn(node.left as Node), ...tablesIn(node.right as Node)];
  return [];
}

/** What `INSERT INTO new (…) SELECT … FROM old` copies; undefined where the query reads no table or several. */
export function copyOf(query: Node | undefined, targets: readonly string[]): RowCopy | undefined {
  if (query?.type !== 'select_stmt') return undefined;
  const select = query.clauses.find((clause) => clause.type === 'select_clause');
  const from = query.clauses.find((clause) => clause.type === 'from_clause');
  const tables = from ? tablesIn(from.expr as Node) : [];
  const [table] = tables;
  if (!select || !table || tables.length > 1) return undefined;
  const items = (select.columns?.items ?? []) as readonly Node[];
  const columns = items.map((item, i) => {
    const to = targets[i];
    const value = item.type === 'alias' ? (item.expr as Node) : item;
    const plain = value.type === 'identifier' || value.type === 'member_expr' ? nameOf(value).name : null;
    const isDoubleQuoted = value.type === 'identifier' && value.text.startsWith('"');
    return { ...(to === undefined ? {} : { to }), from: plain, reads: columnsIn(value), ...(isDoubleQuoted ? { doubleQuoted: true as const } : {}) };
  });
  return { from: table, all: items.some((item) => item.type === 'all_columns'), columns };
}
