import { formatName, quoteName } from '../column-types.ts';
import type { Hazard } from '../hazards.ts';
import { knownColumns, type SqliteSchema, type SqliteTable } from '../sqlite/sqlite-schema.ts';
import type { AlterCommand, AlterTableStatement, ColumnDefinition, Statement } from '../statements.ts';
import type { SqliteContext } from './sqlite.ts';

const REBUILD = 'build the table anew: create it with the new columns under another name, copy the rows, drop the old one, rename';

type AddCommand = Extract<AlterCommand, { kind: 'addColumn' }>;
type DropCommand = Extract<AlterCommand, { kind: 'dropColumn' }>;

/** `ADD COLUMN` and `DROP COLUMN` that SQLite refuses. Measured with SQLite 3.40 and 3.54. */
export function findSqliteColumnHazards(statement: Statement, context: SqliteContext): Hazard[] {
  if (statement.kind !== 'alterTable') return [];
  return statement.commands.flatMap((command) => {
    if (command.kind === 'addColumn') return judgeAddition(statement, command, context);
    return command.kind === 'dropColumn' ? judgeDrop(statement, command, context) : [];
  });
}

interface Refusal {
  /** What SQLite does not take, with the words of the message before them. */
  readonly what: string;
  readonly remedy: string;
  /** Refused on a table without rows, too. */
  readonly always?: true;
}

function judgeAddition({ table }: AlterTableStatement, { start, end, column }: AddCommand, context: SqliteContext): Hazard[] {
  const refusal = refusalOf(column, context);
  if (!refusal || (!refusal.always && context.isPending(table.name))) return [];
  const when = refusal.always ? 'always' : 'as soon as the table has a row';
  const { what, remedy } = refusal;
  return [{ kind: 'addColumnFails', start, end, data: { table: formatName(table), column: quoteName(column.name), what, when, remedy } }];
}

/** NOT NULL without a default is refused as well; that is a hazard of its own in every dialect. */
function refusalOf({ name, constraints, default: value, generated }: ColumnDefinition, { foreignKeys }: SqliteContext): Refusal | undefined {
  const has = (kind: string): boolean => constraints.some((constraint) => constraint.kind === kind);
  if (has('primaryKey')) return { what: '`PRIMARY KEY`', remedy: `To change the primary key, ${REBUILD}.`, always: true };
  if (has('unique')) {
    return { what: '`UNIQUE`', remedy: `Add the column without it, then \`CREATE UNIQUE INDEX … (${quoteName(name)})\`.`, always: true };
  }
  if (generated === 'stored') return { what: '`STORED`', remedy: `Make it \`VIRTUAL\`, or ${REBUILD}.` };
  if (value && value.volatility !== 'constant') {
    const written = value.expression ? `\`DEFAULT ${value.expression.text}\`` : 'a default that is no constant';
    return {
      what: `${written}, which is no constant`,
      remedy: `Add the column without a default, fill it with an \`UPDATE\`, and let the code write the value; or ${REBUILD}.`,
    };
  }
  if (value && !value.isNull && has('foreignKey') && foreignKeys.enforced !== 'off') {
    return { what: '`REFERENCES` with a default that is not NULL', remedy: 'Add the column without the default and fill it with an `UPDATE`.' };
  }
  return undefined;
}

function judgeDrop({ table: name }: AlterTableStatement, { start, end, column }: DropCommand, context: SqliteContext): Hazard[] {
  const table = context.schema.tables.get(name.name.toLowerCase());
  if (!table || context.isPending(name.name)) return [];
  const uses = usesOf(context.schema, table, column.toLowerCase());
  if (uses.length === 0) return [];
  const isOnlyUsers = uses.every(({ dropped }) => dropped !== undefined);
  const remedy = isOnlyUsers ? `Before it: ${uses.map(({ dropped }) => `\`${dropped ?? ''};\``).join(' ')}` : `Instead, ${REBUILD}`;
  const data = { table: formatName(name), column: quoteName(column), uses: uses.map(({ what }) => what).join(', '), remedy: `${remedy}.` };
  return [{ kind: 'dropColumnFails', start, end, data }];
}

interface Use {
  readonly what: string;
  /** What takes the obstacle away, where one statement does. */
  readonly dropped?: string;
}

function usesOf(schema: SqliteSchema, table: SqliteTable, column: string): Use[] {
  const uses: Use[] = [];
  const isIn = (kind: 'primaryKey' | 'unique'): boolean =>
    table.columns.get(column)?.key === kind || table.keys.some((key) => key.kind === kind && key.columns.includes(column));
  if (isIn('primaryKey')) uses.push({ what: 'the primary key' });
  if (isIn('unique')) uses.push({ what: 'a `UNIQUE` constraint' });
  if (table.checks.some((check) => check.own !== column && check.columns.includes(column))) uses.push({ what: 'a `CHECK`' });
  if (table.foreignKeys.some((key) => !key.inline && key.columns.includes(column))) uses.push({ what: 'a `FOREIGN KEY` of the table' });
  for (const { name, generatedFrom } of table.columns.values()) {
    if (generatedFrom.includes(column)) uses.push({ what: `the generated column \`${quoteName(name)}\`` });
  }
  for (const user of schema.users.values()) {
    if (!user.tables.includes(table.name.toLowerCase()) || !user.columns.includes(column)) continue;
    // With other tables about, the name in the view may be one of theirs.
    if (user.kind === 'view' && user.tables.some((other) => other !== table.name.toLowerCase() && mayHave(schema, other, column))) continue;
    uses.push({ what: `${user.kind} \`${quoteName(user.name)}\``, dropped: `DROP ${user.kind.toUpperCase()} ${quoteName(user.name)}` });
  }
  return uses;
}

function mayHave(schema: SqliteSchema, table: string, column: string): boolean {
  const columns = knownColumns(schema.tables.get(table));
  return columns === undefined || columns.some(({ name }) => name.toLowerCase() === column);
}
