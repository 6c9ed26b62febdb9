import type { AlterTableCmd, ColumnDef, Node } from 'libpg-query';
import type { Span } from '../facts/types.ts';
import { clauseUntilWord, tokenIndexAt, writtenAt, type Source } from './clause-places.ts';
import { lowerColumn } from './column-definitions.ts';
import { lowerType } from './column-types.ts';
import { lowerConstraint } from './constraint-definitions.ts';
import { lowerDefault } from './default-values.ts';
import { lowerBound } from './partition-bounds.ts';
import { wordOf } from './split-statements.ts';
import type { AlterCommand, ColumnType, Written } from './statements.ts';
import { columnOf, nameOfRelation } from './syntax-tree.ts';

/** What a command says, without its place. */
type Meaning = AlterCommand extends infer Command ? (Command extends AlterCommand ? Omit<Command, 'start' | 'end'> : never) : never;
type Lower = (command: AlterTableCmd, column: string, source: Source, span: Span) => Meaning | undefined;

const onColumn =
  (kind: 'setNotNull' | 'dropNotNull' | 'dropExpression' | 'setExpression' | 'addIdentity' | 'dropIdentity'): Lower =>
  (_, column) => ({ kind, column });
const columnSetting =
  (kind: 'setStatistics' | 'setStorage' | 'setCompression' | 'setColumnOptions' | 'resetColumnOptions'): Lower =>
  (_, column) => ({ kind, column });
const plain =
  (kind: 'enableRowSecurity' | 'disableRowSecurity' | 'forceRowSecurity' | 'noForceRowSecurity' | 'notOf' | 'setWithoutOids' | 'setWithoutCluster'): Lower =>
  () => ({ kind });
const named =
  (kind: 'setLogged' | 'setUnlogged' | 'setAccessMethod' | 'setTablespace'): Lower =>
  (_, name) => ({ kind, ...(name === '' ? {} : { name }) });
const options =
  (kind: 'setOptions' | 'resetOptions'): Lower =>
  ({ def }) => ({ kind, options: optionNames(def) });
const trigger =
  (kind: 'enableTrigger' | 'disableTrigger', name?: string, when?: 'always' | 'replica'): Lower =>
  (_, own) => ({ kind, trigger: name ?? own, ...(when ? { when } : {}) });
const rule =
  (kind: 'enableRule' | 'disableRule'): Lower =>
  (_, own) => ({ kind, rule: own });
const parent =
  (kind: 'inherit' | 'noInherit'): Lower =>
  ({ def }) => (def && 'RangeVar' in def ? { kind, parent: nameOfRelation(def.RangeVar) } : undefined);
const partition =
  (kind: 'attachPartition' | 'detachPartition', finalize?: true): Lower =>
  ({ def }) => {
    if (!def || !('PartitionCmd' in def)) return undefined;
    const { name, concurrent, bound } = def.PartitionCmd;
    return {
      kind,
      partition: nameOfRelation(name),
      concurrently: concurrent === true,
      ...(bound ? { bound: lowerBound(bound) } : {}),
      ...(finalize ? { finalize } : {}),
    };
  };

