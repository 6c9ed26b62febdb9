import type { Node } from 'libpg-query';
import type { DefaultValue, Volatility, Written } from './statements.ts';
import { stringsOf, walkTree } from './syntax-tree.ts';

const VOLATILE = new Set(
  [
    'gen_random_uuid gen_random_bytes uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 random nextval clock_timestamp timeofday',
    'setval currval lastval pg_sleep random_normal',
  ].flatMap((line) => line.split(' ')),
);
const STABLE = new Set(
  'now transaction_timestamp statement_timestamp current_setting to_char current_schema txid_current age current_database'.split(' '),
);
const CONSTANT = new Set(
  [
    'lower upper concat coalesce timezone date_trunc date_part make_interval make_date json_build_object jsonb_build_object json_build_array',
    'jsonb_build_array to_jsonb array_to_json length md5 decode encode replace trim abs round floor ceil',
  ].flatMap((line) => line.split(' ')),
);
const RANK: readonly Volatility[] = ['constant', 'stable', 'unknown', 'volatile'];

export function lowerDefault(expression: Node, written?: Written): DefaultValue {
  let rank = 0;
  const calls: string[] = [];
  const raise = (volatility: Volatility): void => { rank = Math.max(rank, RANK.indexOf(volatility)); };
  walkTree([expression], (kind, node) => {
    if (kind === 'SQLValueFunction') raise('stable');
    if (kind === 'SubLink') raise('unknown');
    if (kind !== 'FuncCall') return;
    const name = stringsOf(node['funcname'] as Node[]).at(-1) ?? '';
    calls.push(name);
    raise(volatilityOf(name));
  });
  return {
    volatility: RANK[rank] ?? 'unknown',
    isNull: isNullConstant(expression),
    ...(written ? { expression: written } : {}),
    ...(calls.length > 0 ? { calls } : {}),
  };
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
