import { onlyIfExists, unlessExists } from './guards.ts';
import type { BuilderCall } from './renderers.ts';
import { columnSql, createEnum, fullType, hashedName, isEnum, quoted, tableName } from './typeorm-columns.ts';
import { columnOf, expressionOf, foreignKeyOf, indexOf, keyOf, optionsOf, type ColumnOptions, type TablePath } from './typeorm-options.ts';
import { createIndex, foreignKeySql, indexName, uniqueSql } from './typeorm-tables.ts';
import { NotConstant, entryOf, findBoolean, findText, isNothing, textOf, textsOf, type Value } from './values.ts';

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

export function alter(call: BuilderCall, table: TablePath, command: string): void {
  call.emit(`ALTER TABLE ${tableName(table, call.dialect)} ${command}`);
}

/** On SQLite TypeORM copies the table into a new one, which takes knowing all of it. */
export function refuseSqlite(call: BuilderCall): void {
  if (call.dialect === 'sqlite') throw new NotConstant(`\`${call.method}\` makes TypeORM rebuild the table on SQLite, whose columns are not known here`);
}

export function refuseMysql(call: BuilderCall): void {
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
  const name = columnName(value);
  const clause = call.dialect === 'postgres' ? onlyIfExists(call.guards, table.name, name) : '';
  alter(call, table, `DROP COLUMN ${clause}${quoted(name, call.dialect)}`);
}

/**
 * What it sends depends on the column as it was: a changed type or length drops the column and adds it anew, the rest changes in place.
 * Where only the name of the old column is given, the new state is set in place, which the replay compares with what was before.
 */
export function changeColumn(call: BuilderCall, table: TablePath, old: Value | undefined, value: Value | undefined): void {
  refuseSqlite(call);
  const before = columnName(old);
  if (entryOf(value, CLONE)) {
    changeClone(call, table, before, value);
    return;
  }
  const column = columnOf(value);
  const known = optionsOf(old)?.kind === 'record' ? columnOf(old) : undefined;
  if (known && (known.type !== column.type || known.length !== column.length || known.array !== column.array)) {
    alter(call, table, `DROP COLUMN ${quoted(before, call.dialect)}`);
    addColumn(call, table, column);
    return;
  }
  if (call.dialect === 'mysql') {
    alter(call, table, `CHANGE \`${before}\` ${columnSql(table, column, 'mysql', true)}`);
    return;
  }
  const name = `"${column.name}"`;
  if (before !== column.name) alter(call, table, `RENAME COLUMN "${before}" TO ${name}`);
  const sized = !known || known.precision !== column.precision || known.scale !== column.scale;
  if (sized && !isEnum(column) && column.type !== '' && column.generated === undefined) alter(call, table, `ALTER COLUMN ${name} TYPE ${fullType(column, 'postgres')}`);
  if (known?.nullable !== column.nullable) alter(call, table, `ALTER COLUMN ${name} ${column.nullable ? 'DROP' : 'SET'} NOT NULL`);
  if (known && !known.unique && column.unique) alter(call, table, `ADD CONSTRAINT "${hashedName('UQ', table, [column.name])}" UNIQUE (${name})`);
  if (column.default !== undefined && column.default !== known?.default) alter(call, table, `ALTER COLUMN ${name} SET DEFAULT ${column.default}`);
  else if (known?.default !== undefined && column.default === undefined) alter(call, table, `ALTER COLUMN ${name} DROP DEFAULT`);
}

/** Entry of a record that stands for a copy of a column of the database: only what the program sets on it is known. */
export const CLONE = '@clone';

function changeClone(call: BuilderCall, table: TablePath, before: string, value: Value | undefined): void {
  const name = findText(entryOf(value, 'name'), 'the name of the column') ?? before;
  if (call.dialect === 'mysql') throw new NotConstant('TypeORM writes the definition of the column again on MySQL, which is not known here');
  const changed = value?.kind === 'record' ? [...value.entries.keys()].filter((key) => key !== CLONE && key !== 'name') : [];
  const other = changed.find((key) => key !== 'isNullable' && key !== 'default');
  if (other !== undefined) throw new NotConstant(`the rest of the column whose \`${other}\` changes is not known here`);
  if (name !== before) alter(call, table, `RENAME COLUMN "${before}" TO "${name}"`);
  const nullable = findBoolean(entryOf(value, 'isNullable'), 'isNullable');
  if (nullable !== undefined) alter(call, table, `ALTER COLUMN "${name}" ${nullable ? 'DROP' : 'SET'} NOT NULL`);
  const fallback = entryOf(value, 'default');
  if (fallback) alter(call, table, `ALTER COLUMN "${name}" ${isNothing(fallback) ? 'DROP DEFAULT' : `SET DEFAULT ${textOf(fallback, 'the default')}`}`);
}

/** Name of a column given as text, as `TableColumn` or as found in what `getTable` gave. */
function columnName(value: Value | undefined): string {
  if (value?.kind === 'builder' && value.maybe?.column !== undefined) return value.maybe.column;
  const own = entryOf(value, CLONE);
  if (own) return textOf(own, 'the name of the column');
  return optionsOf(value)?.kind === 'record' ? columnOf(value).name : textOf(value, 'the name of the column');
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

export type OnTable = (call: BuilderCall, table: TablePath, value: Value | undefined, next: Value | undefined) => void;

/** Methods whose first argument is the table. */
export const ON_TABLE: Readonly<Record<string, OnTable>> = {
  addColumn: (call, table, column) => addColumn(call, table, columnOf(column)),
  dropColumn,
  changeColumn,
  renameColumn: (call, table, from, to) => {
    const name = columnName(to);
    const before = columnName(from);
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
