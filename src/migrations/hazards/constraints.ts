import type { Span } from '../../facts/types.ts';
import { formatName, quoteName } from '../column-types.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import { findIndex, keyOf } from '../replayed-schema.ts';
import type { AlterTableStatement, ConstraintDefinition, Statement } from '../statements.ts';
import { existingTable, type ExistingTable } from './existing-table.ts';

/** A constraint that an ALTER TABLE adds, by itself or with its column. */
interface AddedConstraint extends Span {
  readonly constraint: ConstraintDefinition;
  /** The column that is added with it. */
  readonly column?: string;
  /** The new column has a value in the rows that are there. */
  readonly hasValue?: boolean;
  /** `DEFAULT NULL` is written out. */
  readonly hasNullDefault?: boolean;
}

type Judge = (added: AddedConstraint, statement: AlterTableStatement, table: ExistingTable, context: HazardContext) => Hazard | undefined;

const JUDGES: Readonly<Record<ConstraintDefinition['kind'], Judge>> = {
  check: judgeCheck,
  foreignKey: judgeForeignKey,
  notNull: judgeNotNull,
  unique: judgeUnique,
  primaryKey: judgePrimaryKey,
  exclude: judgeExclusion,
};

/** Constraints whose addition reads the whole table, or builds an index, under a lock that stops writes. */
export function findConstraintHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'alterTable' || statement.object !== 'table') return [];
  const table = existingTable(statement.table, context);
  if (!table) return [];
  return addedConstraints(statement, table).flatMap((added) => JUDGES[added.constraint.kind](added, statement, table, context) ?? []);
}

function addedConstraints(statement: AlterTableStatement, table: ExistingTable): AddedConstraint[] {
  return statement.commands.flatMap((command): AddedConstraint[] => {
    const { start, end } = command;
    if (command.kind === 'addConstraint') return [{ start, end, constraint: command.constraint }];
    if (command.kind !== 'addColumn' || (command.ifNotExists && table.replayed?.columns.has(command.column.name))) return [];
    const { column } = command;
    const hasValue = column.generated !== undefined || column.identity === true || (column.default !== undefined && !column.default.isNull);
    return column.constraints.map((constraint) => ({ start, end, constraint, column: column.name, hasValue, hasNullDefault: column.default?.isNull === true }));
  });
}

/** A name for a constraint that has none, as the server would make it. */
function nameFor({ name, columns }: ConstraintDefinition, table: string, suffix: string): string {
  return quoteName(name ?? [table, ...columns, suffix].join('_'));
}

function judgeCheck(added: AddedConstraint, statement: AlterTableStatement, _table: ExistingTable, context: HazardContext): Hazard | undefined {
  const { constraint, column, start, end } = added;
  if (constraint.notValid || constraint.notEnforced) return undefined;
  const table = formatName(statement.table);
  const name = nameFor(constraint, statement.table.name, 'check');
  const expression = constraint.expression?.text ?? '…';
  const add = `\`ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${expression}) NOT VALID;\``;
  const first = column === undefined ? `First ${add}` : `Add the column without it, then ${add}`;
  const remedy = `${first}, and in the next migration \`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};\`, during which reads and writes go on.`;
  return { kind: 'checkScans', start, end, data: { table, constraint: name, remedy }, ...notValidFix(added, context) };
}

/** A constraint that stands by itself in SQL of the file takes `NOT VALID` at its end. */
function notValidFix({ column, end }: AddedConstraint, { sqlStart }: HazardContext): Pick<Hazard, 'fix'> {
  return column === undefined && sqlStart !== undefined ? { fix: { start: end, end, text: ' NOT VALID' } } : {};
}

function judgeForeignKey(added: AddedConstraint, statement: AlterTableStatement, table: ExistingTable, context: HazardContext): Hazard | undefined {
  const { constraint, column, hasValue, hasNullDefault, start, end } = added;
  if (constraint.notValid || constraint.notEnforced || !constraint.references) return undefined;
  // A new column without a value has nothing to be checked.
  if (column !== undefined && !hasValue && !hasNullDefault) return undefined;
  const written = formatName(statement.table);
  const name = nameFor(constraint, statement.table.name, 'fkey');
  const parent = formatName(constraint.references);
  const isPartitioned = table.replayed?.partitioned === true;
  // A default, be it NULL, makes the server read all rows; without one it knows that there is nothing to check.
  const remedy = hasNullDefault
    ? 'Leave out `DEFAULT NULL`, which changes nothing: without it no row is read.'
    : isPartitioned
    ? 'Add it to each partition as `NOT VALID` and validate it there first; the one of the partitioned table then has nothing left to check.'
    : `First \`ALTER TABLE ${written} ADD CONSTRAINT ${name} ${keyText(constraint)} NOT VALID;\`, and in the next migration ` +
      `\`ALTER TABLE ${written} VALIDATE CONSTRAINT ${name};\`, during which reads and writes go on.`;
  return { kind: 'foreignKeyScans', start, end, data: { table: written, constraint: name, parent, remedy }, ...(isPartitioned ? {} : notValidFix(added, context)) };
}

