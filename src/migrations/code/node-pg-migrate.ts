import { escaped, nameOf, quoted } from './node-pg-migrate-columns.ts';
import { addTypeValue, createExtension, createFunction, createMaterializedView, createTrigger, createType, createView, dropFunction, refreshMaterializedView } from './node-pg-migrate-objects.ts';
import { flag, option, sending, table, type Render } from './node-pg-migrate-options.ts';
import { addColumns, addConstraint, alterColumn, createIndex, createTable, dropColumns, dropIndex } from './node-pg-migrate-tables.ts';
import type { BuilderMethod, BuilderTable } from './renderers.ts';
import { OUTSIDE_TRANSACTION } from './run.ts';
import { builder, entriesOf, entryOf, findBoolean, isNothing, notConstant, textOf, textsOf, type Value } from './values.ts';

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
