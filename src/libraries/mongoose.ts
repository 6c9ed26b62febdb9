import type { Library, LibraryType, QueryEffect } from './types.ts';

type Extra = Partial<QueryEffect> & { readonly returns?: string };

/** A query: sent when awaited, by `exec`, `then` or a cursor. */
const find = (operation: 'read' | 'write', extra: Partial<QueryEffect> = {}, returns = 'query'): LibraryType => ({
  call: { returns, effect: { kind: 'query', operation, builder: {}, model: { from: 'entity' }, ...extra } },
});

const run = (operation: 'read' | 'write', { returns, ...extra }: Extra = {}): LibraryType => ({
  call: { ...(returns === undefined ? {} : { returns }), effect: { kind: 'query', operation, model: { from: 'entity' }, ...extra } },
});

const PER_DOCUMENT: Record<string, LibraryType> = {
  map: { call: { returns: 'list', callbacks: { 0: ['document'] } } },
  forEach: { call: { callbacks: { 0: ['document'] } } },
};

const REFINING = ['select', 'populate', 'sort', 'session', 'where', 'collation', 'orFail', 'setOptions', 'hint', 'read', 'maxTimeMS'];

/** Mongoose 5–9. https://mongoosejs.com/docs/api/model.html */
export const mongoose: Library = {
  id: 'mongoose',
  title: 'Mongoose',
  category: 'database',
  packages: ['mongoose'],
  types: {
    module: {
      members: {
        Model: 'model',
        PaginateModel: { instance: 'model' },
        AggregatePaginateModel: { instance: 'model' },
        SoftDeleteModel: { instance: 'model' },
        Document: { instance: 'document' },
        HydratedDocument: { instance: 'document' },
        Connection: { instance: 'connection' },
        connection: 'connection',
        createConnection: { call: { returns: 'connection' } },
        connect: { call: { returns: 'module' } },
        model: { call: { returns: 'model' } },
        models: { members: { '*': 'model' } },
        startSession: { call: { returns: 'session' } },
        Mongoose: { instance: 'module', construct: { returns: 'module' } },
        mongoose: 'module',
        default: 'module',
      },
    },
    connection: {
      members: {
        model: { call: { returns: 'model' } },
        models: { members: { '*': 'model' } },
        startSession: { call: { returns: 'session' } },
        transaction: { call: { callbacks: { 0: ['session'] }, effect: { kind: 'transaction' } } },
        useDb: { call: { returns: 'connection' } },
      },
    },
    session: {
      members: {
        withTransaction: { call: { callbacks: { 0: ['session'] }, effect: { kind: 'transaction' } } },
        startTransaction: { call: { effect: { kind: 'transactionBegin', handle: 'receiver' } } },
      },
    },
    /** A model is a class: `Model<User>` annotates the class itself. */
    model: {
      instance: 'model',
      construct: { returns: 'document' },
      members: {
        find: find('read', { many: true }),
        findOne: find('read', {}, 'oneQuery'),
        findById: find('read', {}, 'oneQuery'),
        distinct: find('read', { many: true }),
        exists: find('read'),
        countDocuments: find('read'),
        estimatedDocumentCount: find('read'),
        count: find('read'),
        aggregate: find('read', { many: true }),
        where: find('read', { many: true }),
        findOneAndUpdate: find('write', {}, 'oneQuery'),
        findOneAndReplace: find('write', {}, 'oneQuery'),
        findOneAndDelete: find('write', {}, 'oneQuery'),
        findOneAndRemove: find('write', {}, 'oneQuery'),
        findByIdAndUpdate: find('write', {}, 'oneQuery'),
        findByIdAndDelete: find('write', {}, 'oneQuery'),
        findByIdAndRemove: find('write', {}, 'oneQuery'),
        updateOne: find('write'),
        updateMany: find('write', { bulk: true }),
        replaceOne: find('write'),
        deleteOne: find('write'),
        deleteMany: find('write', { bulk: true }),
        remove: find('write', { bulk: true }),
        create: run('write', { returns: 'document' }),
        insertOne: run('write', { returns: 'document' }),
        insertMany: run('write', { bulk: true, returns: 'documents' }),
        bulkWrite: run('write', { bulk: true }),
        bulkSave: run('write', { bulk: true }),
        populate: run('read', { many: true }),
        paginate: run('read', { many: true }),
        hydrate: { call: { returns: 'document' } },
        startSession: { call: { returns: 'session' } },
      },
    },
    query: {
      element: 'document',
      members: { ...PER_DOCUMENT, exec: { call: { returns: 'documents' } }, lean: { call: { returns: 'lean' } }, '*': { call: { returns: 'query' } } },
    },
    /** Awaiting does not change the type here, so a query for one document also has what the document has. */
    oneQuery: {
      members: {
        exec: { call: { returns: 'document' } },
        lean: { call: { returns: 'lean' } },
        save: run('write'),
        deleteOne: run('write'),
        updateOne: run('write'),
        replaceOne: run('write'),
        ...Object.fromEntries(REFINING.map((name) => [name, { call: { returns: 'oneQuery' } }])),
      },
    },
    lean: { members: { '*': { call: { returns: 'lean' } } } },
    document: {
      members: {
        save: run('write', { returns: 'document' }),
        deleteOne: run('write'),
        updateOne: run('write'),
        replaceOne: run('write'),
        remove: run('write'),
        populate: run('read', { returns: 'document' }),
      },
    },
    documents: {
      element: 'document',
      members: {
        ...PER_DOCUMENT,
        filter: { call: { returns: 'documents', callbacks: { 0: ['document'] } } },
        find: { call: { returns: 'document', callbacks: { 0: ['document'] } } },
      },
    },
    list: {},
  },
};
