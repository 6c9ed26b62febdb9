import { ANY, type BuilderCall, type BuilderMethod, type BuilderTable } from './renderers.ts';
import { deleteSql, insertSql, updateSql } from './sequelize-data.ts';
import { addConstraintSql, addIndexSql, removeConstraintSql, removeIndexSql } from './sequelize-indexes.ts';
import { inSchema, quote, quoteTable, tableOf, type TableName } from './sequelize-names.ts';
import { queryText } from './sequelize-query.ts';
import { createFunctionSql, createTriggerSql, dropFunctionSql, dropTriggerSql, renameFunctionSql, renameTriggerSql } from './sequelize-routines.ts';
import { addColumnSql, changeColumnSql, createTableSql, withSchema } from './sequelize-tables.ts';
import { literalOf } from './sequelize-values.ts';
import { builder, entryOf, findBoolean, list, NotConstant, record, text, textOf, type MemberValue, type Value } from './values.ts';

/**
 * `queryInterface`, `queryInterface.sequelize` and umzug's `context` are one type here: what umzug passes as `context` is up to the project, and the three
 * have no method of the same name that means another thing.
 */
const INTERFACE = 'queryInterface';
const TRANSACTION = 'transaction';
const DESCRIPTION = 'description of a table';
const TABLES = 'list of tables';
const PACKAGE: MemberValue = { kind: 'member', root: 'sequelize', steps: [] };

/** Number of transactions that the program has open. */
function openTransactions(call: BuilderCall): number {
  return (call.memory.get(TRANSACTION) as number | undefined) ?? 0;
}

/** Sequelize takes another connection for a call that does not get the transaction. */
function isOutside(call: BuilderCall, options: Value | undefined): boolean {
  if (openTransactions(call) === 0 || options?.kind === 'unknown') return false;
  if (options?.kind === 'record' && options.open) return false;
  const transaction = entryOf(options, 'transaction');
  return transaction?.kind !== 'unknown' && !(transaction?.kind === 'builder' && transaction.type === TRANSACTION);
}

/** A method on a table: the name of the table and the arguments behind it give SQL. `optionsAt`: index of the options among all arguments. */
function onTable(optionsAt: number, render: (table: TableName, args: readonly Value[], call: BuilderCall) => string | readonly string[]): BuilderMethod {
  return (call) => {
    const options = call.args[optionsAt];
    const texts = render(tableOf(call.args[0]), call.args.slice(1), call);
    for (const sql of typeof texts === 'string' ? [texts] : texts) call.emit(sql, { outside: isOutside(call, options) });
    return undefined;
  };
}

/** A method without table. */
function plain(optionsAt: number, render: (args: readonly Value[], call: BuilderCall) => string): BuilderMethod {
  return (call) => {
    call.emit(render(call.args, call), { outside: isOutside(call, call.args[optionsAt]) });
    return undefined;
  };
}

/** A method that only asks the database. */
const asks: BuilderMethod = () => undefined;

/** What `describeTable` answers: an entry per column. */
const describeTable: BuilderMethod = ({ args }) => builder(DESCRIPTION, tableOf(args[0]).name);

const hasColumn: BuilderMethod = ({ self: { state }, args }) => columnExists(state, textOf(args[0], 'the name of the column'));

/** What `showAllTables` answers. */
const showAllTables: BuilderMethod = () => builder(TABLES, undefined);

function columnExists(table: unknown, column: string): Value {
  return { kind: 'exists', table: String(table), column, negated: false };
}

/** SQLite cannot alter columns and constraints: Sequelize builds the table anew from what the database says about it. */
function notInSqlite(method: BuilderMethod): BuilderMethod {
  return (call) => {
    if (call.dialect !== 'sqlite') return method(call);
    throw new NotConstant(`\`${call.method}\` rebuilds the table on SQLite, with SQL that depends on the database`);
  };
}

function hasGuard(call: BuilderCall, table: TableName, column: string, present: boolean): boolean {
  return call.guards.some((guard) => guard.table === table.name && guard.column === column && guard.present === present);
}

const createTable = onTable(2, (table, [attributes, options], { dialect }) => createTableSql(inSchema(table, options), attributes, options, dialect));

const addColumn = onTable(3, (table, [key, attribute], call) => {
  const column = textOf(key, 'the name of the column');
  return addColumnSql(table, column, attribute, call.dialect, hasGuard(call, table, column, false));
});

const removeColumn = onTable(2, (table, [key], call) => {
  const column = textOf(key, 'the name of the column');
  const ifExists = call.dialect === 'postgres' && hasGuard(call, table, column, true) ? 'IF EXISTS ' : '';
  return `ALTER TABLE ${quoteTable(call.dialect === 'postgres' ? withSchema(table) : table, call.dialect)} DROP COLUMN ${ifExists}${quote(column, call.dialect)};`;
});

