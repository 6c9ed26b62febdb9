import type { AlterTableAction, AlterTableStmt, CreateIndexStmt, CreateTableStmt, InsertStmt } from 'sql-parser-cst';
import type { Span } from '../../facts/types.ts';
import type { AlterCommand, CreateTableStatement, DataStatement, DropStatement, Narrowing, QualifiedName, Statement } from '../statements.ts';
import { lowerColumn, lowerConstraint, operatorOf, unwrap, type Source } from './lower-columns.ts';
import { copyOf, queryUse } from './query-use.ts';
import type { Node, SqliteTree } from './sqlite-parser.ts';
import { columnsIn, nameOf, rangeOf, walkNodes } from './syntax-nodes.ts';

const DROPS: Partial<Record<SqliteTree['type'], DropStatement['object']>> = {
  drop_table_stmt: 'table',
  drop_index_stmt: 'index',
  drop_view_stmt: 'view',
  drop_trigger_stmt: 'trigger',
};

/** Turns one parsed statement into the model. `span`: the statement in the script. */
export function lowerSqliteStatement(tree: SqliteTree, span: Span, source: Source): Statement {
  switch (tree.type) {
    case 'create_table_stmt':
      return lowerCreateTable(tree, span, source);
    case 'alter_table_stmt':
      return lowerAlterTable(tree, span, source);
    case 'create_index_stmt':
      return lowerIndex(tree, span);
    case 'create_view_stmt':
      return { ...span, kind: 'createView', view: nameOf(tree.name as Node), materialized: false, query: queryUse(tree) };
    case 'create_trigger_stmt': {
      const query = { ...queryUse(tree.body as Node), columns: rowColumns(tree) };
      return { ...span, kind: 'createTrigger', name: nameOf(tree.name as Node).name, table: nameOf(tree.target.table as Node), query };
    }
    case 'drop_table_stmt':
    case 'drop_index_stmt':
    case 'drop_view_stmt':
    case 'drop_trigger_stmt':
      return lowerDrop(tree, span);
    case 'insert_stmt':
      return lowerInsert(tree, span);
    case 'update_stmt': {
      const tables = tree.clauses.flatMap((clause) => (clause.type === 'update_clause' ? clause.tables.items.map((table) => nameOf(table as Node)) : []));
      const assignments = tree.clauses.flatMap((clause) => (clause.type === 'set_clause' ? clause.assignments.items : []));
      const columns = assignments.flatMap(({ column }) => columnsIn(column as Node));
      return { ...span, kind: 'update', tables, columns, ...narrowingOf(tree.clauses), query: queryUse(tree) };
    }
    case 'delete_stmt': {
      const tables = tree.clauses.flatMap((clause) => (clause.type === 'delete_clause' ? clause.tables.items.map((table) => nameOf(table as Node)) : []));
      return { ...span, kind: 'delete', tables, ...narrowingOf(tree.clauses), query: queryUse(tree) };
    }
    case 'select_stmt':
      return { ...span, kind: 'select', query: queryUse(tree) };
    case 'start_transaction_stmt':
      return { ...span, kind: 'transaction', action: 'begin' };
    case 'commit_transaction_stmt':
      return { ...span, kind: 'transaction', action: 'commit' };
    case 'rollback_transaction_stmt':
      return { ...span, kind: 'transaction', action: tree.savepoint ? 'savepoint' : 'rollback' };
    case 'savepoint_stmt':
    case 'release_savepoint_stmt':
      return { ...span, kind: 'transaction', action: 'savepoint' };
    default:
      return { ...span, kind: 'other', node: tree.type };
  }
}

function lowerCreateTable(tree: CreateTableStmt, span: Span, source: Source): CreateTableStatement {
  const items = (tree.columns?.expr.items ?? []) as readonly Node[];
  const query = tree.clauses.find((clause) => clause.type === 'as_clause');
  const kind = tree.kind ? [tree.kind.kindKw].flat().map(({ text }) => text.toLowerCase()) : [];
  return {
    ...span,
    kind: 'createTable',
    table: nameOf(tree.name as Node),
    temporary: kind.some((word) => word === 'temp' || word === 'temporary'),
    ifNotExists: tree.ifNotExistsKw !== undefined,
    columns: items.flatMap((item) => (item.type === 'column_definition' ? [lowerColumn(item, source)] : [])),
    constraints: items.flatMap((item) => (item.type === 'column_definition' ? [] : (lowerConstraint(unwrap(item), source) ?? []))),
    partitioned: false,
    like: [],
    inherits: [],
    // The module of a virtual table says what its columns are.
    fromQuery: query !== undefined || kind.includes('virtual'),
    ...(query ? { query: queryUse(query as Node) } : {}),
  };
}

function lowerAlterTable(tree: AlterTableStmt, span: Span, source: Source): Statement {
  const table = nameOf(tree.table as Node);
  const [action] = tree.actions.items;
  if (action?.type === 'alter_action_rename') {
    return { ...span, kind: 'rename', object: 'table', on: 'table', target: table, from: table.name, to: nameOf(action.newName as Node).name, ifExists: false };
  }
  if (action?.type === 'alter_action_rename_column') {
    return { ...span, kind: 'rename', object: 'column', on: 'table', target: table, from: action.oldName.name, to: action.newName.name, ifExists: false };
  }
  return { ...span, kind: 'alterTable', object: 'table', table, ifExists: false, commands: tree.actions.items.map((item) => lowerAction(item, source)) };
}

