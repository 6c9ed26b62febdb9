import { columnsOf, escaped, nameOf, quoted, typeName } from './node-pg-migrate-columns.ts';
import { flag, option, shorthands, type Render } from './node-pg-migrate-options.ts';
import { entriesOf, entryOf, findBoolean, isNothing, itemsOf, textOf, textsOf, type Value } from './values.ts';

export const createType: Render = (call) => {
  const [name, values] = call.args;
  const type = quoted(nameOf(name, 'the name of the type'));
  if (values?.kind === 'list') return `CREATE TYPE ${type} AS ENUM (${values.items.map((value) => escaped(value, 'a value of the enum')).join(', ')});`;
  const { definitions } = columnsOf({ name: '' }, values, shorthands(call));
  return `CREATE TYPE ${type} AS (\n${definitions.join(',\n')}\n);`;
};

export const addTypeValue: Render = ({ args: [name, value, options] }) => {
  const beside = (word: string, key: string): string => (isNothing(entryOf(options, key)) ? '' : ` ${word} ${escaped(entryOf(options, key), key)}`);
  const clause = flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : '';
  return `ALTER TYPE ${quoted(nameOf(name, 'the name of the type'))} ADD VALUE${clause} ${escaped(value, 'the value')}${beside('BEFORE', 'before')}${beside('AFTER', 'after')};`;
};

export const createExtension: Render = ({ args: [names, options] }) => {
  const schema = option(options, 'schema');
  const suffix = schema === undefined ? '' : ` SCHEMA ${quoted(schema)}`;
  return textsOf(names, 'the name of the extension').map((name) => `CREATE EXTENSION${flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : ''} ${quoted(name)}${suffix};`);
};

export const createView: Render = ({ args: [name, options, definition] }) => {
  const columns = textsOf(entryOf(options, 'columns'), 'the columns of the view');
  const words = `${flag(options, 'replace') ? ' OR REPLACE' : ''}${flag(options, 'temporary') ? ' TEMPORARY' : ''}${flag(options, 'recursive') ? ' RECURSIVE' : ''}`;
  return `CREATE${words} VIEW ${quoted(nameOf(name, 'the name of the view'))}${columns.length > 0 ? `(${columns.map((column) => quoted(column)).join(', ')})` : ''} AS ${textOf(definition, 'the query of the view')};`;
};

export const createMaterializedView: Render = ({ args: [name, options, definition] }) => {
  const data = findBoolean(entryOf(options, 'data'), 'data');
  const clause = flag(options, 'ifNotExists') ? ' IF NOT EXISTS' : '';
  const suffix = data === undefined ? '' : data ? ' WITH DATA' : ' WITH NO DATA';
  return `CREATE MATERIALIZED VIEW${clause} ${quoted(nameOf(name, 'the name of the view'))} AS ${textOf(definition, 'the query of the view')}${suffix};`;
};

export const refreshMaterializedView: Render = ({ args: [name, options] }) =>
  `REFRESH MATERIALIZED VIEW${flag(options, 'concurrently') ? ' CONCURRENTLY' : ''} ${quoted(nameOf(name, 'the name of the view'))};`;

export const createFunction: Render = ({ args: [name, parameters, options, definition] }) => {
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

export const createTrigger: Render = (call) => {
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

export const dropFunction: Render = ({ args: [name, parameters, options] }) => {
  const types = itemsOf(parameters, 'the parameters').map((parameter) => (parameter.kind === 'record' ? typeName(option(parameter, 'type') ?? '') : textOf(parameter, 'a parameter')));
  return `DROP FUNCTION${flag(options, 'ifExists') ? ' IF EXISTS' : ''} ${quoted(nameOf(name, 'the name of the function'))}(${types.join(', ')})${flag(options, 'cascade') ? ' CASCADE' : ''};`;
};
