import { formatName, quoteName } from '../column-types.ts';
import { isFresh, type Hazard, type HazardContext } from '../hazards.ts';
import { findTable } from '../replayed-schema.ts';
import type { AlterCommand, ColumnDefinition, ConstraintDefinition, QualifiedName, Statement } from '../statements.ts';

/** Types that cause trouble later: what to take instead, and why. */
const BETTER: Readonly<Record<string, readonly [better: string, why: string]>> = {
  timestamp: ['timestamptz', 'It keeps no time zone: the moment it stands for depends on the session that reads it'],
  timetz: ['time', 'A time of day with an offset but without a date cannot follow daylight saving'],
  bpchar: ['text', 'It is padded with blanks, which count in some comparisons and not in others'],
  money: ['numeric', 'Its currency and number of decimals depend on a setting of the server'],
  json: ['jsonb', 'It has no equality and no index, and is parsed at each read'],
};

/** Types of columns in SQL that people write; those that a tool's schema renders are chosen there. */
export function findTypeStyleHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (context.sqlStart === undefined || GENERATED.has(context.tool)) return [];
  if (statement.kind === 'createTable') {
    const keys = primaryKeys(statement.constraints);
    return statement.columns.flatMap((column) => judgeColumn(statement.table, column, keys.has(column.name)));
  }
  if (statement.kind !== 'alterTable' || isFresh(findTable(context.schema, statement.table), context)) return [];
  return statement.commands.flatMap((command: AlterCommand) => (command.kind === 'addColumn' ? judgeColumn(statement.table, command.column, false) : []));
}

/** Tools that write SQL from a schema or from entities. */
const GENERATED: ReadonlySet<string> = new Set(['prisma', 'drizzle', 'typeorm', 'mikro-orm']);

function primaryKeys(constraints: readonly ConstraintDefinition[]): ReadonlySet<string> {
  return new Set(constraints.filter(({ kind, columns }) => kind === 'primaryKey' && columns.length === 1).flatMap(({ columns }) => columns));
}

function judgeColumn(table: QualifiedName, column: ColumnDefinition, isListedKey: boolean): Hazard[] {
  const { type, typeAsWritten, name } = column;
  if (!type || type.schema !== undefined || type.dimensions > 0) return [];
  const { start, end } = typeAsWritten ?? column;
  const data = { table: formatName(table), column: quoteName(name), type: typeAsWritten?.text ?? type.name };
  const isKey = isListedKey || column.constraints.some(({ kind }) => kind === 'primaryKey');
  if (isKey && (type.name === 'int4' || type.name === 'int2')) {
    const better = type.serial || column.identity ? 'bigint GENERATED ALWAYS AS IDENTITY' : 'bigint';
    const why = type.name === 'int2' ? 'It ends at 32,767' : 'It ends at 2,147,483,647, and changing a key later rewrites its table and all that refer to it';
    return [{ kind: 'preferType', start, end, data: { ...data, better, why } }];
  }
  if (type.serial) {
    const why = 'The sequence of a serial belongs to the user who made it and needs rights of its own';
    return [{ kind: 'preferType', start, end, data: { ...data, better: `${type.name === 'int8' ? 'bigint' : 'integer'} GENERATED ALWAYS AS IDENTITY`, why } }];
  }
  const [better, why] = BETTER[type.name] ?? [];
  return better === undefined || why === undefined ? [] : [{ kind: 'preferType', start, end, data: { ...data, better, why } }];
}
