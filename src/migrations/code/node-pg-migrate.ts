import { columnsOf, constraintsOf, escaped, identitySql, indexColumns, indexName, nameOf, quoted, truth, typeName, type PgName } from './node-pg-migrate-columns.ts';
import type { BuilderCall, BuilderMethod, BuilderTable } from './renderers.ts';
import { OUTSIDE_TRANSACTION } from './run.ts';
import { builder, entriesOf, entryOf, findBoolean, findText, isNothing, itemsOf, NotConstant, notConstant, textOf, textsOf, type Value } from './values.ts';

type Render = (call: BuilderCall) => string | readonly string[];

function sending(render: Render): BuilderMethod {
  return (call) => {
    const sql = render(call);
    for (const statement of typeof sql === 'string' ? [sql] : sql) call.emit(statement);
    return undefined;
  };
}

const flag = (options: Value | undefined, key: string): boolean => findBoolean(entryOf(options, key), `\`${key}\``) ?? false;
const option = (options: Value | undefined, key: string): string | undefined => findText(entryOf(options, key), `\`${key}\``);
const table = (call: BuilderCall): PgName => nameOf(call.args[0], 'the name of the table');
const shorthands = (call: BuilderCall): Value | undefined => call.memory.get('shorthands') as Value | undefined;

/** `DROP … [IF EXISTS] name [CASCADE]` with the options in the second argument. */
function drop(object: string): Render {
  return ({ args: [name, options] }) =>
    `DROP ${object}${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(nameOf(name, 'the name'))}${flag(options, 'cascade') ? ' CASCADE' : ''};`;
}

function dropOnTable(object: string): Render {
  return ({ args: [onTable, name, options] }) =>
    `DROP ${object}${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(nameOf(name, 'the name'))} ON ${quoted(nameOf(onTable, 'the name of the table'))}${flag(options, 'cascade') ? ' CASCADE' : ''};`;
}

function rename(object: string): Render {
  return ({ args: [from, to] }) => `ALTER ${object} ${quoted(nameOf(from, 'the name'))} RENAME TO ${quoted(nameOf(to, 'the new name'))};`;
}

/** `ALTER TABLE t RENAME [CONSTRAINT] a TO b`. */
function renamePart(object: string, word: string): Render {
  return ({ args: [of, from, to] }) => `ALTER ${object} ${quoted(nameOf(of, 'the name'))} RENAME ${word}${quoted(textOf(from, 'the name'))} TO ${quoted(textOf(to, 'the new name'))};`;
}

const createTable: Render = (call) => {
  const name = table(call);
  const [, columns, options] = call.args;
  const { definitions, primaryKey, comments } = columnsOf(name, columns, shorthands(call));
  const like = entryOf(options, 'like');
  const inherits = entryOf(options, 'inherits');
  const lines = [...definitions, ...constraintsOf(name, entryOf(options, 'constraints'), undefined, primaryKey), ...(isNothing(like) ? [] : [likeSql(like)])];
  const head = `CREATE${flag(options, 'temporary') ? ' TEMPORARY' : ''}${flag(options, 'unlogged') ? ' UNLOGGED' : ''} TABLE${flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : ''}`;
  const tail = `${isNothing(inherits) ? '' : ` INHERITS (${quoted(nameOf(inherits, 'the parent table'))})`}${partitionSql(entryOf(options, 'partition'))}`;
  const comment = entryOf(options, 'comment');
  return [
    `${head} ${quoted(name)} (\n  ${lines.join(',\n  ')}\n)${tail};`,
    ...comments,
    ...(isNothing(comment) ? [] : [`COMMENT ON TABLE ${quoted(name)} IS ${escaped(comment, 'the comment')};`]),
  ];
};

function likeSql(like: Value): string {
  const options = entryOf(like, 'options');
  const words = (key: string, word: string): string => itemsOf(entryOf(options, key), key).map((item) => ` ${word} ${textOf(item, key)}`).join('');
  const source = like.kind === 'record' ? (entryOf(like, 'table') ?? like) : like;
  return `LIKE ${quoted(nameOf(source, 'the table to be like'))}${words('including', 'INCLUDING')}${words('excluding', 'EXCLUDING')}`;
}

