import type { ColumnDefinition as ColumnNode, Constraint, ReferencesSpecification } from 'sql-parser-cst';
import type { Span } from '../../facts/types.ts';
import type { ColumnDefinition, ColumnType, ConstraintDefinition, DefaultValue, ForeignKeyAction, Written } from '../statements.ts';
import type { Node } from './sqlite-parser.ts';
import { columnsIn, nameOf, rangeOf } from './syntax-nodes.ts';

/** Text of the script and the translation of the tree's ranges into it. */
export interface Source {
  readonly sql: string;
  readonly place: (span: Span) => Span;
}

const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  restrict: 'restrict',
  cascade: 'cascade',
  'set null': 'setNull',
  'set default': 'setDefault',
  'no action': 'noAction',
};

/** `span`: of what holds the definition; a command, or the definition itself. */
export function lowerColumn(node: ColumnNode, source: Source, span: Span = source.place(rangeOf(node))): ColumnDefinition {
  const name = node.name.name;
  const parts = node.constraints.map((part) => unwrap(part as Node));
  const has = (type: Node['type']): boolean => parts.some(({ constraint }) => constraint.type === type);
  const find = <T extends Node['type']>(type: T): Extract<Node, { type: T }> | undefined =>
    parts.map(({ constraint }) => constraint).find((constraint): constraint is Extract<Node, { type: T }> => constraint.type === type);
  const fallback = splitDefault(find('constraint_default')?.expr as Node | undefined);
  const generated = find('constraint_generated');
  const typeRange = node.dataType ? rangeOf(node.dataType as Node) : undefined;
  return {
    ...span,
    name,
    nameAt: source.place(rangeOf(node.name)),
    ...(typeRange ? { type: lowerType(source.sql.slice(typeRange.start, typeRange.end)), typeAsWritten: written(node.dataType as Node, source) } : {}),
    notNull: has('constraint_not_null') || fallback?.notNull === true,
    ...(has('constraint_null') ? { explicitNull: true as const } : {}),
    ...(fallback ? { default: lowerDefault(fallback.value, source) } : {}),
    ...(generated ? { generated: generated.storageKw?.text.toLowerCase() === 'stored' ? ('stored' as const) : ('virtual' as const) } : {}),
    ...(generated ? { generatedFrom: columnsIn(generated.expr as Node) } : {}),
    ...(has('constraint_auto_increment') ? { identity: true as const } : {}),
    ...(has('constraint_collate') ? { collation: true as const } : {}),
    constraints: parts.flatMap((part) => {
      const lowered = lowerConstraint(part, source);
      return lowered ? [{ ...lowered, columns: lowered.columns.length > 0 ? lowered.columns : [name] }] : [];
    }),
  };
}

interface NamedConstraint {
  readonly name?: string;
  readonly constraint: Node;
  readonly node: Node;
}

/** A constraint with or without `CONSTRAINT name` around it. */
export function unwrap(node: Node): NamedConstraint {
  if (node.type !== 'constraint') return { constraint: node, node };
  const { name, constraint } = node as Constraint<Node>;
  return { ...(name?.name ? { name: name.name.name } : {}), constraint, node };
}

/** Undefined for what is no constraint of its own: defaults, NOT NULL, collations. */
export function lowerConstraint({ name, constraint, node }: NamedConstraint, source: Source): ConstraintDefinition | undefined {
  const base = { ...source.place(rangeOf(node)), ...(name === undefined ? {} : { name }), notValid: false };
  if (constraint.type === 'constraint_primary_key') return { ...base, kind: 'primaryKey', columns: keyColumns(constraint.columns as Node | undefined) };
  if (constraint.type === 'constraint_unique') return { ...base, kind: 'unique', columns: keyColumns(constraint.columns as Node | undefined) };
  if (constraint.type === 'constraint_check') {
    return { ...base, kind: 'check', columns: columnsIn(constraint.expr), expression: written(constraint.expr, source) };
  }
  if (constraint.type === 'references_specification') return { ...base, kind: 'foreignKey', columns: [], ...lowerReference(constraint) };
  if (constraint.type !== 'constraint_foreign_key') return undefined;
  return { ...base, kind: 'foreignKey', columns: constraint.columns.expr.items.map((column) => column.name), ...lowerReference(constraint.references) };
}

