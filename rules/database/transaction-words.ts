import type { TransactionScope } from '../../src/project/transactions.ts';

interface Words {
  /** What to do with a query in the transaction's own code. */
  direct(handle: string): string;
  /** What to do with a function that sends one. */
  reached(handle: string, call: string): string;
}

const throughClient: Words = {
  direct: (handle) => `Send it through \`${handle}\``,
  reached: (handle, call) => `Give \`${call}\` a parameter for the client and hand it \`${handle}\`, or call it before or after the transaction`,
};

const byOption = (option: (handle: string) => string): Words => ({
  direct: (handle) => `Add the option \`${option(handle)}\``,
  reached: (handle, call) => `Let \`${call}\` take \`${option(handle)}\` and pass it on, or call it before or after the transaction`,
});

/** How a query is made part of a transaction, in the words of each library. */
const WORDS: Readonly<Record<string, Words>> = {
  sequelize: byOption((handle) => (handle === 'transaction' ? '{ transaction }' : `{ transaction: ${handle} }`)),
  mongoose: byOption((handle) => (handle === 'session' ? '{ session }' : `{ session: ${handle} }`)),
  typeorm: {
    direct: (handle) => `Use \`${handle}.getRepository(…)\`, or \`${handle}.withRepository(…)\` for a repository of your own`,
    reached: throughClient.reached,
  },
};

export function transactionWords(library: string): Words {
  return WORDS[library] ?? throughClient;
}

/** The name by which the code of a transaction reaches it; a usual one where it has none. */
export function handleName({ file, handle, library }: TransactionScope): string {
  const usual = library === 'mongoose' ? 'session' : library === 'typeorm' ? 'manager' : library === 'sequelize' ? 'transaction' : 'tx';
  if ('function' in handle) return file.facts.functions[handle.function]?.params[handle.parameter]?.name ?? usual;
  const [binding] = handle.bindings;
  return (binding === undefined ? undefined : file.facts.bindings[binding]?.name) ?? usual;
}

const FORMS: Readonly<Record<string, string>> = {
  prisma: '`prisma.$transaction(async (tx) => …)`, or one nested write',
  drizzle: '`db.transaction(async (tx) => …)`',
  knex: '`knex.transaction(async (trx) => …)`',
  kysely: '`db.transaction().execute(async (trx) => …)`',
  typeorm: '`dataSource.transaction(async (manager) => …)`',
  sequelize: '`sequelize.transaction(async (transaction) => …)`, with `{ transaction }` in both',
  mongoose: '`session.withTransaction(…)`, with `{ session }` in both',
  pg: '`BEGIN` and `COMMIT` on one client',
};

/** How a transaction is opened, in the words of each library. */
export function transactionForm(library: string): string {
  return FORMS[library] ?? 'as the library has them';
}
