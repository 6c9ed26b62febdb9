import { entriesOf, entryOf, findBoolean, findText, isNothing, itemsOf, notConstant, textOf, textsOf, truthOf, type Value } from './values.ts';

/** `name`, or `{ schema, name }`. */
export interface PgName {
  readonly schema?: string;
  readonly name: string;
}

export function nameOf(value: Value | undefined, what: string): PgName {
  if (value?.kind !== 'record') return { name: textOf(value, what) };
  const schema = findText(entryOf(value, 'schema'), `the schema of ${what}`);
  return { name: textOf(entryOf(value, 'name'), what), ...(schema === undefined ? {} : { schema }) };
}

/** Names stand as they are written: whether the project lets them be turned into snake case is not known here. */
export function quoted(name: PgName | string): string {
  if (typeof name === 'string') return `"${name}"`;
  return `${name.schema === undefined ? '' : `"${name.schema}".`}"${name.name}"`;
}

/** A value in SQL; texts in dollar quotes, as node-pg-migrate writes them. */
export function escaped(value: Value | undefined, what: string): string {
  if (value?.kind === 'raw') {
    if (value.holes) throw notConstant(what, value.holes[0]?.unknown);
    return value.sql;
  }
  if (value?.kind === 'null') return 'NULL';
  if (value?.kind === 'boolean') return String(value.value);
  if (value?.kind === 'number') return String(value.value);
  if (value?.kind === 'list') return `ARRAY[${value.items.map((item) => escaped(item, what)).join(',').replaceAll('ARRAY', '')}]`;
  const text = textOf(value, what);
  const id = [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !text.includes(`$pg${letter}$`)) ?? 'aa';
  return `$pg${id}$${text}$pg${id}$`;
}

const ADAPTERS: Readonly<Record<string, string>> = { int: 'integer', string: 'text', float: 'real', double: 'double precision', datetime: 'timestamp', bool: 'boolean' };

export function typeName(type: string): string {
  return Object.hasOwn(ADAPTERS, type) ? (ADAPTERS[type] ?? type) : type;
}

const ID: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['type', { kind: 'text', text: 'serial' }],
  ['primaryKey', { kind: 'boolean', value: true }],
]);

/** Options of a column with its shorthands laid out; `type` is the type by its name in the server or a name with a schema. */
function optionsOf(value: Value | undefined, shorthands: Value | undefined, what: string): ReadonlyMap<string, Value> {
  const own = value?.kind === 'text' ? new Map<string, Value>([['type', value]]) : entriesOf(value, what);
  const merged = new Map<string, Value>();
  const seen = new Set<string>();
  let type = own.get('type');
  while (type?.kind === 'text' && !seen.has(type.text)) {
    seen.add(type.text);
    const shorthand: Value | undefined = entryOf(shorthands, type.text) ?? (type.text === 'id' ? { kind: 'record', entries: new Map(ID) } : undefined);
    if (!shorthand) break;
    const options: ReadonlyMap<string, Value> = shorthand.kind === 'text' ? new Map<string, Value>([['type', shorthand]]) : entriesOf(shorthand, `the shorthand \`${type.text}\``);
    for (const [key, entry] of options) if (!merged.has(key)) merged.set(key, entry);
    type = options.get('type');
    if (type) merged.set('type', type);
  }
  for (const [key, entry] of own) if (key !== 'type' || !merged.has('type')) merged.set(key, entry);
  return merged;
}

export interface Columns {
  readonly definitions: readonly string[];
  /** Columns of a primary key over several. */
  readonly primaryKey: readonly string[];
  /** Statements that set comments. */
  readonly comments: readonly string[];
}

