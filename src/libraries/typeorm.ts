import type { Library, LibraryType, ModelSource, QueryEffect } from './types.ts';

const ENTITY: ModelSource = { from: 'entity' };
const FIRST: ModelSource = { from: 'argument', index: 0 };

type Extra = Partial<QueryEffect> & { readonly returns?: string };

const query = (operation: QueryEffect['operation'], model: ModelSource, { returns, ...extra }: Extra = {}): LibraryType => ({
  call: { ...(returns === undefined ? {} : { returns }), effect: { kind: 'query', operation, model, ...extra } },
});

/** Finders and writers that Repository, EntityManager and the statics of BaseEntity share; the manager is told the entity as its first argument. */
const statements = (model: ModelSource): Record<string, LibraryType> => ({
  find: query('read', model, { many: true, returns: 'rows' }),
  findBy: query('read', model, { many: true, returns: 'rows' }),
  findAndCount: query('read', model, { many: true, returns: 'rows' }),
  findAndCountBy: query('read', model, { many: true, returns: 'rows' }),
  findByIds: query('read', model, { many: true, returns: 'rows' }),
  findOne: query('read', model, { returns: 'row' }),
  findOneBy: query('read', model, { returns: 'row' }),
  findOneById: query('read', model, { returns: 'row' }),
  findOneOrFail: query('read', model, { returns: 'row' }),
  findOneByOrFail: query('read', model, { returns: 'row' }),
  exist: query('read', model),
  exists: query('read', model),
  existsBy: query('read', model),
  count: query('read', model),
  countBy: query('read', model),
  sum: query('read', model),
  average: query('read', model),
  minimum: query('read', model),
  maximum: query('read', model),
  preload: query('read', model, { returns: 'row' }),
  save: query('write', model, { returns: 'row' }),
  insert: query('write', model, { bulk: true }),
  update: query('write', model, { bulk: true }),
  updateAll: query('write', model, { bulk: true }),
  upsert: query('write', model, { bulk: true }),
  delete: query('write', model, { bulk: true }),
  deleteAll: query('write', model, { bulk: true }),
  remove: query('write', model),
  softRemove: query('write', model),
  softDelete: query('write', model, { bulk: true }),
  restore: query('write', model, { bulk: true }),
  recover: query('write', model),
  increment: query('write', model, { bulk: true }),
  decrement: query('write', model, { bulk: true }),
  clear: query('write', model, { bulk: true }),
  query: query('raw', { from: 'sql' }, { many: true }),
  sql: { tag: { effect: { kind: 'query', operation: 'raw', many: true, model: { from: 'sql' } } } },
  create: { call: { returns: 'row' } },
  merge: { call: { returns: 'row' } },
  createQueryBuilder: { call: { returns: 'queryBuilder' } },
});

const readBuilder = (extra: Extra = {}) => query('read', ENTITY, { builder: {}, ...extra });
const transaction = (index: number): Record<number, readonly string[]> => ({ [index]: ['manager'] });

