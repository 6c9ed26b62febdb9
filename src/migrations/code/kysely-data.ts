import { addsCondition, setsWord, spaced, step, whereSql, type ChainType } from './kysely-chains.ts';
import { expressionBuilder, looseCondition } from './kysely-conditions.ts';
import { DB, selectSql } from './kysely-selects.ts';
import { expressionOf, findSql, quote, quoteTarget, referenceOf } from './kysely-sql.ts';
import type { Dialect } from '../migration-files.ts';
import { ANY, type BuilderCall, type BuilderMethod } from './renderers.ts';
import { builder, NotConstant, notConstant, record, textOf, textsOf, type RecordValue, type Value } from './values.ts';

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
/** `whereRef('a.id', '=', 'b.id')` compares two columns. */
const whereRef = addsCondition(({ args: [left, operator, right], dialect }) => {
  return `${referenceOf(left, dialect)} ${textOf(operator, 'the operator')} ${referenceOf(right, dialect)}`;
});

function otherTable(word: 'from' | 'using'): BuilderMethod {
  return setsWord(word, ({ args: [table], dialect }, { schema }) => {
    const [path = '', alias] = textOf(table, 'the table').split(/\s+as\s+/i);
    return `${word} ${quoteTarget(path, schema, dialect)}${alias === undefined ? '' : ` as ${quote(alias, dialect)}`}`;
  });
}

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
  render: (chain) => `update ${chain.name} set ${chain.items.join(', ')}${spaced(chain, 'from')}${whereSql(chain)}`,
  methods: { set: step((chain, call) => ({ items: [...chain.items, ...assignments(call)] })), where, whereRef, from: otherTable('from'), [ANY]: itself },
};

export const DELETE: ChainType = {
  type: 'delete',
  render: (chain) => `delete from ${chain.name}${spaced(chain, 'using')}${whereSql(chain)}`,
  methods: { where, whereRef, using: otherTable('using'), [ANY]: itself },
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
  render: (chain, dialect) => {
    const { query } = chain.words;
    if (query === undefined) return `insert into ${chain.name} ${chain.words['rows'] ?? rows(record(), dialect)}`;
    return `insert into ${chain.name}${chain.items.length === 0 ? '' : ` (${chain.items.join(', ')})`} ${query}`;
  },
  methods: {
    columns: step((_chain, { args, dialect }) => ({ items: textsOf(args[0], 'the columns').map((name) => quote(name, dialect)) })),
    expression: setsWord('query', (call) => {
      const [given] = call.args;
      const query = given?.kind === 'function' ? call.apply(given, [builder(DB, undefined)]) : given;
      return findSql(query) ? expressionOf(query, call.dialect, 'the query') : selectSql(query, call.dialect);
    }),
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