const renameColumn = onTable(3, (table, [from, to], { dialect }) => {
  const names = [textOf(from, 'the name of the column'), textOf(to, 'the new name of the column')].map((name) => quote(name, dialect));
  return `ALTER TABLE ${quoteTable(table, dialect)} RENAME COLUMN ${names.join(' TO ')};`;
});

const dropTable = onTable(1, (table, [options], { dialect }) => {
  const isForced = ['cascade', 'force'].some((option) => findBoolean(entryOf(options, option), `\`${option}\``) === true);
  return `DROP TABLE IF EXISTS ${quoteTable(table, dialect)}${isForced && dialect === 'postgres' ? ' CASCADE' : ''};`;
});

/** Versions 4 and 5 take the columns as an argument of their own. */
function constraintOptions([given, options]: readonly Value[]): Value | undefined {
  if (given?.kind !== 'list') return given;
  const entries = options?.kind === 'record' ? Object.fromEntries(options.entries) : {};
  return record({ ...entries, fields: given });
}

const addConstraint: BuilderMethod = (call) => {
  const options = constraintOptions(call.args.slice(1));
  call.emit(addConstraintSql(tableOf(call.args[0]), options, call.dialect), { outside: isOutside(call, options) });
  return undefined;
};

const addIndex: BuilderMethod = (call) => {
  const [table, columns, options] = call.args;
  const outside = isOutside(call, columns?.kind === 'record' ? columns : options);
  call.emit(addIndexSql(tableOf(table), columns, options, call.dialect), { outside });
  return undefined;
};

const query: BuilderMethod = (call) => {
  const [sql, options] = call.args;
  call.emitText(queryText(sql, options, call.dialect, call.at), { outside: isOutside(call, options) });
  return undefined;
};

/** `transaction(async (t) => …)` commits when the function ends; without a function the program does it. */
const transaction: BuilderMethod = (call) => {
  const body = call.args.find(({ kind }) => kind === 'function');
  const options = call.args.find(({ kind }) => kind === 'record');
  const isNested = entryOf(options, 'transaction')?.kind === 'builder';
  const self = builder(TRANSACTION, undefined);
  if (!isNested) open(call);
  if (!body) return self;
  const result = call.apply(body, [self]);
  if (!isNested) close(call);
  return result;
};

function open(call: BuilderCall): void {
  call.begin();
  call.memory.set(TRANSACTION, openTransactions(call) + 1);
}

function close(call: BuilderCall): undefined {
  call.commit();
  call.memory.set(TRANSACTION, Math.max(0, openTransactions(call) - 1));
  return undefined;
}

const dropsAll: BuilderMethod = (call) => {
  throw new NotConstant(`\`${call.method}\` changes whatever the database holds: what that is is not known here`);
};

/** `sequelize.literal('…')`, the same as `Sequelize.literal('…')`. */
const sqlMethod: BuilderMethod = (call) => ({ ...PACKAGE, steps: [{ name: call.method, args: call.args }], at: call.at });

function name(value: Value | undefined, what: string): string {
  return textOf(value, `the name of the ${what}`);
}