function partitionSql(partition: Value | undefined): string {
  if (isNothing(partition)) return '';
  const columns = itemsOf(entryOf(partition, 'columns'), 'the columns of the partition').map((column) => (column.kind === 'record' ? textOf(entryOf(column, 'name'), 'a column') : textOf(column, 'a column')));
  return ` PARTITION BY ${textOf(entryOf(partition, 'strategy'), 'the strategy of the partition')} (${columns.map((column) => quoted(column)).join(', ')})`;
}

const addColumns: Render = (call) => {
  const name = table(call);
  const { definitions, comments } = columnsOf(name, call.args[1], shorthands(call));
  const clause = flag(call.args[2], 'ifNotExists') ? 'IF NOT EXISTS ' : '';
  return [`ALTER TABLE ${quoted(name)}\n${definitions.map((definition) => `  ADD ${clause}${definition}`).join(',\n')};`, ...comments];
};

const dropColumns: Render = (call) => {
  const [, columns, options] = call.args;
  const names = columns?.kind === 'record' ? [...entriesOf(columns, 'the columns').keys()] : textsOf(columns, 'the columns');
  const clause = flag(options, 'ifExists') ? 'IF EXISTS ' : '';
  return `ALTER TABLE ${quoted(table(call))}\n${names.map((name) => `  DROP ${clause}${quoted(name)}${flag(options, 'cascade') ? ' CASCADE' : ''}`).join(',\n')};`;
};

const alterColumn: Render = (call) => {
  const [, column, value] = call.args;
  const options = entriesOf(value, 'what is altered');
  const name = textOf(column, 'the name of the column');
  const actions: string[] = [];
  const fallback = options.get('default');
  if (fallback?.kind === 'null') actions.push('DROP DEFAULT');
  else if (fallback && fallback.kind !== 'undefined') actions.push(`SET DEFAULT ${escaped(fallback, 'the default')}`);
  const type = option(value, 'type');
  const suffix = (word: string, key: string): string => (option(value, key) === undefined ? '' : ` ${word} ${option(value, key) ?? ''}`);
  if (type !== undefined) actions.push(`SET DATA TYPE ${typeName(type)}${suffix('COLLATE', 'collation')}${suffix('USING', 'using')}`);
  const notNull = options.get('notNull');
  if (truth(notNull, 'notNull')) actions.push('SET NOT NULL');
  else if ((notNull?.kind === 'boolean' && !notNull.value) || flag(value, 'allowNull')) actions.push('DROP NOT NULL');
  const sequence = options.get('sequenceGenerated');
  if (sequence && sequence.kind !== 'undefined') actions.push(sequence.kind === 'record' ? `ADD ${identitySql(sequence)}` : 'DROP IDENTITY');
  const comment = options.get('comment');
  return [
    ...(actions.length > 0 ? [`ALTER TABLE ${quoted(table(call))}\n${actions.map((action) => `  ALTER ${quoted(name)} ${action}`).join(',\n')};`] : []),
    ...(comment === undefined ? [] : [`COMMENT ON COLUMN ${quoted(table(call))}.${quoted(name)} IS ${escaped(comment, 'the comment')};`]),
  ];
};

const addConstraint: Render = (call) => {
  const [, name, expression] = call.args;
  const constraint = findText(name, 'the name of the constraint');
  const lines =
    expression?.kind === 'text'
      ? [`${constraint === undefined ? '' : `CONSTRAINT ${quoted(constraint)} `}${textOf(expression, 'the constraint')}`]
      : constraintsOf(table(call), expression, constraint);
  if (lines.length === 0) throw new NotConstant('the constraint is empty');
  return `ALTER TABLE ${quoted(table(call))}\n${lines.map((line) => `  ADD ${line}`).join(',\n')};`;
};

