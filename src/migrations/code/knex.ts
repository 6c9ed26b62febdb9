import type { Dialect } from '../migration-files.ts';
import { onlyIfExists } from './guards.ts';
import { QUERY_METHODS, startQuery } from './knex-queries.ts';
import type { TableState } from './knex-states.ts';
import { COLUMN_METHODS, FOREIGN_METHODS, TABLE_METHODS } from './knex-table-builder.ts';
import { compileTable } from './knex-tables.ts';
import { bind, isRaw, useRaw, wrap, type RawState } from './knex-values.ts';
import { ANY, CALLED, type BuilderCall, type BuilderMethod, type BuilderTable } from './renderers.ts';
import { NotConstant, builder, entryOf, findBoolean, isNothing, notConstant, textOf, textsOf, type BuilderValue, type Value } from './values.ts';

interface SchemaState {
  schema?: string;
}

const schemaOf = (call: BuilderCall): SchemaState => call.self.state as SchemaState;

/** A name in the schema that `withSchema` chose. */
function path(call: BuilderCall, value: Value | undefined, what = 'the name of the table'): string {
  const name = textOf(value, what);
  const { schema } = schemaOf(call);
  return wrap(schema === undefined ? name : `${schema}.${name}`, call.dialect);
}

function buildTable(create: boolean, ifNotExists = false): BuilderMethod {
  return (call) => {
    const name = textOf(call.args[0], 'the name of the table');
    const { schema } = schemaOf(call);
    const table: TableState = { create, name, columns: [], commands: [], checks: [], single: new Map(), ...(schema === undefined ? {} : { schema }) };
    const value = builder('table', table);
    call.apply(call.args[1], [value], value);
    for (const sql of compileTable(table, call.dialect, call.guards, ifNotExists)) call.emit(sql);
    return call.self;
  };
}

function emitting(render: (call: BuilderCall) => string): BuilderMethod {
  return (call) => {
    call.emit(render(call));
    return call.self;
  };
}

function dropping(object: string, ifExists: string): BuilderMethod {
  return emitting((call) => {
    const clause = ifExists === '' && object === 'table' ? onlyIfExists(call.guards, textOf(call.args[0], `the name of the ${object}`)).toLowerCase() : ifExists;
    return `drop ${object} ${clause}${path(call, call.args[0], `the name of the ${object}`)}`;
  });
}

/** `createView('v', (view) => view.columns([…]).as(query))`. */
function createView(prefix: string): BuilderMethod {
  return emitting((call) => {
    const view = builder<{ columns: string; query?: string }>('view', { columns: '' });
    call.apply(call.args[1], [view], view);
    if (view.state.query === undefined) throw new NotConstant('the query of the view is not constant');
    return `create ${prefix} ${path(call, call.args[0], 'the name of the view')}${view.state.columns} as ${view.state.query}`;
  });
}

const named = (prefix: string, suffix: (call: BuilderCall) => string = () => ''): BuilderMethod =>
  emitting((call) => `${prefix} ${wrap(textOf(call.args[0], 'the name'), call.dialect)}${suffix(call)}`);

const cascade = (call: BuilderCall): string => (findBoolean(call.args[1], 'cascade') === true ? ' cascade' : '');

const SCHEMA_METHODS: Readonly<Record<string, BuilderMethod>> = {
  createTable: buildTable(true),
  createTableIfNotExists: buildTable(true, true),
  table: buildTable(false),
  alterTable: buildTable(false),
  createTableLike: emitting((call) => {
    const [table, like] = [path(call, call.args[0]), path(call, call.args[1], 'the table to be like')];
    if (!isNothing(call.args[2])) throw new NotConstant('`createTableLike` with columns of its own is not followed');
    if (call.dialect === 'sqlite') return `create table ${table} as select * from ${like} where 0=1`;
    return call.dialect === 'mysql' ? `create table ${table} like ${like}` : `create table ${table} (like ${like} including all)`;
  }),
  dropTable: dropping('table', ''),
  dropTableIfExists: dropping('table', 'if exists '),
  renameTable: emitting((call) => {
    const to = wrap(textOf(call.args[1], 'the new name of the table'), call.dialect);
    if (call.dialect === 'mysql') return `rename table ${path(call, call.args[0])} to ${to}`;
    return `alter table ${path(call, call.args[0])} rename to ${to}`;
  }),
  dropView: dropping('view', ''),
  dropViewIfExists: dropping('view', 'if exists '),
  dropMaterializedView: dropping('materialized view', ''),
  dropMaterializedViewIfExists: dropping('materialized view', 'if exists '),
  createView: createView('view'),
  createViewOrReplace: createView('or replace view'),
  createMaterializedView: createView('materialized view'),
  refreshMaterializedView: emitting((call) => {
    const concurrently = findBoolean(call.args[1], 'concurrently') === true ? ' concurrently' : '';
    return `refresh materialized view${concurrently} ${path(call, call.args[0], 'the name of the view')}`;
  }),
  renameView: emitting((call) => `alter view ${path(call, call.args[0], 'the name of the view')} rename to ${wrap(textOf(call.args[1], 'the new name'), call.dialect)}`),
  createSchema: named('create schema'),
  createSchemaIfNotExists: named('create schema if not exists'),
  dropSchema: named('drop schema', cascade),
  dropSchemaIfExists: named('drop schema if exists', cascade),
  createExtension: named('create extension'),
  createExtensionIfNotExists: named('create extension if not exists'),
  dropExtension: named('drop extension'),
  dropExtensionIfExists: named('drop extension if exists'),
  withSchema: (call) => {
    schemaOf(call).schema = textOf(call.args[0], 'the schema');
    return call.self;
  },
  hasTable: ({ args }) => ({ kind: 'exists', table: textOf(args[0], 'the name of the table'), negated: false }),
  hasColumn: ({ args }) => ({ kind: 'exists', table: textOf(args[0], 'the name of the table'), column: textOf(args[1], 'the name of the column'), negated: false }),
  raw: (call) => {
    sendRaw(call);
    return call.self;
  },
  queryContext: (call) => call.self,
};

