import { chainMethods, startChain, type ChainType } from './kysely-chains.ts';
import { COLUMN, COLUMN_METHODS, CONSTRAINT, CONSTRAINT_METHODS } from './kysely-columns.ts';
import { EXPRESSION_BUILDER, EXPRESSION_BUILDER_METHODS } from './kysely-conditions.ts';
import { DELETE, INSERT, tableName, UPDATE } from './kysely-data.ts';
import { CREATE_INDEX, CREATE_SCHEMA, CREATE_TYPE, CREATE_VIEW, DROP_INDEX, DROP_SCHEMA, DROP_TABLE, DROP_TYPE, DROP_VIEW, REFRESH } from './kysely-objects.ts';
import { DB, SELECT, SELECT_METHODS, startSelect } from './kysely-selects.ts';
import { quote, quotePath, quoteTarget, SQL, SQL_METHODS, SQL_TAG, SQL_TAG_METHODS } from './kysely-sql.ts';
import { ALTER_TABLE, ALTERATION, ALTERATION_METHODS, CREATE_TABLE } from './kysely-tables.ts';
import { ANY, CALLED, type BuilderMethod, type BuilderTable } from './renderers.ts';
import { builder, record, textOf, type BuilderValue, type Value } from './values.ts';

const SCHEMA = 'schema builder';
const TRANSACTION = 'transaction builder';
const CONTROLLED = 'transaction control';
const INTROSPECTION = 'introspection';
const TABLES = 'list of tables';

function schemaOf(self: BuilderValue): string | undefined {
  return self.state as string | undefined;
}

/** A statement about something that lies in a schema. */
function inSchema({ type }: ChainType): BuilderMethod {
  return (call) => startChain(call, type, schemaOf(call.self), () => quoteTarget(textOf(call.args[0], 'the name'), schemaOf(call.self), call.dialect));
}

/** A statement about something whose name has no schema. */
function unqualified({ type }: ChainType): BuilderMethod {
  return (call) => startChain(call, type, schemaOf(call.self), () => quote(textOf(call.args[0], 'the name'), call.dialect));
}

function onRows({ type }: ChainType): BuilderMethod {
  return (call) =>
    startChain(call, type, schemaOf(call.self), () => {
      const [path = '', alias] = tableName(call).split(/\s+as\s+/i);
      const table = quoteTarget(path, schemaOf(call.self), call.dialect);
      return alias === undefined ? table : `${table} as ${quotePath(alias, call.dialect)}`;
    });
}

const itself: BuilderMethod = ({ self }) => self;
const nothing: BuilderMethod = () => undefined;
const withSchema: BuilderMethod = ({ self, args }) => builder(self.type, textOf(args[0], 'the schema'));

const DB_METHODS: Readonly<Record<string, BuilderMethod>> = {
  withSchema,
  withPlugin: itself,
  withoutPlugins: itself,
  withTables: itself,
  with: itself,
  withRecursive: itself,
  transaction: ({ self }) => builder(TRANSACTION, self.state),
  startTransaction: ({ self }) => builder(CONTROLLED, self.state),
  connection: ({ self }) => builder('connection', self.state),
  updateTable: onRows(UPDATE),
  insertInto: onRows(INSERT),
  replaceInto: onRows(INSERT),
  deleteFrom: onRows(DELETE),
  selectFrom: (call) => startSelect(call, schemaOf(call.self)),
  // The query was built by `compile()`: sql`…` or a statement.
  executeQuery: (call) => call.apply({ kind: 'method', self: call.args[0] as BuilderValue, name: 'execute' }, [call.self]),
  commit: () => builder('commit', undefined),
  rollback: () => builder('rollback', undefined),
  destroy: nothing,
};

const SCHEMA_METHODS: Readonly<Record<string, BuilderMethod>> = {
  createTable: inSchema(CREATE_TABLE),
  alterTable: inSchema(ALTER_TABLE),
  dropTable: inSchema(DROP_TABLE),
  createIndex: unqualified(CREATE_INDEX),
  dropIndex: inSchema(DROP_INDEX),
  createType: inSchema(CREATE_TYPE),
  dropType: inSchema(DROP_TYPE),
  createView: inSchema(CREATE_VIEW),
  dropView: inSchema(DROP_VIEW),
  refreshMaterializedView: inSchema(REFRESH),
  createSchema: unqualified(CREATE_SCHEMA),
  dropSchema: unqualified(DROP_SCHEMA),
  withSchema,
  withPlugin: itself,
  withoutPlugins: itself,
};

const CHAINS = [
  CREATE_TABLE,
  ALTER_TABLE,
  DROP_TABLE,
  CREATE_INDEX,
  DROP_INDEX,
  CREATE_TYPE,
  DROP_TYPE,
  CREATE_VIEW,
  DROP_VIEW,
  REFRESH,
  CREATE_SCHEMA,
  DROP_SCHEMA,
  UPDATE,
  INSERT,
  DELETE,
];

/** `db.transaction().execute(async (trx) => …)`. */
const inTransaction: BuilderMethod = (call) => {
  call.begin();
  const result = call.apply(call.args[0], [builder(DB, call.self.state)]);
  call.commit();
  return result;
};

const sqlTag = builder(SQL_TAG, undefined);

/** Migrations of Kysely: `up(db)`. */
export const kysely: BuilderTable = {
  tools: ['kysely'],
  parameters: (): readonly Value[] => [builder(DB, undefined)],
  modules: { kysely: record({ sql: sqlTag, CompiledQuery: builder('CompiledQuery', undefined), expressionBuilder: builder('expressionBuilder', undefined) }) },
  methods: {
    [DB]: DB_METHODS,
    [SCHEMA]: SCHEMA_METHODS,
    [TRANSACTION]: { setIsolationLevel: itself, setAccessMode: itself, execute: inTransaction },
    [CONTROLLED]: {
      setIsolationLevel: itself,
      setAccessMode: itself,
      execute: (call) => {
        call.begin();
        return builder(DB, call.self.state);
      },
    },
    connection: { execute: (call) => call.apply(call.args[0], [builder(DB, call.self.state)]) },
    commit: {
      execute: (call) => {
        call.commit();
        return undefined;
      },
    },
    rollback: { execute: nothing },
    [INTROSPECTION]: { getTables: () => builder(TABLES, undefined), getSchemas: nothing, getMetadata: nothing },
    [TABLES]: { [ANY]: nothing },
    CompiledQuery: { raw: SQL_TAG_METHODS['raw'] ?? nothing },
    expressionBuilder: { [CALLED]: () => builder(EXPRESSION_BUILDER, undefined) },
    [EXPRESSION_BUILDER]: EXPRESSION_BUILDER_METHODS,
    [SQL_TAG]: SQL_TAG_METHODS,
    [SQL]: SQL_METHODS,
    [SELECT]: SELECT_METHODS,
    [COLUMN]: COLUMN_METHODS,
    [CONSTRAINT]: CONSTRAINT_METHODS,
    [ALTERATION]: ALTERATION_METHODS,
    ...Object.fromEntries(CHAINS.map((chain) => [chain.type, chainMethods(chain)])),
  },
  properties: {
    [DB]: {
      schema: ({ state }) => builder(SCHEMA, state),
      introspection: () => builder(INTROSPECTION, undefined),
      isTransaction: () => ({ kind: 'boolean', value: true }),
    },
  },
};
