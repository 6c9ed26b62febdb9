import type { CreateStmt, DropStmt, IndexStmt, Node, RenameStmt } from 'libpg-query';
import { locateCommands, lowerCommand } from './alter-commands.ts';
import { lowerColumn, lowerConstraint } from './column-definitions.ts';
import type { Piece } from './split-statements.ts';
import type { CreateTableStatement, DropStatement, RenameStatement, Statement } from './statements.ts';
import { isTemporary, nameOfObject, nameOfPath, nameOfRelation, stringsOf } from './syntax-tree.ts';

/** A parsed statement with its place. `at` translates the tree's locations into offsets of the script. */
interface Source {
  readonly text: string;
  readonly piece: Piece;
  readonly at: (byte: number) => number;
}

const DROPPED: Readonly<Record<string, DropStatement['object']>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materializedView',
  OBJECT_TYPE: 'type',
  OBJECT_SCHEMA: 'schema',
};

const RENAMED: Readonly<Record<string, RenameStatement['object']>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_COLUMN: 'column',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materializedView',
  OBJECT_SCHEMA: 'schema',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
};

const TRANSACTION: Readonly<Record<string, 'begin' | 'commit' | 'rollback'>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_PREPARE: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
};

/** Turns one parsed statement into the model. What has no meaning here yet becomes `other`, with the parser's name for it. */
export function lowerStatement(node: Node, source: Source): Statement {
  const { start, end } = source.piece;
  const span = { start, end };
  if ('CreateStmt' in node) return lowerCreateTable(node.CreateStmt, source);
  if ('CreateForeignTableStmt' in node && node.CreateForeignTableStmt.base) return lowerCreateTable(node.CreateForeignTableStmt.base, source);
  if ('IndexStmt' in node) return lowerIndex(node.IndexStmt, source);
  if ('RenameStmt' in node) return lowerRename(node.RenameStmt, source);
  if ('DropStmt' in node) return lowerDrop(node.DropStmt, source);
  if ('AlterTableStmt' in node) {
    const { cmds = [], relation, objtype, missing_ok: ifExists } = node.AlterTableStmt;
    const places = locateCommands(source.text, source.piece.tokens);
    const commands = cmds.flatMap((command, i) => ('AlterTableCmd' in command ? [lowerCommand(command.AlterTableCmd, places[i] ?? span)] : []));
    return { ...span, kind: 'alterTable', object: objectName(objtype), table: nameOfRelation(relation), ifExists: ifExists === true, commands };
  }
  if ('AlterObjectSchemaStmt' in node) {
    const { objectType, relation, object, newschema = '' } = node.AlterObjectSchemaStmt;
    const target = object ? nameOfObject(object) : nameOfRelation(relation);
    return { ...span, kind: 'setSchema', object: objectName(objectType), target, schema: newschema };
  }
  if ('CreateTableAsStmt' in node) {
    const { into, objtype, if_not_exists: ifNotExists } = node.CreateTableAsStmt;
    if (objtype === 'OBJECT_MATVIEW') return { ...span, kind: 'createView', view: nameOfRelation(into?.rel), materialized: true };
    return { ...emptyTable(source), table: nameOfRelation(into?.rel), temporary: isTemporary(into?.rel), ifNotExists: ifNotExists === true, fromQuery: true };
  }
  if ('SelectStmt' in node && node.SelectStmt.intoClause) {
    const relation = node.SelectStmt.intoClause.rel;
    return { ...emptyTable(source), table: nameOfRelation(relation), temporary: isTemporary(relation), fromQuery: true };
  }
  if ('ViewStmt' in node) return { ...span, kind: 'createView', view: nameOfRelation(node.ViewStmt.view), materialized: false };
  if ('TransactionStmt' in node) return { ...span, kind: 'transaction', action: TRANSACTION[node.TransactionStmt.kind ?? ''] ?? 'savepoint' };
  if ('UpdateStmt' in node) {
    const { relation, whereClause } = node.UpdateStmt;
    return { ...span, kind: 'update', tables: [nameOfRelation(relation)], filtered: whereClause !== undefined };
  }
  if ('DeleteStmt' in node) {
    const { relation, whereClause } = node.DeleteStmt;
    return { ...span, kind: 'delete', tables: [nameOfRelation(relation)], filtered: whereClause !== undefined };
  }
  if ('InsertStmt' in node) return { ...span, kind: 'insert', tables: [nameOfRelation(node.InsertStmt.relation)], filtered: false };
  if ('TruncateStmt' in node) return { ...span, kind: 'truncate', tables: (node.TruncateStmt.relations ?? []).map(nameOfObject), filtered: false };
  if ('CopyStmt' in node && node.CopyStmt.is_from) return { ...span, kind: 'copy', tables: [nameOfRelation(node.CopyStmt.relation)], filtered: false };
  if ('AlterEnumStmt' in node) {
    const { typeName, oldVal, newVal = '' } = node.AlterEnumStmt;
    return { ...span, kind: 'enumValue', type: nameOfPath(stringsOf(typeName)), action: oldVal === undefined ? 'add' : 'rename', value: newVal };
  }
  if ('VariableSetStmt' in node) {
    const { name = '', args = [], is_local: local } = node.VariableSetStmt;
    return { ...span, kind: 'set', name, value: args.map(constantText).join(', '), local: local === true };
  }
  return { ...span, kind: 'other', node: Object.keys(node)[0] ?? '' };
}

