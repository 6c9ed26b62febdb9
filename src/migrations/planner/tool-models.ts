import { TOOL_NAMES, type Dialect, type MigrationTool } from '../migration-files.ts';
import { findSetting, type ToolSetting } from './tool-settings.ts';
import { isFrom, type ToolVersion } from './tool-version.ts';
import type { TransactionModel } from './transaction-model.ts';

/** What is known of the tool in a project. */
export interface KnownTool {
  readonly dialect: Dialect;
  readonly version?: ToolVersion;
  readonly settings: readonly ToolSetting[];
}

/** Model of a tool; `by`: what it rests on where no setting says anything. */
type Model = Omit<TransactionModel, 'evidence'> & { readonly by: string };

const ALONE = 'Put it alone into a migration of its own';
const DEFAULT = 'its default';

/** Read in the published packages, except where docs/transactions.md says otherwise. */
const MODELS: Readonly<Record<MigrationTool, (known: KnownTool) => Model>> = {
  prisma: ({ dialect, version }) => {
    if (dialect === 'sqlite') return { unit: 'statement', optedOut: 'statement', optOut: 'Nothing is needed: SQLite runs each statement by itself', by: DEFAULT };
    if (isFrom(version, 7, 4)) {
      const because = 'from 7.4 on Prisma sends each statement by itself, but a file with DROP INDEX CONCURRENTLY as one query';
      return { unit: 'statement', optedOut: 'statement', optOut: ALONE, because, batchesDropIndex: true, by: 'from 7.4 on each statement is sent by itself' };
    }
    const because = `${version ? 'Prisma' : 'before version 7.4 Prisma'} sends a file of several statements as one transaction`;
    return { unit: 'batch', optedOut: 'batch', optOut: ALONE, because, by: 'a file is sent as one query' };
  },
  drizzle: ({ dialect, version, settings }) => {
    const byHand = 'Run it by hand before the deployment, with `IF NOT EXISTS` / `IF EXISTS` in the migration, which then finds the work done';
    const because = 'Drizzle runs all pending migrations in one transaction';
    const migrator = findSetting(settings, 'migrator');
    if (migrator === 'neon-http' && !isFrom(version, 1, 0)) {
      return { unit: 'statement', optedOut: 'statement', optOut: 'Nothing is needed: over HTTP each statement is sent by itself', by: DEFAULT };
    }
    const libsql = migrator === 'libsql' || findSetting(settings, 'dialect') === 'turso' || /^(?:turso|libsql)$/.test(findSetting(settings, 'driver') ?? '');
    const base = { unit: 'pending', optedOut: 'pending', optOut: byHand, because, by: 'all pending migrations in one transaction' } as const;
    // The client's `migrate` sends PRAGMA foreign_keys=off before the transaction.
    return dialect === 'sqlite' && libsql && isFrom(version, 0, 34) ? { ...base, foreignKeysOff: true } : base;
  },
  supabase: ({ version }) => {
    const because = `several statements of a file share a transaction${version ? '' : ' before version 2.109 of its command line'}`;
    if (!isFrom(version, 2, 109)) return { unit: 'batch', optedOut: 'batch', optOut: ALONE, because, by: DEFAULT };
    const sendsAlone = isFrom(version, 2, 112) ? 'all' : 'exceptDropIndex';
    const by = 'from 2.109 on statements that refuse a transaction are sent by themselves';
    return { unit: 'batch', optedOut: 'batch', sendsAlone, optOut: ALONE, because, by };
  },
  dbmate: () => ({ unit: 'file', optedOut: 'batch', optOut: `${ALONE} under \`-- migrate:up transaction:false\``, by: DEFAULT }),
  goose: () => ({ unit: 'file', optedOut: 'statement', optOut: 'Put it into a migration of its own with `-- +goose NO TRANSACTION` at the top', by: DEFAULT }),
  'golang-migrate': ({ settings }) => {
    const unit = findSetting(settings, 'x-multi-statement') === 'true' ? 'statement' : 'batch';
    return { unit, optedOut: unit, optOut: ALONE, because: 'several statements of a file share a transaction', by: 'a file is sent as one query' };
  },
  flyway: ({ settings }) => {
    const conf = 'with `executeInTransaction=false` in a `.conf` file beside it, and `flyway.postgresql.transactional.lock=false`, or it waits for Flyway itself';
    const unit = findSetting(settings, 'executeInTransaction') === 'false' ? 'statement' : findSetting(settings, 'group') === 'true' ? 'pending' : 'file';
    const leavesOutFor = findSetting(settings, 'mixed') === 'true' ? 'any' : 'every';
    return { unit, optedOut: 'statement', leavesOutFor, optOut: `${ALONE} (Flyway then leaves its transaction out), or ${conf}`, by: DEFAULT };
  },
  'node-pg-migrate': ({ settings }) => {
    const written = findSetting(settings, '--single-transaction') ?? findSetting(settings, 'singleTransaction');
    // The command line has the option on by default, the function has not.
    const isRunner = findSetting(settings, 'runner') !== undefined && findSetting(settings, 'command') === undefined;
    const single = written === undefined ? !isRunner : written !== 'false';
    const optOut = 'Put it into a migration in JavaScript that calls `pgm.noTransaction()`';
    const by = isRunner ? '`singleTransaction` is off by default in its function' : '`--single-transaction` is its default';
    return { unit: single ? 'pending' : 'file', optedOut: 'statement', optOut, by };
  },
  'sql-migrate': () => ({
    unit: 'file', optedOut: 'statement', optOut: 'Put it into a migration of its own under `-- +migrate Up notransaction`', by: DEFAULT,
  }),
  'postgres-migrations': () => ({
    unit: 'file', optedOut: 'batch', optOut: `${ALONE} that begins with \`-- postgres-migrations disable-transaction\``, by: DEFAULT,
  }),
  diesel: () => ({ unit: 'file', optedOut: 'batch', optOut: `${ALONE} with \`run_in_transaction = false\` in its \`metadata.toml\``, by: DEFAULT }),
  sqitch: () => ({ unit: 'statement', optedOut: 'statement', optOut: 'Leave `BEGIN` and `COMMIT` out of the script', by: 'psql runs the script as it is' }),
  atlas: ({ settings }) => {
    const mode = findSetting(settings, '--tx-mode');
    const unit = mode === 'none' ? 'statement' : mode === 'all' ? 'pending' : 'file';
    const optOut = 'Put it into a migration of its own that begins with `-- atlas:txmode none`';
    return { unit, optedOut: 'statement', optOut, ...(unit === 'pending' ? { refusesOptOut: true as const } : {}), by: '`--tx-mode file` is its default' };
  },
  typeorm: ({ version, settings }) => {
    const mode = findSetting(settings, '--transaction') ?? findSetting(settings, 'transaction') ?? findSetting(settings, 'migrationsTransactionMode') ?? 'all';
    const knowsOverride = version === undefined || isFrom(version, 0, 4) || patchOf(version) >= 11;
    const override = 'with `transaction = false;` as a property of its class';
    const each = 'in the mode `each` (`migrationsTransactionMode: \'each\'`, or `-t each`): in the mode `all` TypeORM refuses the property';
    const optOut = knowsOverride ? `${ALONE} ${override}${mode === 'all' || mode === 'default' ? `, ${each}` : ''}` : `${ALONE} and run it with \`-t none\``;
    const common = { optOut, by: '`all` is its default' };
    if (mode === 'none' || mode === 'false') return { ...common, unit: 'statement', optedOut: 'statement' };
    if (mode === 'each') return { ...common, unit: 'file', optedOut: knowsOverride ? 'statement' : 'file' };
    if (!knowsOverride) return { ...common, unit: 'pending', optedOut: 'pending' };
    return { ...common, unit: 'pending', optedOut: 'statement', refusesOptOut: true };
  },
  knex: ({ settings }) => {
    const unit = findSetting(settings, 'disableTransactions') === 'true' ? 'statement' : 'pending';
    const optOut = 'Put it into a migration of its own that exports `config = { transaction: false }`';
    return { unit, optedOut: 'statement', sharesOptOut: true, optOut, by: 'all pending migrations in one transaction unless one of them opts out' };
  },
  sequelize: () => ({ unit: 'statement', optedOut: 'statement', optOut: 'Leave the option `transaction` out of the call', by: 'it opens no transaction' }),
  umzug: () => ({ unit: 'statement', optedOut: 'statement', optOut: 'Leave the option `transaction` out of the call', by: 'it opens no transaction' }),
  kysely: ({ dialect, version, settings }) => {
    const isOff = findSetting(settings, 'disableTransactions') === 'true' || dialect === 'mysql' || dialect === 'sqlite';
    const unit = isOff ? 'statement' : 'pending';
    const because = 'Kysely runs all pending migrations in one transaction';
    const optOut =
      version !== undefined && !isFrom(version, 0, 28)
        ? 'Run it by hand before the deployment, or move to Kysely 0.28 for `disableTransactions`'
        : 'Put it into a migration of its own and run that with `disableTransactions: true` of the Migrator, which counts for all that it runs';
    return { unit, optedOut: unit, optOut, because, by: isOff ? 'its adapter has no transactional DDL' : 'all pending migrations in one transaction' };
  },
  'mikro-orm': ({ settings }) => {
    const transactional = findSetting(settings, 'transactional') !== 'false';
    const together = transactional && findSetting(settings, 'allOrNothing') !== 'false';
    const own = 'Put it into a migration of its own with `isTransactional() { return false; }`';
    const optOut = together ? `${own}, and set \`migrations: { allOrNothing: false }\`` : own;
    const unit = together ? 'pending' : transactional ? 'file' : 'statement';
    return { unit, optedOut: 'statement', optOut, ...(together ? { optsOutElsewhere: true as const } : {}), by: '`allOrNothing` is its default' };
  },
  sql: () => ({ unit: 'statement', optedOut: 'statement', optOut: 'Run it outside of a transaction', by: 'what runs it is not known: no transaction assumed' }),
};

/** What is one transaction for a tool, as far as its version and settings are known. */
export function transactionModelOf(tool: MigrationTool, known: KnownTool): TransactionModel {
  const { by, ...model } = MODELS[tool](known);
  const { version, settings } = known;
  if (tool === 'sql') return { ...model, evidence: by };
  const name = version ? `${TOOL_NAMES[tool]} ${version.text} in ${version.place}` : `${TOOL_NAMES[tool]}, version unknown`;
  const found = settings.map((setting) => `\`${setting.name}: ${setting.value}\` in ${setting.place}`).join(', ');
  return { ...model, evidence: `${name}; ${found === '' ? by : found}` };
}

/** TypeORM 0.3.11 is the first that knows the property. */
function patchOf({ major, minor, text }: ToolVersion): number {
  if (major === 0 && minor < 3) return -1;
  const patch = /\d+\.\d+\.(\d+)/.exec(text)?.[1];
  // A range without upper bound may well have installed the newest.
  return /^[\^~>]/.test(text) || patch === undefined ? Number.POSITIVE_INFINITY : Number(patch);
}