const ACTIONS: Readonly<Record<string, string>> = { restrict: 'RESTRICT', cascade: 'CASCADE', setNull: 'SET NULL', setDefault: 'SET DEFAULT' };

function keyText({ columns, references, referencedColumns = [], onDelete, onUpdate }: ConstraintDefinition): string {
  const list = (names: readonly string[]): string => (names.length > 0 ? ` (${names.map(quoteName).join(', ')})` : '');
  const action = (on: string, value: string | undefined): string => (value !== undefined && ACTIONS[value] !== undefined ? ` ${on} ${ACTIONS[value]}` : '');
  const target = references ? formatName(references) : '';
  return `FOREIGN KEY${list(columns)} REFERENCES ${target}${list(referencedColumns)}${action('ON DELETE', onDelete)}${action('ON UPDATE', onUpdate)}`;
}

/** `ADD CONSTRAINT … NOT NULL`, from PostgreSQL 18 on. */
function judgeNotNull({ constraint, column, start, end }: AddedConstraint, statement: AlterTableStatement, { replayed }: ExistingTable): Hazard | undefined {
  const [name] = constraint.columns;
  if (constraint.notValid || column !== undefined || name === undefined || replayed?.columns.get(name)?.notNull) return undefined;
  const table = formatName(statement.table);
  const written = nameFor(constraint, statement.table.name, 'not_null');
  const remedy =
    `First \`ALTER TABLE ${table} ADD CONSTRAINT ${written} NOT NULL ${quoteName(name)} NOT VALID;\`, and in the next migration ` +
    `\`ALTER TABLE ${table} VALIDATE CONSTRAINT ${written};\`.`;
  return { kind: 'checkScans', start, end, data: { table, constraint: written, remedy } };
}

function judgeUnique({ constraint, start, end }: AddedConstraint, statement: AlterTableStatement, table: ExistingTable): Hazard | undefined {
  if (constraint.usingIndex !== undefined) return undefined;
  return { kind: 'addUnique', start, end, data: indexed(constraint, statement, table, 'UNIQUE', 'key') };
}

function judgePrimaryKey(added: AddedConstraint, statement: AlterTableStatement, table: ExistingTable, { schema, effects }: HazardContext): Hazard | undefined {
  const { constraint, start, end } = added;
  if (constraint.usingIndex === undefined) return { kind: 'addPrimaryKey', start, end, data: indexed(constraint, statement, table, 'PRIMARY KEY', 'pkey') };
  const index = findIndex(schema, { ...statement.table, name: constraint.usingIndex });
  const columns = index?.columns.filter((column) => column !== null) ?? [];
  const nullable = columns.filter((column) => table.replayed?.columns.get(column)?.notNull === false);
  // A valid CHECK spares the reading.
  if (nullable.length === 0 || !effects.scans.includes(keyOf(schema, statement.table))) return undefined;
  const written = formatName(statement.table);
  const remedy = `Make ${nullable.map((column) => `\`${quoteName(column)}\``).join(', ')} NOT NULL first, by a validated \`CHECK (… IS NOT NULL)\`.`;
  return { kind: 'primaryKeyNullable', start, end, data: { table: written, columns: nullable.map(quoteName).join(', '), remedy } };
}

function indexed(
  constraint: ConstraintDefinition,
  statement: AlterTableStatement,
  { replayed }: ExistingTable,
  kind: 'UNIQUE' | 'PRIMARY KEY',
  suffix: string,
): Record<string, string> {
  const table = formatName(statement.table);
  const name = nameFor(suffix === 'pkey' ? { ...constraint, columns: [] } : constraint, statement.table.name, suffix);
  const columns = constraint.columns.map(quoteName).join(', ');
  const remedy = replayed?.partitioned
    ? 'For a partitioned table there is no way without the lock: keep it short with a `lock_timeout`, while the partitions are small.'
    : `First, outside of a transaction, \`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns});\`, then ` +
      `\`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${kind} USING INDEX ${name};\`.`;
  return { table, constraint: name, columns, remedy };
}

function judgeExclusion({ constraint, start, end }: AddedConstraint, statement: AlterTableStatement): Hazard | undefined {
  const table = formatName(statement.table);
  const remedy = 'There is no way to build it concurrently: create it with the table, or copy the rows in batches into a new table that has it.';
  return { kind: 'addExclusion', start, end, data: { table, constraint: nameFor(constraint, statement.table.name, 'excl'), remedy } };
}
