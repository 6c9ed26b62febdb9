import type { Dialect } from '../migration-files.ts';
import { deferrableOf } from './sequelize-columns.ts';
import { indexName, quote, quoteParts, quoteTable, quoteTableParts, tableOf, underscore, type TableName } from './sequelize-names.ts';
import { findSqlMethod, literalOf } from './sequelize-values.ts';
import { conditionOf } from './sequelize-where.ts';
import { entryOf, findBoolean, findNumber, findText, isNothing, itemsOf, NotConstant, textOf, textsOf, type Value } from './values.ts';

/** SQL of `addIndex(table, columns, options)` or `addIndex(table, { fields, … })`. Throws NotConstant. */
export function addIndexSql(table: TableName, columns: Value | undefined, given: Value | undefined, dialect: Dialect): string {
  const options = columns?.kind === 'record' ? columns : given;
  const fields = itemsOf(columns?.kind === 'record' ? entryOf(columns, 'fields') : columns, 'the columns of the index');
  if (fields.length === 0) throw new NotConstant('the columns of the index are missing');
  const type = findText(entryOf(options, 'type'), 'the type of the index') ?? '';
  const isUnique = type.toLowerCase() === 'unique' || findBoolean(entryOf(options, 'unique'), '`unique` of the index') === true;
  const isConcurrent = dialect === 'postgres' && findBoolean(entryOf(options, 'concurrently'), '`concurrently`') === true;
  const method = findText(entryOf(options, 'using') ?? entryOf(options, 'method'), 'the method of the index');
  const operator = findText(entryOf(options, 'operator'), 'the operator class');
  const name = findText(entryOf(options, 'name'), 'the name of the index') ?? indexName(table.name, fields.map(fieldName));
  const where = dialect === 'mysql' ? '' : conditionOf(entryOf(options, 'where'), dialect);
  const keys = `(${fields.map((field) => fieldSql(field, operator, dialect)).join(', ')})`;
  const using = method === undefined || dialect === 'sqlite' ? '' : ` USING ${method}`;
  const kind = `${isUnique ? 'UNIQUE ' : dialect === 'mysql' && type !== '' ? `${type} ` : ''}INDEX`;
  if (dialect === 'mysql') return `ALTER TABLE ${quoteTableParts(table, dialect)} ADD ${kind} ${quoteParts(name, dialect)}${using} ${keys}`;
  const on = `${isConcurrent ? 'CONCURRENTLY ' : ''}${quoteParts(name, dialect)} ON ${quoteTableParts(table, dialect)}`;
  return `CREATE ${kind} ${on}${using} ${keys}${where === '' ? '' : ` WHERE ${where}`}`;
}

function fieldName(field: Value): string {
  if (field.kind === 'record') return textOf(entryOf(field, 'name') ?? entryOf(field, 'attribute'), 'the name of the column');
  return findSqlMethod(field) ? '' : textOf(field, 'the name of the column');
}

function fieldSql(field: Value, operatorOfIndex: string | undefined, dialect: Dialect): string {
  if (findSqlMethod(field) || field.kind === 'raw') return expressionSql(field, dialect);
  const option = (name: string): string | undefined => findText(entryOf(field, name), `\`${name}\` of the column`);
  const collation = dialect === 'mysql' ? undefined : option('collate');
  const operator = dialect === 'postgres' ? (option('operator') ?? operatorOfIndex) : undefined;
  const length = dialect === 'mysql' ? findNumber(entryOf(field, 'length'), 'the length of the column') : undefined;
  return [
    quote(fieldName(field), dialect),
    collation === undefined ? '' : ` COLLATE ${quote(collation, dialect)}`,
    operator === undefined ? '' : ` ${operator}`,
    length === undefined ? '' : `(${length})`,
    option('order') === undefined ? '' : ` ${option('order')}`,
  ].join('');
}

function expressionSql(field: Value, dialect: Dialect): string {
  return literalOf(field, dialect, 'the expression of the index');
}

/** SQL of `removeIndex(table, nameOrColumns, options)`. */
export function removeIndexSql(table: TableName, nameOrColumns: Value | undefined, options: Value | undefined, dialect: Dialect): string {
  const columns = nameOrColumns?.kind === 'list' ? textsOf(nameOrColumns, 'the columns of the index') : undefined;
  const name = columns ? underscore(`${table.name}_${columns.join('_')}`) : textOf(nameOrColumns, 'the name of the index');
  if (dialect === 'mysql') return `DROP INDEX ${quote(name, dialect)} ON ${quoteTable(table, dialect)}`;
  const isConcurrent = dialect === 'postgres' && findBoolean(entryOf(options, 'concurrently'), '`concurrently`') === true;
  return `DROP INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}IF EXISTS ${dialect === 'sqlite' ? quote(name, dialect) : quoteParts(name, dialect)}`;
}

const SUFFIXES: Readonly<Record<string, string>> = { UNIQUE: 'uk', CHECK: 'ck', 'PRIMARY KEY': 'pk' };

/** SQL of `addConstraint(table, options)`. Throws NotConstant. */
export function addConstraintSql(table: TableName, options: Value | undefined, dialect: Dialect): string {
  const type = textOf(entryOf(options, 'type'), 'the type of the constraint').toUpperCase();
  const fields = itemsOf(entryOf(options, 'fields'), 'the columns of the constraint').map((field) => constraintField(field, dialect));
  const columns = fields.join(', ');
  const references = entryOf(options, 'references');
  const target = type === 'FOREIGN KEY' ? tableOf(entryOf(references, 'table'), 'the name of the table that is referenced') : undefined;
  const given = findText(entryOf(options, 'name'), 'the name of the constraint');
  const quoted = quoteTableParts(table, dialect);
  const name = quote(given ?? [quoted, fields.join('_'), target ? `${target.name}_fk` : (SUFFIXES[type] ?? 'ck')].join('_'), dialect);
  const deferrable = type === 'CHECK' || dialect !== 'postgres' ? '' : deferrableOf(entryOf(options, 'deferrable'));
  return `ALTER TABLE ${quoted} ADD CONSTRAINT ${name} ${bodyOf()}${deferrable};`;

  function bodyOf(): string {
    if (type === 'CHECK') return `CHECK (${conditionOf(entryOf(options, 'where'), dialect)})`;
    if (type === 'UNIQUE' || type === 'PRIMARY KEY') return `${type} (${columns})`;
    if (!target) throw new NotConstant(`constraints of the type \`${type}\` are not known`);
    const keys = isNothing(entryOf(references, 'field')) ? entryOf(references, 'fields') : entryOf(references, 'field');
    const referenced = textsOf(keys, 'the columns that are referenced').map((key) => quote(key, dialect));
    const rules = ['onUpdate', 'onDelete'].map((rule) => {
      const action = findText(entryOf(options, rule), `\`${rule}\``);
      return action ? ` ON ${rule.slice(2).toUpperCase()} ${action.toUpperCase()}` : '';
    });
    return `FOREIGN KEY (${columns}) REFERENCES ${quoteTable(target, dialect)} (${referenced.join(', ')})${rules.join('')}`;
  }
}

function constraintField(field: Value, dialect: Dialect): string {
  if (findSqlMethod(field)) return expressionSql(field, dialect);
  return quote(textOf(entryOf(field, 'name') ?? entryOf(field, 'attribute') ?? field, 'the name of the column'), dialect);
}

/** SQL of `removeConstraint(table, name)`. */
export function removeConstraintSql(table: TableName, name: string, dialect: Dialect): string {
  return `ALTER TABLE ${quoteTableParts(table, dialect)} DROP CONSTRAINT ${quoteParts(name, dialect)}`;
}
