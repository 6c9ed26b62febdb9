import { onlyIfExists, unlessExists } from './guards.ts';
import { beginNested, commitNested } from './nested-transactions.ts';
import type { BuilderCall, BuilderMethod, BuilderTable } from './renderers.ts';
import { ANY } from './renderers.ts';
import { columnSql, createEnum, fullType, hashedName, isEnum, quoted, quotedList, tableName } from './typeorm-columns.ts';
import { columnOf, expressionOf, foreignKeyOf, indexOf, keyOf, optionsOf, tableOf, tablePathOf, type ColumnOptions, type TablePath } from './typeorm-options.ts';
import { createIndex, createTable, foreignKeySql, indexName, uniqueSql } from './typeorm-tables.ts';
import { builder, entryOf, findBoolean, findText, itemsOf, NotConstant, textOf, textsOf, type Value } from './values.ts';

/** A foreign key or the like as text, as an object of TypeORM, or as found in what `getTable` gave. */
function constraintName(value: Value | undefined, prefix: string, table: TablePath): string {
  if (value?.kind === 'builder' && value.maybe?.column !== undefined) return hashedName(prefix, table, [value.maybe.column]);
  const options = optionsOf(value);
  if (options?.kind === 'text') return textOf(options, 'the name of the constraint');
  const name = findText(entryOf(options, 'name'), 'the name of the constraint');
  if (name !== undefined) return name;
  const expression = findText(entryOf(options, 'expression'), 'the expression');
  return hashedName(prefix, table, expression === undefined ? textsOf(entryOf(options, 'columnNames') ?? options, 'the columns of the constraint') : [expression]);
}

function alter(call: BuilderCall, table: TablePath, command: string): void {
  call.emit(`ALTER TABLE ${tableName(table, call.dialect)} ${command}`);
}

/** On SQLite TypeORM copies the table into a new one, which takes knowing all of it. */
function refuseSqlite(call: BuilderCall): void {
  if (call.dialect === 'sqlite') throw new NotConstant(`\`${call.method}\` makes TypeORM rebuild the table on SQLite, whose columns are not known here`);
}

function refuseMysql(call: BuilderCall): void {
  if (call.dialect === 'mysql') throw new NotConstant(`TypeORM refuses \`${call.method}\` on MySQL`);
}

function addColumn(call: BuilderCall, table: TablePath, column: ColumnOptions): void {
  const { dialect } = call;
  refuseSqlite(call);
  if (dialect === 'postgres' && isEnum(column)) call.emit(createEnum(table, column));
  const clause = dialect === 'postgres' ? unlessExists(call.guards, table.name, column.name) : '';
  alter(call, table, `ADD ${clause === '' ? '' : `COLUMN ${clause}`}${columnSql(table, column, dialect)}`);
  if (dialect === 'postgres' && column.primary) alter(call, table, `ADD CONSTRAINT "${column.primaryName ?? hashedName('PK', table, [column.name])}" PRIMARY KEY ("${column.name}")`);
  if (column.unique) {
    if (dialect === 'mysql') alter(call, table, `ADD UNIQUE INDEX \`${hashedName('IDX', table, [column.name])}\` (\`${column.name}\`)`);
    else alter(call, table, `ADD CONSTRAINT "${hashedName('UQ', table, [column.name])}" UNIQUE ("${column.name}")`);
  }
  if (dialect === 'postgres' && column.comment) call.emit(`COMMENT ON COLUMN ${tableName(table, dialect)}."${column.name}" IS '${column.comment.replaceAll("'", "''")}'`);
}

function dropColumn(call: BuilderCall, table: TablePath, value: Value | undefined): void {
  refuseSqlite(call);
  const name = value?.kind === 'builder' && value.maybe?.column !== undefined ? value.maybe.column : optionsOf(value)?.kind === 'record' ? columnOf(value).name : textOf(value, 'the name of the column');
  const clause = call.dialect === 'postgres' ? onlyIfExists(call.guards, table.name, name) : '';
  alter(call, table, `DROP COLUMN ${clause}${quoted(name, call.dialect)}`);
}

/**
 * What it sends depends on the column as it was: a changed type or length drops the column and adds it anew, the rest changes in place.
 * The old column is not known here, so the new state is set in place, which the replay compares with what was before.
 */
