import {
  childrenOf, findIndex, findTable, indexesOf, keyIn, type ReplayedIndex, type ReplayedSchema, type ReplayedTable,
} from '../replayed-schema.ts';
import type { AlterCommand, AlterCommandKind, OfKind } from '../statements.ts';
import { addConstraint, dropConstraint, inheritConstraints, setNotNull, validateConstraint } from './constraints.ts';
import { removeIndex } from './indexes.ts';
import { applyRename } from './renames.ts';
import { addColumn, addOwnedSequence, changeColumn } from './tables.ts';

type Command<K extends AlterCommandKind> = OfKind<AlterCommand, K>;
type Replay<K extends AlterCommandKind> = (schema: ReplayedSchema, table: ReplayedTable, command: Command<K>, file: string) => void;
type Replays = { readonly [K in AlterCommandKind]?: Replay<K> };

/** Applies a command to a table and, where the server does, to its children. */
function everywhere<K extends AlterCommandKind>(change: (table: ReplayedTable, command: Command<K>) => void): Replay<K> {
  const apply: Replay<K> = (schema, table, command, file) => {
    change(table, command);
    for (const child of childrenOf(schema, table)) apply(schema, child, command, file);
  };
  return apply;
}

const rowSecurity = (on: boolean): Replay<'enableRowSecurity'> & Replay<'disableRowSecurity'> => (_, table) => { table.rowSecurity = on; };

const REPLAYS: Replays = {
  addColumn: (schema, table, command, file) => replayAddColumn(schema, table, command, file),
  dropColumn: (schema, table, { column }) => dropColumn(schema, table, column),
  setType: everywhere((table, { column, type }) => {
    const known = table.columns.get(column);
    const before = known?.default && (known.defaultType ?? known.type);
    changeColumn(table, column, { type, ...(before ? { defaultType: before } : {}) });
  }),
  setNotNull: (schema, table, { column }) => setNotNull(schema, table, column),
  dropNotNull: everywhere((table, { column }) => changeColumn(table, column, { notNull: false })),
  setDefault: everywhere((table, { column, default: value }) => {
    dropFacts(table, column, ['defaultType']);
    changeColumn(table, column, { default: value });
  }),
  dropDefault: everywhere((table, { column }) => dropFacts(table, column, ['default', 'defaultType'])),
  dropExpression: everywhere((table, { column }) => dropFacts(table, column, ['generated', 'generatedFrom'])),
  addIdentity: (schema, table, { column }, file) => {
    changeColumn(table, column, { identity: true, notNull: true });
    addOwnedSequence(schema, table, column, file, true);
  },
  dropIdentity: (schema, table, { column }) => {
    dropFacts(table, column, ['identity']);
    dropOwnedSequences(schema, table, column);
  },
  addConstraint: (schema, table, { constraint }, file) => addConstraint(schema, table, constraint, file),
  validateConstraint: (schema, table, { constraint }) => validateConstraint(schema, table, constraint),
  dropConstraint: (schema, table, { constraint, cascade }) => dropConstraint(schema, table, constraint, cascade),
  attachPartition: (schema, table, command, file) => {
    const partition = findTable(schema, command.partition);
    if (!partition) return;
    partition.partitionOf = table;
    if (command.bound) partition.partitionBound = command.bound;
    inheritConstraints(schema, partition, table, file);
  },
  detachPartition: (schema, _, command) => {
    const partition = findTable(schema, command.partition);
    if (!partition) return;
    delete partition.partitionOf;
    delete partition.partitionBound;
    for (const index of indexesOf(schema, partition)) delete index.parent;
  },
  inherit: (schema, table, { parent }) => {
    const above = findTable(schema, parent);
    if (above) table.inherits = [...table.inherits, above];
  },
  noInherit: (schema, table, { parent }) => {
    const above = findTable(schema, parent);
    table.inherits = table.inherits.filter((one) => one !== above);
  },
  ofType: (_, table, { type }) => { table.ofType = type; },
  notOf: (_, table) => { delete table.ofType; },
  setLogged: (_, table) => { table.unlogged = false; },
  setUnlogged: (_, table) => { table.unlogged = true; },
  clusterOn: (_, table, { index }) => { table.clusterIndex = index; },
  setWithoutCluster: (_, table) => { delete table.clusterIndex; },
  renameColumn: (schema, table, command, file) => renameWithin(schema, table, 'column', command, file),
  renameTable: (schema, table, { to, ...span }, file) => renameWithin(schema, table, 'table', { ...span, from: table.name.name, to: to.name }, file),
  modifyColumn: (schema, table, { column, definition, ...span }, file) => {
    if (column !== definition.name) renameWithin(schema, table, 'column', { ...span, from: column, to: definition.name }, file);
    changeColumn(table, definition.name, { notNull: definition.notNull, ...(definition.type ? { type: definition.type } : {}) });
  },
  enableRowSecurity: rowSecurity(true),
  disableRowSecurity: rowSecurity(false),
};