/** Definitions of the columns of `createTable` and `addColumns`. */
export function columnsOf(table: PgName, columns: Value | undefined, shorthands: Value | undefined): Columns {
  const all = [...entriesOf(columns, 'the columns')].map(([name, value]) => ({ name, options: optionsOf(value, shorthands, `the column \`${name}\``) }));
  const primary = all.filter(({ options }) => truth(options.get('primaryKey'), 'primaryKey')).map(({ name }) => name);
  const several = primary.length > 1;
  return {
    definitions: all.map(({ name, options }) => columnSql(name, options, table, several)),
    primaryKey: several ? primary : [],
    comments: all.flatMap(({ name, options }) => (options.has('comment') ? [`COMMENT ON COLUMN ${quoted(table)}.${quoted(name)} IS ${escaped(options.get('comment'), 'the comment')};`] : [])),
  };
}

function columnSql(name: string, options: ReadonlyMap<string, Value>, table: PgName, severalKeys: boolean): string {
  const of = (key: string): string => `\`${key}\` of the column \`${name}\``;
  const written = (key: string): string | undefined => findText(falseAsNothing(options.get(key)), of(key));
  const flag = (key: string): boolean => truth(options.get(key), of(key));
  const fallback = options.get('default');
  const parts: string[] = [];
  const collation = written('collation');
  if (collation !== undefined) parts.push(`COLLATE ${collation}`);
  if (fallback && fallback.kind !== 'undefined') parts.push(`DEFAULT ${escaped(fallback, of('default'))}`);
  if (flag('unique')) parts.push('UNIQUE');
  if (flag('primaryKey') && !severalKeys) parts.push('PRIMARY KEY');
  if (flag('notNull')) parts.push('NOT NULL');
  const check = written('check');
  if (check !== undefined) parts.push(`CHECK (${check})`);
  if (!isNothing(falseAsNothing(options.get('references')))) {
    const constraint = written('referencesConstraintName') ?? (options.has('referencesConstraintComment') ? `${table.name}_fk_${name}` : undefined);
    parts.push(`${constraint === undefined ? '' : `CONSTRAINT ${quoted(constraint)} `}${referencesSql(options)}`);
  }
  if (flag('deferrable')) parts.push(deferrableSql(options));
  if (!isNothing(falseAsNothing(options.get('sequenceGenerated')))) parts.push(identitySql(options.get('sequenceGenerated')));
  const expression = written('expressionGenerated');
  if (expression !== undefined) parts.push(`GENERATED ALWAYS AS (${expression}) STORED`);
  const type = options.get('type');
  const typeSql = type?.kind === 'record' ? quoted(nameOf(type, of('type'))) : typeName(textOf(type, of('type')));
  return [quoted(name), typeSql, ...parts].join(' ');
}

export function identitySql(options: Value | undefined): string {
  return `GENERATED ${textOf(entryOf(options, 'precedence'), 'the precedence of the identity')} AS IDENTITY`;
}

function falseAsNothing(value: Value | undefined): Value | undefined {
  return value?.kind === 'boolean' && !value.value ? undefined : value;
}

export function truth(value: Value | undefined, what: string): boolean {
  if (value === undefined) return false;
  const found = truthOf(value);
  if (found === undefined) throw notConstant(what, value);
  return found;
}

function referencesSql(options: ReadonlyMap<string, Value>): string {
  const references = options.get('references');
  const plain = references?.kind === 'text' && !references.holes && (references.text.startsWith('"') || references.text.endsWith(')')) ? references.text : undefined;
  const clause = (word: string, key: string): string => {
    const action = findText(falseAsNothing(options.get(key)), key);
    return action === undefined ? '' : ` ${word} ${action}`;
  };
  return `REFERENCES ${plain ?? quoted(nameOf(references, 'the referenced table'))}${clause('MATCH', 'match')}${clause('ON DELETE', 'onDelete')}${clause('ON UPDATE', 'onUpdate')}`;
}

function deferrableSql(options: ReadonlyMap<string, Value>): string {
  return `DEFERRABLE INITIALLY ${truth(options.get('deferred'), 'deferred') ? 'DEFERRED' : 'IMMEDIATE'}`;
}

