import { onlyIfExists, unlessExists } from './guards.ts';
import { ANY, type BuilderMethod, type BuilderTable } from './renderers.ts';
import { hashedName, quotedList, tableName } from './typeorm-columns.ts';
import { CLONE, ON_TABLE, alter, changeColumn, refuseMysql, refuseSqlite } from './typeorm-commands.ts';
import { optionsOf, tableOf, tablePathOf } from './typeorm-options.ts';
import { createTable } from './typeorm-tables.ts';
import { NotConstant, builder, entryOf, findBoolean, findText, itemsOf, record, text, textOf, textsOf, type Value } from './values.ts';

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
    call.begin();
    return undefined;
  },
  commitTransaction: (call) => {
    call.commit();
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
    part: { clone: ({ self }) => record({ [CLONE]: text(self.maybe?.column ?? '') }) },
  },
  properties: {
    queryRunner: { manager: () => builder('manager', undefined), connection: () => builder('connection', undefined) },
    table: { foreignKeys: part, indices: part, uniques: part, columns: part, checks: part },
  },
  // In the mode `all` TypeORM refuses it; that is for the planner to say.
  optsOut: ({ name, value }) => name === 'transaction' && value.kind === 'boolean' && !value.value,
};
