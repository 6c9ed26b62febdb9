import { formatName, quoteName } from '../column-types.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import type { Statement } from '../statements.ts';

/** The first statement of a file that commits by itself and fails when the migration is run again after a later one has failed. */
export function findRerunHazards(statement: Statement, { scope, isLast, before }: HazardContext): Hazard[] {
  // In a transaction all is undone together, and after the last statement nothing is left that could fail.
  if (scope || isLast || before.some((done) => missingConditions(done.statement).length > 0)) return [];
  return missingConditions(statement).slice(0, 1).map(({ start, end, what, form }) => ({
    kind: 'notRerunnable',
    start,
    end,
    data: { what, remedy: `Write \`${form}\`.` },
  }));
}

interface Missing {
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly form: string;
}

function missingConditions(statement: Statement): Missing[] {
  const { start, end } = statement;
  if (statement.kind === 'createTable' && !statement.ifNotExists) {
    const name = formatName(statement.table);
    return [{ start, end, what: `\`CREATE TABLE ${name}\``, form: `CREATE TABLE IF NOT EXISTS ${name} …` }];
  }
  if (statement.kind === 'createIndex' && !statement.ifNotExists && statement.name !== undefined) {
    const name = quoteName(statement.name);
    return [{ start, end, what: `\`CREATE INDEX ${name}\``, form: `CREATE INDEX${statement.concurrently ? ' CONCURRENTLY' : ''} IF NOT EXISTS ${name} …` }];
  }
  if (statement.kind === 'drop' && !statement.ifExists && statement.object !== 'other') {
    const names = statement.names.map(formatName).join(', ');
    const object = statement.object === 'materializedView' ? 'MATERIALIZED VIEW' : statement.object.toUpperCase();
    return [{ start, end, what: `\`DROP ${object} ${names}\``, form: `DROP ${object} IF EXISTS ${names}` }];
  }
  if (statement.kind !== 'alterTable') return [];
  return statement.commands.flatMap((command): Missing[] => {
    if (command.kind === 'addColumn' && !command.ifNotExists) {
      const name = quoteName(command.column.name);
      return [{ start: command.start, end: command.end, what: `\`ADD COLUMN ${name}\``, form: `ADD COLUMN IF NOT EXISTS ${name} …` }];
    }
    if (command.kind === 'dropColumn' && !command.ifExists) {
      const name = quoteName(command.column);
      return [{ start: command.start, end: command.end, what: `\`DROP COLUMN ${name}\``, form: `DROP COLUMN IF EXISTS ${name}` }];
    }
    if (command.kind !== 'dropConstraint' || command.ifExists) return [];
    const name = quoteName(command.constraint);
    return [{ start: command.start, end: command.end, what: `\`DROP CONSTRAINT ${name}\``, form: `DROP CONSTRAINT IF EXISTS ${name}` }];
  });
}
