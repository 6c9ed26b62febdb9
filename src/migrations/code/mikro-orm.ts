import { bind, isRaw, useRaw } from './knex-values.ts';
import { knex } from './knex.ts';
import { ANY, CALLED, TAGGED, type BuilderCall, type BuilderMethod, type BuilderTable } from './renderers.ts';
import { builder, isNothing, NotConstant, record, text, textOf, type Value } from './values.ts';

const MIGRATION = 'migration';
const ENTITY_MANAGER = 'entity manager';
const CONNECTION = 'connection';

/** SQL as text with parameters, as raw SQL, or as a query of Knex, which speaks for itself. */
function send(call: BuilderCall): undefined {
  const [sql, parameters] = call.args;
  if (isRaw(sql)) call.emit(useRaw(sql));
  else if (sql?.kind !== 'builder') call.emitText(sql?.kind === 'text' && !sql.holes && !isNothing(parameters) ? text(bind(sql.text, parameters, call.dialect)) : sql);
  return undefined;
}

const knexItself: BuilderMethod = ({ dialect }) => knex.parameters(dialect)[0];
const itself: BuilderMethod = ({ self }) => self;

const onEntities: BuilderMethod = ({ method }) => {
  throw new NotConstant(`\`${method}\` works on entities: its SQL depends on their mapping`);
};

const MIGRATION_METHODS: Readonly<Record<string, BuilderMethod>> = {
  addSql: send,
  execute: send,
  getKnex: knexItself,
  getEntityManager: () => builder(ENTITY_MANAGER, undefined),
  reset: () => undefined,
  isTransactional: () => undefined,
};

const ENTITY_MANAGER_METHODS: Readonly<Record<string, BuilderMethod>> = {
  execute: send,
  getConnection: () => builder(CONNECTION, undefined),
  getDriver: () => builder(CONNECTION, undefined),
  getKnex: knexItself,
  getContext: itself,
  fork: itself,
  transactional: (call) => call.apply(call.args[0], [call.self]),
  // Reading entities changes nothing.
  ...Object.fromEntries(['find', 'findOne', 'findOneOrFail', 'findAll', 'findAndCount', 'count', 'clear', 'getReference'].map((name) => [name, (): undefined => undefined])),
  [ANY]: onEntities,
};

const CONNECTION_METHODS: Readonly<Record<string, BuilderMethod>> = {
  execute: send,
  getConnection: itself,
  getKnex: knexItself,
  [ANY]: onEntities,
};

const raw: BuilderMethod = ({ args: [sql, parameters], dialect }) => builder('raw', { sql: bind(textOf(sql, 'the SQL'), parameters, dialect), used: true });

const tagged: BuilderMethod = ({ args: [written] }) => {
  const holes = written?.kind === 'text' ? written.holes : undefined;
  return builder('raw', { sql: written?.kind === 'text' ? written.text : textOf(written, 'the SQL'), used: true, ...(holes ? { holes } : {}) });
};

const PACKAGE: Value = record({ raw: builder('raw()', undefined), sql: builder('sql', undefined), Migration: { kind: 'member', root: 'mikro-orm', steps: [{ name: 'Migration' }] } });

const PACKAGES = ['migrations', 'core', 'knex', 'sql', 'postgresql', 'mysql', 'mariadb', 'sqlite', 'better-sqlite', 'libsql'];

/** MikroORM: a class that extends `Migration`. Its `getKnex()` is Knex. */
export const mikroOrm: BuilderTable = {
  tools: ['mikro-orm'],
  parameters: (): readonly Value[] => [],
  self: builder(MIGRATION, undefined),
  modules: { ...knex.modules, ...Object.fromEntries(PACKAGES.map((name) => [`@mikro-orm/${name}`, PACKAGE])) },
  ...(knex.thenable ? { thenable: knex.thenable } : {}),
  methods: {
    ...knex.methods,
    [MIGRATION]: MIGRATION_METHODS,
    [ENTITY_MANAGER]: ENTITY_MANAGER_METHODS,
    [CONNECTION]: CONNECTION_METHODS,
    'raw()': { [CALLED]: raw },
    sql: { [TAGGED]: tagged, now: () => builder('raw', { sql: 'current_timestamp', used: true }) },
  },
  properties: {
    ...knex.properties,
    [MIGRATION]: { driver: () => builder(CONNECTION, undefined), ctx: () => ({ kind: 'undefined' }) },
  },
  optsOut: ({ name, returns }) => name === 'isTransactional' && returns?.kind === 'boolean' && !returns.value,
};
