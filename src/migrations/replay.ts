import { applyCommand, attachIndex } from './replay/commands.ts';
import { applyDrop } from './replay/drops.ts';
import { createIndex } from './replay/indexes.ts';
import { applyMove, applyRename } from './replay/renames.ts';
import { addTable, createTable, newTable, placedName, relationsRead, tableOrUnseen } from './replay/tables.ts';
import { changeDomain, changeEnum, createDomain, createType } from './replay/types.ts';
import { findIndex, findSequence, findTable, findView, keyOf, type ReplayedSchema } from './replayed-schema.ts';
import type {
  AlterTableStatement, AttachStatement, CreateViewStatement, DataStatement, OfKind, PublicationStatement, QualifiedName, SequenceStatement,
  SettingStatement, Statement,
} from './statements.ts';

type Replay<K extends Statement['kind']> = (schema: ReplayedSchema, statement: OfKind<Statement, K>, file: string) => void;
type Replays = { readonly [K in Statement['kind']]?: Replay<K> };

const REPLAYS: Replays = {
  createTable,
  alterTable,
  createIndex: (schema, statement, file) => createIndex(schema, tableOrUnseen(schema, statement.table), statement, file),
  createView,
  drop: applyDrop,
  rename: applyRename,
  setSchema: applyMove,
  truncate: (schema, { tables }, file) => markEmpty(schema, tables, file),
  delete: (schema, { filtered, tables }, file) => { if (!filtered) markEmpty(schema, tables, file); },
  insert: fill,
  merge: fill,
  copy: fill,
  set: applySetting,
  select: (schema, { query }) => {
    for (const { name, args } of query.calls) if (name === 'set_config') setSetting(schema, args[0] ?? '', args[1] ?? '');
  },
  createTrigger: attach,
  createPolicy: attach,
  createRule: attach,
  createStatistics: attach,
  createFunction: (schema, { name, volatility = 'volatile' }) => { schema.functions.set(name.name, volatility); },
  createSequence,
  alterSequence: createSequence,
  createDomain,
  alterDomain: changeDomain,
  createType,
  enumValue: changeEnum,
  createPublication: publish,
  alterPublication: publish,
};

/** Applies one statement of the migration `file` (a path). Statements on tables that were never seen leave a table of unknown columns. */
export function applyStatement(schema: ReplayedSchema, statement: Statement, file: string): void {
  (REPLAYS[statement.kind] as Replay<Statement['kind']> | undefined)?.(schema, statement, file);
}

function alterTable(schema: ReplayedSchema, statement: AlterTableStatement, file: string): void {
  const index = findTable(schema, statement.table) ? undefined : findIndex(schema, statement.table);
  if (index) {
    for (const command of statement.commands) attachIndex(schema, index, command);
    return;
  }
  if (statement.object !== 'table' && statement.object !== 'foreign_table') return;
  if (findView(schema, statement.table) ?? findSequence(schema, statement.table)) return;
  const table = tableOrUnseen(schema, statement.table);
  for (const command of statement.commands) applyCommand(schema, table, command, file);
}

function createView(schema: ReplayedSchema, statement: CreateViewStatement, file: string): void {
  const name = placedName(schema, statement.view, statement.temporary === true);
  const reads = relationsRead(schema, statement.query);
  if (statement.materialized) {
    if (statement.ifNotExists && findTable(schema, name)) return;
    addTable(schema, { ...newTable(name, file), kind: 'materializedView', reads });
    return;
  }
  const existing = findView(schema, name);
  if (existing) {
    existing.reads = reads;
    return;
  }
  const key = statement.temporary ? `pg_temp.${name.name}` : keyOf(schema, name);
  schema.views.set(key, { name, reads, temporary: statement.temporary === true, createdIn: file });
  schema.dropped.delete(key);
}

function attach(schema: ReplayedSchema, statement: AttachStatement, file: string): void {
  void file;
  const { kind, name, table: on } = statement;
  const table = findTable(schema, on) ?? (findView(schema, on) ? undefined : tableOrUnseen(schema, on));
  if (!table) return;
  if (kind === 'createTrigger') table.triggers.set(name, statement.function ?? { name: '' });
  if (kind === 'createPolicy') table.policies.add(name);
  if (kind === 'createRule') table.rules.add(name);
  if (kind === 'createStatistics') schema.statistics.set(keyOf(schema, { name }), table);
}

function createSequence(schema: ReplayedSchema, statement: SequenceStatement, file: string): void {
  const found = findSequence(schema, statement.sequence);
  const name = found?.name ?? placedName(schema, statement.sequence, statement.temporary === true);
  const temporary = statement.temporary === true;
  const sequence = found ?? { name, identity: false, temporary, createdIn: file };
  if (!found && statement.kind === 'alterSequence') return;
  if (statement.ownedBy === 'none') delete sequence.ownedBy;
  else if (statement.ownedBy) {
    const table = findTable(schema, statement.ownedBy.table);
    if (table) sequence.ownedBy = { table, column: statement.ownedBy.column };
  }
  if (found) return;
  const key = temporary ? `pg_temp.${name.name}` : keyOf(schema, name);
  schema.sequences.set(key, sequence);
  schema.dropped.delete(key);
}

function publish(schema: ReplayedSchema, { name, tables, action }: PublicationStatement): void {
  const known = schema.publications.get(name) ?? new Set();
  const meant = tables.flatMap((table) => findTable(schema, table) ?? []);
  if (action === 'set') known.clear();
  for (const table of meant) {
    if (action === 'drop') known.delete(table);
    else known.add(table);
  }
  schema.publications.set(name, known);
}

function applySetting(schema: ReplayedSchema, { name, value, reset }: SettingStatement): void {
  if (reset === 'all') schema.settings.clear();
  else if (reset === 'one') schema.settings.delete(name.toLowerCase());
  if (reset === undefined) setSetting(schema, name, value);
  else if (reset === 'all' || name === 'search_path') schema.defaultSchema = 'public';
}

function setSetting(schema: ReplayedSchema, name: string, value: string): void {
  schema.settings.set(name.toLowerCase(), value);
  if (name !== 'search_path') return;
  const [first = ''] = value.split(',');
  schema.defaultSchema = first.trim() || 'public';
}

function fill(schema: ReplayedSchema, { tables }: DataStatement): void {
  for (const table of tables.flatMap((name) => findTable(schema, name) ?? [])) delete table.emptiedIn;
}

function markEmpty(schema: ReplayedSchema, names: readonly QualifiedName[], file: string): void {
  for (const name of names) tableOrUnseen(schema, name).emptiedIn = file;
}
