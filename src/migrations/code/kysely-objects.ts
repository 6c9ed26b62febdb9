import { addsCondition, addsItem, setsWord, spaced, step, whereSql, type ChainType } from './kysely-chains.ts';
import { conditionOf } from './kysely-conditions.ts';
import { expressionOf, findSql, quote, quotePath, quoteTarget } from './kysely-sql.ts';
import { queryOf } from './kysely-tables.ts';
import type { Dialect } from '../migration-files.ts';
import type { BuilderMethod } from './renderers.ts';
import { textOf, textsOf, type Value } from './values.ts';

const ifExists = { ifExists: setsWord('ifExists', 'if exists') };
const ifNotExists = { ifNotExists: setsWord('ifNotExists', 'if not exists') };
const cascade = { cascade: setsWord('cascade', 'cascade') };

const on: BuilderMethod = setsWord('table', ({ args, dialect }, { schema }) => `on ${quoteTarget(textOf(args[0], 'the name of the table'), schema, dialect)}`);

/** `name`, `name desc`, or an expression. */
function key(value: Value, dialect: Dialect): string {
  if (findSql(value)) return expressionOf(value, dialect, 'the expression of the index');
  const [path = '', ...order] = textOf(value, 'the column of the index').trim().split(/\s+/);
  return [quotePath(path, dialect), ...order].join(' ');
}

export const CREATE_INDEX: ChainType = {
  type: 'create index',
  render: (chain, dialect) => {
    const head = `create${spaced(chain, 'unique')} index${spaced(chain, 'ifNotExists')} ${chain.name}`;
    const place = dialect === 'mysql' ? spaced(chain, 'using', 'table') : spaced(chain, 'table', 'using');
    return `${head}${place} (${chain.items.join(', ')})${dialect === 'mysql' ? '' : spaced(chain, 'distinct')}${whereSql(chain)}`;
  },
  methods: {
    ...ifNotExists,
    unique: setsWord('unique', 'unique'),
    nullsNotDistinct: setsWord('distinct', 'nulls not distinct'),
    on,
    column: addsItem(({ args, dialect }) => key(args[0] ?? { kind: 'undefined' }, dialect)),
    columns: step((chain, { args, dialect }) => ({
      items: [...chain.items, ...(args[0]?.kind === 'list' ? args[0].items : args.slice(0, 1)).map((column) => key(column, dialect))],
    })),
    expression: addsItem(({ args, dialect }) => expressionOf(args[0], dialect, 'the expression of the index')),
    using: setsWord('using', ({ args, dialect }) => `using ${findSql(args[0]) ? expressionOf(args[0], dialect, 'the method') : textOf(args[0], 'the method')}`),
    where: addsCondition((call) => conditionOf(call)),
  },
};

export const DROP_INDEX: ChainType = {
  type: 'drop index',
  render: (chain) => `drop index${spaced(chain, 'ifExists')} ${chain.name}${spaced(chain, 'table', 'cascade')}`,
  methods: { ...ifExists, ...cascade, on },
};

export const DROP_TABLE: ChainType = {
  type: 'drop table',
  render: (chain) => `drop table${spaced(chain, 'ifExists')} ${chain.name}${spaced(chain, 'cascade')}`,
  methods: { ...ifExists, ...cascade },
};

export const CREATE_TYPE: ChainType = {
  type: 'create type',
  render: (chain) => `create type ${chain.name}${chain.items.length === 0 ? '' : ` as enum (${chain.items.join(', ')})`}`,
  methods: {
    asEnum: step((_chain, { args }) => ({ items: textsOf(args[0], 'the values of the enumeration').map((value) => `'${value.replaceAll("'", "''")}'`) })),
  },
};

export const DROP_TYPE: ChainType = {
  type: 'drop type',
  render: (chain) => `drop type${spaced(chain, 'ifExists')} ${chain.name}`,
  methods: ifExists,
};

export const CREATE_SCHEMA: ChainType = {
  type: 'create schema',
  render: (chain) => `create schema${spaced(chain, 'ifNotExists')} ${chain.name}`,
  methods: ifNotExists,
};

export const DROP_SCHEMA: ChainType = {
  type: 'drop schema',
  render: (chain) => `drop schema${spaced(chain, 'ifExists')} ${chain.name}${spaced(chain, 'cascade')}`,
  methods: { ...ifExists, ...cascade },
};

export const CREATE_VIEW: ChainType = {
  type: 'create view',
  render: (chain) => {
    const columns = chain.items.length === 0 ? '' : ` (${chain.items.join(', ')})`;
    return `create${spaced(chain, 'orReplace', 'materialized', 'temporary')} view${spaced(chain, 'ifNotExists')} ${chain.name}${columns}${spaced(chain, 'as')}`;
  },
  methods: {
    ...ifNotExists,
    orReplace: setsWord('orReplace', 'or replace'),
    materialized: setsWord('materialized', 'materialized'),
    temporary: setsWord('temporary', 'temporary'),
    columns: step((_chain, { args, dialect }) => ({ items: textsOf(args[0], 'the columns of the view').map((column) => quote(column, dialect)) })),
    as: setsWord('as', (call) => `as ${queryOf(call.args[0], call)}`),
  },
};

export const DROP_VIEW: ChainType = {
  type: 'drop view',
  render: (chain) => `drop${spaced(chain, 'materialized')} view${spaced(chain, 'ifExists')} ${chain.name}${spaced(chain, 'cascade')}`,
  methods: { ...ifExists, ...cascade, materialized: setsWord('materialized', 'materialized') },
};

export const REFRESH: ChainType = {
  type: 'refresh materialized view',
  render: (chain) => `refresh materialized view${spaced(chain, 'concurrently')} ${chain.name} ${chain.words['data'] ?? 'with data'}`,
  methods: { concurrently: setsWord('concurrently', 'concurrently'), withData: setsWord('data', 'with data'), withNoData: setsWord('data', 'with no data') },
};