function objectName(type: string | undefined): string {
  return (type ?? 'OBJECT_OTHER').slice('OBJECT_'.length).toLowerCase();
}

function constantText(node: Node): string {
  if (!('A_Const' in node)) return '';
  const { sval, ival } = node.A_Const;
  return sval ? (sval.sval ?? '') : ival ? String(ival.ival ?? 0) : '';
}

function emptyTable({ piece: { start, end } }: Source): CreateTableStatement {
  return {
    start,
    end,
    kind: 'createTable',
    table: { name: '' },
    temporary: false,
    ifNotExists: false,
    columns: [],
    constraints: [],
    partitioned: false,
    like: [],
    inherits: [],
    fromQuery: false,
  };
}

function lowerCreateTable(create: CreateStmt, source: Source): Statement {
  const elements = create.tableElts ?? [];
  const parents = (create.inhRelations ?? []).map(nameOfObject);
  const [parent] = parents;
  return {
    ...emptyTable(source),
    table: nameOfRelation(create.relation),
    temporary: isTemporary(create.relation),
    ifNotExists: create.if_not_exists === true,
    columns: elements.flatMap((element) => {
      if (!('ColumnDef' in element)) return [];
      const start = source.at(element.ColumnDef.location ?? 0);
      const end = source.piece.tokens.find((token) => token.start === start)?.end ?? start;
      return [lowerColumn(element.ColumnDef, { start, end })];
    }),
    constraints: elements.flatMap((element) => {
      const constraint = 'Constraint' in element ? lowerConstraint(element.Constraint) : undefined;
      return constraint ? [constraint] : [];
    }),
    partitioned: create.partspec !== undefined,
    ...(create.partbound && parent ? { partitionOf: parent } : {}),
    like: elements.flatMap((element) => ('TableLikeClause' in element ? [nameOfRelation(element.TableLikeClause.relation)] : [])),
    inherits: create.partbound ? [] : parents,
  };
}

function lowerIndex(index: IndexStmt, { piece: { start, end } }: Source): Statement {
  const names = (nodes: readonly Node[] | undefined): (string | null)[] =>
    (nodes ?? []).flatMap((node) => ('IndexElem' in node ? [node.IndexElem.name ?? null] : []));
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
    columns: names(index.indexParams),
    included: names(index.indexIncludingParams).filter((name) => name !== null),
    partial: index.whereClause !== undefined,
  };
}

function lowerRename(rename: RenameStmt, { piece: { start, end } }: Source): Statement {
  const object = RENAMED[rename.renameType ?? ''] ?? 'other';
  const target = rename.relation ? nameOfRelation(rename.relation) : rename.object ? nameOfObject(rename.object) : { name: rename.subname ?? '' };
  const on = object === 'column' || object === 'constraint' ? RENAMED[rename.relationType ?? ''] : object;
  return {
    start,
    end,
    kind: 'rename',
    object,
    on: on === 'table' || on === 'view' || on === 'materializedView' || on === 'type' ? on : object === 'constraint' ? 'table' : 'other',
    target,
    from: rename.subname ?? target.name,
    to: rename.newname ?? '',
    ifExists: rename.missing_ok === true,
  };
}

function lowerDrop(drop: DropStmt, { piece: { start, end } }: Source): Statement {
  return {
    start,
    end,
    kind: 'drop',
    object: DROPPED[drop.removeType ?? ''] ?? 'other',
    names: (drop.objects ?? []).map(nameOfObject),
    concurrently: drop.concurrent === true,
    ifExists: drop.missing_ok === true,
    cascade: drop.behavior === 'DROP_CASCADE',
  };
}