const METHODS: Readonly<Record<string, BuilderMethod>> = {
  createTable,
  addColumn,
  removeColumn,
  renameColumn,
  dropTable,
  addIndex,
  addConstraint: notInSqlite(addConstraint),
  changeColumn: notInSqlite(onTable(3, (table, [key, attribute], { dialect }) => changeColumnSql(table, name(key, 'column'), attribute, dialect))),
  removeConstraint: notInSqlite(onTable(2, (table, [constraint], { dialect }) => removeConstraintSql(table, name(constraint, 'constraint'), dialect))),
  removeIndex: onTable(2, (table, [index, options], { dialect }) => removeIndexSql(table, index, options, dialect)),
  renameTable: onTable(2, (table, [to], { dialect }) => `ALTER TABLE ${quoteTable(table, dialect)} RENAME TO ${quoteTable(tableOf(to), dialect)};`),
  bulkInsert: onTable(2, (table, [rows], { dialect }) => insertSql(table, rows, dialect)),
  bulkUpdate: onTable(3, (table, [values, where], { dialect }) => updateSql(table, values, where, dialect)),
  bulkDelete: onTable(2, (table, [where, options], { dialect }) => deleteSql(table, where, options, dialect)),
  insert: plain(3, ([, table, values], { dialect }) => insertSql(tableOf(table), values ? list([values]) : undefined, dialect)),
  upsert: plain(4, ([table, values], { dialect }) => insertSql(tableOf(table), values ? list([values]) : undefined, dialect)),
  update: plain(4, ([, table, values, where], { dialect }) => updateSql(tableOf(table), values, where, dialect)),
  delete: plain(3, ([, table, where], { dialect }) => deleteSql(tableOf(table), where, undefined, dialect)),
  createSchema: plain(1, ([schema], { dialect }) => `CREATE SCHEMA ${quote(name(schema, 'schema'), dialect)};`),
  dropSchema: plain(1, ([schema], { dialect }) => `DROP SCHEMA IF EXISTS ${quote(name(schema, 'schema'), dialect)}${dialect === 'postgres' ? ' CASCADE' : ''};`),
  createDatabase: plain(1, ([database], { dialect }) => `CREATE DATABASE ${quote(name(database, 'database'), dialect)};`),
  dropDatabase: plain(1, ([database], { dialect }) => `DROP DATABASE IF EXISTS ${quote(name(database, 'database'), dialect)};`),
  dropEnum: plain(1, ([type], { dialect }) => `DROP TYPE IF EXISTS ${quote(name(type, 'type'), dialect)};`),
  createFunction: plain(6, createFunctionSql),
  dropFunction: plain(2, dropFunctionSql),
  renameFunction: plain(3, renameFunctionSql),
  createTrigger: onTable(7, createTriggerSql),
  dropTrigger: onTable(2, (table, [trigger]) => dropTriggerSql(table, trigger)),
  renameTrigger: onTable(3, renameTriggerSql),
  describeTable,
  showAllTables,
  tableExists: ({ args }) => ({ kind: 'exists', table: tableOf(args[0]).name, negated: false }),
  query,
  transaction,
  startUnmanagedTransaction: transaction,
  getQueryInterface: ({ self }) => self,
  getDialect: ({ dialect }) => text(dialect),
  escape: ({ args, dialect }) => text(literalOf(args[0], dialect, 'the value')),
  quoteIdentifier: ({ args, dialect }) => text(quote(textOf(args[0], 'the identifier'), dialect)),
  quoteTable: ({ args, dialect }) => text(quoteTable(tableOf(args[0]), dialect)),
  ...Object.fromEntries(['fn', 'col', 'cast', 'literal', 'json', 'where'].map((method) => [method, sqlMethod])),
  ...Object.fromEntries(['dropAllTables', 'dropAllSchemas', 'dropAllEnums', 'drop', 'sync', 'truncate'].map((method) => [method, dropsAll])),
  ...Object.fromEntries(
    [
      'showAllSchemas', 'showIndex', 'showConstraint', 'getForeignKeyReferencesForTable',
      'getForeignKeysForTables', 'databaseVersion', 'fetchDatabaseVersion', 'pgListEnums', 'authenticate', 'close', 'select', 'rawSelect', 'getDatabaseName',
    ].map((method) => [method, asks]),
  ),
}; // prettier-ignore

const TRANSACTION_METHODS: Readonly<Record<string, BuilderMethod>> = {
  commit: close,
  // Stands in the handling of errors, which ends the transaction as the commit before it would have.
  rollback: () => undefined,
  afterCommit: ({ args, apply }) => apply(args[0], []),
};

const self = builder(INTERFACE, undefined);
const itself = (): Value => self;
const packageOf = (): Value => PACKAGE;

/** Migrations of sequelize-cli and umzug: `up(queryInterface, Sequelize)` and `up({ context })`. */
export const sequelize: BuilderTable = {
  tools: ['sequelize', 'umzug'],
  parameters: (): readonly Value[] => [self, PACKAGE],
  modules: { sequelize: PACKAGE, '@sequelize/core': PACKAGE, 'sequelize-typescript': PACKAGE },
  methods: {
    [INTERFACE]: METHODS,
    [TRANSACTION]: TRANSACTION_METHODS,
    [DESCRIPTION]: { hasOwnProperty: hasColumn },
    [TABLES]: { includes: ({ args }) => ({ kind: 'exists', table: textOf(args[0], 'the name of the table'), negated: false }) },
  },
  properties: {
    [DESCRIPTION]: { [ANY]: ({ state }, column) => columnExists(state, column) },
    [INTERFACE]: {
      sequelize: itself,
      context: itself,
      queryInterface: itself,
      queryGenerator: itself,
      QueryGenerator: itself,
      Sequelize: packageOf,
      DataTypes: packageOf,
      QueryTypes: (): Value => ({ ...PACKAGE, steps: [{ name: 'QueryTypes' }] }),
    },
  },
};

