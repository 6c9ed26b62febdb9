import type { Library, LibraryType, QueryEffect } from './types.ts';

type Extra = Partial<QueryEffect> & { readonly returns?: string };

const query = (operation: 'read' | 'write', { returns, ...extra }: Extra = {}): LibraryType => ({
  call: { ...(returns === undefined ? {} : { returns }), effect: { kind: 'query', operation, model: { from: 'entity' }, ...extra } },
});

const row = { returns: 'row' };
const rows = { many: true, returns: 'rows' };
const raw: QueryEffect = { kind: 'query', operation: 'raw', many: true, model: { from: 'sql' } };

/** Sequelize 5–7 and sequelize-typescript. https://sequelize.org/docs/v6/ */
export const sequelize: Library = {
  id: 'sequelize',
  title: 'Sequelize',
  category: 'database',
  packages: ['sequelize', 'sequelize-typescript', '@sequelize/core'],
  types: {
    module: {
      instance: 'client',
      construct: { returns: 'client' },
      members: {
        Sequelize: { instance: 'client', construct: { returns: 'client' }, members: { Model: 'model', Transaction: {}, '*': {} } },
        Model: 'model',
        ModelStatic: { instance: 'model' },
        ModelCtor: { instance: 'model' },
        ModelType: { instance: 'model' },
        QueryInterface: { instance: 'queryInterface' },
        default: 'module',
      },
    },
    client: {
      members: {
        query: { call: { effect: raw } },
        transaction: {
          call: { returns: 'transaction', callbacks: { 0: ['transaction'], 1: ['transaction'] }, effect: { kind: 'transaction', handle: 'result' } },
        },
        define: { call: { returns: 'model' } },
        model: { call: { returns: 'model' } },
        models: { members: { '*': 'model' } },
        getQueryInterface: { call: { returns: 'queryInterface' } },
      },
    },
    transaction: { members: { commit: { call: {} }, rollback: { call: {} }, afterCommit: { call: { defers: true } } } },
    /** The class of a model: what the project's own classes extend. */
    model: {
      instance: 'row',
      construct: { returns: 'row' },
      members: {
        findAll: query('read', rows),
        findByPk: query('read', row),
        findOne: query('read', row),
        findAndCountAll: query('read', { many: true, returns: 'page' }),
        findOrCreate: query('write', { returns: 'rows' }),
        findCreateFind: query('write', { returns: 'rows' }),
        findOrBuild: query('read', { returns: 'rows' }),
        count: query('read'),
        aggregate: query('read'),
        max: query('read'),
        min: query('read'),
        sum: query('read'),
        create: query('write', row),
        bulkCreate: query('write', { bulk: true, returns: 'rows' }),
        upsert: query('write', { returns: 'rows' }),
        update: query('write', { bulk: true, returns: 'rows' }),
        destroy: query('write', { bulk: true }),
        restore: query('write', { bulk: true }),
        truncate: query('write', { bulk: true }),
        increment: query('write', { bulk: true }),
        decrement: query('write', { bulk: true }),
        build: { call: { returns: 'row' } },
        bulkBuild: { call: { returns: 'rows' } },
        scope: { call: { returns: 'model' } },
        unscoped: { call: { returns: 'model' } },
        withScope: { call: { returns: 'model' } },
        withoutScope: { call: { returns: 'model' } },
        schema: { call: { returns: 'model' } },
        init: { call: { returns: 'model' } },
        sequelize: 'client',
      },
    },
    row: {
      members: {
        save: query('write', row),
        update: query('write', row),
        destroy: query('write'),
        restore: query('write'),
        reload: query('read', row),
        increment: query('write', row),
        decrement: query('write', row),
        $get: query('read', { many: true, returns: 'rows' }),
        $count: query('read'),
        $has: query('read'),
        $set: query('write'),
        $add: query('write'),
        $create: query('write', row),
        $remove: query('write'),
        sequelize: 'client',
      },
    },
    rows: {
      element: 'row',
      members: {
        map: { call: { returns: 'list', callbacks: { 0: ['row'] } } },
        flatMap: { call: { returns: 'list', callbacks: { 0: ['row'] } } },
        forEach: { call: { callbacks: { 0: ['row'] } } },
        some: { call: { callbacks: { 0: ['row'] } } },
        every: { call: { callbacks: { 0: ['row'] } } },
        reduce: { call: { callbacks: { 0: [undefined, 'row'] } } },
        filter: { call: { returns: 'rows', callbacks: { 0: ['row'] } } },
        find: { call: { returns: 'row', callbacks: { 0: ['row'] } } },
        slice: { call: { returns: 'rows' } },
        at: { call: { returns: 'row' } },
        pop: { call: { returns: 'row' } },
        shift: { call: { returns: 'row' } },
      },
    },
    list: {},
    page: { members: { rows: 'rows' } },
    /** Migrations: statements about the schema, and a few about rows. */
    queryInterface: { members: { sequelize: 'client', '*': { call: { effect: { kind: 'query', operation: 'raw', model: { from: 'argument', index: 0 } } } } } },
  },
};
