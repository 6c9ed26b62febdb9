import type { Dialect } from '../migration-files.ts';
import { quote, quoteTable, tableOf, type TableName } from './sequelize-names.ts';
import { typeOf, type SequelizeType } from './sequelize-types.ts';
import { literalOf, plainOf, quoteString, stepsOf } from './sequelize-values.ts';
import { entriesOf, entryOf, findBoolean, findText, isNothing, notConstant, textOf, textsOf, type Value } from './values.ts';

/** A column as Sequelize's statements need its parts. */
export interface SequelizeColumn {
  readonly name: string;
  /** With serials and enumerations put in. */
  readonly type: string;
  /** `CREATE TYPE` of an enumeration in Postgres. */
  readonly createEnum?: string;
  /** Qualified name of that enumeration. */
  readonly enumName?: string;
  readonly notNull: boolean;
  readonly identity: boolean;
  readonly autoIncrement: boolean;
  readonly default?: string;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  readonly references?: string;
  readonly comment?: string;
  /** ` FIRST` or ` AFTER …` of MySQL. */
  readonly position: string;
}

const SERIALS: Readonly<Record<string, string>> = { BIGINT: 'BIGSERIAL', SMALLINT: 'SMALLSERIAL' };
const NO_DEFAULT_IN_MYSQL: ReadonlySet<string> = new Set(['BLOB', 'TEXT', 'GEOMETRY', 'JSON']);

/** Reads an attribute: a type, or `{ type, allowNull, defaultValue, … }`. Throws NotConstant. */
export function columnOf(key: string, attribute: Value | undefined, table: TableName, dialect: Dialect): SequelizeColumn {
  const entries = attribute?.kind === 'record' ? entriesOf(attribute, `the definition of \`${key}\``) : new Map<string, Value>();
  const name = findText(entries.get('field'), 'the name of the column') ?? key;
  const values = isNothing(entries.get('values')) ? undefined : textsOf(entries.get('values'), 'the values of the enumeration');
  const type = typeOf(attribute?.kind === 'record' ? entries.get('type') : attribute, dialect, values);
  const is = (option: string): boolean => findBoolean(entries.get(option), `\`${option}\` of \`${key}\``) === true;
  const autoIncrement = is('autoIncrement');
  const identity = dialect === 'postgres' && autoIncrement && is('autoIncrementIdentity');
  const isSerial = dialect === 'postgres' && autoIncrement && !identity;
  const defaultSql = defaultOf(entries.get('defaultValue'), type, dialect);
  const enumName = dialect === 'postgres' && type.values ? enumOf(table, name) : undefined;
  const unique = entries.get('unique');
  const comment = findText(entries.get('comment'), 'the comment');
  const references = referencesOf(entries, table, dialect);
  return {
    name,
    type: isSerial ? (SERIALS[type.key] ?? 'SERIAL') : enumName === undefined ? type.sql : `${enumName}${type.key === 'ARRAY' ? '[]' : ''}`,
    ...(enumName === undefined ? {} : { enumName, createEnum: createEnum(enumName, type.values ?? []) }),
    notNull: !isSerial && isNotNull(entries.get('allowNull')),
    identity,
    autoIncrement,
    ...(defaultSql === undefined ? {} : { default: defaultSql }),
    unique: unique?.kind === 'boolean' && unique.value,
    primaryKey: is('primaryKey'),
    ...(references === undefined ? {} : { references }),
    ...(comment === undefined ? {} : { comment }),
    position: dialect === 'mysql' ? positionOf(entries) : '',
  };
}

function isNotNull(allowNull: Value | undefined): boolean {
  if (allowNull === undefined || allowNull.kind === 'undefined') return false;
  return findBoolean(allowNull, '`allowNull`') === false;
}

function positionOf(entries: ReadonlyMap<string, Value>): string {
  const after = findText(entries.get('after'), 'the column before');
  if (after !== undefined) return ` AFTER ${quote(after, 'mysql')}`;
  return findBoolean(entries.get('first'), '`first`') === true ? ' FIRST' : '';
}

