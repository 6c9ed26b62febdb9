import { COLUMN_TYPES, isIncrements, type ColumnState, type ForeignState, type TableState } from './knex-states.ts';
import { isRaw } from './knex-values.ts';
import type { BuilderCall, BuilderMethod } from './renderers.ts';
import { NotConstant, UNDEFINED, boolean, builder, entryOf, findBoolean, findText, raw, text, textOf, type BuilderValue, type Value } from './values.ts';

const tableOf = (call: BuilderCall): TableState => call.self.state as TableState;
const columnOf = (call: BuilderCall): ColumnState => call.self.state as ColumnState;
const foreignOf = (call: BuilderCall): ForeignState => call.self.state as ForeignState;

function addColumn(table: TableState, type: string, args: readonly Value[]): BuilderValue<ColumnState> {
  const column: ColumnState = { type, args, table, modifiers: new Map(), altered: false, alterNullable: true, alterType: true };
  table.columns.push(column);
  return builder('column', column);
}

/** Column methods check their name at once, so that what is missing is shown where it stands. */
function columnMethod(type: string): BuilderMethod {
  return (call) => {
    if (!isIncrements({ type } as ColumnState) || call.args.length > 0) textOf(call.args[0], 'the name of the column');
    return addColumn(tableOf(call), type, call.args);
  };
}

function command(method: string): BuilderMethod {
  return (call) => {
    tableOf(call).commands.push({ method, args: call.args });
    return call.self;
  };
}

const single: BuilderMethod = (call) => {
  tableOf(call).single.set(call.method, textOf(call.args[0], `the ${call.method} of the table`));
  return call.self;
};

const timestamps: BuilderMethod = (call) => {
  const [first, second, third] = call.args;
  const options = first?.kind === 'record' ? first : undefined;
  const flag = (name: string, value: Value | undefined): boolean => findBoolean(options ? entryOf(options, name) : value, name) ?? false;
  const type = flag('useTimestamps', first) ? 'timestamp' : 'datetime';
  const camel = flag('useCamelCase', third);
  for (const name of camel ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at']) {
    const { state } = addColumn(tableOf(call), type, [text(name)]);
    if (!flag('defaultToNow', second)) continue;
    state.modifiers.set('nullable', [boolean(false)]);
    state.modifiers.set('defaultTo', [raw('CURRENT_TIMESTAMP')]);
  }
  return UNDEFINED;
};

const foreign: BuilderMethod = (call) => {
  const state: ForeignState = { columns: call.args[0] };
  const keyName = findText(call.args[1], 'the name of the foreign key');
  if (keyName !== undefined) state.keyName = keyName;
  tableOf(call).commands.push({ method: 'foreign', args: [], foreign: state });
  return builder('foreign', state);
};

export const TABLE_METHODS: Readonly<Record<string, BuilderMethod>> = {
  ...Object.fromEntries(COLUMN_TYPES.map((type): [string, BuilderMethod] => [type, columnMethod(type)])),
  ...Object.fromEntries(
    'index primary unique dropPrimary dropPrimaryIfExists dropUnique dropUniqueIfExists dropIndex dropForeign dropForeignIfExists renameColumn setNullable dropNullable dropChecks dropColumn'
      .split(' ')
      .map((method): [string, BuilderMethod] => [method, command(method)]),
  ),
  dropColumns: command('dropColumn'),
  dropTimestamps: (call) => {
    const names = findBoolean(call.args[0], 'useCamelCase') === true ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at'];
    tableOf(call).commands.push({ method: 'dropColumn', args: names.map(text) });
    return call.self;
  },
  check: (call) => {
    const table = tableOf(call);
    if (table.create) table.checks.push({ args: call.args });
    else table.commands.push({ method: 'check', args: call.args });
    return call.self;
  },
  comment: single,
  engine: single,
  charset: single,
  collate: single,
  inherits: single,
  timestamps,
  foreign,
  queryContext: (call) => call.self,
};

function modifier(name: string): BuilderMethod {
  return (call) => {
    columnOf(call).modifiers.set(name, call.args);
    return call.self;
  };
}

