import { formatName, formatType, quoteName } from '../column-types.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import { keyOf } from '../replayed-schema.ts';
import type { AlterCommand, AlterTableStatement, ColumnDefinition, Statement } from '../statements.ts';
import { existingTable } from './existing-table.ts';

type Addition = Extract<AlterCommand, { kind: 'addColumn' }>;

/** Columns whose addition computes a value for each row, which rewrites the table and all its indexes. */
export function findAddedColumnHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'alterTable' || statement.object !== 'table') return [];
  const table = existingTable(statement.table, context);
  if (!table) return [];
  return statement.commands.flatMap((command): Hazard[] => {
    if (command.kind !== 'addColumn') return [];
    if (command.ifNotExists && table.replayed?.columns.has(command.column.name)) return [];
    const cause = findCause(command.column) ?? domainCause(command.column, statement, context);
    if (!cause) return [];
    const data = { table: formatName(statement.table), column: quoteName(command.column.name), cause: cause.what };
    return [{ kind: 'addRewriting', start: command.start, end: command.end, data: { ...data, remedy: cause.remedy(data.table, command) } }];
  });
}

interface Cause {
  readonly what: string;
  remedy(table: string, command: Addition): string;
}

function findCause(column: ColumnDefinition): Cause | undefined {
  if (column.generated === 'stored') return { what: 'is computed and stored for each row', remedy: storedRemedy };
  if (column.identity || column.type?.serial) return { what: 'takes a number from a sequence for each row', remedy: numberRemedy };
  if (!column.default || column.default.isNull || column.default.volatility !== 'volatile') return undefined;
  const [called] = column.default.calls ?? [];
  return { what: `has a default that is computed for each row${called === undefined ? '' : ` (\`${called}()\`)`}`, remedy: defaultRemedy };
}

/** A domain with constraints makes the server write each row anew, to check the value. */
function domainCause(column: ColumnDefinition, statement: AlterTableStatement, { schema, effects }: HazardContext): Cause | undefined {
  if (!column.type || statement.commands.length > 1 || !effects.rewrites.includes(keyOf(schema, statement.table))) return undefined;
  return { what: `has the domain \`${formatType(column.type)}\`, whose constraints are checked for each row`, remedy: domainRemedy };
}

function defaultRemedy(table: string, { column }: Addition): string {
  const name = quoteName(column.name);
  const type = column.type ? formatType(column.type) : '<type>';
  const expression = column.default?.expression?.text ?? '<default>';
  return (
    `Add it without a default (\`ALTER TABLE ${table} ADD COLUMN ${name} ${type};\`), then \`ALTER TABLE ${table} ALTER COLUMN ${name} SET DEFAULT ${expression};\`, ` +
    'which concerns new rows alone, and backfill the old rows in batches.'
  );
}

function numberRemedy(table: string, { column }: Addition): string {
  const name = quoteName(column.name);
  return (
    `Add it as a nullable \`bigint\` (\`ALTER TABLE ${table} ADD COLUMN ${name} bigint;\`), create the sequence and ` +
    `\`SET DEFAULT nextval(…)\` for new rows, and number the old rows in batches.`
  );
}

function storedRemedy(table: string, { column }: Addition): string {
  return (
    `Add a plain column (\`ALTER TABLE ${table} ADD COLUMN ${quoteName(column.name)} ${column.type ? formatType(column.type) : '<type>'};\`), ` +
    'fill it by a trigger or in the code, and backfill the old rows in batches; or add an index on the expression instead.'
  );
}

function domainRemedy(table: string, { column }: Addition): string {
  return `Add it with the base type of the domain and \`ALTER TABLE ${table} ADD CHECK (…) NOT VALID;\` on \`${column.name}\`, and validate that in a later migration.`;
}
