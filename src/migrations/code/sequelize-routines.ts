import { quote, quoteTable, type TableName } from './sequelize-names.ts';
import { entryOf, findBoolean, findText, isNothing, itemsOf, NotConstant, textOf, textsOf, type Value } from './values.ts';

/** Triggers and functions: Sequelize has them for Postgres only. All throw NotConstant. */
export function createFunctionSql(args: readonly Value[]): string {
  const [name, parameters, returns, language, body, given, options] = args;
  const start = findBoolean(entryOf(options, 'force'), '`force`') === true ? 'CREATE OR REPLACE FUNCTION' : 'CREATE FUNCTION';
  const declared = itemsOf(entryOf(options, 'variables'), 'the variables').map((variable) => {
    const value = findText(entryOf(variable, 'default'), 'the value of the variable');
    const [name, type] = ['name', 'type'].map((part) => textOf(entryOf(variable, part), `the ${part} of the variable`));
    return `DECLARE ${name} ${type}${value === undefined ? '' : ` := ${value}`}; `;
  });
  const code = `${declared.join('')}BEGIN ${textOf(body, 'the body of the function')} END;`;
  const head = `${start} ${signature(name, parameters)} RETURNS ${textOf(returns, 'the type of the result')}`;
  return `${head} AS $func$ ${code} $func$ language '${textOf(language, 'the language')}'${textsOf(given, 'the options of the function').join(' ')};`;
}

export function dropFunctionSql([name, parameters]: readonly Value[]): string {
  return `DROP FUNCTION ${signature(name, parameters)} RESTRICT;`;
}

export function renameFunctionSql([name, parameters, to]: readonly Value[]): string {
  return `ALTER FUNCTION ${signature(name, parameters)} RENAME TO ${textOf(to, 'the name of the function')};`;
}

function signature(name: Value | undefined, parameters: Value | undefined): string {
  return `${textOf(name, 'the name of the function')}(${parameterList(parameters)})`;
}

function parameterList(parameters: Value | undefined): string {
  return itemsOf(parameters, 'the parameters of the function')
    .map((parameter) => ['direction', 'name', 'type'].flatMap((part) => findText(entryOf(parameter, part), 'a parameter of the function') ?? []).join(' '))
    .join(', ');
}

const TIMES: Readonly<Record<string, string>> = { after: 'AFTER', before: 'BEFORE', instead_of: 'INSTEAD OF', after_constraint: 'AFTER' };

export function createTriggerSql(table: TableName, args: readonly Value[]): string {
  const [name, time, events, calls, parameters, given] = args;
  const moment = textOf(time, 'the time of the trigger');
  const when = TIMES[moment];
  if (when === undefined) throw new NotConstant(`the time \`${moment}\` of the trigger is not known`);
  const names = events?.kind === 'record' ? [...events.entries.values()] : itemsOf(events, 'the events of the trigger');
  const on = names.map((event) => textOf(event, 'an event of the trigger').toUpperCase()).join(' OR ');
  const options = textsOf(given, 'the options of the trigger').join(' ');
  return [
    `CREATE ${moment === 'after_constraint' ? 'CONSTRAINT ' : ''}TRIGGER ${quote(textOf(name, 'the name of the trigger'), 'postgres')}`,
    `${when} ${on} ON ${quoteTable(table, 'postgres')}`,
    ...(options === '' ? [] : [options]),
    `EXECUTE PROCEDURE ${textOf(calls, 'the function of the trigger')}(${isNothing(parameters) ? '' : parameterList(parameters)});`,
  ].join(' ');
}

export function dropTriggerSql(table: TableName, name: Value | undefined): string {
  return `DROP TRIGGER ${quote(textOf(name, 'the name of the trigger'), 'postgres')} ON ${quoteTable(table, 'postgres')} RESTRICT;`;
}

export function renameTriggerSql(table: TableName, [from, to]: readonly Value[]): string {
  const [before, after] = [textOf(from, 'the name of the trigger'), textOf(to, 'the name of the trigger')];
  return `ALTER TRIGGER ${quote(before, 'postgres')} ON ${quoteTable(table, 'postgres')} RENAME TO ${quote(after, 'postgres')};`;
}
