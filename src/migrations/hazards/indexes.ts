import { formatName, quoteName } from '../column-types.ts';
import { isEmptied, isFresh, type Hazard, type HazardContext, type HazardFix } from '../hazards.ts';
import type { MigrationTool } from '../migration-files.ts';
import { findIndex, findTable, keyOf } from '../replayed-schema.ts';
import type { CreateIndexStatement, DropStatement, Statement } from '../statements.ts';
import type { TransactionScope } from '../transactions.ts';

/** How to run one statement outside of any transaction. */
const OUTSIDE: Readonly<Record<MigrationTool, string>> = {
  prisma: 'Put it alone into a migration of its own: Prisma sends a file of several statements as one transaction',
  drizzle:
    'Drizzle runs all pending migrations in one transaction: run it by hand before the deployment, with `IF NOT EXISTS` / ' +
    '`IF EXISTS` in the migration, which then finds the work done',
  supabase: 'Put it alone into a migration of its own: several statements of a file share a transaction',
  'golang-migrate': 'Put it alone into a migration of its own: several statements of a file share a transaction',
  'postgres-migrations': 'Put it alone into a migration of its own that begins with `-- postgres-migrations disable-transaction`',
  dbmate: 'Put it alone into a migration of its own under `-- migrate:up transaction:false`',
  goose: 'Put it into a migration of its own with `-- +goose NO TRANSACTION` at the top',
  'sql-migrate': 'Put it into a migration of its own under `-- +migrate Up notransaction`',
  'node-pg-migrate': 'Put it into a migration in JavaScript that calls `pgm.noTransaction()`',
  flyway: 'Put it alone into a migration of its own: Flyway then leaves its transaction out',
  diesel: 'Put it alone into a migration of its own with `run_in_transaction = false` in its `metadata.toml`',
  sql: 'Run it outside of a transaction',
};

export function findIndexHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind === 'createIndex') return judgeCreation(statement, context);
  if (statement.kind === 'drop' && statement.object === 'index') return judgeDrop(statement, context);
  return [];
}

function judgeCreation(statement: CreateIndexStatement, context: HazardContext): Hazard[] {
  const { schema, scope, outline } = context;
  const index = statement.name === undefined ? 'the index' : quoteName(statement.name);
  const data = { index, table: formatName(statement.table) };
  if (statement.concurrently) return scope ? [inTransaction(statement, 'CREATE INDEX CONCURRENTLY', scope, context)] : [];
  const table = findTable(schema, statement.table);
  if (isFresh(table, context) || isEmptied(table, context) || outline.droppedTables.has(statement.table.name)) return [];
  // A column that this migration adds is still rows to be read; an index that is there already is none.
  if (statement.ifNotExists && statement.name !== undefined && findIndex(schema, { ...statement.table, name: statement.name })) return [];
  const { start, end } = statement;
  if (table?.partitioned) {
    // `ON ONLY` touches no rows: it waits for the partitions' own indexes.
    if (statement.only) return [];
    const attach = `\`ALTER INDEX ${index} ATTACH PARTITION …;\``;
    const remedy = `Create it with \`ON ONLY ${data.table}\`, then one index per partition with \`CREATE INDEX CONCURRENTLY\`, and attach each: ${attach}.`;
    return [{ kind: 'createIndexOnPartitioned', start, end, data: { ...data, remedy } }];
  }
  return [{ kind: 'createIndex', start, end, ...concurrentForm(statement, 'CONCURRENTLY', data, context) }];
}

function judgeDrop(statement: DropStatement, context: HazardContext): Hazard[] {
  const { file, schema, scope, outline } = context;
  if (statement.concurrently) return scope ? [inTransaction(statement, 'DROP INDEX CONCURRENTLY', scope, context)] : [];
  const names = statement.names.filter((name) => {
    const index = findIndex(schema, name);
    // `DROP INDEX IF EXISTS` before its own `CREATE INDEX` makes a script repeatable; there was nothing to drop.
    if (!index && statement.ifExists && (schema.dropped.has(keyOf(schema, name)) || outline.createdIndexes.has(name.name))) return false;
    if (!index) return !wasDroppedWithTable(name.name, context);
    return index.createdIn !== file && !isFresh(index.table, context) && !isEmptied(index.table, context) && !fallsWithColumnOrTable(index, context);
  });
  const [first] = names;
  if (!first) return [];
  const table = findIndex(schema, first)?.table;
  // There is no concurrent form for the index of a partitioned table.
  if (table?.partitioned) return [];
  const written = table ? formatName(table.name) : '';
  const data = { index: names.map((name) => formatName(name)).join(', '), table: written, place: table ? `\`${written}\`` : 'its table' };
  return [{ kind: 'dropIndex', start: statement.start, end: statement.end, ...concurrentForm(statement, 'CONCURRENTLY', data, context) }];
}

/** The table or a column takes its index along, under the same lock; that is the one cause. */
function fallsWithColumnOrTable(index: NonNullable<ReturnType<typeof findIndex>>, { outline }: HazardContext): boolean {
  const { name } = index.table.name;
  return outline.droppedTables.has(name) || index.columns.some((column) => column !== null && outline.droppedColumns.has(`${name}.${column}`));
}

/** Generated names begin with the table's: of an index whose creation was not seen nothing else is known. */
function wasDroppedWithTable(index: string, { outline }: HazardContext): boolean {
  return [...outline.droppedTables].some((table) => index.startsWith(`${table}_`));
}

function concurrentForm(
  statement: CreateIndexStatement | DropStatement,
  word: string,
  data: Readonly<Record<string, string>>,
  context: HazardContext,
): { data: Record<string, string>; fix?: HazardFix } {
  const keyword = /\bindex\b/i.exec(context.sql);
  const at = keyword ? keyword.index + keyword[0].length : 0;
  const written = `${context.sql.slice(0, at)} ${word}${context.sql.slice(at)}`;
  const short = written.replace(/\s+/g, ' ');
  const form = short.length > 160 || /--|\/\*/.test(short) ? `${short.slice(0, short.toUpperCase().indexOf(word) + word.length)} …` : `${short};`;
  const several = statement.kind === 'drop' && statement.names.length > 1;
  const isFree = !context.scope && context.outline.count === 1 && !several;
  const { sqlStart } = context;
  const advice = several ? 'Drop one at a time with `DROP INDEX CONCURRENTLY`' : `Write \`${form}\``;
  const remedy = isFree ? `${advice}.` : `${advice}. ${OUTSIDE[context.tool]}.`;
  return { data: { ...data, remedy }, ...(isFree && sqlStart !== undefined ? { fix: { start: sqlStart + at, end: sqlStart + at, text: ` ${word}` } } : {}) };
}

function inTransaction(statement: Statement, what: string, scope: TransactionScope, { tool }: HazardContext): Hazard {
  const by: Readonly<Record<TransactionScope['by'], string>> = {
    tool: `${tool} wraps the migration in a transaction`,
    batch: `${tool === 'sql' ? 'the tool' : tool} sends the statements of this file as one transaction`,
    explicit: 'the file opened a transaction with `BEGIN`',
    block: 'a `DO` block is part of a transaction',
  };
  return { kind: 'concurrentlyInTransaction', start: statement.start, end: statement.end, data: { what, by: by[scope.by], remedy: `${OUTSIDE[tool]}.` } };
}