/** TypeORM 0.2, 0.3 and 1. https://typeorm.io */
export const typeorm: Library = {
  id: 'typeorm',
  title: 'TypeORM',
  category: 'database',
  packages: ['typeorm', 'typeorm-typedi-extensions', 'typeorm-transactional'],
  types: {
    module: {
      members: {
        Repository: 'repositoryClass',
        TreeRepository: 'repositoryClass',
        MongoRepository: 'repositoryClass',
        AbstractRepository: { instance: 'abstractRepository' },
        EntityManager: { instance: 'manager', construct: { returns: 'manager' } },
        MongoEntityManager: { instance: 'manager' },
        DataSource: { instance: 'client', construct: { returns: 'client' } },
        Connection: { instance: 'client', construct: { returns: 'client' } },
        QueryRunner: { instance: 'queryRunner' },
        SelectQueryBuilder: { instance: 'queryBuilder' },
        BaseEntity: { instance: 'row', members: { ...statements(ENTITY), getRepository: { call: { returns: 'repository' } } } },
        createConnection: { call: { returns: 'client' } },
        getConnection: { call: { returns: 'client' } },
        getManager: { call: { returns: 'manager' } },
        getRepository: { call: { returns: 'repository' } },
        getTreeRepository: { call: { returns: 'repository' } },
        getCustomRepository: { call: { returns: 'repository' } },
        getMongoRepository: { call: { returns: 'repository' } },
        createQueryBuilder: { call: { returns: 'queryBuilder' } },
        default: 'module',
      },
    },
    /** The class, for `extends Repository<User>` and annotations. */
    repositoryClass: { instance: 'repository', construct: { returns: 'repository' } },
    repository: {
      members: {
        ...statements(ENTITY),
        manager: 'manager',
        target: {},
        metadata: {},
        extend: { call: { returns: 'repository' } },
        findTrees: query('read', ENTITY, { many: true }),
        findRoots: query('read', ENTITY, { many: true }),
        findDescendants: query('read', ENTITY, { many: true }),
        findDescendantsTree: query('read', ENTITY),
        findAncestors: query('read', ENTITY, { many: true }),
        findAncestorsTree: query('read', ENTITY),
        aggregate: query('read', ENTITY, { many: true }),
        insertMany: query('write', ENTITY, { bulk: true }),
        updateMany: query('write', ENTITY, { bulk: true }),
        deleteMany: query('write', ENTITY, { bulk: true }),
      },
    },
    abstractRepository: { members: { repository: 'repository', manager: 'manager', createQueryBuilder: { call: { returns: 'queryBuilder' } } } },
    manager: {
      members: {
        ...statements(FIRST),
        save: query('write', ENTITY, { returns: 'row' }),
        remove: query('write', ENTITY),
        softRemove: query('write', ENTITY),
        recover: query('write', ENTITY),
        query: query('raw', { from: 'sql' }, { many: true }),
        connection: 'client',
        dataSource: 'client',
        queryRunner: 'queryRunner',
        getRepository: { call: { returns: 'repository' } },
        getTreeRepository: { call: { returns: 'repository' } },
        getCustomRepository: { call: { returns: 'repository' } },
        withRepository: { call: { returns: 'repository' } },
        transaction: { call: { callbacks: { ...transaction(0), ...transaction(1) }, effect: { kind: 'transaction' } } },
      },
    },
    /** DataSource, and Connection before 0.3. */
    client: {
      members: {
        manager: 'manager',
        mongoManager: 'manager',
        query: query('raw', { from: 'sql' }, { many: true }),
        getRepository: { call: { returns: 'repository' } },
        getTreeRepository: { call: { returns: 'repository' } },
        getCustomRepository: { call: { returns: 'repository' } },
        getMongoRepository: { call: { returns: 'repository' } },
        createQueryBuilder: { call: { returns: 'queryBuilder' } },
        createQueryRunner: { call: { returns: 'queryRunner' } },
        createEntityManager: { call: { returns: 'manager' } },
        transaction: { call: { callbacks: { ...transaction(0), ...transaction(1) }, effect: { kind: 'transaction' } } },
        initialize: { call: { returns: 'client' } },
        connect: { call: { returns: 'client' } },
      },
    },
    queryRunner: {
      members: {
        query: query('raw', { from: 'sql' }, { many: true }),
        manager: 'manager',
        connection: 'client',
        startTransaction: { call: { effect: { kind: 'transactionBegin', handle: 'receiver' } } },
      },
    },
    /** Builds; its terminals send. */
    queryBuilder: {
      members: {
        getOne: readBuilder({ returns: 'row' }),
        getOneOrFail: readBuilder({ returns: 'row' }),
        getMany: readBuilder({ many: true, returns: 'rows' }),
        getManyAndCount: readBuilder({ many: true }),
        getCount: readBuilder(),
        getExists: readBuilder(),
        getRawOne: readBuilder(),
        getRawMany: readBuilder({ many: true }),
        getRawAndEntities: readBuilder({ many: true }),
        stream: readBuilder({ many: true }),
        loadMany: readBuilder({ many: true }),
        loadOne: readBuilder(),
        execute: readBuilder({ many: true, builder: { writes: ['insert', 'update', 'delete', 'softDelete', 'restore'] } }),
        getQuery: { call: {} },
        getSql: { call: {} },
        getQueryAndParameters: { call: {} },
        getParameters: { call: {} },
        subQuery: { call: { returns: 'subQuery' } },
        '*': { call: { returns: 'queryBuilder', callbacks: { 0: ['subQuery'], 1: ['subQuery'] } } },
      },
    },
    subQuery: { members: { getQuery: { call: {} }, getSql: { call: {} }, '*': { call: { returns: 'subQuery' } } } },
    /** An entity; of BaseEntity it can save itself. */
    row: {
      members: {
        save: query('write', ENTITY, { returns: 'row' }),
        remove: query('write', ENTITY),
        softRemove: query('write', ENTITY),
        recover: query('write', ENTITY),
        reload: query('read', ENTITY),
      },
    },
    rows: {
      element: 'row',
      members: {
        map: { call: { callbacks: { 0: ['row'] } } },
        forEach: { call: { callbacks: { 0: ['row'] } } },
        filter: { call: { returns: 'rows', callbacks: { 0: ['row'] } } },
        find: { call: { returns: 'row', callbacks: { 0: ['row'] } } },
      },
    },
  },
  decorators: { Entity: { kind: 'entity' } },
};
