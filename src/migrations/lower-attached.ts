import type {
  AlterOwnerStmt, AlterPolicyStmt, AlterPublicationStmt, CommentStmt, CreateFunctionStmt, CreatePolicyStmt, CreatePublicationStmt, CreateStatsStmt,
  CreateTrigStmt, GrantStmt, Node, RuleStmt,
} from 'libpg-query';
import type { Source } from './clause-places.ts';
import { objectName, tableOfAttached } from './lower-names.ts';
import { parseStatement } from './postgres-parser.ts';
import { isEmptyUse, usesOf } from './query-use.ts';
import { splitStatements } from './split-statements.ts';
import type {
  AttachStatement, CommentStatement, FunctionStatement, PrivilegeStatement, PublicationStatement, QualifiedName, QueryUse,
} from './statements.ts';
import { nameOfObject, nameOfPath, nameOfRelation, stringsOf } from './syntax-tree.ts';

function queryOf(trees: readonly unknown[]): { query?: QueryUse } {
  const query = usesOf(trees);
  return isEmptyUse(query) ? {} : { query };
}

export function lowerTrigger(trigger: CreateTrigStmt, { piece: { start, end } }: Source): AttachStatement {
  return {
    start,
    end,
    kind: 'createTrigger',
    name: trigger.trigname ?? '',
    table: nameOfRelation(trigger.relation),
    ...(trigger.replace ? { orReplace: true as const } : {}),
    ...(trigger.constrrel ? { from: nameOfRelation(trigger.constrrel) } : {}),
    ...(trigger.row ? { rowLevel: true as const } : {}),
    function: nameOfPath(stringsOf(trigger.funcname)),
  };
}

export function lowerPolicy(
  kind: 'createPolicy' | 'alterPolicy',
  policy: CreatePolicyStmt | AlterPolicyStmt,
  { piece: { start, end } }: Source,
): AttachStatement {
  const { policy_name: name = '', table, qual, with_check: check } = policy;
  return { start, end, kind, name, table: nameOfRelation(table), ...queryOf([qual, check]) };
}

export function lowerRule(rule: RuleStmt, { piece: { start, end } }: Source): AttachStatement {
  const uses = usesOf([rule.whereClause, rule.actions]);
  const isReal = ({ schema, name }: QualifiedName): boolean => schema !== undefined || (name !== 'old' && name !== 'new');
  return {
    start,
    end,
    kind: 'createRule',
    name: rule.rulename ?? '',
    table: nameOfRelation(rule.relation),
    ...(rule.replace ? { orReplace: true as const } : {}),
    query: { ...uses, reads: uses.reads.filter(isReal) },
  };
}

export function lowerStatistics(statistics: CreateStatsStmt, { piece: { start, end } }: Source): AttachStatement {
  const [table] = statistics.relations ?? [];
  return { start, end, kind: 'createStatistics', name: stringsOf(statistics.defnames).at(-1) ?? '', table: table ? nameOfObject(table) : { name: '' } };
}

export function lowerFunction(definition: CreateFunctionStmt, { piece: { start, end } }: Source): FunctionStatement {
  const option = (name: string): string | undefined => {
    const found = (definition.options ?? []).find((node) => 'DefElem' in node && node.DefElem.defname === name);
    const argument = found && 'DefElem' in found ? found.DefElem.arg : undefined;
    return argument && 'String' in argument ? argument.String.sval : undefined;
  };
  const volatility = (['immutable', 'stable', 'volatile'] as const).find((word) => word === option('volatility'));
  return {
    start,
    end,
    kind: 'createFunction',
    name: nameOfPath(stringsOf(definition.funcname)),
    orReplace: definition.replace === true,
    procedure: definition.is_procedure === true,
    language: option('language') ?? 'sql',
    ...queryOf([definition.sql_body, ...(option('language') === 'sql' ? bodyTrees(definition) : [])]),
    ...(volatility ? { volatility } : {}),
  };
}

/** The server reads the text of an SQL function when it is made. */
function bodyTrees(definition: CreateFunctionStmt): unknown[] {
  const as = (definition.options ?? []).flatMap((node) => ('DefElem' in node && node.DefElem.defname === 'as' && node.DefElem.arg ? [node.DefElem.arg] : []));
  const body = as.flatMap((argument) => ('List' in argument ? stringsOf(argument.List.items) : []))[0] ?? '';
  return splitStatements(body).flatMap(({ start, end }) => {
    const parsed = parseStatement(body.slice(start, end));
    return parsed.ok ? [parsed.node] : [];
  });
}

/** What a comment is on, where that is a relation or hangs on one. */
export function lowerComment({ objtype, object }: CommentStmt, { piece: { start, end } }: Source): CommentStatement {
  const what = objectName(objtype);
  const isOwn = ['table', 'view', 'matview', 'index', 'sequence', 'foreign_table'].includes(what);
  const isAttached = ['column', 'tabconstraint', 'trigger', 'policy', 'rule'].includes(what);
  const target = isOwn && object ? nameOfObject(object) : isAttached ? tableOfAttached(object) : undefined;
  return { start, end, kind: 'comment', object: what, ...(target ? { target } : {}) };
}

export function lowerGrant(grant: GrantStmt, { piece: { start, end } }: Source): PrivilegeStatement {
  const objects = grant.objects ?? [];
  const inSchemas = grant.targtype === 'ACL_TARGET_ALL_IN_SCHEMA';
  return {
    start,
    end,
    kind: grant.is_grant ? 'grant' : 'revoke',
    object: grant.targtype === 'ACL_TARGET_DEFAULTS' ? 'defacl' : objectName(grant.objtype),
    targets: inSchemas ? [] : objects.map(nameOfObject),
    ...(inSchemas ? { allInSchemas: objects.flatMap((node) => stringsOf([node])) } : {}),
  };
}

export function lowerOwner(owner: AlterOwnerStmt, { piece: { start, end } }: Source): PrivilegeStatement {
  const target = owner.object ? nameOfObject(owner.object) : nameOfRelation(owner.relation);
  return { start, end, kind: 'owner', object: objectName(owner.objectType), targets: [target] };
}

export function lowerPublication(publication: CreatePublicationStmt, { piece: { start, end } }: Source): PublicationStatement {
  const tables = tablesOf(publication.pubobjects);
  const all = publication.for_all_tables ? { allTables: true as const } : {};
  return { start, end, kind: 'createPublication', name: publication.pubname ?? '', tables, action: 'create', ...all };
}

const ACTIONS: Readonly<Record<string, PublicationStatement['action']>> = { AP_AddObjects: 'add', AP_DropObjects: 'drop', AP_SetObjects: 'set' };

export function lowerPublicationChange(publication: AlterPublicationStmt, { piece: { start, end } }: Source): PublicationStatement {
  const tables = tablesOf(publication.pubobjects);
  const action = publication.options ? 'options' : (ACTIONS[publication.action ?? ''] ?? 'options');
  return { start, end, kind: 'alterPublication', name: publication.pubname ?? '', tables, action };
}

function tablesOf(objects: readonly Node[] | undefined): QualifiedName[] {
  return (objects ?? []).flatMap((node) => {
    const table = 'PublicationObjSpec' in node ? node.PublicationObjSpec.pubtable?.relation : undefined;
    return table ? [nameOfRelation(table)] : [];
  });
}