function changeColumn(call: BuilderCall, table: TablePath, old: Value | undefined, value: Value | undefined): void {
  refuseSqlite(call);
  const column = columnOf(value);
  const before = old?.kind === 'builder' && old.maybe?.column !== undefined ? old.maybe.column : optionsOf(old)?.kind === 'record' ? columnOf(old).name : textOf(old, 'the name of the column');
  if (call.dialect === 'mysql') {
    alter(call, table, `CHANGE \`${before}\` ${columnSql(table, column, 'mysql', true)}`);
    return;
  }
  const name = `"${column.name}"`;
  if (before !== column.name) alter(call, table, `RENAME COLUMN "${before}" TO ${name}`);
  if (!isEnum(column) && column.type !== '' && column.generated === undefined) alter(call, table, `ALTER COLUMN ${name} TYPE ${fullType(column, 'postgres')}`);
  alter(call, table, `ALTER COLUMN ${name} ${column.nullable ? 'DROP' : 'SET'} NOT NULL`);
  if (column.default !== undefined) alter(call, table, `ALTER COLUMN ${name} SET DEFAULT ${column.default}`);
}

function dropIndex(call: BuilderCall, table: TablePath, value: Value | undefined): void {
  const options = optionsOf(value);
  const found = value?.kind === 'builder' && value.maybe?.column !== undefined ? hashedName('IDX', table, [value.maybe.column]) : undefined;
  const index = options?.kind === 'record' ? indexOf(value) : undefined;
  const name = found ?? (index ? indexName(table, index) : textOf(options, 'the name of the index'));
  if (call.dialect === 'mysql') call.emit(`DROP INDEX \`${name}\` ON ${tableName(table, 'mysql')}`);
  else if (call.dialect === 'sqlite') call.emit(`DROP INDEX "${name}"`);
  else call.emit(`DROP INDEX ${index?.concurrent === true ? 'CONCURRENTLY ' : ''}"${table.schema ?? 'public'}"."${name}"`);
}

function dropConstraint(prefix: string): (call: BuilderCall, table: TablePath, value: Value | undefined) => void {
  return (call, table, value) => {
    refuseSqlite(call);
    if (prefix !== 'FK') refuseMysql(call);
    alter(call, table, `DROP ${call.dialect === 'mysql' ? 'FOREIGN KEY' : 'CONSTRAINT'} ${quoted(constraintName(value, prefix, table), call.dialect)}`);
  };
}

type OnTable = (call: BuilderCall, table: TablePath, value: Value | undefined, next: Value | undefined) => void;

/** Methods whose first argument is the table. */
const ON_TABLE: Readonly<Record<string, OnTable>> = {
  addColumn: (call, table, column) => addColumn(call, table, columnOf(column)),
  dropColumn,
  changeColumn,
  renameColumn: (call, table, from, to) => {
    const written = optionsOf(to);
    const name = written?.kind === 'record' ? columnOf(to).name : textOf(to, 'the new name of the column');
    const before = optionsOf(from)?.kind === 'record' ? columnOf(from).name : textOf(from, 'the name of the column');
    refuseSqlite(call);
    alter(call, table, `RENAME COLUMN ${quoted(before, call.dialect)} TO ${quoted(name, call.dialect)}`);
  },
  createIndex: (call, table, index) => call.emit(createIndex(table, indexOf(index), call.dialect)),
  dropIndex,
  createForeignKey: (call, table, key) => {
    refuseSqlite(call);
    alter(call, table, `ADD ${foreignKeySql(table, foreignKeyOf(key), call.dialect, '')}`);
  },
  dropForeignKey: dropConstraint('FK'),
  createUniqueConstraint: (call, table, unique) => {
    refuseSqlite(call);
    refuseMysql(call);
    alter(call, table, `ADD ${uniqueSql(table, keyOf(unique), call.dialect)}`);
  },
  dropUniqueConstraint: dropConstraint('UQ'),
  createCheckConstraint: (call, table, check) => {
    refuseSqlite(call);
    refuseMysql(call);
    const { name, expression } = expressionOf(check);
    alter(call, table, `ADD CONSTRAINT ${quoted(name ?? hashedName('CHK', table, [expression]), call.dialect)} CHECK (${expression})`);
  },
  dropCheckConstraint: dropConstraint('CHK'),
  createExclusionConstraint: (call, table, exclusion) => {
    const { name, expression } = expressionOf(exclusion);
    alter(call, table, `ADD CONSTRAINT "${name ?? hashedName('XCL', table, [expression])}" EXCLUDE ${expression}`);
  },
  dropExclusionConstraint: dropConstraint('XCL'),
};

