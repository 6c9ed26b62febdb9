import type {
  ClusterStmt, ColumnRef, CopyStmt, ExplainStmt, InsertStmt, LockStmt, Node, RangeVar, RefreshMatViewStmt, ReindexStmt, TruncateStmt, VacuumStmt,
  VariableSetStmt,
} from 'libpg-query';
import type { Source } from './clause-places.ts';
import { narrowingOf } from './narrowing.ts';
import { usesOf } from './query-use.ts';
import type { ColumnAssignment, DataStatement, LockStatement, MaintenanceStatement, SelectStatement, SettingStatement } from './statements.ts';
import { constantOf, nameOfObject, nameOfRelation, stringsOf, walkTree } from './syntax-tree.ts';

/** Lock modes by the parser's numbers, from 1 on. */
const MODES: readonly string[] = [
  'AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
  'AccessExclusiveLock',
];

/** Rows of an INSERT that are kept: enough to see where they go, not a table of data. */
const KEPT_ROWS = 20;

type Change = Extract<Node, { UpdateStmt: unknown } | { DeleteStmt: unknown } | { MergeStmt: unknown }>;

export function lowerChange(node: Change, { piece: { start, end } }: Source): DataStatement {
  const query = usesOf([node]);
  if ('MergeStmt' in node) return { start, end, kind: 'merge', tables: [nameOfRelation(node.MergeStmt.relation)], filtered: true, query };
  const change = 'UpdateStmt' in node ? node.UpdateStmt : node.DeleteStmt;
  const { relation, whereClause } = change;
  const targets = 'UpdateStmt' in node ? (node.UpdateStmt.targetList ?? []) : [];
  return {
    start,
    end,
    kind: 'UpdateStmt' in node ? 'update' : 'delete',
    tables: [nameOfRelation(relation)],
    filtered: whereClause !== undefined,
    narrowing: narrowingOf(whereClause, change),
    ...('UpdateStmt' in node ? { columns: targets.flatMap((target) => ('ResTarget' in target ? [target.ResTarget.name ?? ''] : [])) } : {}),
    ...('UpdateStmt' in node ? { assignments: assignmentsOf(targets, relation) } : {}),
    ...(relation?.inh === true ? {} : { only: true as const }),
    query,
  };
}

function assignmentsOf(targets: readonly Node[], relation: RangeVar | undefined): ColumnAssignment[] {
  const own = new Set([relation?.alias?.aliasname ?? relation?.relname ?? '', undefined]);
  return targets.flatMap((target) => {
    if (!('ResTarget' in target) || target.ResTarget.name === undefined) return [];
    const reads = new Set<string>();
    walkTree(target.ResTarget.val, (kind, node) => {
      const names = kind === 'ColumnRef' ? stringsOf((node as ColumnRef).fields) : [];
      const name = names.at(-1);
      if (name !== undefined && own.has(names.at(-2))) reads.add(name);
    });
    return [{ column: target.ResTarget.name, reads: [...reads] }];
  });
}

export function lowerInsert(insert: InsertStmt, { piece: { start, end } }: Source): DataStatement {
  const source = insert.selectStmt && 'SelectStmt' in insert.selectStmt ? insert.selectStmt.SelectStmt : undefined;
  const rows = source ? source.valuesLists?.length : 1;
  const columns = (insert.cols ?? []).flatMap((column) => ('ResTarget' in column ? [column.ResTarget.name ?? ''] : []));
  return {
    start,
    end,
    kind: 'insert',
    tables: [nameOfRelation(insert.relation)],
    filtered: false,
    ...(columns.length > 0 ? { columns } : {}),
    ...(rows === undefined ? {} : { rows }),
    ...(source?.valuesLists ? { values: source.valuesLists.slice(0, KEPT_ROWS).map(valuesOf) } : {}),
    ...(insert.onConflictClause ? { onConflict: true as const } : {}),
    ...(insert.onConflictClause?.infer ? { conflictTarget: true as const } : {}),
    query: usesOf([{ InsertStmt: insert }]),
  };
}

function valuesOf(row: Node): (string | null)[] {
  return 'List' in row ? (row.List.items ?? []).map((item) => constantOf(item)) : [];
}

export function lowerTruncate(truncate: TruncateStmt, { piece: { start, end } }: Source): DataStatement {
  const relations = truncate.relations ?? [];
  const only = relations.length > 0 && relations.every((node) => 'RangeVar' in node && node.RangeVar.inh !== true);
  return {
    start,
    end,
    kind: 'truncate',
    tables: relations.map(nameOfObject),
    filtered: false,
    ...(truncate.behavior === 'DROP_CASCADE' ? { cascade: true as const } : {}),
    ...(truncate.restart_seqs ? { restartIdentity: true as const } : {}),
    ...(only ? { only } : {}),
  };
}