function nullable(isNullable: boolean): BuilderMethod {
  return (call) => {
    columnOf(call).modifiers.set('nullable', [isNullable && call.args[0] ? call.args[0] : boolean(isNullable)]);
    return call.self;
  };
}

/** `.index()`, `.primary()` and `.unique()` of a column are those of the table, for this column. */
function onTable(method: string): BuilderMethod {
  return (call) => {
    const { table, args, ...column } = columnOf(call);
    const [name] = args;
    if (!isIncrements({ ...column, table, args }) && name) table.commands.push({ method, args: [name, ...call.args] });
    return call.self;
  };
}

/** The foreign key that `.references()` of a column began; `.inTable()` and the rest belong to it. */
const FOREIGN = new WeakMap<ColumnState, ForeignState>();

function onForeign(set: (state: ForeignState, value: Value | undefined) => void): BuilderMethod {
  return (call) => {
    const state = FOREIGN.get(columnOf(call));
    if (!state) throw new NotConstant(`\`${call.method}\` without \`references\` before it`);
    set(state, call.args[0]);
    return call.self;
  };
}

function setReferences(state: ForeignState, value: Value | undefined): void {
  if (value?.kind !== 'text' || isRaw(value)) {
    if (value) state.references = value;
    return;
  }
  const [first = '', second] = textOf(value, 'the referenced column').split('.');
  state.references = text(second ?? first);
  if (second !== undefined) state.inTable = first;
}

const FOREIGN_SETTERS: Readonly<Record<string, (state: ForeignState, value: Value | undefined) => void>> = {
  inTable: (state, value) => {
    state.inTable = textOf(value, 'the referenced table');
  },
  on: (state, value) => {
    state.inTable = textOf(value, 'the referenced table');
  },
  onDelete: (state, value) => {
    state.onDelete = textOf(value, 'what happens on delete');
  },
  onUpdate: (state, value) => {
    state.onUpdate = textOf(value, 'what happens on update');
  },
  withKeyName: (state, value) => {
    state.keyName = textOf(value, 'the name of the foreign key');
  },
  deferrable: (state, value) => {
    state.deferrable = textOf(value, 'deferrable');
  },
};

export const COLUMN_METHODS: Readonly<Record<string, BuilderMethod>> = {
  ...Object.fromEntries(
    'unsigned first after comment collate check checkPositive checkNegative checkIn checkNotIn checkBetween checkLength checkRegex'
      .split(' ')
      .map((name): [string, BuilderMethod] => [name, modifier(name)]),
  ),
  ...Object.fromEntries(['index', 'primary', 'unique'].map((method): [string, BuilderMethod] => [method, onTable(method)])),
  ...Object.fromEntries(Object.entries(FOREIGN_SETTERS).map(([name, set]): [string, BuilderMethod] => [name, onForeign(set)])),
  defaultTo: modifier('defaultTo'),
  default: modifier('defaultTo'),
  defaultsTo: modifier('defaultTo'),
  nullable: nullable(true),
  notNullable: nullable(false),
  notNull: nullable(false),
  references: (call) => {
    const column = columnOf(call);
    const state: ForeignState = { columns: column.args[0] };
    setReferences(state, call.args[0]);
    FOREIGN.set(column, state);
    column.table.commands.push({ method: 'foreign', args: [], foreign: state });
    return call.self;
  },
  alter: (call) => {
    const column = columnOf(call);
    column.altered = true;
    column.alterNullable = findBoolean(entryOf(call.args[0], 'alterNullable'), 'alterNullable') ?? true;
    column.alterType = findBoolean(entryOf(call.args[0], 'alterType'), 'alterType') ?? true;
    return call.self;
  },
  queryContext: (call) => call.self,
};

export const FOREIGN_METHODS: Readonly<Record<string, BuilderMethod>> = {
  ...Object.fromEntries(
    Object.entries(FOREIGN_SETTERS).map(([name, set]): [string, BuilderMethod] => [
      name,
      (call) => {
        set(foreignOf(call), call.args[0]);
        return call.self;
      },
    ]),
  ),
  references: (call) => {
    setReferences(foreignOf(call), call.args[0]);
    return call.self;
  },
};
