import type { Statement } from '../statements.ts';

/** Statements that the parser only names; all of them refuse a transaction block. */
const BY_NODE: Readonly<Record<string, string>> = {
  CreatedbStmt: 'CREATE DATABASE',
  DropdbStmt: 'DROP DATABASE',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  DropTableSpaceStmt: 'DROP TABLESPACE',
  AlterSystemStmt: 'ALTER SYSTEM',
};

/** What PostgreSQL refuses within a transaction block (error 25001), as people call it; undefined for all other statements. */
export function whatRefusesTransaction(statement: Statement): string | undefined {
  switch (statement.kind) {
    case 'createIndex':
      return statement.concurrently ? 'CREATE INDEX CONCURRENTLY' : undefined;
    case 'drop':
      return statement.concurrently ? 'DROP INDEX CONCURRENTLY' : undefined;
    case 'alterTable':
      return statement.commands.some((command) => command.kind === 'detachPartition' && command.concurrently)
        ? 'DETACH PARTITION CONCURRENTLY'
        : undefined;
    case 'vacuum':
      return statement.full ? 'VACUUM FULL' : 'VACUUM';
    case 'cluster':
      return statement.tables.length === 0 ? 'CLUSTER without a table' : undefined;
    case 'reindex':
      if (statement.concurrently) return 'REINDEX CONCURRENTLY';
      return statement.object === 'schema' || statement.object === 'database' || statement.object === 'system'
        ? `REINDEX ${statement.object.toUpperCase()}`
        : undefined;
    case 'other':
      return BY_NODE[statement.node];
    default:
      return undefined;
  }
}
