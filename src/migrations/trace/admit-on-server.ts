import type { Token } from '../sql-lexer.ts';
import { splitStatements, wordOf } from '../split-statements.ts';
import { flatten } from '../flatten.ts';
import type { ReadStatement } from '../place-statements.ts';
import type { Statement } from '../statements.ts';
import type { TraceDatabase } from './trace-database.ts';

type Admission = ReturnType<TraceDatabase['admit']>;

const WHOLE_SERVER = 'It concerns the whole server and not only the database of the trace.';
const OUTSIDE_SCHEMA = 'It reaches beyond the schema of the trace. Use a role that may create databases, or leave out --database-url.';

/** Statements that the model does not name, by the parser's name, which leave the database or act on what all databases share. */
const SHARED_NODES = new Set([
  'CreateRoleStmt', 'AlterRoleStmt', 'AlterRoleSetStmt', 'DropRoleStmt', 'GrantRoleStmt', 'CreatedbStmt', 'DropdbStmt', 'AlterDatabaseStmt',
  'AlterDatabaseSetStmt', 'AlterDatabaseRefreshCollStmt', 'AlterSystemStmt', 'CreateTableSpaceStmt', 'DropTableSpaceStmt', 'AlterTableSpaceOptionsStmt',
  'AlterTableMoveAllStmt', 'CreateSubscriptionStmt', 'AlterSubscriptionStmt', 'DropSubscriptionStmt', 'ReassignOwnedStmt', 'DropOwnedStmt',
  'CreateForeignServerStmt', 'CreateUserMappingStmt', 'ImportForeignSchemaStmt', 'CreateForeignTableStmt', 'CreateFdwStmt', 'LoadStmt', 'CheckPointStmt', 'NotifyStmt',
]);

/** The same in texts that run later: bodies of functions and blocks, strings for EXECUTE. Rather too much than too little. */
const SHARED_WORDS =
  /\b(?:create|alter|drop)\s+(?:role|user|group|database|tablespace|subscription|system|server)\b|\bon\s+(?:database|tablespace|role|foreign\s+server)\b|\bcopy\b[^;]*\b(?:program\b|(?:from|to)\s*')|\bowned\s+by\s+current_|\b(?:dblink\w*|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_read_\w+|pg_write_\w+|pg_ls_\w+|lo_import|lo_export|pg_create_\w*replication_slot|pg_drop_replication_slot|pg_switch_wal)\s*\(/i;

/** What runs in a database of its own on somebody's server: all that stays in that database. */
export function admitInDatabase({ statement, sql }: ReadStatement): Admission {
  const isShared = flatten(statement).some((single) => single.kind === 'other' && SHARED_NODES.has(single.node));
  return isShared || SHARED_WORDS.test(sql) ? { skip: WHOLE_SERVER } : { sql };
}

/** Kinds that act on the objects which they name, and on nothing else. */
const SCHEMA_KINDS = new Set<Statement['kind']>([
  'createTable', 'alterTable', 'rename', 'createIndex', 'createView', 'transaction', 'update', 'delete', 'insert', 'truncate', 'enumValue', 'createType',
  'createDomain', 'alterDomain', 'createSequence', 'alterSequence', 'comment', 'refresh', 'lock',
]);

const DROPS = new Set(['table', 'index', 'view', 'materializedView', 'type', 'sequence', 'domain']);

/**
 * What runs in a schema of its own within somebody's database. `public.` becomes the schema of the trace; names in any other schema, blocks, functions,
 * extensions and what else could reach beyond are left out. `schemas`: all that the database has.
 */
export function admitInSchema({ statement, sql }: ReadStatement, own: string, schemas: readonly string[]): Admission {
  const reach = { skip: OUTSIDE_SCHEMA };
  const isKnownKind = SCHEMA_KINDS.has(statement.kind) || (statement.kind === 'drop' && DROPS.has(statement.object));
  if (!isKnownKind || SHARED_WORDS.test(sql) || /search_path|set_config|\bschema\b/i.test(sql)) return reach;
  const foreign = new Set([...schemas, 'public'].filter((schema) => schema !== own && schema !== 'pg_catalog'));
  const [piece] = splitStatements(sql);
  if (!piece || piece.tokens.some((token) => token.kind === 'string' && namesSchema(textOf(sql, token), foreign))) return reach;
  let rewritten = '';
  let at = 0;
  for (const [i, token] of piece.tokens.entries()) {
    const next = piece.tokens[i + 1];
    const name = nameOf(sql, token);
    if (!next || textOf(sql, next) !== '.' || name === undefined || !foreign.has(name)) continue;
    if (name !== 'public') return reach;
    rewritten += `${sql.slice(at, token.start)}${own}`;
    at = token.end;
  }
  return { sql: rewritten + sql.slice(at) };
}

/** `nextval('public.orders_id_seq')`: a string may name a relation, too. */
function namesSchema(text: string, schemas: ReadonlySet<string>): boolean {
  return [...schemas].some((schema) => text.includes(`${schema}.`) || text.includes(`${schema}".`));
}

/** An identifier as the server keeps it; undefined for everything else. */
function nameOf(sql: string, token: Token): string | undefined {
  if (token.kind === 'word') return wordOf(sql, token);
  return token.kind === 'quoted' ? textOf(sql, token).slice(1, -1).replaceAll('""', '"') : undefined;
}

function textOf(sql: string, { start, end }: Token): string {
  return sql.slice(start, end);
}