/** Raw SQL with its bindings; the text itself where there are none, so that its place is exact. */
function rawOf(call: BuilderCall): { readonly state: RawState; readonly source: Value | undefined } {
  const [sql, bindings] = call.args;
  if (isRaw(sql)) return { state: { sql: useRaw(sql), used: false }, source: undefined };
  if (sql?.kind !== 'text') throw notConstant('the SQL', sql);
  const bound = isNothing(bindings) ? sql.text : bind(sql.text, bindings, call.dialect);
  return { state: { sql: bound, used: false, ...(sql.holes ? { holes: sql.holes } : {}) }, source: isNothing(bindings) ? sql : undefined };
}

function sendRaw(call: BuilderCall): void {
  const { state, source } = rawOf(call);
  call.emitText(source ?? { kind: 'raw', sql: state.sql });
}

const raw: BuilderMethod = (call) => {
  const { state, source } = rawOf(call);
  call.emitTextLater(source ?? { kind: 'raw', sql: state.sql }, () => !state.used);
  return builder('raw', state);
};

const transaction: BuilderMethod = (call) => {
  const [callback] = call.args;
  if (callback?.kind !== 'function') {
    call.begin();
    return knexValue();
  }
  call.begin();
  const value = call.apply(callback, [knexValue()]);
  call.commit();
  return value;
};

function knexValue(schema?: string): BuilderValue {
  return builder('knex', schema === undefined ? {} : { schema });
}

const query: BuilderMethod = (call) => startQuery(call, call.args[0], schemaOf(call).schema);

/** Methods that begin a query: `knex.from('t')`, `knex.insert(rows).into('t')`. */
const begins: BuilderMethod = (call) => {
  const value = startQuery(call, undefined, schemaOf(call).schema);
  const method = QUERY_METHODS[call.method] ?? QUERY_METHODS[ANY];
  method?.({ ...call, self: value });
  return value;
};

const KNEX_METHODS: Readonly<Record<string, BuilderMethod>> = {
  [CALLED]: query,
  raw,
  ref: (call) => builder('raw', { sql: wrap(textOf(call.args[0], 'the name'), call.dialect), used: true }),
  transaction,
  transactionProvider: () => knexValue(),
  savepoint: transaction,
  commit: (call) => {
    call.commit();
    return undefined;
  },
  rollback: () => undefined,
  isTransaction: () => undefined,
  destroy: () => undefined,
  withSchema: (call) => startQuery(call, undefined, textOf(call.args[0], 'the schema')),
  batchInsert: (call) => {
    const value = startQuery(call, call.args[0], schemaOf(call).schema);
    QUERY_METHODS['insert']?.({ ...call, self: value, args: call.args.slice(1, 2) });
    return undefined;
  },
  queryBuilder: query,
  ...Object.fromEntries('select from insert update del delete truncate table into where whereIn whereNull whereNotNull with count first distinct'.split(' ').map((name) => [name, begins])),
};

const uuid: Readonly<Partial<Record<Dialect, string>>> = {
  postgres: '(gen_random_uuid())',
  mysql: '(UUID())',
  sqlite:
    "(lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))),2) || '-' || substr('89ab',abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))),2) || '-' || lower(hex(randomblob(6))))",
};

const FUNCTIONS: Readonly<Record<string, BuilderMethod>> = {
  now: ({ args: [precision] }) => ({ kind: 'raw', sql: precision?.kind === 'number' ? `CURRENT_TIMESTAMP(${String(precision.value)})` : 'CURRENT_TIMESTAMP' }),
  uuid: ({ dialect }) => ({ kind: 'raw', sql: uuid[dialect] ?? '(gen_random_uuid())' }),
};

const VIEW_METHODS: Readonly<Record<string, BuilderMethod>> = {
  columns: (call) => {
    (call.self.state as { columns: string }).columns = ` (${textsOf(call.args[0], 'the columns of the view').map((name) => wrap(name, call.dialect)).join(', ')})`;
    return call.self;
  },
  as: (call) => {
    const [given] = call.args;
    if (!isRaw(given)) {
      if (given?.kind === 'builder' && given.type === 'query') (given.state as { used: boolean }).used = true;
      throw new NotConstant('the query of a view that a builder makes is not followed');
    }
    (call.self.state as { query?: string }).query = useRaw(given);
    return call.self;
  },
};

/** Knex: `up(knex)`. Rendered as Knex 3 does. */
export const knex: BuilderTable = {
  tools: ['knex'],
  parameters: () => [knexValue(), { kind: 'member', root: 'Promise', steps: [] }],
  modules: { knex: { kind: 'member', root: 'knex', steps: [] } },
  thenable: ['schema', 'query', 'raw'],
  methods: {
    knex: KNEX_METHODS,
    schema: SCHEMA_METHODS,
    table: TABLE_METHODS,
    column: COLUMN_METHODS,
    foreign: FOREIGN_METHODS,
    query: QUERY_METHODS,
    raw: { wrap: ({ self }) => self, [ANY]: ({ self }) => self },
    fn: FUNCTIONS,
    view: VIEW_METHODS,
  },
  properties: {
    knex: {
      schema: (self) => builder('schema', { ...(self.state as SchemaState) }),
      fn: () => builder('fn', undefined),
    },
  },
  optsOut: ({ name, value }) => name === 'config' && entryOf(value, 'transaction')?.kind === 'boolean' && findBoolean(entryOf(value, 'transaction'), 'transaction') === false,
};
