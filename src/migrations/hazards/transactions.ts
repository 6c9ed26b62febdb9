import { quoteText } from '../code/renderers.ts';
import { formatName, quoteName } from '../column-types.ts';
import { isEmptied, isFresh, type Hazard, type HazardContext } from '../hazards.ts';
import { TOOL_NAMES, type MigrationTool } from '../migration-files.ts';
import { whatRefusesTransaction } from '../planner/refuses-transaction.ts';
import { findTable } from '../replayed-schema.ts';
import { lexSql } from '../sql-lexer.ts';
import type { ConstraintDefinition, EnumValueStatement, QualifiedName, Statement } from '../statements.ts';
import type { TransactionFault, TransactionScope } from '../transactions.ts';

/** What transactions do to statements, and statements to transactions. */
export function findTransactionHazards(statement: Statement, context: HazardContext): Hazard[] {
  return [...judgeRefusal(statement, context), ...judgeFault(statement, context), ...judgeValidation(statement, context), ...judgeEnumUse(statement, context)];
}

/** Who opened the transaction, as the end of a sentence. */
function heldBy(scope: TransactionScope, { tool, plan }: HazardContext): string {
  const name = tool === 'sql' ? 'the tool' : TOOL_NAMES[tool];
  if (scope.by === 'tool') return scope.pending ? `${name} runs all pending migrations in one transaction` : `${name} wraps the migration in a transaction`;
  if (scope.by === 'batch' && plan.unit === 'statement') return 'it is sent with others as one query, which is one transaction';
  if (scope.by === 'batch') return `${name} sends the statements of this file as one transaction`;
  return scope.by === 'explicit' ? 'the file opened a transaction with `BEGIN`' : 'a `DO` block is part of a transaction';
}

/** How to take a statement out of the transaction that it is in; a sentence without its full stop. */
function wayOut(scope: TransactionScope, { plan }: HazardContext): string {
  if (scope.by === 'batch' && plan.unit === 'statement') return 'Send it as a query of its own';
  if (scope.by === 'explicit' && plan.unit === 'statement') return 'Run it before `BEGIN` or after `COMMIT`';
  return scope.by === 'block' && plan.unit === 'statement' ? 'Run it as a statement of its own, outside of the block' : plan.wayOut;
}

function judgeRefusal(statement: Statement, context: HazardContext): Hazard[] {
  const { scope } = context;
  const what = whatRefusesTransaction(statement);
  if (what === undefined || !scope) return [];
  const kind = statement.kind === 'createIndex' || statement.kind === 'drop' ? 'concurrentlyInTransaction' : 'refusesTransaction';
  const { start, end } = statement;
  return [{ kind, start, end, data: { what, by: heldBy(scope, context), remedy: `${wayOut(scope, context)}.` } }];
}

const FAULTS: Readonly<Record<TransactionFault, (context: HazardContext) => Pick<Hazard, 'kind' | 'data'>>> = {
  nested: (context) => ({
    kind: 'nestedTransaction',
    data: { what: 'BEGIN', by: context.scope ? heldBy(context.scope, context) : '', remedy: 'Leave `BEGIN` and `COMMIT` out.' },
  }),
  ended: (context) => ({
    kind: 'endedTransaction',
    data: { what: context.sql.split(/[\s;]/)[0]?.toUpperCase() ?? 'COMMIT', by: context.scope ? heldBy(context.scope, context) : '', remedy: 'Leave it out, or split the migration there.' },
  }),
  uncommitted: () => ({ kind: 'uncommittedTransaction', data: { remedy: 'Add `COMMIT;` after the last statement.' } }),
  optOutRefused: ({ tool, plan }) => ({ kind: 'transactionOptOutRefused', data: { tool: TOOL_NAMES[tool], evidence: plan.evidence, remedy: refusedRemedy(tool) } }),
  optOutElsewhere: ({ tool }) => ({
    kind: 'optOutOnOtherConnection',
    data: { tool: TOOL_NAMES[tool], remedy: 'Set `migrations: { allOrNothing: false }`: each migration then has a transaction of its own, and this one none.' },
  }),
};

function refusedRemedy(tool: MigrationTool): string {
  if (tool === 'typeorm') return 'Set `migrationsTransactionMode: \'each\'` in the data source, or run with `-t each`; or take the property out.';
  return 'Run with `--tx-mode file`, or take the directive out.';
}

function judgeFault(statement: Statement, context: HazardContext): Hazard[] {
  const fault = context.plan.faults.get(statement);
  if (fault === undefined) return [];
  return [{ start: statement.start, end: statement.end, ...FAULTS[fault](context) }];
}

