import {
  childrenOf, dependentViews, findDomain, findEnum, findIndex, findSequence, findTable, findView, indexesOf, keyIn, keyOf, referencesTo,
  type ReplayedSchema, type ReplayedTable, type ReplayedView,
} from '../replayed-schema.ts';
import type { DropStatement, QualifiedName } from '../statements.ts';
import { applyCommand, dropOwnedSequences } from './commands.ts';
import { removeIndex } from './indexes.ts';

type Drop = (schema: ReplayedSchema, name: QualifiedName, statement: DropStatement) => void;

const DROPS: Readonly<Partial<Record<DropStatement['object'], Drop>>> = {
  table: (schema, name) => dropTable(schema, findTable(schema, name)),
  materializedView: (schema, name) => dropTable(schema, findTable(schema, name)),
  view: (schema, name) => dropView(schema, findView(schema, name)),
  index: (schema, name) => {
    const index = findIndex(schema, name);
    if (index) removeIndex(schema, index);
  },
  sequence: (schema, name) => remove(schema, schema.sequences, findSequence(schema, name)),
  type: (schema, name, { cascade }) => {
    remove(schema, schema.enums, findEnum(schema, name));
    schema.composites.delete(keyOf(schema, name));
    if (cascade) dropColumnsOfType(schema, name);
  },
  domain: (schema, name, { cascade }) => {
    remove(schema, schema.domains, findDomain(schema, name));
    if (cascade) dropColumnsOfType(schema, name);
  },
  schema: dropSchema,
  trigger: (schema, { name }, { on }) => { if (on) findTable(schema, on)?.triggers.delete(name); },
  policy: (schema, { name }, { on }) => { if (on) findTable(schema, on)?.policies.delete(name); },
  rule: (schema, { name }, { on }) => { if (on) findTable(schema, on)?.rules.delete(name); },
  function: (schema, name, { cascade }) => {
    if (!cascade) return;
    for (const table of schema.tables.values()) {
      for (const [trigger, called] of table.triggers) if (called.name === name.name) table.triggers.delete(trigger);
    }
  },
  statistics: (schema, name) => { schema.statistics.delete(keyOf(schema, name)); },
  publication: (schema, { name }) => { schema.publications.delete(name); },
};

export function applyDrop(schema: ReplayedSchema, statement: DropStatement): void {
  for (const name of statement.names) DROPS[statement.object]?.(schema, name, statement);
}

function remove<T>(schema: ReplayedSchema, entries: Map<string, T>, entry: T | undefined): void {
  if (entry === undefined) return;
  const key = keyIn(entries, entry);
  entries.delete(key);
  schema.dropped.add(key);
}

/** The server refuses without CASCADE when something hangs on the table; replayed is what it did. */
function dropTable(schema: ReplayedSchema, table: ReplayedTable | undefined): void {
  if (!table) return;
  for (const child of childrenOf(schema, table)) if (child.partitionOf === table) dropTable(schema, child);
  for (const view of dependentViews(schema, table)) {
    if ('columns' in view) remove(schema, schema.tables, view);
    else dropView(schema, view);
  }
  for (const { table: other, name } of referencesTo(schema, table)) if (other !== table) other.constraints.delete(name);
  for (const other of schema.tables.values()) other.inherits = other.inherits.filter((one) => one !== table);
  dropOwnedSequences(schema, table);
  for (const index of indexesOf(schema, table)) remove(schema, schema.indexes, index);
  for (const [key, of] of schema.statistics) if (of === table) schema.statistics.delete(key);
  for (const tables of schema.publications.values()) tables.delete(table);
  remove(schema, schema.tables, table);
}

function dropView(schema: ReplayedSchema, view: ReplayedView | undefined): void {
  if (!view) return;
  remove(schema, schema.views, view);
  for (const above of dependentViews(schema, view)) {
    if ('columns' in above) remove(schema, schema.tables, above);
    else remove(schema, schema.views, above);
  }
}

function dropColumnsOfType(schema: ReplayedSchema, type: QualifiedName): void {
  for (const table of schema.tables.values()) {
    for (const [column, { type: own }] of [...table.columns]) {
      if (own?.name !== type.name || (own.schema ?? 'public') !== (type.schema ?? 'public')) continue;
      applyCommand(schema, table, { start: 0, end: 0, kind: 'dropColumn', column, ifExists: true, cascade: true }, '');
    }
  }
}

function dropSchema(schema: ReplayedSchema, { name }: QualifiedName): void {
  const isIn = (key: string): boolean => key.startsWith(`${name}.`);
  for (const [key, table] of [...schema.tables]) if (isIn(key)) dropTable(schema, table);
  for (const [key, view] of [...schema.views]) if (isIn(key)) dropView(schema, view);
  for (const entries of [schema.sequences, schema.enums, schema.domains, schema.composites]) {
    for (const key of [...entries.keys()]) if (isIn(key)) entries.delete(key);
  }
}
