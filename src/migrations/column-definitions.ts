import type { ColumnDef, Constraint, Node } from 'libpg-query';
import type { Span } from '../facts/types.ts';
import { lowerType } from './column-types.ts';
import type { ColumnDefinition, ConstraintDefinition, DefaultValue, Volatility } from './statements.ts';
import { columnOf, nameOfRelation, stringsOf, walkTree } from './syntax-tree.ts';

const VOLATILE = new Set(
  [
    'gen_random_uuid gen_random_bytes uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 random nextval clock_timestamp timeofday',
    'setval',
  ].flatMap((line) => line.split(' ')),
);
const STABLE = new Set('now transaction_timestamp statement_timestamp current_setting to_char current_schema txid_current'.split(' '));
const CONSTANT = new Set(
  [
    'lower upper concat coalesce timezone date_trunc date_part make_interval make_date json_build_object jsonb_build_object json_build_array',
    'jsonb_build_array to_jsonb array_to_json length md5 decode encode replace trim abs round floor ceil',
  ].flatMap((line) => line.split(' ')),
);
const RANK: readonly Volatility[] = ['constant', 'stable', 'unknown', 'volatile'];

const CONSTRAINT_KINDS: Readonly<Record<string, ConstraintDefinition['kind']>> = {
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreignKey',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primaryKey',
  CONSTR_EXCLUSION: 'exclude',
  CONSTR_NOTNULL: 'notNull',
};

/** `span`: of the definition, as the caller located it. */
export function lowerColumn(definition: ColumnDef, span: Span): ColumnDefinition {
  const own = (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
  const find = (kind: string): Constraint | undefined => own.find((constraint) => constraint.contype === kind);
  const type = lowerType(definition.typeName);
  const fallback = find('CONSTR_DEFAULT');
  const generated = find('CONSTR_GENERATED');
  const identity = find('CONSTR_IDENTITY') !== undefined;
  const name = definition.colname ?? '';
  return {
    start: span.start,
    end: span.end,
    name,
    ...(type ? { type } : {}),
    notNull: identity || type?.serial === true || find('CONSTR_NOTNULL') !== undefined || find('CONSTR_PRIMARY') !== undefined,
    ...(fallback?.raw_expr ? { default: lowerDefault(fallback.raw_expr) } : {}),
    ...(generated ? { generated: generated.generated_kind === 'v' ? ('virtual' as const) : ('stored' as const) } : {}),
    ...(identity ? { identity: true as const } : {}),
    ...(definition.collClause ? { collation: true as const } : {}),
    constraints: own.flatMap((constraint) => {
      const lowered = constraint.contype === 'CONSTR_NOTNULL' ? undefined : lowerConstraint(constraint);
      return lowered ? [{ ...lowered, columns: lowered.columns.length > 0 ? lowered.columns : [name] }] : [];
    }),
  };
}

/** Undefined for what is no constraint of its own (defaults, deferrability). */
export function lowerConstraint(constraint: Constraint): ConstraintDefinition | undefined {
  const kind = CONSTRAINT_KINDS[constraint.contype ?? ''];
  if (!kind) return undefined;
  const proven = kind === 'check' ? columnsProvenNotNull(constraint.raw_expr) : [];
  return {
    kind,
    ...(constraint.conname === undefined ? {} : { name: constraint.conname }),
    columns: stringsOf(kind === 'foreignKey' ? constraint.fk_attrs : constraint.keys),
    notValid: constraint.skip_validation === true,
    ...(constraint.pktable ? { references: nameOfRelation(constraint.pktable), referencedColumns: stringsOf(constraint.pk_attrs) } : {}),
    ...(constraint.indexname === undefined ? {} : { usingIndex: constraint.indexname }),
    ...(proven.length > 0 ? { provesNotNull: proven } : {}),
  };
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

export function lowerDefault(expression: Node): DefaultValue {
  let rank = 0;
  const raise = (volatility: Volatility): void => { rank = Math.max(rank, RANK.indexOf(volatility)); };
  walkTree([expression], (kind, node) => {
    if (kind === 'SQLValueFunction') raise('stable');
    if (kind === 'SubLink') raise('unknown');
    if (kind === 'FuncCall') raise(volatilityOf(stringsOf(node['funcname'] as Node[]).at(-1) ?? ''));
  });
  return { volatility: RANK[rank] ?? 'unknown', isNull: isNullConstant(expression) };
}

function isNullConstant(expression: Node): boolean {
  if ('TypeCast' in expression) return expression.TypeCast.arg !== undefined && isNullConstant(expression.TypeCast.arg);
  return 'A_Const' in expression && expression.A_Const.isnull === true;
}

function volatilityOf(name: string): Volatility {
  if (VOLATILE.has(name)) return 'volatile';
  if (STABLE.has(name)) return 'stable';
  return CONSTANT.has(name) ? 'constant' : 'unknown';
}