/** Constraints of a table or of `addConstraint`. `name`: the one given, if any. */
export function constraintsOf(table: PgName, value: Value | undefined, name: string | undefined, primaryKey: readonly string[] = []): string[] {
  const options = entriesOf(value, 'the constraints');
  const list = (columns: readonly string[]): string => columns.map((column) => quoted(column)).join(', ');
  const given = (key: string): boolean => !isNothing(falseAsNothing(options.get(key)));
  const named = (fallback: string): string => quoted(name ?? fallback);
  const result: string[] = [];
  if (given('check')) {
    const checks = options.get('check');
    const texts = textsOf(checks, 'the check');
    texts.forEach((check, i) => result.push(`CONSTRAINT ${named(checks?.kind === 'list' ? `${table.name}_chck_${String(i + 1)}` : `${table.name}_chck`)} CHECK (${check})`));
  }
  if (given('unique')) {
    const items = itemsOf(options.get('unique'), 'the unique columns');
    const sets = items.some((item) => item.kind === 'list') ? items.map((item) => textsOf(item, 'the unique columns')) : [textsOf(options.get('unique'), 'the unique columns')];
    for (const columns of sets) result.push(`CONSTRAINT ${named(`${table.name}_uniq_${columns.join('_')}`)} UNIQUE (${list(columns)})`);
  }
  const key = primaryKey.length > 0 ? primaryKey : given('primaryKey') ? textsOf(options.get('primaryKey'), 'the primary key') : [];
  if (key.length > 0) result.push(`CONSTRAINT ${named(`${table.name}_pkey`)} PRIMARY KEY (${list(key)})`);
  for (const foreignKey of itemsOf(options.get('foreignKeys'), 'the foreign keys')) {
    const columns = textsOf(entryOf(foreignKey, 'columns'), 'the columns of the foreign key');
    const own = findText(entryOf(foreignKey, 'referencesConstraintName'), 'the name of the foreign key');
    const constraint = own === undefined ? named(`${table.name}_fk_${columns.join('_')}`) : quoted(own);
    result.push(`CONSTRAINT ${constraint} FOREIGN KEY (${list(columns)}) ${referencesSql(entriesOf(foreignKey, 'the foreign key'))}`);
  }
  if (given('exclude')) result.push(`CONSTRAINT ${named(`${table.name}_excl`)} EXCLUDE ${textOf(options.get('exclude'), 'the exclusion')}`);
  if (findBoolean(options.get('deferrable'), 'deferrable') !== true) return result;
  return result.map((constraint) => `${constraint} ${deferrableSql(options)}`);
}

/** Name of an index: the one given, else table, columns and kind. */
export function indexName(table: PgName, columns: readonly Value[], options: Value | undefined): string {
  const name = findText(entryOf(options, 'name'), 'the name of the index');
  if (name !== undefined) return name;
  const names = columns.map((column) => (column.kind === 'record' ? textOf(entryOf(column, 'name'), 'the column of the index') : textOf(column, 'the column of the index')));
  return `${table.name}_${names.join('_')}${truth(entryOf(options, 'unique'), 'unique') ? '_unique' : ''}_index`;
}

export function indexColumns(columns: readonly Value[]): string {
  const one = (name: string): string => (/[ ().]/.test(name) ? name : quoted(name));
  return columns
    .map((column) => {
      if (column.kind !== 'record') return one(textOf(column, 'the column of the index'));
      const operators = entryOf(column, 'opclass');
      const sort = findText(entryOf(column, 'sort'), 'the order of the index');
      const name = one(textOf(entryOf(column, 'name'), 'the column of the index'));
      return [name, ...(isNothing(operators) ? [] : [quoted(nameOf(operators, 'the operator class'))]), ...(sort === undefined ? [] : [sort])].join(' ');
    })
    .join(', ');
}