const createIndex: Render = (call) => {
  const [, given, options] = call.args;
  const columns = itemsOf(given, 'the columns of the index');
  const name = table(call);
  const method = option(options, 'method');
  const where = option(options, 'where');
  const include = textsOf(entryOf(options, 'include'), 'the included columns');
  return [
    `CREATE${flag(options, 'unique') ? ' UNIQUE' : ''} INDEX${flag(options, 'concurrently') ? ' CONCURRENTLY' : ''}${flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : ''}`,
    `${quoted(indexName({ name: name.name }, columns, options))} ON ${quoted(name)}${method === undefined ? '' : ` USING ${method}`} (${indexColumns(columns)})`,
  ].join(' ') + `${include.length > 0 ? ` INCLUDE (${include.map((column) => quoted(column)).join(', ')})` : ''}${where === undefined ? '' : ` WHERE ${where}`};`;
};

const dropIndex: Render = (call) => {
  const [, columns, options] = call.args;
  const name = table(call);
  const index = { ...name, name: indexName(name, itemsOf(columns, 'the columns of the index'), options) };
  return `DROP INDEX${flag(options, 'concurrently') ? ' CONCURRENTLY' : ''}${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(index)}${flag(options, 'cascade') ? ' CASCADE' : ''};`;
};

const createType: Render = (call) => {
  const [name, values] = call.args;
  const type = quoted(nameOf(name, 'the name of the type'));
  if (values?.kind === 'list') return `CREATE TYPE ${type} AS ENUM (${values.items.map((value) => escaped(value, 'a value of the enum')).join(', ')});`;
  const { definitions } = columnsOf({ name: '' }, values, shorthands(call));
  return `CREATE TYPE ${type} AS (\n${definitions.join(',\n')}\n);`;
};

const addTypeValue: Render = ({ args: [name, value, options] }) => {
  const beside = (word: string, key: string): string => (isNothing(entryOf(options, key)) ? '' : ` ${word} ${escaped(entryOf(options, key), key)}`);
  const clause = flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : '';
  return `ALTER TYPE ${quoted(nameOf(name, 'the name of the type'))} ADD VALUE${clause} ${escaped(value, 'the value')}${beside('BEFORE', 'before')}${beside('AFTER', 'after')};`;
};

const createExtension: Render = ({ args: [names, options] }) => {
  const schema = option(options, 'schema');
  const suffix = schema === undefined ? '' : ` SCHEMA ${quoted(schema)}`;
  return textsOf(names, 'the name of the extension').map((name) => `CREATE EXTENSION${flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : ''} ${quoted(name)}${suffix};`);
};

const createView: Render = ({ args: [name, options, definition] }) => {
  const columns = textsOf(entryOf(options, 'columns'), 'the columns of the view');
  const words = `${flag(options, 'replace') ? ' OR REPLACE' : ''}${flag(options, 'temporary') ? ' TEMPORARY' : ''}${flag(options, 'recursive') ? ' RECURSIVE' : ''}`;
  return `CREATE${words} VIEW ${quoted(nameOf(name, 'the name of the view'))}${columns.length > 0 ? `(${columns.map((column) => quoted(column)).join(', ')})` : ''} AS ${textOf(definition, 'the query of the view')};`;
};

const createMaterializedView: Render = ({ args: [name, options, definition] }) => {
  const data = findBoolean(entryOf(options, 'data'), 'data');
  const clause = flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : '';
  const suffix = data === undefined ? '' : data ? ' WITH DATA' : ' WITH NO DATA';
  return `CREATE MATERIALIZED VIEW${clause} ${quoted(nameOf(name, 'the name of the view'))} AS ${textOf(definition, 'the query of the view')}${suffix};`;
};

const refreshMaterializedView: Render = ({ args: [name, options] }) =>
  `REFRESH MATERIALIZED VIEW${flag(options, 'concurrently') ? ' CONCURRENTLY' : ''} ${quoted(nameOf(name, 'the name of the view'))};`;

