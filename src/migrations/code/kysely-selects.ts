import type { Dialect } from '../migration-files.ts';
import { conditionOf } from './kysely-conditions.ts';
import { expressionOf, findSql, quotePath, quoteTarget } from './kysely-sql.ts';
import { ANY, type BuilderCall, type BuilderMethod } from './renderers.ts';
import { builder, notConstant, NotConstant, itemsOf, textOf, type Value } from './values.ts';

/** A query: executed it only reads, but a view or a table may be made of it. */
export const SELECT = 'select';
/** `db`, `trx` and what `withSchema` makes of them; the state is the schema. */
export const DB = 'db';

interface Select {
  readonly from: string;
  readonly columns: readonly string[];
  readonly where: readonly string[];
  /** A part of it that is not rendered. */
  readonly fault?: NotConstant;
}

export function startSelect(call: BuilderCall, schema: string | undefined): Value {
  const empty: Select = { from: '', columns: [], where: [] };
  const tables = (): string[] => itemsOf(call.args[0], 'the table').map((table) => aliased(table, schema, call.dialect, true));
  return builder(SELECT, changed(empty, () => ({ from: tables().join(', ') })));
}

/** The SQL of a query. Throws NotConstant for what is none or holds parts that are not rendered here. */
export function selectSql(value: Value | undefined, dialect: Dialect): string {
  if (value?.kind !== 'builder' || value.type !== SELECT) throw notConstant('the query', value);
  const { from, columns, where, fault } = value.state as Select;
  if (fault) throw fault;
  const listed = columns.length > 0 ? columns.join(', ') : dialect === 'postgres' ? '' : '1';
  return `select ${listed} from ${from}${where.length > 0 ? ` where ${where.join(' and ')}` : ''}`;
}

function changed(select: Select, change: () => Partial<Select>): Select {
  if (select.fault) return select;
  try {
    return { ...select, ...change() };
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    return { ...select, fault: error };
  }
}

function step(change: (select: Select, call: BuilderCall) => Partial<Select>): BuilderMethod {
  return (call) => {
    const select = call.self.state as Select;
    return builder(SELECT, changed(select, () => change(select, call)));
  };
}

/** `person as p`, `p.name as n`. */
function aliased(value: Value, schema: string | undefined, dialect: Dialect, isTable: boolean): string {
  if (findSql(value)) return expressionOf(value, dialect, 'a column of the query');
  const [path = '', alias] = textOf(value, isTable ? 'the table' : 'a column of the query').split(/\s+as\s+/i);
  const written = isTable ? quoteTarget(path, schema, dialect) : quotePath(path, dialect);
  return alias === undefined ? written : `${written} as ${quotePath(alias, dialect)}`;
}

const reads: BuilderMethod = () => undefined;

export const SELECT_METHODS: Readonly<Record<string, BuilderMethod>> = {
  select: step((select, { args, dialect }) => ({
    columns: [...select.columns, ...itemsOf(args[0], 'the columns of the query').map((column) => aliased(column, undefined, dialect, false))],
  })),
  selectAll: step((select, { args, dialect }) => ({
    columns: [...select.columns, ...(args[0] ? itemsOf(args[0], 'the table').map((table) => `${quotePath(textOf(table, 'the table'), dialect)}.*`) : ['*'])],
  })),
  where: step((select, call) => ({ where: [...select.where, conditionOf(call)] })),
  execute: reads,
  executeTakeFirst: reads,
  executeTakeFirstOrThrow: reads,
  stream: reads,
  // Joins, groups and the like are not written out: it matters only where the query becomes a view.
  [ANY]: step((_select, { method }) => {
    throw new NotConstant(`\`${method}\` of the query is not rendered`);
  }),
};
