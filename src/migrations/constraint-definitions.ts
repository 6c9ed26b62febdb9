import type { Constraint, Node } from 'libpg-query';
import type { Span } from '../facts/types.ts';
import { clauseFrom, symbolOf, tokenIndexAt, writtenAt, type Source } from './clause-places.ts';
import type { ConstraintDefinition, ForeignKeyAction, Written } from './statements.ts';
import { columnOf, columnsIn, nameOfRelation, stringsOf } from './syntax-tree.ts';

const KINDS: Readonly<Record<string, ConstraintDefinition['kind']>> = {
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreignKey',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primaryKey',
  CONSTR_EXCLUSION: 'exclude',
  CONSTR_NOTNULL: 'notNull',
};

const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = { a: 'noAction', r: 'restrict', c: 'cascade', n: 'setNull', d: 'setDefault' };

/** Attributes that the parser lists as constraints of their own after the one they belong to. */
const ATTRIBUTES: Readonly<Record<string, Partial<ConstraintDefinition>>> = {
  CONSTR_ATTR_DEFERRABLE: { deferrable: true },
  CONSTR_ATTR_DEFERRED: { deferrable: true, initiallyDeferred: true },
  CONSTR_ATTR_NOT_ENFORCED: { notEnforced: true },
};

/** Undefined for what is no constraint of its own (defaults, deferrability). `start`, `limit`: offsets in the script, where they are known. */
export function lowerConstraint(constraint: Constraint, source: Source, start?: number, limit?: number): ConstraintDefinition | undefined {
  const kind = KINDS[constraint.contype ?? ''];
  if (!kind) return undefined;
  const span = start === undefined ? undefined : clauseFrom(source, start, limit);
  const proven = kind === 'check' ? columnsProvenNotNull(constraint.raw_expr) : [];
  const expression = kind === 'check' && span ? bracketed(source, span.start, span.end) : undefined;
  return {
    kind,
    ...(span ?? {}),
    ...(constraint.conname === undefined ? {} : { name: constraint.conname }),
    columns: columnsOf(kind, constraint),
    notValid: constraint.skip_validation === true,
    ...(kind !== 'unique' && kind !== 'primaryKey' && kind !== 'exclude' && isUnenforced(constraint) ? { notEnforced: true as const } : {}),
    ...(constraint.is_no_inherit ? { noInherit: true as const } : {}),
    ...(constraint.pktable ? lowerReference(constraint) : {}),
    ...(constraint.deferrable ? { deferrable: true as const } : {}),
    ...(constraint.initdeferred ? { initiallyDeferred: true as const } : {}),
    ...(constraint.indexname === undefined ? {} : { usingIndex: constraint.indexname }),
    ...(constraint.nulls_not_distinct ? { nullsNotDistinct: true as const } : {}),
    ...(constraint.including ? { included: stringsOf(constraint.including) } : {}),
    ...(proven.length > 0 ? { provesNotNull: proven } : {}),
    ...(expression ? { expression } : {}),
  };
}

/** Constraints of one column. Attributes such as DEFERRABLE join the constraint before them. */
export function lowerColumnConstraints(
  own: readonly Constraint[],
  column: string,
  source: Source,
  spanOf: (byte: number) => Span,
): ConstraintDefinition[] {
  const lowered: ConstraintDefinition[] = [];
  for (const constraint of own) {
    const attribute = ATTRIBUTES[constraint.contype ?? ''];
    const last = lowered.at(-1);
    if (attribute && last) lowered[lowered.length - 1] = { ...last, ...attribute, end: spanOf(constraint.location ?? 0).end };
    if (constraint.contype === 'CONSTR_NOTNULL') continue;
    const definition = lowerConstraint(constraint, source);
    if (!definition) continue;
    const span = spanOf(constraint.location ?? 0);
    const expression = definition.kind === 'check' ? bracketed(source, span.start, span.end) : undefined;
    const columns = definition.kind === 'check' || definition.columns.length > 0 ? definition.columns : [column];
    lowered.push({ ...definition, ...span, columns, ...(expression ? { expression } : {}) });
  }
  return lowered;
}

function lowerReference(constraint: Constraint): Partial<ConstraintDefinition> {
  const [onDelete, onUpdate] = [ACTIONS[constraint.fk_del_action ?? 'a'], ACTIONS[constraint.fk_upd_action ?? 'a']];
  return {
    references: nameOfRelation(constraint.pktable),
    referencedColumns: stringsOf(constraint.pk_attrs),
    ...(onDelete && onDelete !== 'noAction' ? { onDelete } : {}),
    ...(onUpdate && onUpdate !== 'noAction' ? { onUpdate } : {}),
  };
}

/** `is_enforced` is absent when false, as every false flag; constraints that cannot be unenforced leave it out as well. */
function isUnenforced(constraint: Constraint): boolean {
  return (constraint.contype === 'CONSTR_CHECK' || constraint.contype === 'CONSTR_FOREIGN') && constraint.is_enforced !== true;
}

function columnsOf(kind: ConstraintDefinition['kind'], constraint: Constraint): string[] {
  if (kind === 'check') return columnsIn(constraint.raw_expr);
  if (kind === 'foreignKey') return stringsOf(constraint.fk_attrs);
  if (kind !== 'exclude') return stringsOf(constraint.keys);
  return (constraint.exclusions ?? []).flatMap((pair) => {
    const element = 'List' in pair ? pair.List.items?.[0] : undefined;
    return element && 'IndexElem' in element && element.IndexElem.name !== undefined ? [element.IndexElem.name] : [];
  });
}

/** Columns that an expression proves to be not null: `a IS NOT NULL`, joined by AND. The server looks no further either. */
function columnsProvenNotNull(expression: Node | undefined): string[] {
  if (!expression) return [];
  if ('NullTest' in expression) {
    const column = expression.NullTest.nulltesttype === 'IS_NOT_NULL' ? columnOf(expression.NullTest.arg) : undefined;
    return column === undefined ? [] : [column];
  }
  if (!('BoolExpr' in expression) || expression.BoolExpr.boolop !== 'AND_EXPR') return [];
  return (expression.BoolExpr.args ?? []).flatMap((part) => columnsProvenNotNull(part));
}

/** What stands in the first brackets of a clause. */
function bracketed({ text, piece: { tokens } }: Source, start: number, end: number): Written | undefined {
  let open: number | undefined;
  let depth = 0;
  for (let at = tokenIndexAt(tokens, start); at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token || token.start >= end) return undefined;
    const symbol = symbolOf(text, token);
    if (symbol === '(') depth += 1;
    if (symbol === ')') depth -= 1;
    if (symbol === '(' && depth === 1) open ??= token.end;
    if (symbol === ')' && depth === 0 && open !== undefined) return writtenAt(text, { start: open, end: token.start });
  }
  return undefined;
}
