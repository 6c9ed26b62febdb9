import type { CreateStmt, CreateTableAsStmt, IndexElem, IndexStmt, Node, PartitionSpec, RangeVar, ViewStmt } from 'libpg-query';
import { clauseFrom, type Source } from './clause-places.ts';
import { lowerColumn } from './column-definitions.ts';
import { lowerConstraint } from './constraint-definitions.ts';
import { lowerBound } from './partition-bounds.ts';
import { usesOf } from './query-use.ts';
import type { CreateIndexStatement, CreateTableStatement, CreateViewStatement, IndexKey, LikeClause } from './statements.ts';
import { columnsIn, isTemporary, nameOfObject, nameOfPath, nameOfRelation, stringsOf } from './syntax-tree.ts';

/** Bits of the parser for `INCLUDING …`. */
const LIKE_OPTIONS: Readonly<Record<string, number>> = {
  comments: 1, compression: 2, constraints: 4, defaults: 8, generated: 16, identity: 32, indexes: 64, statistics: 128, storage: 256,
};
const LIKE_ALL = 0x7fffffff;

function emptyTable({ piece: { start, end } }: Source, relation: RangeVar | undefined): CreateTableStatement {
  return {
    start,
    end,
    kind: 'createTable',
    table: nameOfRelation(relation),
    temporary: isTemporary(relation),
    ...(relation?.relpersistence === 'u' ? { unlogged: true as const } : {}),
    ifNotExists: false,
    columns: [],
    constraints: [],
    partitioned: false,
    like: [],
    inherits: [],
    fromQuery: false,
  };
}

export function lowerCreateTable(create: CreateStmt, source: Source, foreign?: true): CreateTableStatement {
  const elements = create.tableElts ?? [];
  const parents = (create.inhRelations ?? []).map(nameOfObject);
  const [parent] = parents;
  return {
    ...emptyTable(source, create.relation),
    ...(foreign ? { foreign } : {}),
    ifNotExists: create.if_not_exists === true,
    columns: elements.flatMap((element) => {
      if (!('ColumnDef' in element)) return [];
      return [lowerColumn(element.ColumnDef, source, clauseFrom(source, source.at(element.ColumnDef.location ?? 0)))];
    }),
    constraints: elements.flatMap((element) => {
      const constraint = 'Constraint' in element ? lowerConstraint(element.Constraint, source, source.at(element.Constraint.location ?? 0)) : undefined;
      return constraint ? [constraint] : [];
    }),
    partitioned: create.partspec !== undefined,
    ...(create.partspec ? { partitionKey: partitionKeyOf(create.partspec) } : {}),
    ...(create.partbound && parent ? { partitionOf: parent, partitionBound: lowerBound(create.partbound) } : {}),
    like: elements.flatMap(lowerLike),
    inherits: create.partbound ? [] : parents,
    ...(create.ofTypename ? { ofType: nameOfPath(stringsOf(create.ofTypename.names)) } : {}),
  };
}

function partitionKeyOf({ partParams = [] }: PartitionSpec): (string | null)[] {
  return partParams.flatMap((node) => ('PartitionElem' in node ? [node.PartitionElem.name ?? null] : []));
}

function lowerLike(element: Node): LikeClause[] {
  if (!('TableLikeClause' in element)) return [];
  const { relation, options = 0 } = element.TableLikeClause;
  const words = Object.entries(LIKE_OPTIONS).flatMap(([word, bit]) => (options & bit ? [word] : []));
  const including = options === LIKE_ALL ? ['all', ...words] : words;
  return [{ ...nameOfRelation(relation), ...(including.length > 0 ? { including } : {}) }];
}

export function lowerCreateFromQuery(create: CreateTableAsStmt, source: Source): CreateTableStatement | CreateViewStatement {
  const { into, objtype, if_not_exists: ifNotExists, query } = create;
  const { start, end } = source.piece;
  if (objtype !== 'OBJECT_MATVIEW') {
    return { ...emptyTable(source, into?.rel), ifNotExists: ifNotExists === true, fromQuery: true, query: usesOf([query]) };
  }
  return {
    start,
    end,
    kind: 'createView',
    view: nameOfRelation(into?.rel),
    materialized: true,
    ...(ifNotExists ? { ifNotExists } : {}),
    query: usesOf([query]),
    withData: into?.skipData !== true,
  };
}

export function lowerSelectInto(relation: RangeVar | undefined, query: Node, source: Source): CreateTableStatement {
  return { ...emptyTable(source, relation), fromQuery: true, into: true, query: usesOf([query]) };
}

export function lowerView(view: ViewStmt, { piece: { start, end } }: Source): CreateViewStatement {
  return {
    start,
    end,
    kind: 'createView',
    view: nameOfRelation(view.view),
    materialized: false,
    ...(view.replace ? { orReplace: true as const } : {}),
    ...(isTemporary(view.view) ? { temporary: true as const } : {}),
    query: usesOf([view.query]),
  };
}

export function lowerIndex(index: IndexStmt, { piece: { start, end } }: Source): CreateIndexStatement {
  const elements = (nodes: readonly Node[] | undefined): IndexElem[] => (nodes ?? []).flatMap((node) => ('IndexElem' in node ? [node.IndexElem] : []));
  const keys = elements(index.indexParams);
  return {
    start,
    end,
    kind: 'createIndex',
    ...(index.idxname === undefined ? {} : { name: index.idxname }),
    table: nameOfRelation(index.relation),
    unique: index.unique === true,
    concurrently: index.concurrent === true,
    ifNotExists: index.if_not_exists === true,
    only: index.relation?.inh !== true,
    method: index.accessMethod ?? 'btree',
    columns: keys.map((key) => key.name ?? null),
    keys: keys.map(lowerKey),
    included: elements(index.indexIncludingParams).flatMap(({ name }) => (name === undefined ? [] : [name])),
    partial: index.whereClause !== undefined,
    ...(index.whereClause ? { whereColumns: columnsIn(index.whereClause) } : {}),
    ...(index.nulls_not_distinct ? { nullsNotDistinct: true as const } : {}),
  };
}

function lowerKey(key: IndexElem): IndexKey {
  const [opclass, collation] = [stringsOf(key.opclass).at(-1), stringsOf(key.collation).at(-1)];
  return {
    column: key.name ?? null,
    reads: key.name === undefined ? columnsIn(key.expr) : [key.name],
    ...(key.expr ? { expression: true as const, named: figuredName(key.expr) } : {}),
    ...(opclass === undefined ? {} : { opclass }),
    ...(collation === undefined ? {} : { collation }),
    ...(key.ordering === 'SORTBY_DESC' ? { descending: true as const } : {}),
    ...(key.nulls_ordering === 'SORTBY_NULLS_FIRST' ? { nullsFirst: true } : {}),
    ...(key.nulls_ordering === 'SORTBY_NULLS_LAST' ? { nullsFirst: false } : {}),
  };
}

/** As FigureColname of the server. */
function figuredName(expression: Node): string {
  if ('FuncCall' in expression) return stringsOf(expression.FuncCall.funcname).at(-1) ?? 'expr';
  if ('CoalesceExpr' in expression) return 'coalesce';
  if (!('TypeCast' in expression)) return 'expr';
  const inner = expression.TypeCast.arg ? figuredName(expression.TypeCast.arg) : 'expr';
  return inner === 'expr' ? (stringsOf(expression.TypeCast.typeName?.names).at(-1) ?? 'expr') : inner;
}