function lowerAction(action: AlterTableAction, source: Source): AlterCommand {
  const place = source.place(rangeOf(action));
  if (action.type === 'alter_action_add_column') return { ...place, kind: 'addColumn', column: lowerColumn(action.column, source, place), ifNotExists: false };
  if (action.type === 'alter_action_drop_column') return { ...place, kind: 'dropColumn', column: action.column.name, ifExists: false, cascade: false };
  return { ...place, kind: 'other', command: action.type };
}

function lowerIndex(tree: CreateIndexStmt, span: Span): Statement {
  const where = tree.clauses.find((clause) => clause.type === 'where_clause');
  const keys = tree.columns.expr.type === 'list_expr' ? tree.columns.expr.items : [];
  const expressions = keys.map(({ expr }) => (expr.type === 'binary_expr' && operatorOf(expr.operator) === 'collate' ? expr.left : expr) as Node);
  return {
    ...span,
    kind: 'createIndex',
    ...(tree.name ? { name: nameOf(tree.name as Node).name } : {}),
    table: nameOf(tree.table as Node),
    unique: tree.indexTypeKw?.text.toLowerCase() === 'unique',
    concurrently: false,
    ifNotExists: tree.ifNotExistsKw !== undefined,
    only: false,
    method: 'btree',
    columns: expressions.map((expression) => (expression.type === 'identifier' ? expression.name : null)),
    keys: expressions.map((expression) => {
      const reads = columnsIn(expression);
      return expression.type === 'identifier' ? { column: expression.name, reads } : { column: null, reads, expression: true as const };
    }),
    included: [],
    partial: where !== undefined,
    ...(where ? { whereColumns: columnsIn(where as Node) } : {}),
  };
}

type DropTree = Extract<SqliteTree, { type: 'drop_table_stmt' | 'drop_index_stmt' | 'drop_view_stmt' | 'drop_trigger_stmt' }>;

function lowerDrop(tree: DropTree, span: Span): DropStatement {
  const ifExists = tree.ifExistsKw !== undefined;
  return { ...span, kind: 'drop', object: DROPS[tree.type] ?? 'other', names: droppedNames(tree), concurrently: false, ifExists, cascade: false };
}

function droppedNames(tree: DropTree): QualifiedName[] {
  if (tree.type === 'drop_table_stmt') return tree.tables.items.map((name) => nameOf(name as Node));
  if (tree.type === 'drop_index_stmt') return tree.indexes.items.map((name) => nameOf(name as Node));
  if (tree.type === 'drop_view_stmt') return tree.views.items.map((name) => nameOf(name as Node));
  return [nameOf(tree.trigger as Node)];
}

function lowerInsert(tree: InsertStmt, span: Span): DataStatement {
  const into = tree.clauses.find((clause) => clause.type === 'insert_clause');
  const rows = tree.clauses.find((clause) => clause.type === 'values_clause');
  const query = tree.clauses.find((clause) => clause.type === 'select_stmt' || clause.type === 'compound_select_stmt');
  const columns = into?.columns?.expr.items.map(({ name }) => name) ?? [];
  const copy = copyOf(query as Node | undefined, columns);
  return {
    ...span,
    kind: 'insert',
    tables: into ? [nameOf(into.table as Node)] : [],
    filtered: false,
    columns,
    ...(rows ? { rows: rows.values.items.length } : {}),
    ...(tree.clauses.some(({ type }) => type === 'upsert_clause') || into?.orAction ? { onConflict: true as const } : {}),
    ...(copy ? { copy } : {}),
    query: queryUse(tree),
  };
}

function narrowingOf(clauses: readonly Node[]): { filtered: boolean; narrowing: Narrowing } {
  const where = clauses.find((clause) => clause.type === 'where_clause');
  const isLimited = clauses.some((clause) => clause.type === 'limit_clause');
  if (!where && !isLimited) return { filtered: false, narrowing: 'none' };
  let hasLimit = isLimited;
  if (where) walkNodes(where, (node) => { hasLimit ||= node.type === 'limit_clause'; });
  return { filtered: true, narrowing: hasLimit ? 'limited' : where?.type === 'where_clause' && isByKey(where.expr as Node) ? 'key' : 'condition' };
}

/** `id = 1`, `user_id IN (1, 2)`. */
function isByKey(node: Node): boolean {
  if (node.type !== 'binary_expr' || !['=', 'in'].includes(operatorOf(node.operator))) return false;
  const right = node.right as Node;
  const isConstant = /_literal$|^parameter$/.test(right.type) || (right.type === 'paren_expr' && columnsIn(right).length === 0);
  return isConstant && /(?:^|_)(?:id|uuid|key)$|Id$/i.test(nameOf(node.left as Node).name);
}

/** Columns of the row at hand that a trigger names: `NEW.x`, `OLD.x`. The server checks no others when a column is dropped. */
function rowColumns(tree: Node): string[] {
  const columns = new Set<string>();
  walkNodes(tree, (node) => {
    if (node.type !== 'member_expr' || !/^(?:new|old)$/i.test(nameOf(node.object as Node).name)) return;
    columns.add(nameOf(node.property as Node).name);
  });
  return [...columns];
}
