import type { Span } from '../../facts/types.ts';
import { flatten } from '../flatten.ts';
import type { HistoryFile } from '../folder-hazards.ts';
import type { AlterTableStatement, ColumnDefinition, ColumnType, QualifiedName, Statement } from '../statements.ts';

/** Something that happens to a column. */
export interface ColumnEvent extends Span {
  readonly path: string;
  /** Position of the file in its folder. */
  readonly file: number;
  /** Position among all statements and commands of the folder. */
  readonly order: number;
}

export interface ColumnFill extends ColumnEvent {
  /** Columns of the same table that the values are made of. */
  readonly reads: readonly string[];
}

/** A column from when it was seen first to its end. */
export interface ColumnLife {
  readonly table: QualifiedName;
  readonly name: string;
  readonly type?: ColumnType;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  /** Absent for columns that were there before the history, or came with their table. */
  readonly added?: ColumnEvent;
  readonly fills: readonly ColumnFill[];
  readonly setNotNull?: ColumnEvent;
  readonly dropped?: ColumnEvent;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Life = Omit<Writable<ColumnLife>, 'fills'> & { fills: ColumnFill[] };

/** Columns of a table by name, and all that ever were. */
interface Tables {
  readonly current: Map<string, Map<string, Life>>;
  readonly all: Life[];
}

/** Lives of the columns of a folder of migrations, in the order in which they begin. */
export function columnLives(files: readonly HistoryFile[]): readonly ColumnLife[] {
  const tables: Tables = { current: new Map(), all: [] };
  let order = 0;
  files.forEach(({ path, statements }, file) => {
    for (const statement of statements.flatMap(flatten)) {
      apply(tables, statement, ({ start, end }) => ({ path, file, order: (order += 1), start, end }));
    }
  });
  return tables.all;
}

type EventAt = (span: Span) => ColumnEvent;

function apply(tables: Tables, statement: Statement, at: EventAt): void {
  switch (statement.kind) {
    case 'createTable':
      for (const column of statement.columns) begin(tables, statement.table, column);
      return;
    case 'alterTable':
      return alter(tables, statement, at);
    case 'update': {
      const [table] = statement.tables;
      if (!table) return;
      const event = at(statement);
      for (const { column, reads } of statement.assignments ?? []) lifeOf(tables, table, column).fills.push({ ...event, reads });
      return;
    }
    case 'drop':
      if (statement.object !== 'table') return;
      for (const name of statement.names) tables.current.delete(keyOf(name));
      return;
    case 'rename': {
      const { object, target, from, to } = statement;
      const columns = tables.current.get(keyOf(target));
      if (!columns) return;
      tables.current.delete(object === 'table' ? keyOf(target) : '');
      if (object === 'table') tables.current.set(keyOf({ ...target, name: to }), columns);
      const life = object === 'column' ? columns.get(from) : undefined;
      if (!life) return;
      columns.delete(from);
      columns.set(to, life);
      return;
    }
    default:
  }
}

function alter(tables: Tables, { table, object, commands }: AlterTableStatement, at: EventAt): void {
  if (object !== 'table') return;
  for (const command of commands) {
    const event = at(command);
    if (command.kind === 'addColumn') begin(tables, table, command.column, event);
    if (command.kind === 'setNotNull') lifeOf(tables, table, command.column).setNotNull = event;
    if (command.kind === 'setType') lifeOf(tables, table, command.column).type = command.type;
    if (command.kind !== 'dropColumn') continue;
    lifeOf(tables, table, command.column).dropped = event;
    tables.current.get(keyOf(table))?.delete(command.column);
  }
}

function keyOf({ schema, name }: QualifiedName): string {
  return `${schema ?? 'public'}.${name}`;
}

function begin(tables: Tables, table: QualifiedName, { name, type, notNull, default: value }: ColumnDefinition, added?: ColumnEvent): void {
  const life: Life = { table, name, ...(type ? { type } : {}), notNull, hasDefault: value !== undefined, ...(added ? { added } : {}), fills: [] };
  columnsOf(tables, table).set(name, life);
  tables.all.push(life);
}

function columnsOf({ current }: Tables, table: QualifiedName): Map<string, Life> {
  const known = current.get(keyOf(table)) ?? new Map<string, Life>();
  current.set(keyOf(table), known);
  return known;
}

function lifeOf(tables: Tables, table: QualifiedName, name: string): Life {
  const columns = columnsOf(tables, table);
  const known = columns.get(name);
  if (known) return known;
  const life: Life = { table, name, notNull: false, hasDefault: false, fills: [] };
  columns.set(name, life);
  tables.all.push(life);
  return life;
}
