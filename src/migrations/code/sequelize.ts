import { ANY, type BuilderCall, type BuilderMethod, type BuilderTable } from './renderers.ts';
import { deleteSql, insertSql, updateSql } from './sequelize-data.ts';
import { addConstraintSql, addIndexSql, removeConstraintSql, removeIndexSql } from './sequelize-indexes.ts';
import { inSchema, quote, quoteTable, tableOf, type TableName } from './sequelize-names.ts';
import { queryText } from './sequelize-query.ts';
import { createFunctionSql, createTriggerSql, dropFunctionSql, dropTriggerSql, renameFunctionSql, renameTriggerSql } from './sequelize-routines.ts';
import { addColumnSql, changeColumnSql, createTableSql, withSchema } from './sequelize-tables.ts';
import { isOutside, TRANSACTION, transaction, TRANSACTION_METHODS } from './sequelize-transactions.ts';
import { literalOf } from './sequelize-values.ts';
import { builder, entryOf, findBoolean, list, NotConstant, record, text, textOf, type MemberValue, type Value } from './values.ts';

/**
 * `queryInterface`, `queryInterface.sequelize` and umzug's `context` are one type here: what umzug passes as `context` is up to the project, and the three
 * have no method of the same name that means another thing.
 */
const INTERFACE = 'queryInterface';
const DESCRIPTION = 'description of a table';
const TABLES = 'list of tables';
const PACKAGE: MemberValue = { kind: 'member', root: 'sequelize', steps: [] };

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

function onlyPostgres(method: BuilderMethod): BuilderMethod {
  return (call) => {
    if (call.dialect === 'postgres') return method(call);
    throw new NotConstant(`\`${call.method}\` does nothing of the kind outside PostgreSQL`);
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
  const dropped = `${call.dialect === 'mysql' ? '' : 'COLUMN '}${ifExists}${quote(column, call.dialect)}`;
  return `ALTER TABLE ${quoteTable(call.dialect === 'postgres' ? withSchema(table) : table, call.dialect)} DROP ${dropped};`;
});

const renameColumn = onTable(3, (table, [from, to], { dialect }) => {
  const names = [textOf(from, 'the name of the column'), textOf(to, 'the new name of the column')].map((name) => quote(name, dialect));
  return `ALTER TABLE ${quoteTable(table, dialect)} RENAME COLUMN ${names.join(' TO ')};`;
});

const renameTable = onTable(2, (table, [to], { dialect }) => {
  const target = tableOf(to, 'the new name of the table');
  const isMoved = dialect === 'postgres' && target.schema !== undefined;
  if (isMoved) throw new NotConstant('Sequelize sends a new name with a schema, which PostgreSQL refuses');
  return `ALTER TABLE ${quoteTable(table, dialect)} RENAME TO ${quoteTable(target, dialect)};`;
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
  renameTable,
  bulkInsert: onTable(2, (table, [rows], { dialect }) => insertSql(table, rows, dialect)),
  bulkUpdate: onTable(3, (table, [values, where], { dialect }) => updateSql(table, values, where, dialect)),
  bulkDelete: onTable(2, (table, [where, options], { dialect }) => deleteSql(table, where, options, dialect)),
  insert: plain(3, ([, table, values], { dialect }) => insertSql(tableOf(table), values ? list([values]) : undefined, dialect)),
  upsert: plain(4, ([table, values], { dialect }) => insertSql(tableOf(table), values ? list([values]) : undefined, dialect)),
  update: plain(4, ([, table, values, where], { dialect }) => updateSql(tableOf(table), values, where, dialect)),
  delete: plain(3, ([, table, where], { dialect }) => deleteSql(tableOf(table), where, undefined, dialect)),
  createSchema: onlyPostgres(plain(1, ([schema], { dialect }) => `CREATE SCHEMA ${quote(name(schema, 'schema'), dialect)};`)),
  dropSchema: onlyPostgres(plain(1, ([schema], { dialect }) => `DROP SCHEMA IF EXISTS ${quote(name(schema, 'schema'), dialect)} CASCADE;`)),
  createDatabase: plain(1, ([database], { dialect }) => `CREATE DATABASE ${quote(name(database, 'database'), dialect)};`),
  dropDatabase: plain(1, ([database], { dialect }) => `DROP DATABASE IF EXISTS ${quote(name(database, 'database'), dialect)};`),
  dropEnum: onlyPostgres(plain(1, ([type], { dialect }) => `DROP TYPE IF EXISTS ${quote(name(type, 'type'), dialect)};`)),
  createFunction: onlyPostgres(plain(6, createFunctionSql)),
  dropFunction: onlyPostgres(plain(2, dropFunctionSql)),
  renameFunction: onlyPostgres(plain(3, renameFunctionSql)),
  createTrigger: onlyPostgres(onTable(7, createTriggerSql)),
  dropTrigger: onlyPostgres(onTable(2, (table, [trigger]) => dropTriggerSql(table, trigger))),
  renameTrigger: onlyPostgres(onTable(3, renameTriggerSql)),
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
  ...all('fn col cast literal json where', sqlMethod),
  ...all('dropAllTables dropAllSchemas dropAllEnums drop sync truncate', dropsAll),
  ...all('showAllSchemas showIndex showConstraint getForeignKeyReferencesForTable getForeignKeysForTables pgListEnums', asks),
  ...all('databaseVersion fetchDatabaseVersion getDatabaseName authenticate close select rawSelect', asks),
};

function all(names: string, method: BuilderMethod): Record<string, BuilderMethod> {
  return Object.fromEntries(names.split(' ').map((one) => [one, method]));
}

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

