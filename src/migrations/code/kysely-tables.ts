import { addsItem, setsWord, spaced, step, type Chain, type ChainType } from './kysely-chains.ts';
import { columnSql, TABLE_CONSTRAINTS } from './kysely-columns.ts';
import { selectSql } from './kysely-selects.ts';
import { expressionOf, findSql, quote } from './kysely-sql.ts';
import type { BuilderCall, BuilderMethod } from './renderers.ts';
import { builder, notConstant, textOf, textsOf, type Value } from './values.ts';

const appended = (word: string): BuilderMethod =>
  setsWord(word, ({ args, dialect }, { words }) => `${words[word] === undefined ? '' : `${words[word]} `}${expressionOf(args[0], dialect, 'the modifier')}`);

/** A query as the body of a table or a view: sql`…`, a `select`, or a callback that gives one. Throws NotConstant. */
export function queryOf(value: Value | undefined, call: BuilderCall): string {
  if (value?.kind === 'function') return queryOf(call.apply(value, []), call);
  return findSql(value) ? expressionOf(value, call.dialect, 'the query') : selectSql(value, call.dialect);
}

export const CREATE_TABLE: ChainType = {
  type: 'create table',
  render: (chain) => {
    const head = `create${spaced(chain, 'front', 'temporary')} table${spaced(chain, 'ifNotExists')} ${chain.name}`;
    const body = chain.words['as'] === undefined ? ` (${chain.items.join(', ')})` : '';
    return `${head}${body}${spaced(chain, 'onCommit', 'end', 'as')}`;
  },
  methods: {
    temporary: setsWord('temporary', 'temporary'),
    ifNotExists: setsWord('ifNotExists', 'if not exists'),
    onCommit: setsWord('onCommit', ({ args }) => `on commit ${textOf(args[0], 'the action')}`),
    addColumn: addsItem(columnSql),
    ...Object.fromEntries(Object.entries(TABLE_CONSTRAINTS).map(([name, write]) => [name, addsItem(write)])),
    modifyFront: appended('front'),
    modifyEnd: appended('end'),
    as: setsWord('as', (call) => `as ${queryOf(call.args[0], call)}`),
  },
};

/** The builder of `alterColumn(name, build)`. Its state is what it says. */
export const ALTERATION = 'alteration of a column';

export const ALTERATION_METHODS: Readonly<Record<string, BuilderMethod>> = {
  setDataType: ({ args: [type], dialect }) => {
    const sql = findSql(type) ? expressionOf(type, dialect, 'the type of the column') : textOf(type, 'the type of the column');
    return builder(ALTERATION, `type ${sql}`);
  },
  setDefault: ({ args, dialect }) => builder(ALTERATION, `set default ${expressionOf(args[0], dialect, 'the default of the column')}`),
  dropDefault: () => builder(ALTERATION, 'drop default'),
  setNotNull: () => builder(ALTERATION, 'set not null'),
  dropNotNull: () => builder(ALTERATION, 'drop not null'),
};

function alteration(call: BuilderCall): string {
  const [, build] = call.args;
  if (build?.kind !== 'function') throw notConstant('the callback', build);
  const result = call.apply(build, [builder(ALTERATION, '')]);
  if (result.kind !== 'builder' || result.type !== ALTERATION) throw notConstant('what the callback returns', result);
  return `alter column ${column(call)} ${String(result.state)}`;
}

function column({ args, dialect }: BuilderCall, at = 0): string {
  return quote(textOf(args[at], 'the name of the column'), dialect);
}

/** One action that is no list of columns: adding a constraint, renaming the table. */
function action(write: (call: BuilderCall, chain: Chain) => string): BuilderMethod {
  return setsWord('action', write);
}

export const ALTER_TABLE: ChainType = {
  type: 'alter table',
  render: (chain) => {
    const { action: only, index } = chain.words;
    const head = `alter table ${chain.name} `;
    if (index !== undefined) return `${head}add${spaced(chain, 'unique')} index ${index} (${chain.items.join(', ')})${spaced(chain, 'using')}`;
    if (only === undefined) return `${head}${chain.items.join(', ')}`;
    const isDrop = only.startsWith('drop constraint');
    const dropped = `drop constraint${spaced(chain, 'ifExists')} ${only.slice('drop constraint '.length)}`;
    return `${head}${isDrop ? dropped : only}${spaced(chain, 'distinct', 'onDelete', 'onUpdate', 'deferrable', 'initially', 'cascade')}`;
  },
  methods: {
    addColumn: addsItem((call, schema) => `add column ${columnSql(call, schema)}`),
    modifyColumn: addsItem((call, schema) => `modify column ${columnSql(call, schema)}`),
    dropColumn: addsItem((call) => `drop column ${column(call)}`),
    renameColumn: addsItem((call) => `rename column ${column(call)} to ${column(call, 1)}`),
    alterColumn: addsItem(alteration),
    renameTo: action(({ args, dialect }) => `rename to ${quote(textOf(args[0], 'the new name of the table'), dialect)}`),
    setSchema: action(({ args, dialect }) => `set schema ${quote(textOf(args[0], 'the schema'), dialect)}`),
    ...Object.fromEntries(Object.entries(TABLE_CONSTRAINTS).map(([name, write]) => [name, action((call, { schema }) => `add ${write(call, schema)}`)])),
    dropConstraint: action(({ args, dialect }) => `drop constraint ${quote(textOf(args[0], 'the name of the constraint'), dialect)}`),
    renameConstraint: action(({ args, dialect }) => {
      const names = args.slice(0, 2).map((name) => quote(textOf(name, 'the name of the constraint'), dialect));
      return `rename constraint ${names.join(' to ')}`;
    }),
    ifExists: setsWord('ifExists', 'if exists'),
    cascade: setsWord('cascade', 'cascade'),
    restrict: setsWord('cascade', 'restrict'),
    onDelete: setsWord('onDelete', ({ args }) => `on delete ${textOf(args[0], 'the action')}`),
    onUpdate: setsWord('onUpdate', ({ args }) => `on update ${textOf(args[0], 'the action')}`),
    deferrable: setsWord('deferrable', 'deferrable'),
    notDeferrable: setsWord('deferrable', 'not deferrable'),
    initiallyDeferred: setsWord('initially', 'initially deferred'),
    initiallyImmediate: setsWord('initially', 'initially immediate'),
    addIndex: setsWord('index', ({ args, dialect }) => quote(textOf(args[0], 'the name of the index'), dialect)),
    dropIndex: action(({ args, dialect }) => `drop index ${quote(textOf(args[0], 'the name of the index'), dialect)}`),
    unique: setsWord('unique', 'unique'),
    using: setsWord('using', ({ args }) => `using ${textOf(args[0], 'the method of the index')}`),
    column: addsItem((call) => column(call)),
    columns: step((chain, { args, dialect }) => {
      const names = textsOf(args[0], 'the columns of the index').map((name) => quote(name, dialect));
      return { items: [...chain.items, ...names] };
    }),
  },
};