/** A constraint that is added as NOT VALID keeps its lock until the transaction ends, and so through the scan of VALIDATE. */
function judgeValidation(statement: Statement, context: HazardContext): Hazard[] {
  const { scope } = context;
  if (statement.kind !== 'alterTable' || !scope) return [];
  const before = [...context.earlierDue, ...context.earlier].map((done) => done.statement);
  return statement.commands.flatMap((command): Hazard[] => {
    if (command.kind !== 'validateConstraint') return [];
    const added = before.flatMap((done) => findAddition(done, statement.table, command.constraint)).at(-1);
    const table = findTable(context.schema, statement.table);
    if (!added || (table && (isFresh(table, context) || isEmptied(table, context)))) return [];
    const name = formatName(statement.table);
    const parent = added.references ? formatName(added.references) : name;
    const held =
      added.kind === 'foreignKey'
        ? `the ShareRowExclusive lock on ${parent === name ? `\`${name}\`` : `\`${name}\` and \`${parent}\``} is held during the scan: nobody can write there`
        : `the AccessExclusive lock on \`${name}\` is held during the scan: nobody can read or write there`;
    const data = { table: name, constraint: quoteName(command.constraint), held, by: heldBy(scope, context) };
    return [{ kind: 'validateInSameTransaction', start: command.start, end: command.end, data: { ...data, remedy: `${context.plan.separate}.` } }];
  });
}

function findAddition(statement: Statement, table: QualifiedName, name: string): ConstraintDefinition[] {
  if (statement.kind !== 'alterTable' || statement.table.name !== table.name) return [];
  return statement.commands.flatMap((command) =>
    command.kind === 'addConstraint' && command.constraint.notValid && nameOf(command.constraint, table) === name ? [command.constraint] : [],
  );
}

/** The server's name for a constraint without one. */
function nameOf({ name, kind, columns }: ConstraintDefinition, table: QualifiedName): string {
  return name ?? [table.name, ...columns, kind === 'foreignKey' ? 'fkey' : 'check'].join('_');
}

/** A value that ALTER TYPE … ADD VALUE has just added cannot be used before COMMIT, unless the type is as new. */
function judgeEnumUse(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind === 'enumValue' || statement.kind === 'createFunction' || statement.kind === 'comment' || !context.scope) return [];
  const before = [...context.earlierDue, ...context.earlier].map((done) => done.statement);
  const added = before.filter((done): done is EnumValueStatement => done.kind === 'enumValue' && done.action === 'add' && !isCreatedIn(before, done.type));
  if (added.length === 0) return [];
  const { sql, at } = ownSql(statement, context);
  const literals = new Map([...lexSql(sql)].filter(({ kind }) => kind === 'string').map((token) => [sql.slice(token.start, token.end), token]));
  for (const { type, value } of added) {
    const token = literals.get(quoteText(value));
    if (!token || !isAboutType(statement, type, sql, context)) continue;
    const span = at === undefined ? { start: statement.start, end: statement.end } : { start: at + token.start, end: at + token.end };
    const data = { value: quoteText(value), type: formatName(type), by: heldBy(context.scope, context), remedy: `${context.plan.separate}.` };
    return [{ kind: 'enumValueInSameTransaction', ...span, data }];
  }
  return [];
}

/** SQL of the statement alone, also of one within a block, and where it stands in the file. */
function ownSql({ start, end }: Statement, { sql, sqlStart }: HazardContext): { readonly sql: string; readonly at: number | undefined } {
  if (sqlStart === undefined) return { sql, at: undefined };
  return { sql: sql.slice(Math.max(0, start - sqlStart), end - sqlStart), at: Math.max(start, sqlStart) };
}

function isCreatedIn(statements: readonly Statement[], type: QualifiedName): boolean {
  return statements.some((statement) => statement.kind === 'createType' && statement.type.name === type.name);
}

/** The text may be one of another column; it is the value where the statement names the type, or a column of it in a table that it is about. */
function isAboutType(statement: Statement, type: QualifiedName, sql: string, { schema }: HazardContext): boolean {
  const names = new Set([...lexSql(sql)].flatMap((token) => nameIn(sql.slice(token.start, token.end), token.kind) ?? []));
  if (names.has(type.name)) return true;
  const all = tablesOf(statement).flatMap((table) => [...(findTable(schema, table)?.columns ?? [])]);
  const columns = all.filter(([, column]) => column.type?.name === type.name);
  return columns.some(([name]) => names.has(name)) || (statement.kind === 'insert' && statement.columns === undefined && columns.length > 0);
}

function nameIn(text: string, kind: string): string | undefined {
  if (kind === 'word') return text.toLowerCase();
  return kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : undefined;
}

function tablesOf(statement: Statement): readonly QualifiedName[] {
  switch (statement.kind) {
    case 'alterTable':
    case 'createIndex':
    case 'createPolicy':
      return [statement.table];
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
      return [...statement.tables, ...(statement.query?.reads ?? [])];
    case 'select':
      return statement.query.reads;
    case 'createView':
      return statement.query?.reads ?? [];
    default:
      return [];
  }
}