/** `addColumns(table, [a, b])` and the like: the method for one, for each. */
const PLURALS: Readonly<Record<string, string>> = {
  addColumns: 'addColumn',
  dropColumns: 'dropColumn',
  createIndices: 'createIndex',
  dropIndices: 'dropIndex',
  createForeignKeys: 'createForeignKey',
  dropForeignKeys: 'dropForeignKey',
  createUniqueConstraints: 'createUniqueConstraint',
  dropUniqueConstraints: 'dropUniqueConstraint',
  createCheckConstraints: 'createCheckConstraint',
  dropCheckConstraints: 'dropCheckConstraint',
  createExclusionConstraints: 'createExclusionConstraint',
  dropExclusionConstraints: 'dropExclusionConstraint',
};

const query: BuilderMethod = (call) => {
  call.emitText(call.args[0]);
  return undefined;
};

const ignored: BuilderMethod = () => undefined;

const QUERY_RUNNER: Readonly<Record<string, BuilderMethod>> = {
  query,
  ...Object.fromEntries(
    Object.entries(ON_TABLE).map(([name, run]): [string, BuilderMethod] => [
      name,
      (call) => {
        run(call, tablePathOf(call.args[0]), call.args[1], call.args[2]);
        return undefined;
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(PLURALS).map(([name, single]): [string, BuilderMethod] => [
      name,
      (call) => {
        const table = tablePathOf(call.args[0]);
        for (const item of itemsOf(call.args[1], `the list given to \`${name}\``)) ON_TABLE[single]?.(call, table, item, undefined);
        return undefined;
      },
    ]),
  ),
  changeColumns: (call) => {
    const table = tablePathOf(call.args[0]);
    for (const change of itemsOf(call.args[1], 'the changed columns')) changeColumn(call, table, entryOf(change, 'oldColumn'), entryOf(change, 'newColumn'));
    return undefined;
  },
  createTable: (call) => {
    const table = tableOf(call.args[0]);
    const flag = (i: number, what: string): boolean | undefined => findBoolean(call.args[i], what);
    const clause = flag(1, 'ifNotExist') === true ? 'IF NOT EXISTS ' : unlessExists(call.guards, table.name);
    for (const sql of createTable(table, call.dialect, clause, flag(2, 'createForeignKeys') ?? true, flag(3, 'createIndices') ?? true)) call.emit(sql);
    return undefined;
  },
  dropTable: (call) => {
    const table = tablePathOf(call.args[0]);
    const clause = findBoolean(call.args[1], 'ifExist') === true ? 'IF EXISTS ' : onlyIfExists(call.guards, table.name);
    call.emit(`DROP TABLE ${clause}${tableName(table, call.dialect)}`);
    return undefined;
  },
  renameTable: (call) => {
    const table = tablePathOf(call.args[0]);
    const to = textOf(call.args[1], 'the new name of the table');
    if (call.dialect === 'mysql') call.emit(`RENAME TABLE ${tableName(table, 'mysql')} TO ${tableName({ ...table, name: to }, 'mysql')}`);
    else alter(call, table, `RENAME TO "${to}"`);
    return undefined;
  },
  createPrimaryKey: (call) => {
    refuseSqlite(call);
    const table = tablePathOf(call.args[0]);
    const columns = textsOf(call.args[1], 'the columns of the primary key');
    const name = findText(call.args[2], 'the name of the primary key') ?? hashedName('PK', table, columns);
    alter(call, table, `ADD ${call.dialect === 'mysql' ? '' : `CONSTRAINT "${name}" `}PRIMARY KEY (${quotedList(columns, call.dialect)})`);
    return undefined;
  },
  dropPrimaryKey: (call) => {
    refuseSqlite(call);
    const name = findText(call.args[1], 'the name of the primary key');
    const table = tablePathOf(call.args[0]);
    if (call.dialect === 'mysql') alter(call, table, 'DROP PRIMARY KEY');
    else if (name === undefined) throw new NotConstant('the name of the primary key depends on its columns, which are not known here');
    else alter(call, table, `DROP CONSTRAINT "${name}"`);
    return undefined;
  },
  createSchema: (call) => {
    refuseMysql(call);
    refuseSqlite(call);
    call.emit(`CREATE SCHEMA ${findBoolean(call.args[1], 'ifNotExist') === true ? 'IF NOT EXISTS ' : ''}"${textOf(call.args[0], 'the name of the schema')}"`);
    return undefined;
  },
  dropSchema: (call) => {
    const cascade = findBoolean(call.args[2], 'isCascade') === true ? ' CASCADE' : '';
    call.emit(`DROP SCHEMA ${findBoolean(call.args[1], 'ifExist') === true ? 'IF EXISTS ' : ''}"${textOf(call.args[0], 'the name of the schema')}"${cascade}`);
    return undefined;
  },
  createView: (call) => {
    const view = optionsOf(call.args[0]);
    const materialized = findBoolean(entryOf(view, 'materialized'), 'materialized') === true ? 'MATERIALIZED ' : '';
    call.emit(`CREATE ${materialized}VIEW ${tableName(tablePathOf(view), call.dialect)} AS ${textOf(entryOf(view, 'expression'), 'the query of the view')}`);
    return undefined;
  },
  dropView: (call) => {
    call.emit(`DROP VIEW ${tableName(tablePathOf(call.args[0]), call.dialect)}`);
    return undefined;
  },
  clearTable: (call) => {
    call.emit(`${call.dialect === 'sqlite' ? 'DELETE FROM' : 'TRUNCATE TABLE'} ${tableName(tablePathOf(call.args[0]), call.dialect)}`);
    return undefined;
  },
  hasTable: ({ args }) => ({ kind: 'exists', table: tablePathOf(args[0]).name, negated: false }),
  hasColumn: ({ args }) => ({ kind: 'exists', table: tablePathOf(args[0]).name, column: textOf(args[1], 'the name of the column'), negated: false }),
  getTable: ({ args }) => ({ ...builder('table', undefined), maybe: { table: textOf(args[0], 'the name of the table') } }),
  startTransaction: (call) => {
    beginNested(call, 'typeorm');
    return undefined;
  },
  commitTransaction: (call) => {
    commitNested(call, 'typeorm');
    return undefined;
  },
  ...Object.fromEntries(
    'rollbackTransaction release connect hasSchema hasDatabase getDatabases getSchemas getCurrentDatabase getCurrentSchema enableSqlMemory disableSqlMemory'
      .split(' ')
      .map((name): [string, BuilderMethod] => [name, ignored]),
  ),
};

/** `table.foreignKeys.find((key) => key.columnNames.includes('ownerId'))`: the one that the callback names. */
const found: BuilderMethod = (call) => {
  const [callback] = call.args;
  const table = call.self.maybe?.table ?? '';
  const source = callback?.kind === 'function' ? callback.node.getText() : '';
  const names = [...source.matchAll(/(['"`])([^'"`]+)\1/g)].map((match) => match[2] ?? '');
  const [name] = names;
  if (name === undefined || names.length > 1) throw new NotConstant('which part of the table is meant cannot be told from the callback');
  return { ...builder('part', undefined), maybe: { table, column: name } };
};

const throughEntity: BuilderMethod = (call) => {
  call.note(`\`${call.method}\` goes through entities, whose tables are not known here`);
  return undefined;
};

const part = (self: Value): Value => ({ ...builder('parts', undefined), ...(self.kind === 'builder' && self.maybe ? { maybe: self.maybe } : {}) });

/** TypeORM: `up(queryRunner)` of a class. Rendered as TypeORM 0.3 does. */
export const typeorm: BuilderTable = {
  tools: ['typeorm'],
  parameters: () => [builder('queryRunner', undefined)],
  modules: { typeorm: { kind: 'member', root: 'typeorm', steps: [] } },
  methods: {
    queryRunner: QUERY_RUNNER,
    manager: { query, [ANY]: throughEntity },
    connection: { query, [ANY]: throughEntity, getMetadata: ignored },
    table: {
      findColumnByName: ({ self, args }) => ({ ...builder('part', undefined), maybe: { table: self.maybe?.table ?? '', column: textOf(args[0], 'the name of the column') } }),
    },
    parts: { find: found, some: found, filter: found },
    part: {},
  },
  properties: {
    queryRunner: { manager: () => builder('manager', undefined), connection: () => builder('connection', undefined) },
    table: { foreignKeys: part, indices: part, uniques: part, columns: part, checks: part },
  },
  // In the mode `all` TypeORM refuses it; that is for the planner to say.
  optsOut: ({ name, value }) => name === 'transaction' && value.kind === 'boolean' && !value.value,
};