const createFunction: Render = ({ args: [name, parameters, options, definition] }) => {
  const written = itemsOf(parameters, 'the parameters').map((parameter) => {
    if (parameter.kind !== 'record') return textOf(parameter, 'a parameter');
    return [option(parameter, 'mode'), option(parameter, 'name') === undefined ? undefined : quoted(option(parameter, 'name') ?? ''), typeName(option(parameter, 'type') ?? '')].filter(Boolean).join(' ');
  });
  const behaviour = option(options, 'behavior') ?? 'VOLATILE';
  const language = textOf(entryOf(options, 'language'), 'the language of the function');
  return [
    `CREATE${flag(options, 'replace') ? ' OR REPLACE' : ''} FUNCTION ${quoted(nameOf(name, 'the name of the function'))}(${written.join(', ')})`,
    `  RETURNS ${option(options, 'returns') ?? 'void'}`,
    `  AS ${escaped(definition, 'the body of the function')}`,
    `  ${behaviour}\n  LANGUAGE ${language};`,
  ].join('\n');
};

const createTrigger: Render = (call) => {
  const [onTable, name, options, definition] = call.args;
  const trigger = nameOf(name, 'the name of the trigger');
  const constraint = flag(options, 'constraint');
  const own = entryOf(options, 'function');
  const routine = isNothing(own) ? trigger : nameOf(own, 'the function of the trigger');
  const when = constraint ? 'AFTER' : textOf(entryOf(options, 'when'), 'when the trigger runs');
  const level = /instead\s+of/i.test(when) ? 'ROW' : (option(options, 'level') ?? 'STATEMENT');
  const condition = option(options, 'condition');
  const parameters = itemsOf(entryOf(options, 'functionParams'), 'the parameters').map((value) => escaped(value, 'a parameter')).join(', ');
  const deferrable = constraint ? `${flag(options, 'deferrable') ? `DEFERRABLE INITIALLY ${flag(options, 'deferred') ? 'DEFERRED' : 'IMMEDIATE'}` : 'NOT DEFERRABLE'}\n  ` : '';
  const written: Value = { kind: 'record', entries: new Map([...entriesOf(options, 'the options of the trigger'), ['returns', { kind: 'text', text: 'trigger' }]]) };
  const functionName: Value = { kind: 'record', entries: new Map<string, Value>(Object.entries(routine).map(([key, value]) => [key, { kind: 'text', text: String(value) }])) };
  const body = isNothing(definition) ? [] : [createFunction({ ...call, args: [functionName, { kind: 'list', items: [] }, written, definition] })].flat();
  return [
    ...body,
    [
      `CREATE${constraint ? ' CONSTRAINT' : ''} TRIGGER ${quoted(trigger)}`,
      `  ${when} ${textsOf(entryOf(options, 'operation'), 'the operation').join(' OR ')} ON ${quoted(nameOf(onTable, 'the name of the table'))}`,
      `  ${deferrable}FOR EACH ${level}`,
      `  ${condition === undefined ? '' : `WHEN (${condition})\n  `}EXECUTE PROCEDURE ${quoted(routine)}(${parameters});`,
    ].join('\n'),
  ];
};

const dropFunction: Render = ({ args: [name, parameters, options] }) => {
  const types = itemsOf(parameters, 'the parameters').map((parameter) => (parameter.kind === 'record' ? typeName(option(parameter, 'type') ?? '') : textOf(parameter, 'a parameter')));
  return `DROP FUNCTION${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(nameOf(name, 'the name of the function'))}(${types.join(', ')})${flag(options, 'cascade') ? ' CASCADE' : ''};`;
};

/** `pgm.sql('… {name} …', { name })`: names are quoted, other values escaped. */
const sql: BuilderMethod = (call) => {
  const [text, mapping] = call.args;
  if (isNothing(mapping)) {
    call.emitText(text);
    return undefined;
  }
  let written = textOf(text, 'the SQL');
  for (const [key, value] of entriesOf(mapping, 'the values of the SQL')) {
    const isName = value.kind === 'text' || (value.kind === 'record' && value.entries.has('name'));
    written = written.replaceAll(`{${key}}`, () => (isName ? quoted(nameOf(value, `the name \`${key}\``)) : escaped(value, `the value \`${key}\``)));
  }
  call.emit(written);
  return undefined;
};