function lowerReference(node: ReferencesSpecification): Pick<ConstraintDefinition, 'references' | 'referencedColumns' | 'onDelete' | 'onUpdate'> {
  const action = (event: string): ForeignKeyAction | undefined => {
    const found = node.options.find((option) => option.type === 'referential_action' && option.eventKw.text.toLowerCase() === event);
    if (found?.type !== 'referential_action') return undefined;
    const words = Array.isArray(found.actionKw) ? found.actionKw : [found.actionKw];
    return ACTIONS[words.map(({ text }) => text.toLowerCase()).join(' ')];
  };
  const [onDelete, onUpdate] = [action('delete'), action('update')];
  return {
    references: nameOf(node.table as Node),
    referencedColumns: node.columns?.expr.items.map((column) => column.name) ?? [],
    ...(onDelete ? { onDelete } : {}),
    ...(onUpdate ? { onUpdate } : {}),
  };
}

function keyColumns(node: Node | undefined): string[] {
  return node?.type === 'paren_expr' ? columnsIn(node) : [];
}

export function written(node: Node, { sql, place }: Source): Written {
  const range = rangeOf(node);
  return { ...place(range), text: sql.slice(range.start, range.end) };
}

function lowerType(text: string): ColumnType {
  const [, name = text, args] = /^([^(]*?)\s*(?:\(([^)]*)\))?\s*$/s.exec(text) ?? [];
  return { name: name.replace(/["`[\]]/g, '').toLowerCase(), args: args === undefined ? [] : args.split(',').map(Number), dimensions: 0 };
}

/** The parser takes the `NOT NULL` and the `COLLATE` after a default for parts of its expression. */
function splitDefault(node: Node | undefined): { readonly value: Node; readonly notNull: boolean } | undefined {
  if (!node) return undefined;
  if (node.type === 'postfix_op_expr') return { value: splitDefault(node.expr as Node)?.value ?? node, notNull: true };
  if (node.type === 'binary_expr' && operatorOf(node.operator) === 'collate') return { value: node.left as Node, notNull: false };
  return { value: node, notNull: false };
}

/** Words of an operator in lower case. */
export function operatorOf(operator: unknown): string {
  if (typeof operator === 'string') return operator.toLowerCase();
  if (Array.isArray(operator)) return operator.map(operatorOf).join(' ');
  return typeof operator === 'object' && operator !== null && 'text' in operator ? String(operator.text).toLowerCase() : '';
}

/** SQLite takes literals, also signed ones and in brackets, for constant; whatever else it would have to compute, it calls not constant. */
export function lowerDefault(node: Node, source: Source): DefaultValue {
  const isConstant = isLiteral(node);
  return { volatility: isConstant ? 'constant' : 'volatile', isNull: isNullLiteral(node), expression: written(node, source) };
}

function isLiteral(node: Node): boolean {
  if (node.type === 'prefix_op_expr') return /^[-+]$/.test(operatorOf(node.operator)) && isLiteral(node.expr as Node);
  if (node.type === 'paren_expr') return node.expr.type !== 'identifier' && isLiteral(node.expr as Node);
  if (node.type === 'cast_expr') return isLiteral((node.args.expr.expr ?? node.args.expr) as Node);
  // Words such as `abc` and `"abc"` are taken for strings.
  return node.type === 'identifier' || /_literal$/.test(node.type);
}

function isNullLiteral(node: Node): boolean {
  return node.type === 'paren_expr' ? isNullLiteral(node.expr as Node) : node.type === 'null_literal';
}
