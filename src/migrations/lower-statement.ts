import type { Node } from 'libpg-query';
import { lowerCommand } from './alter-commands.ts';
import type { Source } from './clause-places.ts';
import { locateCommands } from './command-places.ts';
import {
  lowerComment, lowerFunction, lowerGrant, lowerOwner, lowerPolicy, lowerPublication, lowerPublicationChange, lowerRule, lowerStatistics, lowerTrigger,
} from './lower-attached.ts';
import {
  lowerChange, lowerCluster, lowerCopy, lowerExplain, lowerInsert, lowerLock, lowerRefresh, lowerReindex, lowerSelect, lowerSetting, lowerTruncate, lowerVacuum,
} from './lower-data.ts';
import { lowerDrop, lowerMove, lowerRename, objectName } from './lower-names.ts';
import { lowerCreateFromQuery, lowerCreateTable, lowerIndex, lowerSelectInto, lowerView } from './lower-tables.ts';
import {
  lowerComposite, lowerDomain, lowerDomainChange, lowerEnum, lowerEnumValue, lowerExtension, lowerOtherType, lowerSchema, lowerSequence,
} from './lower-types.ts';
import type { AlterTableStatement, Statement, TransactionStatement } from './statements.ts';
import { nameOfRelation } from './syntax-tree.ts';
import { namesGivenBy } from './written-names.ts';

type KindOfNode = Node extends infer One ? (One extends object ? keyof One : never) : never;
type Body<K extends KindOfNode> = Extract<Node, Readonly<Record<K, unknown>>> extends Readonly<Record<K, infer B>> ? B : never;
type Lowerings = { readonly [K in KindOfNode]?: (body: Body<K>, source: Source) => Statement };

const TRANSACTION: Readonly<Record<string, TransactionStatement['action']>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_PREPARE: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
};

const LOWERINGS: Lowerings = {
  CreateStmt: lowerCreateTable,
  CreateForeignTableStmt: ({ base }, source) => lowerCreateTable(base ?? {}, source, true),
  CreateTableAsStmt: lowerCreateFromQuery,
  ViewStmt: lowerView,
  IndexStmt: lowerIndex,
  RenameStmt: lowerRename,
  DropStmt: lowerDrop,
  AlterObjectSchemaStmt: lowerMove,
  AlterTableStmt: ({ cmds = [], relation, objtype, missing_ok: ifExists }, source): AlterTableStatement => {
    const { start, end } = source.piece;
    const places = locateCommands(source.text, source.piece.tokens);
    const commands = cmds.flatMap((command, i) =>
      'AlterTableCmd' in command ? [lowerCommand(command.AlterTableCmd, source, places[i] ?? { start, end })] : [],
    );
    const only = relation?.inh === true ? {} : { only: true as const };
    return { start, end, kind: 'alterTable', object: objectName(objtype), table: nameOfRelation(relation), ifExists: ifExists === true, ...only, commands };
  },
  TransactionStmt: ({ kind }, { piece: { start, end } }) => ({ start, end, kind: 'transaction', action: TRANSACTION[kind ?? ''] ?? 'savepoint' }),
  SelectStmt: (body, source) => {
    const node = { SelectStmt: body };
    return body.intoClause ? lowerSelectInto(body.intoClause.rel, node, source) : lowerSelect([node], source);
  },
  UpdateStmt: (body, source) => lowerChange({ UpdateStmt: body }, source),
  DeleteStmt: (body, source) => lowerChange({ DeleteStmt: body }, source),
  MergeStmt: (body, source) => lowerChange({ MergeStmt: body }, source),
  InsertStmt: lowerInsert,
  TruncateStmt: lowerTruncate,
  CopyStmt: lowerCopy,
  CallStmt: (body, source) => lowerSelect([{ FuncCall: body.funccall }], source),
  ExplainStmt: lowerExplain,
  LockStmt: lowerLock,
  VacuumStmt: lowerVacuum,
  ClusterStmt: lowerCluster,
  RefreshMatViewStmt: lowerRefresh,
  ReindexStmt: lowerReindex,
  CreateTrigStmt: lowerTrigger,
  CreatePolicyStmt: (body, source) => lowerPolicy('createPolicy', body, source),
  AlterPolicyStmt: (body, source) => lowerPolicy('alterPolicy', body, source),
  RuleStmt: lowerRule,
  CreateStatsStmt: lowerStatistics,
  CreateFunctionStmt: lowerFunction,
  CommentStmt: lowerComment,
  GrantStmt: lowerGrant,
  AlterDefaultPrivilegesStmt: ({ action }, source) => lowerGrant(action ?? {}, source),
  AlterOwnerStmt: lowerOwner,
  CreateSeqStmt: (body, source) => lowerSequence(body, 'createSequence', source),
  AlterSeqStmt: (body, source) => lowerSequence(body, 'alterSequence', source),
  CreateDomainStmt: lowerDomain,
  AlterDomainStmt: lowerDomainChange,
  CreateEnumStmt: lowerEnum,
  CompositeTypeStmt: lowerComposite,
  CreateRangeStmt: (body, source) => lowerOtherType('range', body.typeName, source),
  AlterEnumStmt: lowerEnumValue,
  CreateSchemaStmt: lowerSchema,
  CreateExtensionStmt: lowerExtension,
  CreatePublicationStmt: lowerPublication,
  AlterPublicationStmt: lowerPublicationChange,
  VariableSetStmt: lowerSetting,
};

/** Turns one parsed statement into the model. What takes no lock on a table and means nothing here becomes `other`, with the parser's name for it. */
export function lowerStatement(node: Node, source: Source): Statement {
  const [kind = '', body] = Object.entries(node)[0] ?? [];
  const lower = LOWERINGS[kind as KindOfNode] as ((body: unknown, source: Source) => Statement) | undefined;
  if (!lower) return { start: source.piece.start, end: source.piece.end, kind: 'other', node: kind };
  const statement = lower(body, source);
  const introduces = namesGivenBy(statement, source);
  return introduces.length > 0 ? { ...statement, introduces } : statement;
}
