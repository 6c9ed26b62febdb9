import type { AlterObjectSchemaStmt, DropStmt, Node, RenameStmt } from 'libpg-query';
import type { Source } from './clause-places.ts';
import type { DropStatement, MoveStatement, QualifiedName, RenameStatement } from './statements.ts';
import { nameOfObject, nameOfPath, nameOfRelation, stringsOf } from './syntax-tree.ts';

const DROPPED: Readonly<Record<string, DropStatement['object']>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materializedView',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'domain',
  OBJECT_SCHEMA: 'schema',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'function',
  OBJECT_ROUTINE: 'function',
  OBJECT_EXTENSION: 'extension',
  OBJECT_STATISTIC_EXT: 'statistics',
  OBJECT_PUBLICATION: 'publication',
};

const RENAMED: Readonly<Record<string, RenameStatement['object']>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_COLUMN: 'column',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_DOMCONSTRAINT: 'constraint',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materializedView',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_SCHEMA: 'schema',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'domain',
  OBJECT_ATTRIBUTE: 'attribute',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'function',
  OBJECT_ROUTINE: 'function',
};

const OWNERS: ReadonlySet<string> = new Set(['table', 'index', 'view', 'materializedView', 'sequence', 'type', 'domain']);
const ATTACHED: ReadonlySet<string> = new Set(['trigger', 'policy', 'rule']);

/** The parser's `OBJECT_…` in lower case. */
export function objectName(type: string | undefined): string {
  return (type ?? 'OBJECT_OTHER').slice('OBJECT_'.length).toLowerCase();
}

export function lowerRename(rename: RenameStmt, { piece: { start, end } }: Source): RenameStatement {
  const object = RENAMED[rename.renameType ?? ''] ?? 'other';
  const target = rename.relation ? nameOfRelation(rename.relation) : rename.object ? nameOfObject(rename.object) : { name: rename.subname ?? '' };
  return {
    start,
    end,
    kind: 'rename',
    object,
    on: ownerOf(rename, object),
    target,
    from: rename.subname ?? target.name,
    to: rename.newname ?? '',
    ifExists: rename.missing_ok === true,
  };
}

function ownerOf(rename: RenameStmt, object: RenameStatement['object']): RenameStatement['on'] {
  if (rename.renameType === 'OBJECT_DOMCONSTRAINT') return 'domain';
  if (object === 'attribute') return 'type';
  if (object === 'constraint' || ATTACHED.has(object)) return 'table';
  const on = object === 'column' ? (RENAMED[rename.relationType ?? ''] ?? 'other') : object;
  return OWNERS.has(on) ? (on as RenameStatement['on']) : 'other';
}

export function lowerDrop(drop: DropStmt, { piece: { start, end } }: Source): DropStatement {
  const object = DROPPED[drop.removeType ?? ''] ?? 'other';
  const objects = drop.objects ?? [];
  const on = ATTACHED.has(object) ? tableOfAttached(objects[0]) : undefined;
  return {
    start,
    end,
    kind: 'drop',
    object,
    names: objects.map((node) => (on ? { name: lastOf(node) } : nameOfObject(node))),
    ...(on ? { on } : {}),
    concurrently: drop.concurrent === true,
    ifExists: drop.missing_ok === true,
    cascade: drop.behavior === 'DROP_CASCADE',
  };
}

/** `[schema, table, name]` of a trigger, a policy, a rule, a constraint. */
export function tableOfAttached(node: Node | undefined): QualifiedName | undefined {
  return node && 'List' in node ? nameOfPath(stringsOf(node.List.items).slice(0, -1)) : undefined;
}

function lastOf(node: Node): string {
  return 'List' in node ? (stringsOf(node.List.items).at(-1) ?? '') : '';
}

export function lowerMove(move: AlterObjectSchemaStmt, { piece: { start, end } }: Source): MoveStatement {
  const { objectType, relation, object, newschema = '' } = move;
  const target = object ? nameOfObject(object) : nameOfRelation(relation);
  return { start, end, kind: 'setSchema', object: objectName(objectType), target, schema: newschema };
}
