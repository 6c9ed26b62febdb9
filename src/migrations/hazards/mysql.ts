import type { Span } from '../../facts/types.ts';
import { flatten } from '../flatten.ts';
import type { FolderHazards, FolderHistory, HistoryFile } from '../folder-hazards.ts';
import type { Hazard } from '../hazards.ts';
import { applyMysql, type MysqlSchema, type MysqlTable } from '../mysql/mysql-schema.ts';
import { workOf, type ClauseWork, type OnlineContext } from '../mysql/online-ddl.ts';
import type { ConstraintDefinition, OnlineClauses, Statement } from '../statements.ts';
import { judgeOnlineWork } from './mysql-online.ts';

/** What is known before a statement. */
export interface MysqlContext {
  readonly file: string;
  readonly schema: MysqlSchema;
  readonly flavour: MysqlFlavour;
  readonly foreignKeyChecksOff: boolean;
  /** Nobody else uses a table that this migration made. */
  readonly isFresh: (table: string) => boolean;
}

/** Server and major version as far as the settings say: `version` is 8 or 9 for MySQL, 10 and more for MariaDB. */
export interface MysqlFlavour {
  readonly isMariadb: boolean;
  readonly isMysql: boolean;
  readonly major?: number;
}

/** A clause with its place and what InnoDB does for it. */
export interface JudgedClause extends Span, ClauseWork {
  readonly table: string;
}

/** What MySQL and MariaDB copy, block, refuse or pass over. */
export function findMysqlHazards({ folder, files, version }: FolderHistory): FolderHazards {
  const hazards = new Map<string, Hazard[]>();
  if (folder.dialect !== 'mysql') return hazards;
  const schema: MysqlSchema = new Map();
  for (const file of files) hazards.set(file.path, judgeFile(file, schema, flavourOf(version)));
  return hazards;
}

/** 16 is what a PostgreSQL version is taken for where nobody says one. */
function flavourOf(version: number): MysqlFlavour {
  if (version < 10) return { isMariadb: false, isMysql: true, major: version };
  return version < 16 ? { isMariadb: true, isMysql: false, major: version } : { isMariadb: false, isMysql: false };
}

function judgeFile(file: HistoryFile, schema: MysqlSchema, flavour: MysqlFlavour): Hazard[] {
  const statements = file.statements.flatMap(flatten);
  let foreignKeyChecksOff = false;
  let changesOld = false;
  const hazards = statements.flatMap((statement) => {
    const isFresh = (name: string): boolean => schema.get(name)?.createdIn === file.path || schema.get(name)?.temporary === true;
    const context = { file: file.path, schema, flavour, foreignKeyChecksOff, isFresh };
    changesOld ||= changesExisting(statement, isFresh);
    const found = [...judgeStatement(statement, context), ...inlineReferences(statement, context), ...wholeTableWrites(statement, context)];
    if (statement.kind === 'set' && statement.name === 'foreign_key_checks') foreignKeyChecksOff = /^(?:0|off)$/i.test(statement.value);
    applyMysql(schema, statement, file.path);
    return found;
  });
  return changesOld ? [...hazards, ...partialFile(statements)] : hazards;
}

function judgeStatement(statement: Statement, context: MysqlContext): Hazard[] {
  const { schema, flavour, foreignKeyChecksOff } = context;
  if (statement.kind === 'createIndex') {
    const { method, table, online = {} } = statement;
    const isBlocking = method === 'fulltext' || method === 'spatial';
    const work: ClauseWork = isBlocking ? { work: 'blocking', what: `a ${method.toUpperCase()} index` } : { work: 'inplace', what: '' };
    return judgeOnlineWork(statement, [{ ...work, table: table.name, start: statement.start, end: statement.end }], online, context);
  }
  if (statement.kind !== 'alterTable') return [];
  const table: MysqlTable | undefined = schema.get(statement.table.name);
  const online: OnlineClauses = statement.online ?? {};
  const clauses = statement.commands.map((command) => {
    const asked: OnlineContext = { table, commands: statement.commands, foreignKeyChecksOff, isMariadb: flavour.isMariadb };
    return { ...workOf(command, asked), table: statement.table.name, start: command.start, end: command.end };
  });
  return judgeOnlineWork(statement, clauses, online, context);
}

/** `col INT REFERENCES t (id)`: MySQL reads it and does nothing, up to 8.4; MariaDB and MySQL 9 obey. */
function inlineReferences(statement: Statement, { flavour }: MysqlContext): Hazard[] {
  if (flavour.isMariadb || (flavour.major ?? 0) >= 9) return [];
  const table = statement.kind === 'createTable' || statement.kind === 'alterTable' ? statement.table.name : '';
  const columns = statement.kind === 'createTable' ? statement.columns : [];
  const added = statement.kind === 'alterTable' ? statement.commands.flatMap((command) => (command.kind === 'addColumn' ? [command.column] : [])) : [];
  return [...columns, ...added].flatMap((column) =>
    column.constraints.filter(({ kind }) => kind === 'foreignKey').map((constraint) => {
      const { start = column.start, end = column.end } = constraint;
      return { kind: 'inlineReferencesIgnored' as const, start, end, data: { table, column: column.name, remedy: spelledOut(table, column.name, constraint) } };
    }),
  );
}

function spelledOut(table: string, column: string, { references, referencedColumns = [] }: ConstraintDefinition): string {
  const target = `${references?.name ?? ''} (${referencedColumns.join(', ')})`;
  const constraint = `FOREIGN KEY (${column}) REFERENCES ${target}`;
  return `Write \`ALTER TABLE ${table} ADD CONSTRAINT ${table}_${column}_fk ${constraint};\`, or \`${constraint}\` after the columns of the table.`;
}

function wholeTableWrites(statement: Statement, { isFresh }: MysqlContext): Hazard[] {
  if ((statement.kind !== 'update' && statement.kind !== 'delete') || statement.narrowing !== 'none') return [];
  const [table] = statement.tables;
  if (!table || isFresh(table.name)) return [];
  const remedy = `Write it in batches, from a job outside of the migration: \`… WHERE id BETWEEN ? AND ?\` or \`… LIMIT 1000\` until no row is left.`;
  const data = { what: statement.kind.toUpperCase(), table: table.name, remedy };
  return [{ kind: 'updatesAllRows', start: statement.start, end: statement.end, data }];
}

const DDL = new Set(['createTable', 'alterTable', 'createIndex', 'drop', 'rename', 'truncate', 'createView', 'createTrigger']);

/** New tables with all that is on them can be dropped and made again. */
function changesExisting(statement: Statement, isFresh: (table: string) => boolean): boolean {
  if (statement.kind === 'alterTable' || statement.kind === 'createIndex') return !isFresh(statement.table.name);
  if (statement.kind === 'rename') return !isFresh(statement.target.name);
  if (statement.kind !== 'drop') return false;
  return statement.object === 'index' ? !isFresh(statement.on?.name ?? '') : statement.names.some(({ name }) => !isFresh(name));
}

/** DDL commits by itself: what stands before a statement that fails stays done. */
function partialFile(statements: readonly Statement[]): Hazard[] {
  const ddl = statements.filter(({ kind }) => DDL.has(kind));
  const [first, second] = ddl;
  if (!first || !second) return [];
  const remedy = 'Put each into a migration of its own, or write them so that they can be run again (`IF EXISTS`, `IF NOT EXISTS`).';
  return [{ kind: 'partiallyApplied', start: second.start, end: second.end, data: { count: String(ddl.length), remedy } }];
}