export function lowerCopy(copy: CopyStmt, { piece: { start, end } }: Source): DataStatement | SelectStatement {
  const table = nameOfRelation(copy.relation);
  if (copy.is_from) return { start, end, kind: 'copy', tables: [table], filtered: false };
  if (copy.query) return { start, end, kind: 'select', query: usesOf([copy.query]) };
  return { start, end, kind: 'select', query: { reads: [table], writes: [], locksRows: [], calls: [] }, how: 'copied' };
}

export function lowerSelect(trees: readonly unknown[], { piece: { start, end } }: Source): SelectStatement {
  return { start, end, kind: 'select', query: usesOf(trees) };
}

/** What EXPLAIN shows is not run; ANALYZE runs it. */
export function lowerExplain({ query, options }: ExplainStmt, source: Source): SelectStatement {
  const select = lowerSelect([query], source);
  return optionsOf(options).has('analyze') ? select : { ...select, how: 'explained' };
}

export function lowerLock(lock: LockStmt, { piece: { start, end } }: Source): LockStatement {
  const relations = lock.relations ?? [];
  const only = relations.length > 0 && relations.every((node) => 'RangeVar' in node && node.RangeVar.inh !== true);
  return { start, end, kind: 'lock', tables: relations.map(nameOfObject), mode: MODES[(lock.mode ?? 8) - 1] ?? 'AccessExclusiveLock', only };
}

export function lowerVacuum(vacuum: VacuumStmt, { piece: { start, end } }: Source): MaintenanceStatement {
  const options = optionsOf(vacuum.options);
  const tables = (vacuum.rels ?? []).flatMap((node) => ('VacuumRelation' in node ? [nameOfRelation(node.VacuumRelation.relation)] : []));
  return {
    start,
    end,
    kind: vacuum.is_vacuumcmd ? 'vacuum' : 'analyze',
    tables,
    ...(options.has('full') ? { full: true as const } : {}),
    ...(options.has('analyze') ? { analyze: true as const } : {}),
  };
}

export function lowerCluster(cluster: ClusterStmt, { piece: { start, end } }: Source): MaintenanceStatement {
  const tables = cluster.relation ? [nameOfRelation(cluster.relation)] : [];
  return { start, end, kind: 'cluster', tables, ...(cluster.indexname === undefined ? {} : { index: cluster.indexname }) };
}

export function lowerRefresh(refresh: RefreshMatViewStmt, { piece: { start, end } }: Source): MaintenanceStatement {
  const concurrently = refresh.concurrent ? { concurrently: true as const } : {};
  return { start, end, kind: 'refresh', tables: [nameOfRelation(refresh.relation)], ...concurrently, withData: refresh.skipData !== true };
}

const REINDEXED: Readonly<Record<string, NonNullable<MaintenanceStatement['object']>>> = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_SYSTEM: 'system',
  REINDEX_OBJECT_DATABASE: 'database',
};

export function lowerReindex(reindex: ReindexStmt, { piece: { start, end } }: Source): MaintenanceStatement {
  const object = REINDEXED[reindex.kind ?? ''];
  const tables = reindex.relation ? [nameOfRelation(reindex.relation)] : reindex.name === undefined ? [] : [{ name: reindex.name }];
  const concurrently = optionsOf(reindex.params).has('concurrently') ? { concurrently: true as const } : {};
  return { start, end, kind: 'reindex', tables, ...(object ? { object } : {}), ...concurrently };
}

/** Names of options that are on; `(FULL false)` is off. */
function optionsOf(nodes: readonly Node[] | undefined): Set<string> {
  return new Set((nodes ?? []).flatMap((node) => ('DefElem' in node && !isOff(node.DefElem.arg) ? [node.DefElem.defname ?? ''] : [])));
}

function isOff(value: Node | undefined): boolean {
  if (!value) return false;
  if ('Boolean' in value) return value.Boolean.boolval !== true;
  if ('Integer' in value) return (value.Integer.ival ?? 0) === 0;
  return 'String' in value && /^(?:false|off)$/i.test(value.String.sval ?? '');
}

export function lowerSetting(setting: VariableSetStmt, { piece: { start, end } }: Source): SettingStatement {
  const { kind, name = '', args = [], is_local: local } = setting;
  const reset = kind === 'VAR_RESET_ALL' ? 'all' : kind === 'VAR_RESET' || kind === 'VAR_SET_DEFAULT' ? 'one' : undefined;
  const value = args.map((argument) => constantOf(argument) ?? '').join(', ');
  return { start, end, kind: 'set', name, value, local: local === true, ...(reset ? { reset } : {}) };
}
