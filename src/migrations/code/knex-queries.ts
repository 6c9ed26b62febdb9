import type { Dialect } from '../migration-files.ts';
import { bind, isRaw, literal, nameOf, useRaw, wrap } from './knex-values.ts';
import { ANY, type BuilderCall, type BuilderMethod } from './renderers.ts';
import { builder, isNothing, NotConstant, notConstant, textOf, textsOf, type BuilderValue, type Value } from './values.ts';

/** `knex('t')` and what is chained to it. */
export interface QueryState {
  table?: string;
  schema?: string;
  action: 'select' | 'insert' | 'update' | 'delete' | 'truncate';
  readonly conditions: string[];
  /** Assignments of an update. */
  readonly assignments: string[];
  /** Rows of an insert. */
  rows?: Value;
  /** Tables that `updateFrom` joins to an update (PostgreSQL). */
  readonly from: string[];
  /** It became a part of something else. */
  used: boolean;
}

export function startQuery(call: BuilderCall, table: Value | undefined, schema?: string): BuilderValue<QueryState> {
  const { dialect } = call;
  const state: QueryState = { action: 'select', conditions: [], assignments: [], from: [], used: false, ...(schema === undefined ? {} : { schema }) };
  if (!isNothing(table)) setTable(state, table);
  call.emitLater(() => (state.used ? [] : queryStatements(state, dialect)));
  return builder('query', state);
}

/** `{ alias: 'table' }` is a table under another name. */
function setTable(state: QueryState, table: Value): void {
  const [named] = table.kind === 'record' ? table.entries.values() : [table];
  state.table = isRaw(named) ? useRaw(named) : textOf(named, 'the name of the table').replace(/\s+as\s+.*$/i, '');
}

/** What a query sends; a SELECT changes nothing and is left out. */
export function queryStatements(state: QueryState, dialect: Dialect): string[] {
  if (state.action === 'select') return [];
  if (state.table === undefined) throw new NotConstant('the table of the query is not known');
  const table = wrap(state.schema === undefined ? state.table : `${state.schema}.${state.table}`, dialect);
  const where = state.conditions.length === 0 ? '' : ` where ${state.conditions.join(' and ')}`;
  switch (state.action) {
    case 'update':
      return [`update ${table} set ${state.assignments.join(', ')}${state.from.length > 0 ? ` from ${state.from.join(', ')}` : ''}${where}`];
    case 'delete':
      return [`delete from ${table}${where}`];
    case 'truncate':
      return [dialect === 'sqlite' ? `delete from ${table}` : `truncate ${table}${dialect === 'postgres' ? ' restart identity' : ''}`];
    default:
      return [insertSql(table, state.rows, dialect)];
  }
}

/** Rows that are not known are left out: an INSERT is one whatever it adds. */
function insertSql(table: string, rows: Value | undefined, dialect: Dialect): string {
  const items = rows?.kind === 'list' ? rows.items : rows ? [rows] : [];
  const records = items.flatMap((item) => (item.kind === 'record' && !item.open ? [item.entries] : []));
  const columns = [...new Set(records.flatMap((entries) => [...entries.keys()]))];
  if (records.length < items.length || columns.length === 0) return dialect === 'mysql' ? `insert into ${table} () values ()` : `insert into ${table} default values`;
  const values = records.map((entries) => `(${columns.map((column) => (entries.has(column) ? literal(entries.get(column), dialect) : 'DEFAULT')).join(', ')})`);
  return `insert into ${table} (${columns.map((column) => wrap(column, dialect)).join(', ')}) values ${values.join(', ')}`;
}

const stateOf = (call: BuilderCall): QueryState => call.self.state as QueryState;

function condition(render: (call: BuilderCall) => string | undefined): BuilderMethod {
  return (call) => {
    const { conditions } = stateOf(call);
    const written = render(call) ?? 'NULL';
    const before = conditions.pop();
    conditions.push(before === undefined ? written : `${before} ${call.method.startsWith('or') ? 'or' : 'and'} ${written}`);
    return call.self;
  };
}

/** `where({ a: 1 })`, `where('a', 1)`, `where('a', '>', 1)`, `where(knex.raw('…'))`; what a callback says is some condition. */
function where(call: BuilderCall): string | undefined {
  const { dialect, args } = call;
  const [first, second, third] = args;
  if (isRaw(first)) return useRaw(first);
  if (first?.kind === 'record' && !first.open) {
    return [...first.entries].map(([name, value]) => `${wrap(name, dialect)} = ${literal(value, dialect)}`).join(' and ');
  }
  if (first?.kind !== 'text' || first.holes) return undefined;
  const name = wrap(first.text, dialect);
  if (second?.kind === 'null') return `${name} is null`;
  if (third === undefined) return `${name} = ${literal(second, dialect)}`;
  const operator = second?.kind === 'text' ? second.text : '=';
  return `${name} ${operator} ${third.kind === 'null' ? 'null' : third.kind === 'list' ? `(${third.items.map((item) => literal(item, dialect)).join(', ')})` : literal(third, dialect)}`;
}