/** Values that Sequelize makes up itself for each row are no defaults of the database. */
function defaultOf(value: Value | undefined, type: SequelizeType, dialect: Dialect): string | undefined {
  if (value === undefined || value.kind === 'undefined' || value.kind === 'function') return undefined;
  if (value.kind === 'member' && /^(?:NOW|UUIDV1|UUIDV4)$/.test(stepsOf(value)[0]?.name ?? '')) return undefined;
  if (dialect === 'mysql' && (type.binary || NO_DEFAULT_IN_MYSQL.has(type.sql))) return undefined;
  const what = 'the default of the column';
  if ((type.key === 'JSON' || type.key === 'JSONB') && isPlain(value)) return quoteString(JSON.stringify(plainOf(value, what)), dialect);
  if (/^(?:FLOAT|REAL|DOUBLE PRECISION)$/.test(type.key) && value.kind === 'number' && dialect !== 'mysql') return `'${value.value}'`;
  if (type.key === 'ARRAY' && value.kind === 'list') return `ARRAY[${value.items.map((item) => literalOf(item, dialect, what)).join(',')}]::${type.sql}`;
  return literalOf(value, dialect, what);
}

function isPlain(value: Value): boolean {
  return /^(?:text|number|boolean|list|record)$/.test(value.kind);
}

function enumOf(table: TableName, column: string): string {
  return `"${table.schema ?? 'public'}"."enum_${table.name}_${column}"`;
}

/** Sequelize wraps it in a block, because Postgres has no `CREATE TYPE IF NOT EXISTS`. */
function createEnum(name: string, values: readonly string[]): string {
  const create = `CREATE TYPE ${name} AS ENUM(${values.map((value) => quoteString(value, 'postgres')).join(', ')})`;
  return `DO ${quoteString(`BEGIN ${create}; EXCEPTION WHEN duplicate_object THEN null; END`, 'postgres')};`;
}

function referencesOf(entries: ReadonlyMap<string, Value>, table: TableName, dialect: Dialect): string | undefined {
  const references = entries.get('references');
  if (isNothing(references)) return undefined;
  if (references.kind !== 'record') throw notConstant('the table that is referenced', references);
  const target = tableOf(entryOf(references, 'model'), 'the name of the table that is referenced');
  const schema = dialect === 'postgres' && target.schema === undefined ? table.schema : target.schema;
  const key = findText(entryOf(references, 'key'), 'the column that is referenced') ?? 'id';
  const rules = (['onDelete', 'onUpdate'] as const).map((rule) => {
    const action = findText(entries.get(rule), `\`${rule}\``);
    return action ? ` ON ${rule.slice(2).toUpperCase()} ${action.toUpperCase()}` : '';
  });
  const deferrable = dialect === 'postgres' ? deferrableOf(entryOf(references, 'deferrable')) : '';
  return `REFERENCES ${quoteTable(schema === undefined ? target : { ...target, schema }, dialect)} (${quote(key, dialect)})${rules.join('')}${deferrable}`;
}

const DEFERRABLE: Readonly<Record<string, string>> = {
  INITIALLY_DEFERRED: ' DEFERRABLE INITIALLY DEFERRED',
  INITIALLY_IMMEDIATE: ' DEFERRABLE INITIALLY IMMEDIATE',
  NOT: ' NOT DEFERRABLE',
};

/** `Sequelize.Deferrable.INITIALLY_DEFERRED`, constructed or not. */
export function deferrableOf(value: Value | undefined): string {
  if (isNothing(value)) return '';
  const name = value.kind === 'member' ? stepsOf(value).at(-1)?.name : textOf(value, '`deferrable`');
  return DEFERRABLE[name ?? ''] ?? '';
}

/** Type and constraints behind the name of a column of `CREATE TABLE` and `ADD COLUMN`. `inline` leaves out what stands elsewhere. */
export function definitionOf(column: SequelizeColumn, dialect: Dialect, inline: { readonly primaryKey: boolean; readonly references: boolean }): string {
  return [
    column.type,
    column.notNull && 'NOT NULL',
    column.identity && 'GENERATED BY DEFAULT AS IDENTITY',
    column.autoIncrement && dialect === 'mysql' && 'auto_increment',
    column.default !== undefined && `DEFAULT ${column.default}`,
    column.unique && 'UNIQUE',
    inline.primaryKey && column.primaryKey && 'PRIMARY KEY',
    column.comment !== undefined && dialect === 'mysql' && `COMMENT ${quoteString(column.comment, dialect)}${column.position}`,
    column.comment === undefined && column.position.trim(),
    inline.references && column.references,
  ]
    .filter(Boolean)
    .join(' ');
}
