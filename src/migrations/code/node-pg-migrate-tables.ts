import { columnsOf, constraintsOf, escaped, identitySql, indexColumns, indexName, nameOf, quoted, truth, typeName } from './node-pg-migrate-columns.ts';
import { flag, option, shorthands, table, type Render } from './node-pg-migrate-options.ts';
import { NotConstant, entriesOf, entryOf, findText, isNothing, itemsOf, textOf, textsOf, type Value } from './values.ts';

export const createTable: Render = (call) => {
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

export const addColumns: Render = (call) => {
  const name = table(call);
  const { definitions, comments } = columnsOf(name, call.args[1], shorthands(call));
  const clause = flag(call.args[2], 'ifNotExists') ? 'IF NOT EXISTS ' : '';
  return [`ALTER TABLE ${quoted(name)}\n${definitions.map((definition) => `  ADD ${clause}${definition}`).join(',\n')};`, ...comments];
};

export const dropColumns: Render = (call) => {
  const [, columns, options] = call.args;
  const names = columns?.kind === 'record' ? [...entriesOf(columns, 'the columns').keys()] : textsOf(columns, 'the columns');
  const clause = flag(options, 'ifExists') ? 'IF EXISTS ' : '';
  return `ALTER TABLE ${quoted(table(call))}\n${names.map((name) => `  DROP ${clause}${quoted(name)}${flag(options, 'cascade') ? ' CASCADE' : ''}`).join(',\n')};`;
};

export const alterColumn: Render = (call) => {
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

export const addConstraint: Render = (call) => {
  const [, name, expression] = call.args;
  const constraint = findText(name, 'the name of the constraint');
  const lines =
    expression?.kind === 'text'
      ? [`${constraint === undefined ? '' : `CONSTRAINT ${quoted(constraint)} `}${textOf(expression, 'the constraint')}`]
      : constraintsOf(table(call), expression, constraint);
  if (lines.length === 0) throw new NotConstant('the constraint is empty');
  return `ALTER TABLE ${quoted(table(call))}\n${lines.map((line) => `  ADD ${line}`).join(',\n')};`;
};

export const createIndex: Render = (call) => {
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

export const dropIndex: Render = (call) => {
  const [, columns, options] = call.args;
  const name = table(call);
  const index = { ...name, name: indexName(name, itemsOf(columns, 'the columns of the index'), options) };
  return `DROP INDEX${flag(options, 'concurrently') ? ' CONCURRENTLY' : ''}${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(index)}${flag(options, 'cascade') ? ' CASCADE' : ''};`;
};