const whereRaw = (call: BuilderCall): string => {
  const [sql] = call.args;
  return isRaw(sql) ? useRaw(sql) : sql?.kind === 'text' && !sql.holes ? bind(sql.text, call.args[1], call.dialect) : 'NULL';
};

const whereIn = (not: string) => (call: BuilderCall): string | undefined => {
  const [column, values] = call.args;
  markUsed(values);
  if (column?.kind !== 'text') return undefined;
  const list = values?.kind === 'list' ? values.items.map((item) => literal(item, call.dialect)).join(', ') : 'NULL';
  return `${wrap(column.text, call.dialect)} ${not}in (${list})`;
};

function markUsed(value: Value | undefined): void {
  if (value?.kind === 'builder' && (value.type === 'query' || value.type === 'raw')) (value.state as { used: boolean }).used = true;
}

function update(call: BuilderCall): BuilderValue {
  const state = stateOf(call);
  const [values, single] = call.args;
  if (values?.kind === 'text') state.assignments.push(`${wrap(textOf(values, 'the name of the column'), call.dialect)} = ${literal(single, call.dialect)}`);
  else if (values?.kind === 'record' && !values.open) {
    for (const [name, value] of values.entries) {
      markUsed(value);
      state.assignments.push(`${wrap(name, call.dialect)} = ${value.kind === 'builder' && value.type === 'query' ? 'NULL' : literal(value, call.dialect)}`);
    }
  } else throw notConstant('what the update sets', values);
  state.action = 'update';
  return call.self;
}

function step(operator: '+' | '-'): BuilderMethod {
  return (call) => {
    const state = stateOf(call);
    state.action = 'update';
    const [column, amount] = call.args;
    const counts = column?.kind === 'record' ? [...column.entries] : [[textOf(column, 'the name of the column'), amount] as const];
    for (const [name, by] of counts) {
      const written = wrap(name, call.dialect);
      state.assignments.push(`${written} = ${written} ${operator} ${isNothing(by) ? '1' : literal(by, call.dialect)}`);
    }
    return call.self;
  };
}

function act(action: QueryState['action']): BuilderMethod {
  return (call) => {
    const state = stateOf(call);
    state.action = action;
    if (action === 'insert' && call.args[0]) state.rows = call.args[0];
    return call.self;
  };
}

const into: BuilderMethod = (call) => {
  if (call.args[0]) setTable(stateOf(call), call.args[0]);
  return call.self;
};

export const QUERY_METHODS: Readonly<Record<string, BuilderMethod>> = {
  ...Object.fromEntries(['where', 'andWhere', 'orWhere', 'having'].map((name): [string, BuilderMethod] => [name, condition(where)])),
  ...Object.fromEntries(['whereRaw', 'andWhereRaw', 'orWhereRaw'].map((name): [string, BuilderMethod] => [name, condition(whereRaw)])),
  ...Object.fromEntries(['whereIn', 'andWhereIn', 'orWhereIn'].map((name): [string, BuilderMethod] => [name, condition(whereIn(''))])),
  whereNotIn: condition(whereIn('not ')),
  whereNot: condition((call) => `not ${where(call) ?? 'NULL'}`),
  whereNull: condition(({ args, dialect }) => `${nameOf(args[0], 'the name of the column', dialect)} is null`),
  andWhereNull: condition(({ args, dialect }) => `${nameOf(args[0], 'the name of the column', dialect)} is null`),
  whereNotNull: condition(({ args, dialect }) => `${nameOf(args[0], 'the name of the column', dialect)} is not null`),
  andWhereNotNull: condition(({ args, dialect }) => `${nameOf(args[0], 'the name of the column', dialect)} is not null`),
  ...Object.fromEntries(
    'whereExists whereNotExists whereBetween andWhereBetween whereNotBetween whereLike whereILike whereColumn whereJsonPath limit'
      .split(' ')
      .map((name): [string, BuilderMethod] => [
        name,
        condition((call) => {
          call.args.forEach(markUsed);
          return undefined;
        }),
      ]),
  ),
  update,
  insert: act('insert'),
  upsert: act('insert'),
  del: act('delete'),
  delete: act('delete'),
  truncate: act('truncate'),
  increment: step('+'),
  decrement: step('-'),
  into,
  from: into,
  updateFrom: (call) => {
    stateOf(call).from.push(nameOf(call.args[0], 'the name of the table', call.dialect));
    return call.self;
  },
  table: into,
  withSchema: (call) => {
    stateOf(call).schema = textsOf(call.args[0], 'the schema')[0] ?? '';
    return call.self;
  },
  modify: (call) => {
    call.apply(call.args[0], [call.self, ...call.args.slice(1)]);
    return call.self;
  },
  // Joins, orders and the like neither change what is written nor whether it is narrowed.
  [ANY]: (call) => {
    call.args.forEach(markUsed);
    return call.self;
  },
};