const COMMANDS: Readonly<Partial<Record<NonNullable<AlterTableCmd['subtype']>, Lower>>> = {
  AT_AddColumn: ({ def, missing_ok: ifNotExists }, _, source, span) =>
    def && 'ColumnDef' in def ? { kind: 'addColumn', column: lowerColumn(def.ColumnDef, source, span), ifNotExists: ifNotExists === true } : undefined,
  AT_DropColumn: ({ missing_ok: ifExists, behavior }, column) => ({
    kind: 'dropColumn', column, ifExists: ifExists === true, cascade: behavior === 'DROP_CASCADE',
  }),
  AT_AlterColumnType: ({ def }, column, source, span) => (def && 'ColumnDef' in def ? lowerTypeChange(column, def.ColumnDef, source, span) : undefined),
  AT_ColumnDefault: ({ def }, column, source, span) =>
    def ? { kind: 'setDefault', column, default: lowerDefault(def, afterWord(source, span, 'default')) } : { kind: 'dropDefault', column },
  AT_SetNotNull: onColumn('setNotNull'),
  AT_DropNotNull: onColumn('dropNotNull'),
  AT_SetExpression: onColumn('setExpression'),
  AT_DropExpression: onColumn('dropExpression'),
  AT_AddIdentity: onColumn('addIdentity'),
  AT_SetIdentity: ({ def }, column) => ({ kind: 'setIdentity', column, options: optionNames(def) }),
  AT_DropIdentity: onColumn('dropIdentity'),
  AT_SetStatistics: columnSetting('setStatistics'),
  AT_SetStorage: columnSetting('setStorage'),
  AT_SetCompression: columnSetting('setCompression'),
  AT_SetOptions: columnSetting('setColumnOptions'),
  AT_ResetOptions: columnSetting('resetColumnOptions'),
  AT_AddConstraint: ({ def }, _, source, span) => {
    const constraint = def && 'Constraint' in def ? lowerConstraint(def.Constraint, source, source.at(def.Constraint.location ?? 0)) : undefined;
    return constraint && { kind: 'addConstraint', constraint: { ...constraint, start: span.start, end: span.end } };
  },
  AT_ValidateConstraint: ({ missing_ok: ifExists }, constraint) => ({ kind: 'validateConstraint', constraint, ifExists: ifExists === true }),
  AT_DropConstraint: ({ missing_ok: ifExists, behavior }, constraint) => ({
    kind: 'dropConstraint', constraint, ifExists: ifExists === true, cascade: behavior === 'DROP_CASCADE',
  }),
  AT_AlterConstraint: ({ def }) => {
    if (!def || !('ATAlterConstraint' in def)) return undefined;
    const { conname = '', alterDeferrability, alterEnforceability, alterInheritability, is_enforced: enforced } = def.ATAlterConstraint;
    const changes = [
      ...(alterDeferrability ? (['deferrability'] as const) : []),
      ...(alterEnforceability ? (['enforceability'] as const) : []),
      ...(alterInheritability ? (['inheritability'] as const) : []),
    ];
    return { kind: 'alterConstraint', constraint: conname, changes, ...(alterEnforceability ? { notEnforced: enforced !== true } : {}) };
  },
  AT_AttachPartition: partition('attachPartition'),
  AT_DetachPartition: partition('detachPartition'),
  AT_DetachPartitionFinalize: partition('detachPartition', true),
  AT_SetRelOptions: options('setOptions'),
  AT_ReplaceRelOptions: options('setOptions'),
  AT_ResetRelOptions: options('resetOptions'),
  AT_SetLogged: named('setLogged'),
  AT_SetUnLogged: named('setUnlogged'),
  AT_SetAccessMethod: named('setAccessMethod'),
  AT_SetTableSpace: named('setTablespace'),
  AT_ChangeOwner: ({ newowner: owner }) => ({ kind: 'setOwner', ...(owner?.rolename === undefined ? {} : { name: owner.rolename }) }),
  AT_ReplicaIdentity: ({ def }) => {
    if (!def || !('ReplicaIdentityStmt' in def)) return undefined;
    const { identity_type: type = '', name } = def.ReplicaIdentityStmt;
    const identity = ({ d: 'default', f: 'full', n: 'nothing', i: 'index' } as const)[type] ?? 'default';
    return { kind: 'replicaIdentity', identity, ...(name === undefined ? {} : { index: name }) };
  },
  AT_EnableTrig: trigger('enableTrigger'),
  AT_EnableAlwaysTrig: trigger('enableTrigger', undefined, 'always'),
  AT_EnableReplicaTrig: trigger('enableTrigger', undefined, 'replica'),
  AT_EnableTrigAll: trigger('enableTrigger', 'ALL'),
  AT_EnableTrigUser: trigger('enableTrigger', 'USER'),
  AT_DisableTrig: trigger('disableTrigger'),
  AT_DisableTrigAll: trigger('disableTrigger', 'ALL'),
  AT_DisableTrigUser: trigger('disableTrigger', 'USER'),
  AT_EnableRule: rule('enableRule'),
  AT_EnableAlwaysRule: rule('enableRule'),
  AT_EnableReplicaRule: rule('enableRule'),
  AT_DisableRule: rule('disableRule'),
  AT_EnableRowSecurity: plain('enableRowSecurity'),
  AT_DisableRowSecurity: plain('disableRowSecurity'),
  AT_ForceRowSecurity: plain('forceRowSecurity'),
  AT_NoForceRowSecurity: plain('noForceRowSecurity'),
  AT_AddInherit: parent('inherit'),
  AT_DropInherit: parent('noInherit'),
  AT_AddOf: ({ def }) => {
    const type = def && 'TypeName' in def ? lowerType(def.TypeName) : undefined;
    return type && { kind: 'ofType', type };
  },
  AT_DropOf: plain('notOf'),
  AT_DropOids: plain('setWithoutOids'),
  AT_ClusterOn: (_, index) => ({ kind: 'clusterOn', index }),
  AT_DropCluster: plain('setWithoutCluster'),
};

export function lowerCommand(command: AlterTableCmd, source: Source, span: Span): AlterCommand {
  const { start, end } = span;
  const column = command.name ?? '';
  const meaning = command.subtype === undefined ? undefined : COMMANDS[command.subtype]?.(command, column, source, span);
  if (meaning) return { start, end, ...meaning };
  return { start, end, kind: 'other', command: command.subtype ?? '', ...(column === '' ? {} : { column }) };
}

function optionNames(node: Node | undefined): string[] {
  const elements = node && 'List' in node ? (node.List.items ?? []) : [];
  return elements.flatMap((element) => ('DefElem' in element ? [element.DefElem.defname ?? ''] : []));
}

const AFTER_TYPE = new Set(['using', 'collate']);

function lowerTypeChange(column: string, definition: ColumnDef, source: Source, span: Span): Meaning | undefined {
  const type = lowerType(definition.typeName);
  if (!type) return undefined;
  const using = usingOf(column, type, definition.raw_default);
  const byte = definition.typeName?.location;
  const typeAsWritten = byte === undefined ? undefined : writtenAt(source.text, clauseUntilWord(source, source.at(byte), span.end, AFTER_TYPE));
  return { kind: 'setType', column, type, ...(typeAsWritten ? { typeAsWritten } : {}), using, ...(definition.collClause ? { collation: true as const } : {}) };
}

/** What stands in a command after a word. */
function afterWord({ text, piece: { tokens } }: Source, { start, end }: Span, word: string): Written | undefined {
  for (let at = tokenIndexAt(tokens, start); at < tokens.length; at += 1) {
    const next = tokens[at + 1];
    if (!next || next.start >= end) return undefined;
    if (wordOf(text, tokens[at]) === word) return writtenAt(text, { start: next.start, end });
  }
  return undefined;
}

/** `USING a` and `USING a::type` say what the server would do anyhow. */
function usingOf(column: string, type: ColumnType, expression: Node | undefined): 'none' | 'plainCast' | 'expression' {
  if (!expression) return 'none';
  if (columnOf(expression) === column) return 'plainCast';
  if (!('TypeCast' in expression) || columnOf(expression.TypeCast.arg) !== column) return 'expression';
  const cast = lowerType(expression.TypeCast.typeName);
  return cast && JSON.stringify(cast) === JSON.stringify(type) ? 'plainCast' : 'expression';
}