const RENDERERS: Readonly<Record<string, Render>> = {
  createTable,
  dropTable: drop('TABLE'),
  renameTable: rename('TABLE'),
  alterTable: (call) => {
    const [, options] = call.args;
    const security = option(options, 'levelSecurity');
    const unlogged = findBoolean(entryOf(options, 'unlogged'), 'unlogged');
    const actions = [...(security === undefined ? [] : [`${security} ROW LEVEL SECURITY`]), ...(unlogged === undefined ? [] : [unlogged ? 'SET UNLOGGED' : 'SET LOGGED'])];
    return `ALTER TABLE ${quoted(table(call))}\n  ${actions.join(', ')};`;
  },
  addColumns,
  addColumn: addColumns,
  dropColumns,
  dropColumn: dropColumns,
  renameColumn: renamePart('TABLE', ''),
  alterColumn,
  addConstraint,
  createConstraint: addConstraint,
  dropConstraint: ({ args: [of, name, options] }) =>
    `ALTER TABLE ${quoted(nameOf(of, 'the name of the table'))} DROP CONSTRAINT${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(textOf(name, 'the name of the constraint'))}${flag(options, 'cascade') ? ' CASCADE' : ''};`,
  renameConstraint: renamePart('TABLE', 'CONSTRAINT '),
  createIndex,
  addIndex: createIndex,
  dropIndex,
  createType,
  addType: createType,
  dropType: drop('TYPE'),
  renameType: rename('TYPE'),
  addTypeValue,
  renameTypeValue: ({ args: [name, from, to] }) =>
    `ALTER TYPE ${quoted(nameOf(name, 'the name of the type'))} RENAME VALUE ${escaped(from, 'the value')} TO ${escaped(to, 'the new value')};`,
  createExtension,
  addExtension: createExtension,
  dropExtension: ({ args: [names, options] }) =>
    textsOf(names, 'the name of the extension').map((name) => `DROP EXTENSION${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(name)}${flag(options, 'cascade') ? ' CASCADE' : ''};`),
  createSchema: ({ args: [name, options] }) => {
    const owner = option(options, 'authorization');
    return `CREATE SCHEMA${flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : ''} ${quoted(textOf(name, 'the name of the schema'))}${owner === undefined ? '' : ` AUTHORIZATION ${owner}`};`;
  },
  dropSchema: drop('SCHEMA'),
  renameSchema: rename('SCHEMA'),
  createView,
  dropView: drop('VIEW'),
  renameView: rename('VIEW'),
  createMaterializedView,
  dropMaterializedView: drop('MATERIALIZED VIEW'),
  renameMaterializedView: rename('MATERIALIZED VIEW'),
  refreshMaterializedView,
  createFunction,
  dropFunction,
  createTrigger,
  dropTrigger: dropOnTable('TRIGGER'),
  dropPolicy: dropOnTable('POLICY'),
  dropSequence: drop('SEQUENCE'),
  renameSequence: rename('SEQUENCE'),
  dropDomain: drop('DOMAIN'),
  renameDomain: rename('DOMAIN'),
};

const func = (value: Value | undefined): Value => {
  if (value?.kind !== 'text') throw notConstant('the SQL', value);
  return { kind: 'raw', sql: value.text, ...(value.holes ? { holes: value.holes } : {}) };
};

/** node-pg-migrate: `up(pgm)`. Rendered as node-pg-migrate 8 does. */
export const nodePgMigrate: BuilderTable = {
  tools: ['node-pg-migrate'],
  parameters: () => [builder('pgm', undefined)],
  modules: { 'node-pg-migrate': { kind: 'member', root: 'node-pg-migrate', steps: [] } },
  settings: ['shorthands'],
  methods: {
    pgm: {
      ...Object.fromEntries(Object.entries(RENDERERS).map(([name, render]): [string, BuilderMethod] => [name, sending(render)])),
      sql,
      func: ({ args }) => func(args[0]),
      noTransaction: (call) => {
        call.memory.set(OUTSIDE_TRANSACTION, true);
        return call.self;
      },
    },
    db: {
      query: (call) => {
        call.emitText(call.args[0]);
        return undefined;
      },
      select: () => undefined,
    },
  },
  properties: { pgm: { db: () => builder('db', undefined) } },
  member: ({ path, args }) => (path.at(-2) === 'PgLiteral' && path.at(-1) === 'create' ? func(args[0]) : undefined),
};
