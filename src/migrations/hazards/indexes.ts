import { formatName, quoteName } from '../column-types.ts';
import { isEmptied, isFresh, type Hazard, type HazardContext, type HazardFix } from '../hazards.ts';
import { findIndex, findTable, keyOf } from '../replayed-schema.ts';
import type { CreateIndexStatement, DropStatement, MaintenanceStatement, Statement } from '../statements.ts';
import { adviseConcurrent, RUNS_EACH_ALONE } from './builder-forms.ts';

export function findIndexHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind === 'createIndex') return judgeCreation(statement, context);
  if (statement.kind === 'drop' && statement.object === 'index') return judgeDrop(statement, context);
  if (statement.kind === 'reindex' && !statement.concurrently) return [judgeReindex(statement, context)];
  return [];
}

function judgeCreation(statement: CreateIndexStatement, context: HazardContext): Hazard[] {
  const { schema, outline } = context;
  const index = statement.name === undefined ? 'the index' : quoteName(statement.name);
  const data = { index, table: formatName(statement.table) };
  if (statement.concurrently) return [];
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
  const { file, schema, outline } = context;
  if (statement.concurrently) return [];
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
  const isAlone = context.outline.count === 1 || RUNS_EACH_ALONE.has(context.tool);
  const isFree = !context.scope && isAlone && !several;
  const { sqlStart } = context;
  const inBlock = context.scope?.by === 'block';
  const single = `${adviseConcurrent(statement.kind, form, context.tool, sqlStart === undefined ? context.sql : undefined)}${inBlock ? ', outside of the block' : ''}`;
  const advice = several ? 'Drop one at a time with `DROP INDEX CONCURRENTLY`' : single;
  const ofOneQuery = context.scope?.by === 'batch' && RUNS_EACH_ALONE.has(context.tool);
  const remedy = isFree ? `${advice}.` : `${advice}. ${ofOneQuery ? 'Send it as a query of its own' : context.plan.optOut}.`;
  return { data: { ...data, remedy }, ...(isFree && sqlStart !== undefined ? { fix: { start: sqlStart + at, end: sqlStart + at, text: ` ${word}` } } : {}) };
}

function judgeReindex({ start, end, object = 'table', tables }: MaintenanceStatement, { scope, sql, sqlStart }: HazardContext): Hazard {
  const name = tables.map((table) => formatName(table)).join(', ');
  const what = `REINDEX ${object.toUpperCase()}${name === '' ? '' : ` ${name}`}`;
  const form = `REINDEX ${object.toUpperCase()} CONCURRENTLY${name === '' ? '' : ` ${name}`};`;
  const remedy = object === 'system' ? 'Do it while nothing uses the database.' : `Write \`${form}\`, outside of a transaction.`;
  const keyword = scope || sqlStart === undefined || object === 'system' ? null : /\breindex\s*(?:\([^)]*\)\s*)?(?:table|index|schema|database)\b/i.exec(sql);
  const at = keyword ? (sqlStart ?? 0) + keyword.index + keyword[0].length : 0;
  return { kind: 'reindex', start, end, data: { what, remedy }, ...(keyword ? { fix: { start: at, end: at, text: ' CONCURRENTLY' } } : {}) };
}
