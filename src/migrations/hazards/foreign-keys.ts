import { formatName, formatType, quoteName } from '../column-types.ts';
import type { FolderHazards, FolderHistory } from '../folder-hazards.ts';
import type { Hazard } from '../hazards.ts';
import { flatten } from '../flatten.ts';
import { findTable, type ReplayedSchema, type ReplayedTable } from '../replayed-schema.ts';
import type { ConstraintDefinition, QualifiedName, Statement } from '../statements.ts';
import type { Span } from '../../facts/types.ts';

interface AddedKey extends Span {
  readonly table: QualifiedName;
  readonly columns: readonly string[];
  readonly constraint: ConstraintDefinition;
}

/** Foreign keys of judged migrations, held against the schema that the whole history leaves: their indexes may come later. */
export function findForeignKeyHazards({ files, schema, folder }: FolderHistory): FolderHazards {
  if (folder.dialect !== 'postgres') return new Map();
  const seen = new Set<string>();
  const judged = files.filter((file) => file.judged);
  return new Map(judged.map(({ path, statements }) => [path, keysOf(statements).flatMap((key) => judge(key, { path, schema, seen }))]));
}

function keysOf(statements: readonly Statement[]): AddedKey[] {
  return statements.flatMap(flatten).flatMap(addedKeys);
}

function addedKeys(statement: Statement): AddedKey[] {
  if (statement.kind === 'createTable') {
    const ofTable = statement.constraints.map((constraint) => keyOf(statement, statement.table, constraint, constraint.columns));
    const ofColumns = statement.columns.flatMap((column) => column.constraints.map((constraint) => keyOf(column, statement.table, constraint, [column.name])));
    return [...ofTable, ...ofColumns].flatMap((key) => key ?? []);
  }
  if (statement.kind !== 'alterTable') return [];
  return statement.commands.flatMap((command): AddedKey[] => {
    if (command.kind === 'addConstraint') return [keyOf(command, statement.table, command.constraint, command.constraint.columns) ?? []].flat();
    if (command.kind !== 'addColumn') return [];
    return command.column.constraints.flatMap((constraint) => keyOf(command, statement.table, constraint, [command.column.name]) ?? []);
  });
}

function keyOf({ start, end }: Span, table: QualifiedName, constraint: ConstraintDefinition, columns: readonly string[]): AddedKey | undefined {
  if (constraint.kind !== 'foreignKey' || !constraint.references || columns.length === 0) return undefined;
  return { start: constraint.start ?? start, end: constraint.end ?? end, table, columns, constraint };
}

interface Judged {
  readonly path: string;
  readonly schema: ReplayedSchema;
  /** Keys that were judged where they were added first. */
  readonly seen: Set<string>;
}

function judge({ start, end, table: name, columns, constraint }: AddedKey, { path, schema, seen }: Judged): Hazard[] {
  const table = findTable(schema, name);
  // A table or a column that a later migration dropped is nobody's concern any more.
  if (!table || table.createdIn === undefined || columns.some((column) => !table.columns.has(column))) return [];
  const key = `${formatName(name)}(${columns.join(',')})`;
  if (seen.has(key)) return [];
  seen.add(key);
  const data = { table: formatName(name), columns: columns.map(quoteName).join(', '), parent: constraint.references ? formatName(constraint.references) : '' };
  const at = { start, end };
  return [
    ...notIndexed(table, columns, schema, path).map((remedy): Hazard => ({ ...at, kind: 'foreignKeyNotIndexed', data: { ...data, remedy } })),
    ...mismatches(table, columns, constraint, schema).map((types): Hazard => ({ ...at, kind: 'foreignKeyTypeMismatch', data: { ...data, ...types } })),
  ];
}

function notIndexed(table: ReplayedTable, columns: readonly string[], schema: ReplayedSchema, path: string): string[] {
  const leads = [...schema.indexes.values()].some((index) => index.table === table && isLedBy(index.columns, columns));
  if (leads) return [];
  const name = quoteName(`${table.name.name}_${columns.join('_')}_idx`);
  const on = `${name} ON ${formatName(table.name)} (${columns.map(quoteName).join(', ')});`;
  // Nobody else sees the table yet.
  if (table.createdIn === path) return [`Add \`CREATE INDEX ${on}\` to this migration.`];
  return [`Add \`CREATE INDEX CONCURRENTLY ${on}\` in a migration of its own.`];
}

/** The columns of the key come first in the index, in any order. */
function isLedBy(index: readonly (string | null)[], columns: readonly string[]): boolean {
  const first = index.slice(0, columns.length);
  return first.length === columns.length && columns.every((column) => first.includes(column));
}

function mismatches(table: ReplayedTable, columns: readonly string[], constraint: ConstraintDefinition, schema: ReplayedSchema): Record<string, string>[] {
  const { references, referencedColumns = [] } = constraint;
  const parent = references && findTable(schema, references);
  if (!parent || referencedColumns.length !== columns.length) return [];
  return columns.flatMap((column, i) => {
    const own = table.columns.get(column)?.type;
    const other = parent.columns.get(referencedColumns[i] ?? '')?.type;
    if (!own || !other || (own.name === other.name && own.schema === other.schema)) return [];
    const [name, type, parentType] = [quoteName(column), formatType(own), formatType(other)];
    return [{ column: name, type, parentType, remedy: `Give \`${name}\` the type \`${parentType}\`.` }];
  });
}
