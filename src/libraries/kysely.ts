import type { Library, LibraryType, ModelSource, QueryEffect } from './types.ts';

/** Builders are not thenable: without one of these nothing is sent. */
const EXECUTES = ['execute', 'executeTakeFirst', 'executeTakeFirstOrThrow', 'stream', 'explain'];
const TABLE: ModelSource = { from: 'argument', index: 0 };

const builds = (operation: 'read' | 'write', extra: Partial<QueryEffect> = {}): LibraryType => ({
  call: { returns: 'builder', callbacks: { 0: ['expression'] }, effect: { kind: 'query', operation, builder: { executes: EXECUTES }, model: TABLE, ...extra } },
});

const select = builds('read', { many: true });
const write = builds('write', { bulk: true });

/** Kysely. https://kysely-org.github.io/kysely-apidoc */
export const kysely: Library = {
  id: 'kysely',
  title: 'Kysely',
  category: 'database',
  packages: ['kysely'],
  types: {
    module: {
      members: {
        Kysely: { instance: 'client', construct: { returns: 'client' } },
        Transaction: { instance: 'client' },
        ControlledTransaction: { instance: 'client' },
        QueryCreator: { instance: 'client' },
        SelectQueryBuilder: { instance: 'builder' },
        ExpressionBuilder: { instance: 'expression' },
        sql: { tag: { returns: 'fragment' }, members: { '*': { call: { returns: 'fragment' } } } },
        default: 'module',
      },
    },
    client: {
      members: {
        selectFrom: select,
        selectNoFrom: builds('read'),
        insertInto: write,
        replaceInto: write,
        updateTable: write,
        deleteFrom: write,
        mergeInto: write,
        with: { call: { returns: 'client', callbacks: { 1: ['expression'] } } },
        withRecursive: { call: { returns: 'client', callbacks: { 1: ['expression'] } } },
        withSchema: { call: { returns: 'client' } },
        withPlugin: { call: { returns: 'client' } },
        withoutPlugins: { call: { returns: 'client' } },
        withTables: { call: { returns: 'client' } },
        connection: { call: { returns: { members: { execute: { call: { callbacks: { 0: ['client'] } } } } } } },
        transaction: { call: { returns: 'transaction' } },
        startTransaction: { call: { returns: 'controlledTransaction' } },
        executeQuery: { call: { effect: { kind: 'query', operation: 'raw', many: true } } },
        fn: { members: { '*': { call: { returns: 'fragment' } } } },
        schema: 'schema',
      },
    },
    transaction: {
      members: {
        execute: { call: { returns: 'client', callbacks: { 0: ['client'] }, effect: { kind: 'transaction' } } },
        '*': { call: { returns: 'transaction' } },
      },
    },
    controlledTransaction: {
      members: {
        execute: { call: { returns: 'client', effect: { kind: 'transactionBegin', handle: 'result' } } },
        '*': { call: { returns: 'controlledTransaction' } },
      },
    },
    builder: {
      members: {
        ...Object.fromEntries(EXECUTES.map((name) => [name, { call: {} }])),
        '*': { call: { returns: 'builder', callbacks: { 0: ['expression'], 1: ['expression'] } } },
      },
    },
    /** `eb` of a callback: what it builds is part of the statement around it. */
    expression: { members: { '*': { call: { returns: 'expression', callbacks: { 0: ['expression'] } } } } },
    fragment: {
      members: {
        execute: { call: { effect: { kind: 'query', operation: 'raw', many: true, model: { from: 'sql' } } } },
        '*': { call: { returns: 'fragment' } },
      },
    },
    schema: { members: { execute: { call: { effect: { kind: 'query', operation: 'raw' } } }, '*': { call: { returns: 'schema' } } } },
  },
};
