import { addsCondition, setsWord, step, whereSql, type ChainType } from './kysely-chains.ts';
import { expressionBuilder, looseCondition } from './kysely-conditions.ts';
import { expressionOf, quote, referenceOf } from './kysely-sql.ts';
import type { Dialect } from '../migration-files.ts';
import { ANY, type BuilderCall, type BuilderMethod } from './renderers.ts';
import { NotConstant, notConstant, record, textOf, type RecordValue, type Value } from './values.ts';

/** Values of rows need not be known: a default stands in their place. */
function looseValue(value: Value | undefined, dialect: Dialect): string {
  try {
    return expressionOf(value, dialect, 'the value');
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    return dialect === 'sqlite' ? 'null' : 'default';
  }
}

/** What `returning`, `onConflict` and the like add changes nothing of what is judged. */
const itself: BuilderMethod = ({ self }) => self;
const where = addsCondition(looseCondition);

/** The record of `set({ … })`, `set('name', value)` or `set((eb) => ({ … }))`. Throws NotConstant. */
function assignments(call: BuilderCall): string[] {
  const [first, second] = call.args;
  if (second) return [`${referenceOf(first, call.dialect)} = ${looseValue(second, call.dialect)}`];
  const given = first?.kind === 'function' ? call.apply(first, [expressionBuilder('loose')]) : first;
  if (given?.kind !== 'record' || given.entries.size === 0) throw notConstant('what is updated', given);
  return [...given.entries].map(([name, value]) => `${quote(name, call.dialect)} = ${looseValue(value, call.dialect)}`);
}

export const UPDATE: ChainType = {
  type: 'update',
  render: (chain) => `update ${chain.name} set ${chain.items.join(', ')}${whereSql(chain)}`,
  methods: { set: step((chain, call) => ({ items: [...chain.items, ...assignments(call)] })), where, whereRef: where, [ANY]: itself },
};

export const DELETE: ChainType = {
  type: 'delete',
  render: (chain) => `delete from ${chain.name}${whereSql(chain)}`,
  methods: { where, whereRef: where, [ANY]: itself },
};

function rows(given: Value | undefined, dialect: Dialect): string {
  const isRecord = (value: Value): value is RecordValue => value.kind === 'record' && !value.open;
  const records = given?.kind === 'list' ? given.items.filter(isRecord) : given && isRecord(given) ? [given] : [];
  const columns = [...new Set(records.flatMap((row) => [...row.entries.keys()]))];
  if (columns.length === 0) return dialect === 'mysql' ? '() values ()' : 'default values';
  const tuples = records.map((row) => `(${columns.map((column) => looseValue(row.entries.get(column), dialect)).join(', ')})`);
  return `(${columns.map((column) => quote(column, dialect)).join(', ')}) values ${tuples.join(', ')}`;
}

export const INSERT: ChainType = {
  type: 'insert',
  render: (chain, dialect) => `insert into ${chain.name} ${chain.words['rows'] ?? rows(record(), dialect)}`,
  methods: {
    values: setsWord('rows', (call) => {
      const [given] = call.args;
      return rows(given?.kind === 'function' ? call.apply(given, [expressionBuilder('loose')]) : given, call.dialect);
    }),
    [ANY]: itself,
  },
};

export function tableName(call: BuilderCall): string {
  const [first] = call.args;
  return textOf(first?.kind === 'list' ? first.items[0] : first, 'the name of the table');
}