interface Renaming {
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
}

/** MySQL renames beside other commands. */
function renameWithin(schema: ReplayedSchema, table: ReplayedTable, object: 'column' | 'table', { start, end, from, to }: Renaming, file: string): void {
  applyRename(schema, { start, end, kind: 'rename', object, on: 'table', target: table.name, from, to, ifExists: false }, file);
}

export function applyCommand(schema: ReplayedSchema, table: ReplayedTable, command: AlterCommand, file: string): void {
  (REPLAYS[command.kind] as Replay<AlterCommandKind> | undefined)?.(schema, table, command, file);
}

/** `ALTER INDEX … ATTACH PARTITION`. */
export function attachIndex(schema: ReplayedSchema, index: ReplayedIndex, command: AlterCommand): void {
  const part = command.kind === 'attachPartition' ? findIndex(schema, command.partition) : undefined;
  if (part) part.parent = index;
}

function replayAddColumn(schema: ReplayedSchema, table: ReplayedTable, command: Command<'addColumn'>, file: string): void {
  if (command.ifNotExists && table.columns.has(command.column.name)) return;
  addColumn(schema, table, command.column, file, file);
  for (const child of childrenOf(schema, table)) {
    if (!child.columns.has(command.column.name)) replayAddColumn(schema, child, { ...command, column: { ...command.column, constraints: [] } }, file);
  }
}

function dropFacts(table: ReplayedTable, name: string, facts: readonly ('default' | 'defaultType' | 'generated' | 'generatedFrom' | 'identity')[]): void {
  const column = table.columns.get(name);
  if (!column) return;
  const left = { ...column };
  for (const fact of facts) delete left[fact];
  table.columns.set(name, left);
}

/** The column's indexes, constraints and sequences go with it. */
function dropColumn(schema: ReplayedSchema, table: ReplayedTable, column: string): void {
  table.columns.delete(column);
  for (const [name, constraint] of [...table.constraints]) {
    if (constraint.columns.includes(column)) dropConstraint(schema, table, name, true);
  }
  for (const index of indexesOf(schema, table)) {
    const reads = [...index.columns, ...(index.expressionColumns ?? []), ...(index.whereColumns ?? [])];
    if (reads.includes(column)) removeIndex(schema, index);
  }
  dropOwnedSequences(schema, table, column);
  for (const child of childrenOf(schema, table)) dropColumn(schema, child, column);
}

export function dropOwnedSequences(schema: ReplayedSchema, table: ReplayedTable, column?: string): void {
  for (const sequence of [...schema.sequences.values()]) {
    if (sequence.ownedBy?.table !== table || (column !== undefined && sequence.ownedBy.column !== column)) continue;
    const key = keyIn(schema.sequences, sequence);
    schema.sequences.delete(key);
    schema.dropped.add(key);
  }
}
